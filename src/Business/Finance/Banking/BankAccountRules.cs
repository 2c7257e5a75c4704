using BusinessM.Finance.Ledger;
using BusinessM.Records;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace BusinessM.Finance.Banking;

/// <summary>Bank accounts as they are entered: who changed where money goes, the ledger account, one default per party
/// and currency.</summary>
internal sealed class BankAccountRules(FinanceDb db, BooksOf booksOf, Caller caller) : IDocumentRules<BankAccount>
{
    public async Task<Result<Done>> Before(DocumentChange<BankAccount> change, CancellationToken ct)
    {
        var account = change.Document;
        var entered = change.IsNew || BankAccount.Destination.Overlaps(change.Changed);
        if (account.Enter(caller.Name, entered).TryFailure(out var refused)) return refused;
        if (account.Account is { } code)
        {
            var books = await booksOf.Of(account.Company, ct);
            if (books.Failed) return books.Failure;
            if (!books.Value.Accounts.TryGetValue(code, out var ledger) || ledger.Group)
                return FinanceErrors.AccountNotFound.With($"There is no account {code} that takes postings", "account");
        }
        if (account.IsDefault && (change.IsNew || change.Changed.Contains("default"))) await BeTheDefault(account, ct);
        return Done.Ok;
    }

    private async Task BeTheDefault(BankAccount account, CancellationToken ct)
    {
        var (company, party, currency, id) = (account.Company, account.Party, account.Currency, account.Id);
        foreach (var other in await db.BankAccounts.Where(a => a.Company == company && a.Party == party
            && a.Currency == currency && a.IsDefault && a.Id != id).ToListAsync(ct))
            other.IsDefault = false;
    }
}

/// <summary>A second person compares a party's account with what the party gave, and confirms it.</summary>
internal static class ConfirmBankAccount
{
    public sealed record BankAccountView(Guid Id, CompanyId Company, int Version, BankAccountState State,
        string? ConfirmedBy);

    public static void Map(IEndpointRouteBuilder accounts) =>
        accounts.MapPost("/{id:guid}/confirm", Handle).RequirePermission("finance.bank-account.confirm")
            .Refuses(FinanceErrors.BankAccountNotFound, FinanceErrors.BankAccountConfirmed,
                FinanceErrors.BankAccountSamePerson);

    private static async Task<Results<Ok<BankAccountView>, ProblemHttpResult>> Handle(Guid id, FinanceDb db,
        Caller caller, CancellationToken ct)
    {
        var wanted = new BankAccountId(id);
        var account = await db.BankAccounts.SingleOrDefaultAsync(a => a.Id == wanted, ct);
        if (account is null || !caller.Sees(account.Company))
            return FinanceErrors.BankAccountNotFound.With($"There is no bank account {id}").ToProblem();
        if (account.Confirm(caller.Name).TryFailure(out var refused)) return refused.ToProblem();

        var committed = await db.Commit(() => new BankAccountView(id, account.Company, account.Version, account.State,
            account.ConfirmedBy), ct);
        return committed.Failed ? committed.Failure.ToProblem() : TypedResults.Ok(committed.Value);
    }
}
