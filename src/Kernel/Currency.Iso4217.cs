using System.Collections.Frozen;

namespace BusinessM;

public readonly partial record struct Currency
{
    // ISO 4217:2015 list one with its amendments up to 179 (SLE, VED, XCG); metals, funds and test codes have no minor
    // unit and are no money here.
    private static readonly FrozenDictionary<string, Currency> Iso4217 = Table(
        (0, """
            BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF
            """),
        (3, """
            BHD IQD JOD KWD LYD OMR TND
            """),
        (4, """
            CLF UYW
            """),
        (2, """
            AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF
            CHE CHF CHW CNY COP COU CRC CUC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ
            GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK
            MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB
            SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN
            UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG
            """));

    private static FrozenDictionary<string, Currency> Table(params (byte Digits, string Codes)[] groups) =>
        groups
            .SelectMany(group => group.Codes
                .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
                .Select(code => new Currency(code, group.Digits)))
            .ToFrozenDictionary(currency => currency.Code, StringComparer.Ordinal);
}
