using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace BusinessM.Records;

/// <summary>The database engine as the record-keeper needs it. Implemented in Engines/Postgres.</summary>
public interface IRecordDatabase
{
    /// <summary>A connection of the lane's role, open, for the lane alone (plan_cache_mode=force_generic_plan).
    /// </summary>
    Task<DbConnection> OpenLane(CancellationToken ct);

    /// <summary>Connections of the role that reads one schema and nothing else.</summary>
    DbDataSource Reader(string schema);

    /// <summary>The same, for lists and searches: each is planned for the values it is asked with, since what is right
    /// for a rare value takes seconds for a frequent one.</summary>
    DbDataSource Lists(string schema) => Reader(schema);

    /// <summary>A connection of the role that owns the tables, open: for columns that no migration knows.</summary>
    Task<DbConnection> OpenOwner(CancellationToken ct);

    /// <summary>Lets a context read through <see cref="Reader"/>.</summary>
    void Configure(DbContextOptionsBuilder options, string schema);
}
