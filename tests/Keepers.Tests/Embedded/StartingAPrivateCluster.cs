using System.Diagnostics;
using BusinessM.Engines.Postgres;
using BusinessM.Testing;
using Npgsql;

namespace BusinessM.Keepers.Tests.Embedded;

[Trait("Category", "NoCulture")]
public sealed class StartingAPrivateCluster : IDisposable
{
    private readonly string _folder = TestCluster.Folder("cluster-" + Path.GetRandomFileName());

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        if (Directory.Exists(_folder)) Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task makes_it_stops_it_and_finds_its_data_again()
    {
        await using (var first = await EmbeddedCluster.Start(new EmbeddedOptions(_folder), Ct))
        {
            await Run(first, "create table kept (id int); insert into kept values (7)");
            (await Ask(first, "show fsync")).ShouldBe("on");
            (await Ask(first, "show synchronous_commit")).ShouldBe("on");
            (await Ask(first, "show full_page_writes")).ShouldBe("on");
            (await Ask(first, "show listen_addresses")).ShouldBe("");
            File.GetUnixFileMode(first.SocketFolder).ShouldBe(
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
        Postmaster.Running(Path.Combine(_folder, "postgres")).ShouldBeNull();
        await using var second = await EmbeddedCluster.Start(new EmbeddedOptions(_folder), Ct);
        (await Ask(second, "select id from kept")).ShouldBe(7);
    }

    [Fact]
    public async Task a_second_host_is_refused_and_a_command_attaches()
    {
        (await EmbeddedCluster.Attach(_folder, Ct)).ShouldBeNull();
        await using (var host = await EmbeddedCluster.Start(new EmbeddedOptions(_folder), Ct))
        {
            var fault = await Should.ThrowAsync<StartupFault>(() =>
                EmbeddedCluster.Start(new EmbeddedOptions(_folder), Ct));
            fault.What.ShouldContain($"process {Environment.ProcessId}");
            var command = (await EmbeddedCluster.Attach(_folder, Ct)).ShouldNotBeNull();
            (await Ask(command, "select 1")).ShouldBe(1);
            await command.DisposeAsync();
            (await Ask(host, "select 1")).ShouldBe(1);
        }
        (await EmbeddedCluster.Attach(_folder, Ct)).ShouldBeNull();
    }

    [Fact]
    public async Task a_half_made_cluster_is_made_again()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "postgres.new-123/base"));
        File.WriteAllText(Path.Combine(_folder, "postgres.new-123/PG_VERSION"), "18\n");
        File.WriteAllText(Path.Combine(_folder, "host.lock"), "");
        File.WriteAllText(Path.Combine(_folder, "host.json"), "{\"Process\":1,\"Sock");
        await using var cluster = await EmbeddedCluster.Start(new EmbeddedOptions(_folder), Ct);
        (await Ask(cluster, "select 1")).ShouldBe(1);
        Directory.GetDirectories(_folder, "postgres.new-*").ShouldBeEmpty();
    }

    [Fact]
    public async Task a_server_killed_under_its_host_is_started_again_with_everything_committed()
    {
        await using var cluster = await EmbeddedCluster.Start(new EmbeddedOptions(_folder), Ct);
        await Run(cluster, "create table kept (id int); insert into kept values (7)");
        var killed = cluster.Process;
        Process.GetProcessById(killed).Kill();
        var until = Stopwatch.StartNew();
        while (cluster.Process == killed && until.Elapsed.TotalSeconds < 20) await Task.Delay(50, Ct);
        (await Eventually(cluster, "select id from kept")).ShouldBe(7);
        cluster.Process.ShouldNotBe(killed);
    }

    [Fact]
    public async Task the_server_of_a_killed_host_is_taken_over_and_its_sessions_end()
    {
        // KeepRunning leaves what a killed host leaves: a server, its sessions, and no lock
        await using var dead = await EmbeddedCluster.Start(new EmbeddedOptions(_folder) { KeepRunning = true }, Ct);
        await using var session = new NpgsqlConnection(dead.ConnectionString("postgres", "m") + ";Pooling=false");
        await session.OpenAsync(Ct);
        await dead.DisposeAsync();
        await using var next = await EmbeddedCluster.Start(new EmbeddedOptions(_folder), Ct);
        next.Process.ShouldBe(dead.Process);
        const string sessions = "select count(*) from pg_stat_activity where backend_type = 'client backend'";
        // the one that ended the others is itself a moment in going
        for (var tenths = 0; tenths < 50 && !1L.Equals(await Ask(next, sessions)); tenths++) await Task.Delay(100, Ct);
        (await Ask(next, sessions)).ShouldBe(1L);
    }

    [Fact]
    public async Task stale_files_and_backends_of_a_killed_server_are_cleared()
    {
        await using var dead = await EmbeddedCluster.Start(new EmbeddedOptions(_folder) { KeepRunning = true }, Ct);
        await Run(dead, "create table kept (id int); insert into kept values (7)");
        await using var session = new NpgsqlConnection(dead.ConnectionString("postgres", "m") + ";Pooling=false");
        await session.OpenAsync(Ct);
        // a statement that does not look up for a long time outlives the postmaster, and blocks the next one
        var busy = new NpgsqlCommand("select count(*) from generate_series(1, 2000000000)", session)
            .ExecuteScalarAsync(Ct);
        Process.GetProcessById(dead.Process).Kill();
        await dead.DisposeAsync();
        // its number may meanwhile be anybody's
        var pidFile = Path.Combine(_folder, "postgres/postmaster.pid");
        var lines = File.ReadAllLines(pidFile);
        lines[0] = "1";
        File.WriteAllLines(pidFile, lines);
        await using var next = await EmbeddedCluster.Start(new EmbeddedOptions(_folder), Ct);
        (await Ask(next, "select id from kept")).ShouldBe(7);
        await Should.ThrowAsync<NpgsqlException>(() => busy);
    }

    [Fact]
    public async Task a_long_path_and_a_private_home_work()
    {
        var deep = Path.Combine(_folder, "home", string.Join('/', Enumerable.Repeat("a-rather-long-name", 8)));
        Directory.CreateDirectory(deep);
        File.SetUnixFileMode(Path.Combine(_folder, "home"),
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var native = Path.GetDirectoryName((await PostgresBinaries.Find(null, null, Ct)).Folder)!;
        var binaries = native.EndsWith("native", StringComparison.Ordinal) ? Path.Combine(_folder, "home/native")
            : native;
        if (binaries != native) await Command.Run(["cp", "-R", native, binaries], Ct);
        var options = new EmbeddedOptions(deep) { BinFolder = Path.Combine(binaries, "bin") };
        await using var cluster = await EmbeddedCluster.Start(options, Ct);
        (await Ask(cluster, "select 1")).ShouldBe(1);
    }

    [Fact]
    public async Task what_is_in_the_way_is_named_with_what_to_do()
    {
        File.WriteAllText(Path.Combine(Directory.CreateDirectory(_folder).FullName, "file"), "");
        var notAFolder = await Should.ThrowAsync<StartupFault>(
            () => EmbeddedCluster.Start(new EmbeddedOptions(Path.Combine(_folder, "file/data")), Ct));
        notAFolder.Remedy.ShouldContain("--data DIR");
        var full = await Should.ThrowAsync<StartupFault>(
            () => EmbeddedCluster.Start(new EmbeddedOptions(_folder) { FreeBytesMin = long.MaxValue }, Ct));
        full.Remedy.ShouldContain("Free some space");
        var missing = await Should.ThrowAsync<StartupFault>(
            () => EmbeddedCluster.Start(new EmbeddedOptions(_folder) { BinFolder = _folder }, Ct));
        missing.Remedy.ShouldContain("M_POSTGRES_BIN");
        Directory.CreateDirectory(Path.Combine(_folder, "postgres"));
        File.WriteAllText(Path.Combine(_folder, "postgres/PG_VERSION"), "9\n");
        var old = await Should.ThrowAsync<StartupFault>(() => EmbeddedCluster.Start(new EmbeddedOptions(_folder), Ct));
        old.What.ShouldContain("PostgreSQL 9");
    }

    private static async Task Run(EmbeddedCluster cluster, string sql) => _ = await Ask(cluster, sql);

    private static async Task<object?> Ask(EmbeddedCluster cluster, string sql)
    {
        await using var connection = new NpgsqlConnection(cluster.ConnectionString("postgres", "m") + ";Pooling=false");
        await connection.OpenAsync(Ct);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(Ct);
    }

    private static async Task<object?> Eventually(EmbeddedCluster cluster, string sql)
    {
        for (var until = Stopwatch.StartNew(); ;)
        {
            try
            {
                return await Ask(cluster, sql);
            }
            catch (NpgsqlException) when (until.Elapsed < TimeSpan.FromSeconds(20))
            {
                await Task.Delay(50, Ct);
            }
        }
    }
}
