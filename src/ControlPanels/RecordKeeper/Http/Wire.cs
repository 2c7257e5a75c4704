using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace BusinessM.Records;

/// <summary>How values travel: camel case, enums as strings, amounts as decimal strings, strict numbers, unknown
/// properties refused.</summary>
public static class Wire
{
    public const string Json = "application/json; charset=utf-8";

    public const string Problem = "application/problem+json";

    /// <summary>The options of every body, answer, event and far call.</summary>
    public static JsonSerializerOptions Options { get; } = Configure(new JsonSerializerOptions(JsonSerializerDefaults.Web));

    public static JsonSerializerOptions Configure(JsonSerializerOptions options)
    {
        options.NumberHandling = JsonNumberHandling.Strict;
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        options.Converters.Add(new DecimalConverter());
        options.Converters.Add(new TypedIdConverterFactory());
        options.MaxDepth = 32;
        return options;
    }

    public static byte[] Bytes(object value) => JsonSerializer.SerializeToUtf8Bytes(value, value.GetType(), Options);

    /// <summary>An answer as it is stored and sent; 204 has no body.</summary>
    internal static StoredAnswer Answer(int status, object value) =>
        status == 204 ? new StoredAnswer(status, "", []) : new StoredAnswer(status, Json, Bytes(value));

    private sealed class DecimalConverter : JsonConverter<decimal>
    {
        public override decimal Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
        {
            if (reader.TokenType == JsonTokenType.String && decimal.TryParse(reader.GetString(), NumberStyles.AllowLeadingSign
                | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)) return value;
            throw new JsonException("An amount, quantity or price is a decimal string, such as \"12.50\"");
        }

        public override void Write(Utf8JsonWriter writer, decimal value, JsonSerializerOptions options)
        {
            Span<char> text = stackalloc char[32];
            value.TryFormat(text, out var length, default, CultureInfo.InvariantCulture);
            writer.WriteStringValue(text[..length]);
        }
    }

    private sealed class TypedIdConverterFactory : JsonConverterFactory
    {
        public override bool CanConvert(Type type) => type.IsValueType && Array.Exists(type.GetInterfaces(),
            i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(ITypedId<>));

        public override JsonConverter CreateConverter(Type type, JsonSerializerOptions options) =>
            (JsonConverter)Activator.CreateInstance(typeof(TypedIdConverter<>).MakeGenericType(type))!;
    }

    private sealed class TypedIdConverter<T> : JsonConverter<T> where T : struct, ITypedId<T>
    {
        public override T Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            T.From(reader.GetGuid());

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.Value);
    }
}
