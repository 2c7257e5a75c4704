using BusinessM.Records;

namespace BusinessM.Host.Gateway;

/// <summary>A request runs on the thread that its bytes have woken, and goes on there when the database answers: on few
/// cores a change of threads costs more than what a small request does. What may keep such a thread busy leaves it
/// first, since other connections hear nothing meanwhile (docs/adr/0012).</summary>
internal static class Threads
{
    /// <summary>Bodies up to this size are read and decided where they arrive.</summary>
    public const int SmallBytesMax = 64 * 1024;

    private const string Switch = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS";

    /// <summary>Before the first socket is made; what the environment says already is left.</summary>
    public static void RunWhereWoken()
    {
        if (Environment.GetEnvironmentVariable(Switch) is null) Environment.SetEnvironmentVariable(Switch, "1");
    }

    /// <summary>A lone small request goes on where it is; one beside others, a large body, and passwords (hashed slowly
    /// on purpose) get a thread of the pool.</summary>
    public static void UsePoolForMany(this IApplicationBuilder app)
    {
        var running = 0;
        app.Use(async (http, next) =>
        {
            var alone = Interlocked.Increment(ref running) == 1;
            try
            {
                if (!alone || MayBeLong(http)) await Task.Yield();
                await next(http);
            }
            finally
            {
                Interlocked.Decrement(ref running);
            }
        });
    }

    private static bool MayBeLong(HttpContext http) => http.Request.ContentLength is > SmallBytesMax
        || http.Request.Headers.TransferEncoding.Count > 0
        || http.GetEndpoint()?.Metadata.GetMetadata<AnswerNotStored>() is not null;
}
