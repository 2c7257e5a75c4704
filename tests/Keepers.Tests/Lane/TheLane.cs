using BusinessM.Contracts.RecordKeeper;
using BusinessM.Records;
using BusinessM.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace BusinessM.Keepers.Tests.Lanes;

public sealed class TheLane(ProbeDatabase database) : IClassFixture<ProbeDatabase>
{
    private readonly CompanyId _company = Ids.New<CompanyId>();

    [Fact]
    public async Task writes_documents_number_and_audit_in_one_commit()
    {
        await using var host = await ProbeHost.Start(database.Database);
        var note = (await host.Add(_company, "A", "notes")).Value;
        note.Version.ShouldBe(1);
        note.Number.ShouldBe("N-00001");
        note.CreatedBy.ShouldBe("tester");
        (await Text("select number || ' ' || version || ' ' || amount from probe.note where id = $1", note.Id.Value))
            .ShouldBe("N-00001 1 1.5000");
        (await Text("select text from probe.note_line where note_id = $1", note.Id.Value)).ShouldBe("one");
        (await Text("select actor || ' ' || action || ' ' || seq from record.audit where company = $1", _company.Value))
            .ShouldBe("tester probe.note.write 1");
        (await Text("select v.changes::jsonb->0->'after'->>'code' from record.audit_value v where company = $1", _company.Value))
            .ShouldBe("A");
    }

    [Fact]
    public async Task of_two_hosts_gives_numbers_without_gap_or_repeat()
    {
        await using var one = await ProbeHost.Start(database.Database);
        await using var two = await ProbeHost.Start(database.Database);
        var notes = await Task.WhenAll(Enumerable.Range(0, 300)
            .Select(i => (i % 2 == 0 ? one : two).Add(_company, ProbeHost.Code(i), "many")));
        notes.ShouldAllBe(note => !note.Failed);
        notes.Select(note => note.Value.Number).Distinct().Count().ShouldBe(300);
        (await Text("select count(*) || ' ' || max(value) from record.number_given where company = $1", _company.Value))
            .ShouldBe("300 300");
        (await Text("select count(*) || ' ' || max(seq) from record.audit where company = $1", _company.Value))
            .ShouldBe("300 300");
        (await Text(Chain, _company.Value)).ShouldBe("0");
    }

    [Fact]
    public async Task refuses_a_stale_change_alone()
    {
        await using var host = await ProbeHost.Start(database.Database);
        var note = (await host.Add(_company, "S")).Value;
        var (gate, loaded) = (new TaskCompletionSource(), 0);
        var writers = Enumerable.Range(0, 8).Select(i => host.InUnit(async services =>
        {
            var db = services.GetRequiredService<ProbeDb>();
            var mine = await db.Notes.SingleAsync(n => n.Id == note.Id);
            mine.Text = ProbeHost.Code(i);
            if (Interlocked.Increment(ref loaded) == 8) gate.SetResult();
            await gate.Task;
            return await db.Commit(() => mine.Text, default);
        })).ToArray();
        var neighbour = host.Add(_company, "S2");
        var outcomes = await Task.WhenAll(writers);
        outcomes.Count(outcome => !outcome.Failed).ShouldBe(1);
        outcomes.Where(o => o.Failed).ShouldAllBe(o => o.Failure.Code == "record.document.changed");
        (await neighbour).Failed.ShouldBeFalse();
        (await Text("select version || ' ' || text from probe.note where id = $1", note.Id.Value))
            .ShouldBe("2 " + outcomes.Single(o => !o.Failed).Value);
    }

    [Fact]
    public async Task refuses_what_was_relied_on_and_changed()
    {
        await using var host = await ProbeHost.Start(database.Database);
        var note = (await host.Add(_company, "R")).Value;
        var outcome = await host.InUnit(async services =>
        {
            var db = services.GetRequiredService<ProbeDb>();
            await db.Notes.SingleAsync(n => n.Id == note.Id);      // decided on this
            await Change(host, note.Id);
            db.Add(new Note { Company = _company, Code = "R2" });
            return await db.Commit(default);
        });
        outcome.Failure.Code.ShouldBe("record.document.changed");
        (await Text("select count(*) from probe.note where company = $1 and code = 'R2'", _company.Value)).ShouldBe("0");
    }

