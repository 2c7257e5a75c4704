namespace BusinessM.Engines.Postgres;

/// <summary>
/// Something in the environment stops the program from starting: what it is, and what the reader can do about it.
/// The host prints both and exits with 1; nobody else catches it.
/// </summary>
public sealed class StartupFault(string what, string remedy, Exception? cause = null)
    : Exception(what + Environment.NewLine + remedy, cause)
{
    public string What { get; } = what;
    public string Remedy { get; } = remedy;
}
