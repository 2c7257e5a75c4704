using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;

namespace BusinessM.Records;

/// <summary>What a unit changed, as JSON: per row its table, key, and the values before and after. New rows show after,
/// removed rows before (both without what is null), changed rows what differs. Company, who and when stand in the link.
/// </summary>
internal static class ChangeLog
{
    public static string Of(LaneUnit unit, CompanyId company)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartArray();
        var erased = unit.Effects.OfType<HistoryErased>().Where(e => e.Company == company).ToList();
        foreach (var change in unit.Changes)
            if (change.Document is null || change.Document.Company == company)
                Write(json, change, erased.Any(e => e.Documents.Contains(change.Document?.Key ?? default)));
        foreach (var order in erased) Write(json, order);
        json.WriteEndArray();
        json.Flush();
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter json, RowChange change, bool erased)
    {
        json.WriteStartObject();
        json.WriteString("table", change.Table.Table);
        if (change.Kind != EntityState.Added) Values(json, change, "before", original: true, hidden: erased);
        if (change.Kind != EntityState.Deleted) Values(json, change, "after", original: false, hidden: false);
        json.WriteEndObject();
    }

    // The order itself is sealed.
    private static void Write(Utf8JsonWriter json, HistoryErased order)
    {
        json.WriteStartObject();
        json.WriteString("table", "erasure");
        json.WriteStartObject("after");
        json.WriteString("reason", order.Reason);
        json.WriteStartArray("documents");
        foreach (var document in order.Documents) json.WriteStringValue(document);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Values(Utf8JsonWriter json, RowChange change, string name, bool original, bool hidden)
    {
        json.WriteStartObject(name);
        foreach (var column in change.Table.Columns)
        {
            if (column.IsStamp) continue;
            if (change.Kind == EntityState.Modified && !column.IsKey && !column.IsModified(change)) continue;
            var value = original ? column.ReadOriginal(change) : column.Read(change);
            if (value is null && change.Kind != EntityState.Modified) continue;
            json.WritePropertyName(column.Name);
            if (column.IsSecret) json.WriteStringValue("secret");
            else if (hidden && !column.IsKey) json.WriteStringValue("erased");
            else Value(json, value);
        }
        json.WriteEndObject();
    }

    private static void Value(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null: json.WriteNullValue(); break;
            case string text: json.WriteStringValue(text); break;
            case bool flag: json.WriteBooleanValue(flag); break;
            case int number: json.WriteNumberValue(number); break;
            case long number: json.WriteNumberValue(number); break;
            case Guid id: json.WriteStringValue(id); break;
            case DateOnly day: json.WriteStringValue(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)); break;
            case DateTimeOffset moment: json.WriteStringValue(moment); break;
            case byte[] bytes: json.WriteBase64StringValue(bytes); break;
            case IFormattable other: json.WriteStringValue(other.ToString(null, CultureInfo.InvariantCulture)); break;
            default: json.WriteStringValue(value.ToString()); break;
        }
    }
}
