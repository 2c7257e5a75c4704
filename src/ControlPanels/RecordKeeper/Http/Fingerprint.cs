using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;

namespace BusinessM.Records;

/// <summary>What a request says, apart from white space, the order of properties, and confirmation flags (policy 7).
/// </summary>
internal static class Fingerprint
{
    /// <summary>Flags by which the user confirms end in this.</summary>
    private const string Confirmed = "Confirmed";

    private const int DifferencesMax = 10;

    public static byte[] Of(byte[] request)
    {
        try
        {
            using var document = JsonDocument.Parse(request.Length == 0 ? "null"u8.ToArray() : request);
            using var buffer = new MemoryStream();
            using (var json = new Utf8JsonWriter(buffer)) Write(json, document.RootElement);
            return SHA256.HashData(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
        }
        catch (JsonException)
        {
            return SHA256.HashData(request);
        }
    }

    /// <summary>The paths at which two requests differ, at most ten.</summary>
    public static IReadOnlyList<string> Differences(byte[] first, byte[] second)
    {
        var paths = new List<string>();
        try
        {
            using var left = JsonDocument.Parse(first);
            using var right = JsonDocument.Parse(second);
            Compare("", left.RootElement, right.RootElement, paths);
        }
        catch (JsonException)
        {
            // One of them was no JSON: nothing can be named but the body as a whole.
        }
        return paths;
    }

    private static void Write(Utf8JsonWriter json, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                json.WriteStartObject();
                foreach (var property in Properties(value))
                {
                    json.WritePropertyName(property.Name);
                    Write(json, property.Value);
                }
                json.WriteEndObject();
                break;
            case JsonValueKind.Array:
                json.WriteStartArray();
                foreach (var item in value.EnumerateArray()) Write(json, item);
                json.WriteEndArray();
                break;
            default:
                value.WriteTo(json);
                break;
        }
    }

    private static void Compare(string path, JsonElement left, JsonElement right, List<string> paths)
    {
        if (paths.Count >= DifferencesMax) return;
        if (left.ValueKind == JsonValueKind.Object && right.ValueKind == JsonValueKind.Object)
        {
            var (before, after) = (Properties(left).ToDictionary(p => p.Name), Properties(right).ToDictionary(p => p.Name));
            foreach (var name in before.Keys.Union(after.Keys))
            {
                var inner = path.Length == 0 ? name : path + "." + name;
                if (before.TryGetValue(name, out var one) && after.TryGetValue(name, out var other))
                    Compare(inner, one.Value, other.Value, paths);
                else paths.Add(inner);
            }
        }
        else if (left.ValueKind == JsonValueKind.Array && right.ValueKind == JsonValueKind.Array
            && left.GetArrayLength() == right.GetArrayLength())
        {
            for (var i = 0; i < left.GetArrayLength(); i++)
                Compare(string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]"), left[i], right[i], paths);
        }
        else if (left.GetRawText() != right.GetRawText())
        {
            paths.Add(path.Length == 0 ? "(body)" : path);
        }
    }

    private static IEnumerable<JsonProperty> Properties(JsonElement value) => value.EnumerateObject()
        .Where(property => !property.Name.EndsWith(Confirmed, StringComparison.OrdinalIgnoreCase))
        .OrderBy(property => property.Name, StringComparer.Ordinal);
}
