using System.Runtime.InteropServices;
using System.Text;

namespace BusinessM.Engines.Postgres;

/// <summary>The few calls that .NET does not offer.</summary>
internal static class Libc
{
    [DllImport("libc", EntryPoint = "geteuid")]
    internal static extern uint EffectiveUser();

    [DllImport("libc", EntryPoint = "chown", SetLastError = true)]
    private static extern int Chown([MarshalAs(UnmanagedType.LPUTF8Str)] string path, uint user, uint group);

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static extern int Kill(int process, int signal);

    [DllImport("libc", EntryPoint = "realpath", SetLastError = true)]
    private static extern nint RealPath([MarshalAs(UnmanagedType.LPUTF8Str)] string path, [Out] byte[] resolved);

    internal static void Give(string path, uint user, uint group)
    {
        if (Chown(path, user, group) != 0)
            throw new IOException($"chown of {path}: {Marshal.GetLastPInvokeErrorMessage()}");
    }

    internal static void Signal(int process, int signal) => _ = Kill(process, signal);

    /// <summary>The path without symbolic links, or as it is where it does not exist.</summary>
    internal static string Real(string path)
    {
        var buffer = new byte[4097];
        if (RealPath(path, buffer) == 0) return Path.GetFullPath(path);
        return Encoding.UTF8.GetString(buffer, 0, Array.IndexOf(buffer, (byte)0));
    }
}
