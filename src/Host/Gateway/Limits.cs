namespace BusinessM.Host.Gateway;

/// <summary>What the gateway takes at most; docs/limits.md lists them all.</summary>
internal static class Limits
{
    /// <summary>A bulk of 1,000 documents of ten lines is about 2 MB.</summary>
    public const int BodyBytesMax = 8 * 1024 * 1024;

    public const int HeadersMax = 64;
    public const int HeaderBytesMax = 16 * 1024;
    public const int HeadersTimeoutSeconds = 15;
    public const int RequestTimeoutSeconds = 60;
    public const int ConnectionsMax = 1_000;

    public static void Apply(Microsoft.AspNetCore.Server.Kestrel.Core.KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = BodyBytesMax;
        kestrel.Limits.MaxRequestHeaderCount = HeadersMax;
        kestrel.Limits.MaxRequestHeadersTotalSize = HeaderBytesMax;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(HeadersTimeoutSeconds);
        kestrel.Limits.MaxConcurrentConnections = ConnectionsMax;
    }
}
