using BusinessM.Engines.Postgres;

namespace BusinessM.Host;

/// <summary>The schemas of this program, in the order in which they are made.</summary>
internal static class Schemas
{
    public static readonly IReadOnlyList<MigrationSet> All =
    [
        new("record", System.Reflection.Assembly.Load("BusinessM.RecordKeeper")),
        new("ledger", typeof(Database).Assembly, "Ledger/Migrations"),
        new("masters", System.Reflection.Assembly.Load("BusinessM.Masters")),
        new("finance", System.Reflection.Assembly.Load("BusinessM.Finance")),
    ];

}
