using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;

namespace BusinessM.Records;

/// <summary>An answer that is JSON already.</summary>
[JsonConverter(typeof(Converter))]
internal sealed record RawJson(ReadOnlyMemory<byte> Bytes)
{
    private sealed class Converter : JsonConverter<RawJson>
    {
        public override RawJson Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            throw new NotSupportedException("It is only written");

        public override void Write(Utf8JsonWriter writer, RawJson value, JsonSerializerOptions options) =>
            writer.WriteRawValue(value.Bytes.Span, skipInputValidation: true);
    }
}

/// <summary>JSON written straight from rows into the response.</summary>
internal sealed class JsonAnswer : IResult
{
    private readonly ArrayBufferWriter<byte> _buffer;
    private readonly string? _etag;
    private readonly int _status;

    private JsonAnswer(ArrayBufferWriter<byte> buffer, string? etag, int status) =>
        (_buffer, _etag, _status) = (buffer, etag, status);

    public static JsonAnswer Of(ArrayBufferWriter<byte> buffer, string? etag = null, int status = 200) =>
        new(buffer, etag, status);

    public static JsonAnswer Of(RawJson json, string? etag = null, int status = 200)
    {
        var buffer = new ArrayBufferWriter<byte>(json.Bytes.Length);
        buffer.Write(json.Bytes.Span);
        return new JsonAnswer(buffer, etag, status);
    }

    public async Task ExecuteAsync(HttpContext http)
    {
        var response = http.Response;
        if (_etag is not null)
        {
            response.Headers.ETag = _etag;
            if (_status == 200 && HttpMethods.IsGet(http.Request.Method) && http.Request.Headers.IfNoneMatch == _etag)
            {
                response.StatusCode = StatusCodes.Status304NotModified;
                return;
            }
        }
        response.StatusCode = _status;
        response.ContentType = Records.Wire.Json;
        response.ContentLength = _buffer.WrittenCount;
        await response.Body.WriteAsync(_buffer.WrittenMemory, http.RequestAborted);
    }
}
