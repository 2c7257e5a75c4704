using System.Text.Json;
using System.Text.Json.Serialization;
using BusinessM.Finance.Banking;
using BusinessM.Finance.Ledger;
using BusinessM.Finance.Parties;
using BusinessM.Finance.Receivables;
using BusinessM.Finance.Tax;
using BusinessM.Records;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BusinessM.Finance;

/// <summary>The documents of Finance.</summary>
internal sealed class FinanceDb(DbContextOptions<FinanceDb> options) : ContextDb(options)
{
    public override string Schema => "finance";

    public DbSet<BooksSettings> Settings => Set<BooksSettings>();

    public DbSet<SalesInvoice> SalesInvoices => Set<SalesInvoice>();

    public DbSet<Receipt> Receipts => Set<Receipt>();

    public DbSet<ManualJournal> Journals => Set<ManualJournal>();

    public DbSet<Customer> Customers => Set<Customer>();

    public DbSet<BankAccount> BankAccounts => Set<BankAccount>();

    public DbSet<TaxCodeDocument> TaxCodes => Set<TaxCodeDocument>();
}

internal sealed class FinanceMap : IEntityTypeConfiguration<BooksSettings>, IEntityTypeConfiguration<SalesInvoice>,
    IEntityTypeConfiguration<SalesInvoiceLine>, IEntityTypeConfiguration<Receipt>,
        IEntityTypeConfiguration<ManualJournal>
{
    public void Configure(EntityTypeBuilder<BooksSettings> settings)
    {
        settings.ToTable("settings");
        settings.Property(s => s.Accounts).IsJson();
        settings.Property(s => s.RoleOverrides).IsJson();
        settings.Property(s => s.TaxCodes).IsJson();
        settings.Property(s => s.PaymentTerms).IsJson();
        settings.Property(s => s.FiscalYears).IsJson();
        settings.Property(s => s.NumberFormats).IsJson();
        settings.Property(s => s.RoundTo).IsJson();
    }

    public void Configure(EntityTypeBuilder<SalesInvoice> invoice)
    {
        invoice.ToTable("sales_invoice");
        invoice.Property(i => i.Rate).HasPrecision(24, 12);
        invoice.Property(i => i.TaxRate).HasPrecision(24, 12);
        invoice.Property(i => i.Entered).IsJson();
        invoice.Property(i => i.Adjustments).IsJson();
        invoice.Property(i => i.Taxes).IsJson();
        invoice.Ignore(i => i.Series);
        invoice.HasMany(i => i.Lines).WithOne().HasForeignKey(line => line.Invoice);
        invoice.Navigation(i => i.Lines).HasField("_lines").UsePropertyAccessMode(PropertyAccessMode.Field);
    }

    public void Configure(EntityTypeBuilder<SalesInvoiceLine> line)
    {
        line.ToTable("sales_invoice_line");
        line.HasKey(l => new { l.Invoice, l.Seq });
        line.Property(l => l.BaseQuantity).HasPrecision(18, 6);
        line.Property(l => l.Adjustments).IsJson();
    }

    public void Configure(EntityTypeBuilder<Receipt> receipt)
    {
        receipt.ToTable("receipt");
        receipt.Property(r => r.Rate).HasPrecision(24, 12);
        receipt.Property(r => r.Settlements).IsJson();
    }

    public void Configure(EntityTypeBuilder<ManualJournal> journal)
    {
        journal.ToTable("journal");
        journal.Property(j => j.Lines).IsJson();
    }
}

/// <summary>Parts of a document that are read and written with it as a whole, as jsonb. What is stored is never changed
/// in place: another value takes its stead.</summary>
internal static class JsonColumns
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(), new InvoiceIds() },
    };

    public static PropertyBuilder<T> IsJson<T>(this PropertyBuilder<T> property) where T : class? =>
        property.HasColumnType("jsonb").HasConversion(value => JsonSerializer.Serialize(value, Options),
            text => JsonSerializer.Deserialize<T>(text, Options)!,
            new ValueComparer<T>((one, other) => ReferenceEquals(one, other),
                value => value == null ? 0 : value.GetHashCode(), value => value));

    private sealed class InvoiceIds : JsonConverter<SalesInvoiceId>
    {
        public override SalesInvoiceId Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            new(reader.GetGuid());

        public override void Write(Utf8JsonWriter writer, SalesInvoiceId value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.Value);
    }
}
