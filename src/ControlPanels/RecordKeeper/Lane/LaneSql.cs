using System.Data.Common;

namespace BusinessM.Records;

/// <summary>Sends lane commands as one pipelined batch.</summary>
internal static class LaneSql
{
    public static DbBatch Batch(this DbConnection connection, IEnumerable<LaneCommand> commands)
    {
        var batch = connection.CreateBatch();
        foreach (var command in commands)
        {
            var item = batch.CreateBatchCommand();
            item.CommandText = command.Text;
            foreach (var value in command.Parameters)
            {
                var parameter = item.CreateParameter();
                if (value is LaneNull nothing) (parameter.DbType, parameter.Value) = (nothing.DbType, DBNull.Value);
                else parameter.Value = value;
                item.Parameters.Add(parameter);
            }
            batch.BatchCommands.Add(item);
        }
        return batch;
    }

    public static async Task Execute(this DbConnection connection, IReadOnlyList<LaneCommand> commands)
    {
        await using var batch = connection.Batch(commands);
        await batch.ExecuteNonQueryAsync();
    }
}
