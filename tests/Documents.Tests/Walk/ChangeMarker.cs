using BusinessM.Testing;
using Npgsql;

namespace BusinessM.Documents.Tests.Walk;

/// <summary>A number that grows with every row that any transaction adds, changes or removes, and with nothing else: a
/// trigger on every table notes the row in the same transaction, so what was rolled back leaves no note, and what was
/// committed cannot but leave one.</summary>
public sealed class ChangeMarker : IAsyncDisposable
{
    // Answers kept for repeats, sessions, and what follows a commit on its own: events on their way, and the erasing of
    // history. None of them is a document, a posting or a number.
    private const string Besides =
        "'record.answer','record.outbox','record.inbox','record.erasure','record.erased_value','record.audit_value',"
        + "'masters.session'";

    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlCommand _ask;

    private ChangeMarker(NpgsqlConnection connection) => (_connection, _ask) =
        (connection, new NpgsqlCommand("select coalesce(max(n), 0) from noted.change", connection));

    public static async Task<ChangeMarker> On(TestDatabase database)
    {
        var connection = new NpgsqlConnection(database.SuperuserConnection);
        await connection.OpenAsync();
        await using var set = new NpgsqlCommand($"""
            create schema noted;
            create table noted.change (n bigserial primary key, what text not null);
            create function noted.note() returns trigger language plpgsql security definer as
              'begin insert into noted.change (what)
                 values (tg_op || '' '' || tg_table_schema || ''.'' || tg_table_name);
               return null; end';
            do $$
            declare t record;
            begin
              for t in select schemaname, tablename from pg_tables
                where schemaname not in ('pg_catalog', 'information_schema', 'noted')
                  and schemaname || '.' || tablename not in ({Besides})
              loop
                execute format('create trigger zz_noted after insert or update or delete on %I.%I for each row '
                  'execute function noted.note()', t.schemaname, t.tablename);
              end loop;
            end $$;
            """, connection);
        await set.ExecuteNonQueryAsync();
        return new ChangeMarker(connection);
    }

    public async Task<long> Read() => (long)(await _ask.ExecuteScalarAsync())!;

    /// <summary>What was changed since, by table.</summary>
    public async Task<string> Since(long number)
    {
        await using var ask = new NpgsqlCommand(
            "select string_agg(distinct what, ', ') from noted.change where n > $1", _connection);
        ask.Parameters.Add(new NpgsqlParameter { Value = number });
        return await ask.ExecuteScalarAsync() as string ?? "";
    }

    /// <summary>Events on their way have arrived.</summary>
    public async Task Quiet()
    {
        await using var ask = new NpgsqlCommand("select count(*) from record.outbox", _connection);
        for (var i = 0; i < 100 && await ask.ExecuteScalarAsync() is not 0L; i++) await Task.Delay(50);
    }

    public async ValueTask DisposeAsync()
    {
        await _ask.DisposeAsync();
        await _connection.DisposeAsync();
    }
}
