using BusinessM.Records;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BusinessM.Masters;

/// <summary>The identities that every context links to.</summary>
internal sealed class MastersDb(DbContextOptions<MastersDb> options) : ContextDb(options)
{
    public override string Schema => "masters";

    public DbSet<Company> Companies => Set<Company>();

    public DbSet<Branch> Branches => Set<Branch>();

    public DbSet<Party> Parties => Set<Party>();

    public DbSet<Item> Items => Set<Item>();

    public DbSet<ExchangeRate> Rates => Set<ExchangeRate>();
}

internal sealed class MastersMap : IEntityTypeConfiguration<Company>, IEntityTypeConfiguration<Branch>,
    IEntityTypeConfiguration<Party>, IEntityTypeConfiguration<Item>, IEntityTypeConfiguration<ExchangeRate>
{
    public void Configure(EntityTypeBuilder<Company> company) => company.ToTable("company");

    public void Configure(EntityTypeBuilder<Branch> branch) => branch.ToTable("branch");

    public void Configure(EntityTypeBuilder<Party> party) => party.ToTable("party");

    public void Configure(EntityTypeBuilder<Item> item) => item.ToTable("item");

    public void Configure(EntityTypeBuilder<ExchangeRate> rate)
    {
        rate.ToTable("exchange_rate");
        rate.Property(r => r.Value).HasPrecision(24, 12);
    }
}
