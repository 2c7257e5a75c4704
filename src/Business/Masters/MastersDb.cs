using BusinessM.Masters.Currencies;
using BusinessM.Masters.Items;
using BusinessM.Masters.Organisation;
using BusinessM.Masters.Parties;
using BusinessM.Masters.Prices;
using BusinessM.Records;
using Microsoft.EntityFrameworkCore;

namespace BusinessM.Masters;

/// <summary>The identities that every context links to.</summary>
internal sealed class MastersDb(DbContextOptions<MastersDb> options) : ContextDb(options)
{
    public override string Schema => "masters";

    public DbSet<Company> Companies => Set<Company>();

    public DbSet<Branch> Branches => Set<Branch>();

    public DbSet<Party> Parties => Set<Party>();

    public DbSet<Address> Addresses => Set<Address>();

    public DbSet<Contact> Contacts => Set<Contact>();

    public DbSet<Item> Items => Set<Item>();

    public DbSet<PriceList> PriceLists => Set<PriceList>();

    public DbSet<Price> Prices => Set<Price>();

    public DbSet<ExchangeRate> Rates => Set<ExchangeRate>();
}
