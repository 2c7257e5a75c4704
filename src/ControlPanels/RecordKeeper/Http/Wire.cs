using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;

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
        options.RespectNullableAnnotations = true;
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        options.Converters.Add(new DecimalConverter());
        options.Converters.Add(new ReadableElementConverter());
        options.Converters.Add(new TypedIdConverterFactory());
        options.MaxDepth = 32;
        options.TypeInfoResolver = (options.TypeInfoResolver ?? new DefaultJsonTypeInfoResolver())
            .WithAddedModifier(WithoutEmptyPlaces);
        return options;
    }

    // No list of a request has empty places: null among its lines is refused with all else that is not of its form. A
    // text that is demanded is there; and none has U+0000, which JSON has and no text of the database.
    private static void WithoutEmptyPlaces(JsonTypeInfo type)
    {
        if (type.Kind != JsonTypeInfoKind.Object) return;
        var lists = type.Properties.Where(p => p.Get is not null && p.PropertyType is { IsGenericType: true } list
            && list.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) && !list.GetGenericArguments()[0].IsValueType)
            .Select(p => p.Get!).ToArray();
        var texts = type.Properties.Where(p => p.Get is not null && p.PropertyType == typeof(string))
            .Select(p => (p.Name, Get: p.Get!, p.IsGetNullable)).ToArray();
        if (lists.Length + texts.Length == 0) return;
        type.OnDeserialized = made =>
        {
            foreach (var (name, text, mayLack) in texts)
                Refuse(text(made) ?? (mayLack ? null : throw new JsonException($"{name} is missing")));
            foreach (var list in lists)
                if (list(made) is System.Collections.IEnumerable items)
                    foreach (var item in items)
                        Refuse(item ?? throw new JsonException("a list has an empty place"));
        };
    }

    private static void Refuse(object? value)
    {
        if (value is string text && text.Contains('\0'))
            throw new JsonException("a text has the character U+0000, which is none");
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

    // An element is read only later, where a text that is none (half a surrogate pair, bytes that are no UTF-8) would be
    // an accident: so it is refused here, like everything else that is no JSON.
    private sealed class ReadableElementConverter : JsonConverter<JsonElement>
    {
        private const string NoText = "a text has a character that is none";

        public override JsonElement Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
        {
            var element = JsonElement.ParseValue(ref reader);
            var raw = JsonMarshal.GetRawUtf8Value(element);
            try
            {
                if (!Utf8.IsValid(raw)) throw new JsonException(NoText);
                if (raw.IndexOf("\\u"u8) >= 0) Unescape(element);
            }
            catch (InvalidOperationException)
            {
                throw new JsonException(NoText);
            }
            return element;
        }

        public override void Write(Utf8JsonWriter writer, JsonElement value, JsonSerializerOptions options) =>
            value.WriteTo(writer);

        private static void Unescape(JsonElement element)
        {
            if (element.ValueKind == JsonValueKind.String) _ = element.GetString();
            else if (element.ValueKind == JsonValueKind.Array)
                foreach (var item in element.EnumerateArray()) Unescape(item);
            else if (element.ValueKind == JsonValueKind.Object)
                foreach (var property in element.EnumerateObject())
                {
                    _ = property.Name;
                    Unescape(property.Value);
                }
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