    [Fact]
    public async Task commits_a_unit_that_changes_nothing()
    {
        await using var host = await ProbeHost.Start(database.Database);
        (await host.InUnit(services => services.GetRequiredService<ProbeDb>().Commit(default))).Failed.ShouldBeFalse();
    }

    /// <summary>A host that remembers what it wrote stands on that alone, until another one writes.</summary>
    [Fact]
    public async Task forgets_what_it_remembers_when_another_host_has_written()
    {
        await using var one = await ProbeHost.Start(database.Database);
        await using var two = await ProbeHost.Start(database.Database);
        var note = (await one.Add(_company, "M", "m")).Value;
        for (var i = 0; i < 3; i++) (await Rely(one, note.Id, "one" + ProbeHost.Code(i))).Failed.ShouldBeFalse();
        (await Change(two, note.Id)).Failed.ShouldBeFalse();
        var seen = note.Version;

        // The first host remembers version 1 of the note, and the numbers and the head before the second one wrote.
        var stale = await one.InUnit(async services =>
        {
            var db = services.GetRequiredService<ProbeDb>();
            db.RelyOn<Note>(_company, note.Id.Value, seen);
            db.Add(new Note { Company = _company, Code = "stale" });
            return await db.Commit(default);
        });
        stale.Failure.Code.ShouldBe("record.document.changed");
        (await two.Add(_company, "two", "m")).Value.Number.ShouldBe("N-00002");
        (await one.Add(_company, "three", "m")).Value.Number.ShouldBe("N-00003");
        (await Text("select count(*) from probe.note where company = $1 and code = 'stale'", _company.Value)).ShouldBe("0");
        (await Text("select count(*) = max(seq) from record.audit where company = $1", _company.Value)).ShouldBe("True");
        (await Text(Chain, _company.Value)).ShouldBe("0");
    }

    /// <summary>A look for another reason finds the head moved: what was remembered before must not survive it.
    /// </summary>
    [Fact]
    public async Task forgets_what_it_remembers_when_a_look_finds_the_head_moved()
    {
        await using var one = await ProbeHost.Start(database.Database);
        await using var two = await ProbeHost.Start(database.Database);
        var (note, unseen) = ((await one.Add(_company, "L1")).Value, (await one.Add(_company, "L2")).Value);
        for (var i = 0; i < 3; i++) (await Rely(one, note.Id, "l" + ProbeHost.Code(i))).Failed.ShouldBeFalse();
        (await Change(two, note.Id)).Failed.ShouldBeFalse();
        (await Rely(one, unseen.Id, "look")).Failed.ShouldBeFalse();        // not remembered: it looks
        for (var i = 0; i < 20; i++) (await one.Add(_company, "after" + ProbeHost.Code(i))).Failed.ShouldBeFalse();
        (await RelyOnFirst(one, note.Id, _company)).Failure.Code.ShouldBe("record.document.changed");
    }

    [Fact]
    public async Task looks_at_what_it_relies_on_in_a_company_that_it_does_not_write()
    {
        await using var one = await ProbeHost.Start(database.Database);
        await using var two = await ProbeHost.Start(database.Database);
        var other = Ids.New<CompanyId>();
        var note = (await one.Add(_company, "X")).Value;
        for (var i = 0; i < 3; i++) (await Rely(one, note.Id, "x" + ProbeHost.Code(i))).Failed.ShouldBeFalse();
        (await one.Add(other, "Y")).Failed.ShouldBeFalse();
        (await Change(two, note.Id)).Failed.ShouldBeFalse();
        (await RelyOnFirst(one, note.Id, other)).Failure.Code.ShouldBe("record.document.changed");
    }

    // Writes into a company, relying on the first version of a note.
    private Task<Result<Done>> RelyOnFirst(ProbeHost host, NoteId id, CompanyId into) => host.InUnit(async services =>
    {
        var db = services.GetRequiredService<ProbeDb>();
        db.RelyOn<Note>(_company, id.Value, 1);
        db.Add(new Note { Company = into, Code = "stale" });
        return await db.Commit(default);
    });

