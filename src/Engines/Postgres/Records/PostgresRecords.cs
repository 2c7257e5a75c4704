using System.Data.Common;
using BusinessM.Books;
using BusinessM.Contracts.BookKeeper;
using BusinessM.Records;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace BusinessM.Engines.Postgres;

/// <summary>The record-keeper's database on PostgreSQL.</summary>
public sealed class PostgresRecords(Database database) : IRecordDatabase
{
    public async Task<DbConnection> OpenLane(CancellationToken ct) => await database.Lane.OpenConnectionAsync(ct);

    public async Task<DbConnection> OpenOwner(CancellationToken ct) => await database.Owner.OpenConnectionAsync(ct);

    public DbDataSource Reader(string schema) => database.Reader(schema);

    public DbDataSource Lists(string schema) => database.Lists(schema);

    public void Configure(DbContextOptionsBuilder options, string schema) => options.UseNpgsql(database.Reader(schema));
}

public static class PostgresModule
{
    /// <summary>The engine of records and ledger on one database.</summary>
    public static IServiceCollection AddPostgres(this IServiceCollection services, Database database)
    {
        services.AddSingleton(database);
        services.AddSingleton<IRecordDatabase, PostgresRecords>();
        services.AddSingleton<PostgresLedger>();
        services.AddSingleton<ILedgerEngine>(provider => provider.GetRequiredService<PostgresLedger>());
        services.AddSingleton<IBooks>(provider => provider.GetRequiredService<PostgresLedger>());
        services.AddSingleton<ILanePart, LedgerLanePart>();
        services.AddScoped<IBookKeeper, BookKeeper>();
        return services;
    }
}
