namespace BusinessM.Host.Gateway;

/// <summary>What the gateway refuses before any context is asked. Codes are never renamed.</summary>
public static class GatewayErrors
{
    public static readonly ErrorCode SignInRequired = new("gateway.sign-in.required", ErrorKind.Forbidden,
        "The request shows neither a session nor an API key. Sign in: POST /api/session.") { Status = 401 };

    public static readonly ErrorCode Forged = new("gateway.request.forged", ErrorKind.Forbidden,
        "A request by a session's cookie that changes something also carries the anti-forgery token: X-CSRF-Token.");

    public static readonly ErrorCode EndpointClosed = new("gateway.endpoint.closed", ErrorKind.Forbidden,
        "The endpoint says neither which permission it demands nor that all may use it: so nobody may.");

    public static readonly ErrorCode EndpointUnknown = new("gateway.endpoint.unknown", ErrorKind.NotFound,
        "There is nothing at this address.");

    public static readonly ErrorCode MethodUnknown = new("gateway.method.unknown", ErrorKind.Invalid,
        "The address does not know this method; header Allow names those it knows.") { Status = 405 };

    public static readonly ErrorCode MediaTypeUnknown = new("gateway.media-type.unknown", ErrorKind.Invalid,
        "The body is of a type that the endpoint does not take: most take application/json.") { Status = 415 };
}
