using System.Net;
using System.Net.Sockets;

namespace BusinessM.Host.Tests;

[Trait("Category", "Slow")]
public sealed class AHostProcess : IDisposable
{
    private readonly HostProcess _host = new();

    public void Dispose() => _host.Dispose();

    [Fact]
    public async Task killed_at_once_is_ready_again_at_the_next_start()
    {
        for (var round = 0; round < 3; round++)
        {
            var host = await _host.Serve();
            host.Kill();
            await host.WaitForExitAsync();
            File.Exists(Path.Combine(_host.Data, "postgres/postmaster.pid")).ShouldBeTrue("its server is left behind");
        }
        var last = await _host.Serve();
        await HostProcess.Stop(last);
        File.Exists(Path.Combine(_host.Data, "postgres/postmaster.pid")).ShouldBeFalse("a stop stops the server too");
    }

    [Fact]
    public async Task has_its_folder_for_itself_while_commands_use_its_database()
    {
        var host = await _host.Serve();
        var second = await _host.Run("serve", "--urls", "http://127.0.0.1:0");
        second.ExitCode.ShouldBe(1);
        second.Error.ShouldContain($"process {host.Id}");
        second.Error.ShouldContain("--data DIR");
        var command = await _host.Run("migrate", "--plan");
        command.Output.ShouldContain("up to date");
        command.ExitCode.ShouldBe(0);
        var doctor = await _host.Run("doctor", "--urls", _host.Url);
        doctor.Output.ShouldContain($"in use by process {host.Id}");
        doctor.ExitCode.ShouldBe(0);
        host.HasExited.ShouldBeFalse();
    }

    [Fact]
    public async Task says_what_to_do_when_its_port_is_taken()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var url = $"http://127.0.0.1:{((IPEndPoint)taken.LocalEndpoint).Port}";
        var refused = await _host.Run("serve", "--urls", url);
        refused.ExitCode.ShouldBe(1);
        refused.Error.ShouldContain("--urls");
        refused.Error.ShouldNotContain("   at ");
        var doctor = await _host.Run("doctor", "--urls", url);
        doctor.ExitCode.ShouldBe(1);
        doctor.Output.ShouldContain("BAD  port");
    }
}