    private Task<Result<Done>> Rely(ProbeHost host, NoteId id, string code) => host.InUnit(async services =>
    {
        var db = services.GetRequiredService<ProbeDb>();
        await db.Notes.SingleAsync(n => n.Id == id);
        db.Add(new Note { Company = _company, Code = code });
        return await db.Commit(default);
    });

    [Fact]
    public async Task refuses_the_same_id_and_the_same_unique_value()
    {
        await using var host = await ProbeHost.Start(database.Database);
        var note = (await host.Add(_company, "U")).Value;
        (await host.Add(_company, "U-other", id: note.Id.Value)).Failure.Code.ShouldBe("record.document.exists");
        (await host.Add(_company, "U", "gap")).Failure.Code.ShouldBe("record.document.duplicate");
        (await host.Add(_company, "U3", "gap")).Value.Number.ShouldBe("N-00001");
    }

    [Fact]
    public async Task finds_the_one_at_fault_among_many_and_writes_the_rest()
    {
        await using var host = await ProbeHost.Start(database.Database);
        (await host.Add(_company, ProbeHost.Code(50))).Failed.ShouldBeFalse();
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => host.Add(_company, ProbeHost.Code(i), "f")));
        outcomes.Count(o => o.Failed).ShouldBe(1);
        outcomes[50].Failure.Code.ShouldBe("record.document.duplicate");
        (await Text("select count(*) || ' ' || max(value) from record.number_given where company = $1", _company.Value))
            .ShouldBe("99 99");
    }

    [Fact]
    public async Task replaces_the_lines_of_a_document()
    {
        await using var host = await ProbeHost.Start(database.Database);
        var note = (await host.Add(_company, "L")).Value;
        await host.InUnit(async services =>
        {
            var db = services.GetRequiredService<ProbeDb>();
            var mine = await db.Notes.Include(n => n.Lines).SingleAsync(n => n.Id == note.Id);
            mine.Lines.Clear();
            mine.Lines.Add(new NoteLine { Ordinal = 2, Text = "two" });
            mine.Lines.Add(new NoteLine { Ordinal = 3, Text = "three" });
            mine.Text = "changed";
            return await db.Commit(default);
        });
        (await Text("select string_agg(text, ' ' order by ordinal) from probe.note_line where note_id = $1", note.Id.Value))
            .ShouldBe("two three");
    }

    [Fact]
    public async Task takes_a_bulk_each_by_itself()
    {
        await using var host = await ProbeHost.Start(database.Database);
        var taken = (await host.Add(_company, "taken")).Value.Id.Value;
        var results = await Bulk(host, taken, allOrNothing: false);
        results.Select(r => r.Failed).ShouldBe([false, false, true, false]);
        results[2].ShouldBeRefused("record.document.exists");
        (await Text("select string_agg(number, ' ' order by code) from probe.note "
            + "where company = $1 and code like 'b%'", _company.Value)).ShouldBe("N-00001 N-00002 N-00003");
    }

    [Fact, Produces("record.batch.refused")]
    public async Task refuses_all_of_a_bulk_for_one_of_them()
    {
        await using var host = await ProbeHost.Start(database.Database);
        var taken = (await host.Add(_company, "taken")).Value.Id.Value;
        var results = await Unchanged.During(database, () => Bulk(host, taken, allOrNothing: true));
        results[2].ShouldBeRefused("record.document.exists");
        foreach (var other in new[] { 0, 1, 3 }) results[other].ShouldBeRefused("record.batch.refused");
    }

    [Fact]
    public async Task survives_its_connection_being_killed_and_writes_each_unit_once()
    {
        await using var host = await ProbeHost.Start(database.Database);
        using var stop = new CancellationTokenSource();
        var killer = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                await Text("select count(pg_terminate_backend(pid)) from pg_stat_activity where usename = 'm_lane' "
                    + "and datname = current_database()");
                await Task.Delay(30);
            }
        });
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(async client =>
        {
            var failed = 0;
            for (var i = 0; i < 40; i++)
                if ((await host.Add(_company, ProbeHost.Code((client * 1000) + i), "k")).Failed) failed++;
            return failed;
        }));
        await stop.CancelAsync();
        await killer;
        outcomes.Sum().ShouldBe(0);
        (await Text("select count(*) || ' ' || max(value) from record.number_given where company = $1", _company.Value))
            .ShouldBe("320 320");
        (await Text("select count(*) from probe.note where company = $1", _company.Value)).ShouldBe("320");
        (await Text(Chain, _company.Value)).ShouldBe("0");
    }

    [Theory]
    [InlineData("m_probe", "select count(*) from record.audit")]
    [InlineData("m_probe", "insert into probe.note_line values (gen_random_uuid(), 1, 'x')")]
    [InlineData("m_record", "select count(*) from probe.note")]
    [InlineData("m_lane", "update record.audit set actor = 'x'")]
    [InlineData("m_lane", "delete from record.audit")]
    [InlineData("m_lane", "truncate record.audit")]
    [InlineData("m_lane", "alter table record.audit disable trigger all")]
    [InlineData("m_lane", "update record.number_given set value = 1")]
    [InlineData("m_lane", "set role m_owner")]
    public async Task roles_may_do_no_more_than_their_part(string role, string sql)
    {
        await using var source = NpgsqlDataSource.Create(
            new NpgsqlConnectionStringBuilder(database.SuperuserConnection)
            {
                Username = role,
                Options = "-c default_transaction_read_only=off",
            }.ConnectionString);
        await using var command = source.CreateCommand(sql);
        (await Should.ThrowAsync<PostgresException>(() => command.ExecuteNonQueryAsync())).SqlState.ShouldBe("42501");
    }

    // Links of a company's chain that do not follow from the one before, computed by SQL alone.
    private const string Chain = """
        select count(*) from (select hash, sha256(coalesce(lag(hash) over w, '') || convert_to(concat_ws('|', company, seq,
            to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), unit, actor, action), 'UTF8')
            || values_digest || coalesce(effects_digest, '')) as expected
          from record.audit where company = $1 window w as (order by seq)) link where hash is distinct from expected
        """;

    // Four notes, each with a number; the third has an id that is taken.
    private async Task<IReadOnlyList<Result<StoredAnswer>>> Bulk(ProbeHost host, Guid taken, bool allOrNothing)
    {
        var prepared = new List<Prepared>();
        var release = new TaskCompletionSource();
        var holders = Enumerable.Range(0, 4).Select(i => host.InUnit<bool>(async services =>
        {
            var db = services.GetRequiredService<ProbeDb>();
            var id = new NoteId(i == 2 ? taken : Ids.New());
            var note = new Note { Id = id, Company = _company, Code = "b" + ProbeHost.Code(i) };
            db.Add(note);
            services.GetRequiredService<UnitOfWork>().Number(new NumberWanted(_company, "bulk", "N-{00000}",
                id.Value, number => note.Number = number));
            lock (prepared) prepared.Add(db.Prepare(() => i));
            await release.Task;
            return true;
        })).ToArray();
        var results = await host.Lane.Commit(prepared, allOrNothing);
        release.SetResult();
        await Task.WhenAll(holders);
        return results;
    }

    private static Task<Result<Done>> Change(ProbeHost host, NoteId id) => host.InUnit(async services =>
    {
        var db = services.GetRequiredService<ProbeDb>();
        (await db.Notes.SingleAsync(n => n.Id == id)).Text = "changed meanwhile";
        return await db.Commit(default);
    });

    private async Task<string> Text(string sql, params object[] parameters)
    {
        await using var source = NpgsqlDataSource.Create(database.SuperuserConnection + ";Pooling=false");
        await using var command = source.CreateCommand(sql);
        foreach (var value in parameters) command.Parameters.Add(new NpgsqlParameter { Value = value });
        return Convert.ToString(await command.ExecuteScalarAsync(), System.Globalization.CultureInfo.InvariantCulture) ?? "";
    }
}
