using BusinessM.Contracts.RecordKeeper;

namespace BusinessM.Regions;

/// <summary>Lists of the Indian tax authorities.</summary>
internal static class IndianLists
{
    /// <summary>State codes of GST, those of merged and divided states included: their numbers are still seen.
    /// </summary>
    internal static IReadOnlyList<FieldOption> States { get; } =
    [
        new("01", "Jammu and Kashmir"),
        new("02", "Himachal Pradesh"),
        new("03", "Punjab"),
        new("04", "Chandigarh"),
        new("05", "Uttarakhand"),
        new("06", "Haryana"),
        new("07", "Delhi"),
        new("08", "Rajasthan"),
        new("09", "Uttar Pradesh"),
        new("10", "Bihar"),
        new("11", "Sikkim"),
        new("12", "Arunachal Pradesh"),
        new("13", "Nagaland"),
        new("14", "Manipur"),
        new("15", "Mizoram"),
        new("16", "Tripura"),
        new("17", "Meghalaya"),
        new("18", "Assam"),
        new("19", "West Bengal"),
        new("20", "Jharkhand"),
        new("21", "Odisha"),
        new("22", "Chhattisgarh"),
        new("23", "Madhya Pradesh"),
        new("24", "Gujarat"),
        new("25", "Daman and Diu (merged into 26 on 26 Jan 2020)"),
        new("26", "Dadra and Nagar Haveli and Daman and Diu"),
        new("27", "Maharashtra"),
        new("28", "Andhra Pradesh (before division; now 37)"),
        new("29", "Karnataka"),
        new("30", "Goa"),
        new("31", "Lakshadweep Islands"),
        new("32", "Kerala"),
        new("33", "Tamil Nadu"),
        new("34", "Puducherry"),
        new("35", "Andaman and Nicobar Islands"),
        new("36", "Telangana"),
        new("37", "Andhra Pradesh"),
        new("38", "Ladakh"),
        new("96", "Other Countries"),
        new("97", "Other Territory"),
        new("99", "Centre Jurisdiction"),
    ];

    /// <summary>Kinds of holders of a PAN, its fourth letter.</summary>
    internal static IReadOnlyList<FieldOption> Holders { get; } =
    [
        new("P", "Individual (person)"),
        new("C", "Company"),
        new("H", "Hindu Undivided Family"),
        new("F", "Firm / LLP"),
        new("A", "Association of Persons"),
        new("T", "Trust"),
        new("B", "Body of Individuals"),
        new("L", "Local Authority"),
        new("J", "Artificial Juridical Person"),
        new("G", "Government"),
    ];
}
