using System.Globalization;
using System.Text;
using BusinessM.Contracts.RecordKeeper;
using BusinessM.Contracts.Regions;

namespace BusinessM.Records;

/// <summary>An installation's own fields as C#, for the contribution of a region of one's own. Their columns stay what
/// they are: the fields are taken away here when the region brings them.</summary>
public static class FieldsAsCode
{
    public static string Of(IEnumerable<ContributedField> fields)
    {
        var code = new StringBuilder("[\n");
        foreach (var (document, field) in fields)
            code.Append(CultureInfo.InvariantCulture,
                $"    new({Text(document)}, new({Text(field.Name)}, {Text(field.Label)}, FieldKind.{field.Kind})")
                .Append(Properties(field)).Append("),\n");
        return code.Append("]\n").ToString();
    }

    private static string Properties(FieldDefinition field)
    {
        var set = new List<string>();
        if (field.Length is { } length) set.Add(FormattableString.Invariant($"Length = {length}"));
        if (field.Scale is { } scale) set.Add(FormattableString.Invariant($"Scale = {scale}"));
        if (field.Required) set.Add("Required = true");
        if (field.Target is { } target) set.Add($"Target = {Text(target)}");
        if (field.Default is { } usual) set.Add($"Default = {Text(usual)}");
        if (field.InList) set.Add("InList = true");
        if (field.Sensitive) set.Add("Sensitive = true");
        if (field.Help is { } help) set.Add($"Help = {Text(help)}");
        if (field.Section is { } section) set.Add($"Section = {Text(section)}");
        if (field.Options is { } options) set.Add("Options = ["
            + string.Join(", ", options.Select(o => $"new({Text(o.Value)}, {Text(o.Label)})")) + "]");
        return set.Count == 0 ? "" : $" {{ {string.Join(", ", set)} }}";
    }

    private static string Text(string text)
    {
        var code = new StringBuilder("\"");
        foreach (var letter in text)
            if (letter is '"' or '\\') code.Append('\\').Append(letter);
            else if (char.IsControl(letter) || letter is '\u2028' or '\u2029')
                code.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}");
            else code.Append(letter);
        return code.Append('"').ToString();
    }
}
