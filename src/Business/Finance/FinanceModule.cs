using BusinessM.Contracts.Finance;
using BusinessM.Finance.Banking;
using BusinessM.Finance.Ledger;
using BusinessM.Finance.Parties;
using BusinessM.Finance.Receivables;
using BusinessM.Finance.Reports;
using BusinessM.Finance.SetUp;
using BusinessM.Finance.Tax;
using BusinessM.Finance.Terms;
using BusinessM.Records;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace BusinessM.Finance;

/// <summary>The doors of Finance.</summary>
public static class FinanceModule
{
    public const string Schema = "finance";

    public static IServiceCollection AddFinance(this IServiceCollection services)
    {
        services.AddContext<FinanceDb>(Schema);
        services.AddSingleton<BooksCache>();
        services.AddSingleton<ILanePart>(provider => provider.GetRequiredService<BooksCache>());
        services.AddSingleton<CustomerCache>();
        services.AddSingleton<ILanePart>(provider => provider.GetRequiredService<CustomerCache>());
        services.AddScoped<CustomersOf>();
        services.AddScoped<BooksOf>();
        services.AddScoped<BooksChange>();
        services.AddScoped<PeriodChange>();
        services.AddScoped<PeriodClosing>();
        services.AddScoped<CompanySetUp>();
        services.AddScoped<Invoicing>();
        services.AddScoped<InvoiceLoader>();
        services.AddScoped<Bulk>();
        services.AddScoped<Journaling>();
        services.AddScoped<ILedger, NearLedger>();
        services.AddScoped(p =>
            new OpenItemsReport(p.GetRequiredService<FinanceDb>(), p.GetRequiredService<BooksOf>()));
        services.AddScoped(p => new Import.DemoBooks(p));
        services.AddSingleton<Import.SalesImporter>();
        services.AddSingleton<Import.UndoImport>();
        services.AddScoped<IDocumentRules<Customer>, CustomerRules>();
        services.AddScoped<IDocumentRules<Supplier>, SupplierRules>();
        services.AddScoped<IDocumentRules<TaxRegistration>, TaxRegistrationRules>();
        services.AddScoped<IDocumentRules<BankAccount>, BankAccountRules>();
        services.AddScoped<IDocumentRules<PaymentTermsDocument>, PaymentTermsRules>();
        services.AddScoped<IDocumentRules<PaymentMethod>, PaymentMethodRules>();
        services.AddScoped<IDocumentRules<TaxCodeDocument>, TaxCodeRules>();
        return services;
    }

    public static IEndpointRouteBuilder MapFinance(this IEndpointRouteBuilder app)
    {
        app.MapDocuments(Schema);
        var finance = app.MapGroup("/api/finance").WithTags("Finance");
        var companies = finance.MapGroup("/companies");
        SetUpCompany.Map(companies);
        GetCompany.Map(companies);
        ChangeBooks.Map(companies);
        MapInvoices(finance.MapGroup("/sales-invoices"), InvoiceKind.Invoice);
        MapInvoices(finance.MapGroup("/credit-notes"), InvoiceKind.CreditNote);
        var receipts = finance.MapGroup("/receipts");
        SubmitReceipt.Map(receipts);
        AllocateReceipt.Map(receipts);
        ReverseReceipt.Map(receipts);
        var journals = finance.MapGroup("/journals");
        SubmitJournal.Map(journals);
        ReverseJournalEntry.Map(journals);
        ConfirmBankAccount.Map(finance.MapGroup("/bank-accounts"));
        var reports = finance.MapGroup("/reports");
        LedgerReports.Map(reports);
        OpenItems.Map(reports);
        return app;
    }

    private static void MapInvoices(RouteGroupBuilder invoices, InvoiceKind kind)
    {
        CreateSalesInvoice.Map(invoices, kind);
        CreateSalesInvoices.Map(invoices, kind);
        ChangeSalesInvoice.Map(invoices, kind);
        SubmitSalesInvoice.Map(invoices, kind);
        ReverseSalesInvoice.Map(invoices, kind);
        CancelSalesInvoice.Map(invoices, kind);
        GetSalesInvoice.Map(invoices, kind);
    }
}
