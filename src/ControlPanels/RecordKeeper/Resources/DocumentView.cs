using System.Buffers;
using System.Text.Json;

namespace BusinessM.Records;

/// <summary>A document as JSON, from the object that was just written.</summary>
internal static class DocumentView
{
    public static RawJson Of(DocumentShape shape, IExtended document, Caller caller)
    {
        var buffer = new ArrayBufferWriter<byte>(2 * 1024);
        using var json = new Utf8JsonWriter(buffer);
        var stamped = (IStamped)document;
        json.WriteStartObject();
        json.WriteString("id", ((IDocument)document).Key);
        json.WriteString("company", ((IDocument)document).Company.Value);
        json.WriteNumber("version", ((IDocument)document).Version);
        json.WriteString("createdAt", stamped.CreatedAt);
        json.WriteString("createdBy", stamped.CreatedBy);
        json.WriteString("changedAt", stamped.ChangedAt);
        json.WriteString("changedBy", stamped.ChangedBy);
        foreach (var field in shape.Fields)
            if (shape.IsSeen(field, caller)) Write(json, field, field.Get(document));
        foreach (var child in shape.Type.Children.Where(child => child.IsPart))
        {
            json.WriteStartArray(child.Name);
            foreach (IPart row in child.Of(document))
            {
                json.WriteStartObject();
                json.WriteString("id", row.Id);
                json.WriteNumber("seq", row.Seq);
                foreach (var field in child.Fields) Write(json, field, field.Get(row));
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }
        json.WriteEndObject();
        json.Flush();
        return new RawJson(buffer.WrittenMemory);
    }

    private static void Write(Utf8JsonWriter json, DocumentField field, object? value)
    {
        if (value is null) return;
        json.WritePropertyName(field.Name);
        FieldValue.Write(json, field, value);
    }
}
