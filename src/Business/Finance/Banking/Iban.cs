using System.Collections.Frozen;

namespace BusinessM.Finance.Banking;

/// <summary>International bank account numbers, ISO 13616-1: two letters of the country, two check digits by ISO 7064
/// mod 97-10, and the country's own number. Lengths by the registry that SWIFT keeps for ISO 13616 (release 97).
/// </summary>
internal static class Iban
{
    private static readonly FrozenDictionary<string, int> Lengths = Read("""
        AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29
        ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20
        LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29
        PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20
        YE30
        """);

    /// <summary>As it is kept: without blanks, in capitals.</summary>
    public static string Plain(string text) =>
        text.Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();

    /// <summary>Says what is wrong with a plain one; null: nothing is.</summary>
    public static Error? Check(string iban)
    {
        if (iban.Length < 5 || !iban.All(char.IsAsciiLetterOrDigit) || !char.IsAsciiDigit(iban[2])
            || !char.IsAsciiDigit(iban[3]) || !Lengths.TryGetValue(iban[..2], out var length))
            return FinanceErrors.IbanInvalid.With(
                $"An IBAN begins with a country that has them and two check digits", "iban");
        if (iban.Length != length) return FinanceErrors.IbanInvalid.With(
            $"An IBAN of {iban[..2]} has {length} characters, this one {iban.Length}", "iban");
        return Remainder(iban) == 1 ? null : FinanceErrors.IbanInvalid.With(
            $"The check digits do not fit the rest: a character is mistyped", "iban");
    }

    // The first four characters go behind the rest, letters count 10 to 35 (ISO 13616-1 clause 6).
    private static int Remainder(string iban)
    {
        var remainder = 0;
        for (var i = 0; i < iban.Length; i++)
        {
            var letter = iban[(i + 4) % iban.Length];
            remainder = char.IsAsciiDigit(letter) ? (remainder * 10 + (letter - '0')) % 97
                : (remainder * 100 + (letter - 'A' + 10)) % 97;
        }
        return remainder;
    }

    private static FrozenDictionary<string, int> Read(string registry) => registry
        .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToFrozenDictionary(entry => entry[..2],
            entry => int.Parse(entry.AsSpan(2), System.Globalization.CultureInfo.InvariantCulture));
}
