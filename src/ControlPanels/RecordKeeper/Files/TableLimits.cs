namespace BusinessM.Records.Files;

/// <summary>What a file with a table may hold at most (docs/limits.md). More is refused, never cut off.</summary>
public static class TableLimits
{
    /// <summary>Rows below the heading.</summary>
    public const int RowsMax = 100_000;

    public const int ColumnsMax = 500;

    /// <summary>Characters of a cell: what spreadsheet programs take.</summary>
    public const int CellMax = 32_767;

    public const int FileBytesMax = 8 * 1024 * 1024;

    /// <summary>What a packed file may unpack to.</summary>
    public const long UnpackedBytesMax = 200L * 1024 * 1024;

    /// <summary>How many times its own size a packed file may unpack to.</summary>
    public const int UnpackedRatioMax = 200;

    /// <summary>The texts that a workbook keeps apart from its cells; they are held in memory.</summary>
    public const int SharedBytesMax = 64 * 1024 * 1024;

    /// <summary>Rows that a sheet of a workbook can have, the heading included: a limit of the format.</summary>
    public const int SheetRowsMax = 1_048_576;

    /// <summary>Bytes between two tags of a workbook: the longest cell, each of its characters escaped.</summary>
    internal const int TagBytesMax = 512 * 1024;

    /// <summary>How deep the tags of a workbook nest; a real one needs ten.</summary>
    internal const int DepthMax = 64;

    /// <summary>Cell formats of a workbook: what spreadsheet programs take.</summary>
    internal const int FormatsMax = 65_536;
}
