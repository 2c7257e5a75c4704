using System.Globalization;

namespace BusinessM.Records.Files;

/// <summary>How a number format shows a number, as far as it changes what the number is.</summary>
internal enum NumberLook { Plain, Percent, Date, Time, LeadingZeros }

/// <summary>The number format of a cell; <paramref name="Zeros"/>: the digits that it fills up to.</summary>
internal readonly record struct NumberFormat(NumberLook Look, int Zeros = 0)
{
    /// <summary>Reads the first section of a format code (ISO/IEC 29500-1, 18.8.31), without what is quoted, escaped
    /// or in brackets; elapsed time, as [h], is a time.</summary>
    public static NumberFormat Of(string code)
    {
        var (date, time, months, percent) = (false, false, false, false);
        var plain = Bare(code, ref time);
        if (plain.Length > 0 && plain.AsSpan().Trim('0').IsEmpty)
            return new NumberFormat(NumberLook.LeadingZeros, plain.Length);
        foreach (var c in plain)
        {
            date |= c is 'y' or 'Y' or 'd' or 'D';
            time |= c is 'h' or 'H' or 's' or 'S';
            months |= c is 'm' or 'M';
            percent |= c is '%';
        }
        if (date || (months && !time)) return new NumberFormat(NumberLook.Date);
        return new NumberFormat(time ? NumberLook.Time : percent ? NumberLook.Percent : NumberLook.Plain);
    }

    /// <summary>The formats that every workbook has without saying (ISO/IEC 29500-1, 18.8.30), those of East Asian
    /// calendars among them.</summary>
    public static NumberFormat BuiltIn(int id) => new(id switch
    {
        9 or 10 => NumberLook.Percent,
        (>= 14 and <= 17) or 22 or (>= 27 and <= 31) or 36 or (>= 50 and <= 54) or 57 or 58 => NumberLook.Date,
        (>= 18 and <= 21) or (>= 32 and <= 35) or (>= 45 and <= 47) or 55 or 56 => NumberLook.Time,
        _ => NumberLook.Plain,
    });

    private static string Bare(string code, ref bool elapsed)
    {
        if (code.Equals("General", StringComparison.OrdinalIgnoreCase)) return "";
        var plain = new System.Text.StringBuilder(code.Length);
        for (var i = 0; i < code.Length && code[i] != ';'; i++)
        {
            var c = code[i];
            if (c is '"' or '[')
            {
                var end = code.IndexOf(c == '"' ? '"' : ']', i + 1);
                if (end < 0) break;
                elapsed |= c == '[' && end > i + 1 && code.AsSpan(i + 1, end - i - 1).Trim("hHmMsS").Length == 0;
                i = end;
            }
            else if (c is '\\' or '_' or '*') i++;
            else plain.Append(c);
        }
        return plain.ToString();
    }
}

/// <summary>The number formats of a workbook's cells, by the number of the cell's style.</summary>
internal static class XlsxFormats
{
    public static IReadOnlyList<NumberFormat> Read(PartXml xml)
    {
        var own = new Dictionary<int, NumberFormat>();
        var cells = new List<NumberFormat>();
        var within = false;
        while (xml.Read())
        {
            if (xml.Opened == "numFmt" && Id(xml["numFmtId"]) is { } id)
                own[id] = NumberFormat.Of(xml["formatCode"] ?? "");
            else if (xml.Opened == "cellXfs") within = !xml.IsEmpty;
            else if (xml.IsEnd && xml.Name == "cellXfs") within = false;
            else if (within && xml.Opened == "xf")
                cells.Add(Id(xml["numFmtId"]) is not { } format ? default
                    : own.TryGetValue(format, out var known) ? known : NumberFormat.BuiltIn(format));
            if (own.Count > TableLimits.FormatsMax || cells.Count > TableLimits.FormatsMax)
                throw FileRefused.TooLarge($"The workbook has more than {TableLimits.FormatsMax:N0} cell formats");
        }
        return cells;
    }

    private static int? Id(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
}
