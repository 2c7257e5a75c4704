using System.Collections.Frozen;
using System.Text;

namespace BusinessM.Records.Files;

/// <summary>Headings in one form: small letters without accents, and words that mean the same brought together. Written
/// out, since the program runs without the tables of cultures.</summary>
internal static class ColumnWords
{
    private static readonly FrozenDictionary<char, string> Plain = Pairs(
        ("a", "àáâãäåāăą"), ("ae", "æ"), ("c", "çćĉċč"), ("d", "ďđð"), ("e", "èéêëēĕėęě"), ("g", "ĝğġģ"), ("h", "ĥħ"),
        ("i", "ìíîïĩīĭįı"), ("j", "ĵ"), ("k", "ķ"), ("l", "ĺļľŀł"), ("n", "ñńņňŋ"), ("o", "òóôõöøōŏő"), ("oe", "œ"),
        ("r", "ŕŗř"), ("s", "śŝşšș"), ("ss", "ß"), ("t", "ţťŧț"), ("th", "þ"), ("u", "ùúûüũūŭůűų"), ("w", "ŵ"),
        ("y", "ýÿŷ"), ("z", "źżž"), ("no", "№"));

    // The first word of a line is the meaning; a word stands in one line only.
    private static readonly FrozenDictionary<string, string> Meanings = Lines("""
        code no nr number num id key ref reference sku
        name title fullname displayname
        description descr desc details text particulars narration
        phone tel telephone telno phoneno phonenumber telephonenumber telephoneno
        mobile mobileno mobilenumber mobilephone cell cellphone handphone gsm
        fax faxno faxnumber telefax
        email mail emailaddress mailaddress emailid
        website web url homepage webpage site internet
        postcode zip zipcode postalcode pincode pin plz eircode
        city town locality place
        street address addressline1 address1 streetaddress line1
        street2 addressline2 address2 line2
        region state province county subdivision
        country countrycode land nation
        currency curr ccy currencycode
        price unitprice rate priceperunit
        quantity qty quant units
        unit uom unitofmeasure measure um
        amount amt total sum value
        taxid vat vatno vatnumber vatid taxno taxnumber tin gstin gstno gstnumber uidnr
        iban ibanno ibannumber
        bic swift swiftcode biccode
        duedate due datedue payby
        issuedate invoicedate date docdate documentdate billdate
        notes note remarks remark comments comment memo
        group category class grouping
        barcode ean gtin upc eancode
        active enabled isactive
        blocked inactive disabled isblocked
        language lang languagecode
        paymentterms terms termsofpayment
        contact contactperson contactname attention attn
        """);

    private static readonly FrozenSet<string> Owners = new[]
    {
        "customer", "client", "buyer", "debtor", "supplier", "vendor", "creditor", "seller", "party", "partner", "item",
        "product", "article", "material", "part", "company", "document", "invoice", "order", "employee", "primary",
        "main", "default",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The words of a heading or of a field's name: parted at blanks, punctuation, and where a capital follows
    /// a small letter; what stands in brackets is left out, unless it is all.</summary>
    public static string[] Of(string text)
    {
        var bracket = text.IndexOfAny(['(', '[']);
        var words = Split(bracket > 0 ? text[..bracket] : text);
        return words.Length > 0 ? words : Split(text);
    }

    /// <summary>The word that stands for all of one meaning; empty for a word of its own.</summary>
    public static string Meaning(string words) => Meanings.GetValueOrDefault(words, "");

    /// <summary>Parts what a heading begins with from the rest: "customer" from "no" of Customer no., CUSTOMERNO.
    /// Empty where it does not begin so.</summary>
    public static (string Owner, string Kind) Owned(string[] words)
    {
        if (words.Length > 1) return Owners.Contains(words[0]) ? (words[0], string.Concat(words[1..])) : ("", "");
        var word = string.Concat(words);
        var owner = Owners.FirstOrDefault(o => word.StartsWith(o, StringComparison.Ordinal)
            && Meaning(word[o.Length..]).Length > 0);
        return owner is null ? ("", "") : (owner, word[owner.Length..]);
    }

    private static string[] Split(string text)
    {
        var plain = new StringBuilder(text.Length);
        var small = false;
        foreach (var c in text.Normalize(NormalizationForm.FormC))
        {
            if (c is >= '\u0300' and <= '\u036F' or '.' or '\'' or '\u2019') continue;
            if (char.IsUpper(c) && small) plain.Append(' ');
            small = char.IsLower(c);
            var lower = char.ToLowerInvariant(c);
            if (Plain.TryGetValue(lower, out var letters)) plain.Append(letters);
            else plain.Append(c == 'İ' ? 'i' : char.IsLetterOrDigit(lower) ? lower : ' ');
        }
        return plain.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }

    private static FrozenDictionary<char, string> Pairs(params (string Plain, string Letters)[] pairs) =>
        pairs.SelectMany(p => p.Letters.Select(l => (l, p.Plain))).ToFrozenDictionary(p => p.l, p => p.Plain);

    private static FrozenDictionary<string, string> Lines(string lines) =>
        lines.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(line => line.Split(' '))
            .SelectMany(words => words.Select(word => (word, words[0])))
            .ToFrozenDictionary(p => p.word, p => p.Item2, StringComparer.Ordinal);
}
