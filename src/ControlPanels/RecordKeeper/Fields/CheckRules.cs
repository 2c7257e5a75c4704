using BusinessM.Contracts.RecordKeeper;
using static BusinessM.Records.FieldChecks;

namespace BusinessM.Records;

/// <summary>What the checks of a field must be like, so that running them on any text can neither fail nor take long.
/// </summary>
internal static class CheckRules
{
    private const int ChecksMax = 200;
    private const int OptionsMax = 2_000;
    private const int PlaceMax = 10_000;
    private const int WeightMax = 1_000_000;
    private const int ListMax = 100;
    private const int OrMax = 4;
    private const int MessageMax = 500;

    internal static Error? Refuse(FieldDefinition field)
    {
        if (field.Checks is not { } checks) return null;
        if (checks.Count > ChecksMax)
            return RecordErrors.FieldInvalid.With($"The field {field.Name} has more than {ChecksMax} checks", "checks");
        for (var i = 0; i < checks.Count; i++)
            if (Fault(checks[i]) is { } fault)
                return RecordErrors.FieldInvalid.With($"The field {field.Name}, check {i + 1}: {fault}",
                    FormattableString.Invariant($"checks[{i}]"));
        return DefaultRefused(field);
    }

    /// <summary>A default that the field's own checks refuse would stop every new document.</summary>
    private static Error? DefaultRefused(FieldDefinition field)
    {
        if (field.Default is not { } text) return null;
        var alone = field with { Checks = [.. field.Checks!.Where(c => c.When?.Field is null)] };
        return Check(alone, text, _ => null) is { } refused
            ? RecordErrors.FieldInvalid.With($"The field {field.Name} refuses its own default: {refused.Message}",
                "default")
            : null;
    }

    private static string? Fault(FieldCheck? check)
    {
        if (check is null) return "it is empty";
        if (!FieldRules.IsLine(check.Message, MessageMax))
            return $"it has a message of 1 to {MessageMax} characters for the user";
        var fault = check.Kind switch
        {
            Kinds.Pattern => check.Pattern is null ? "it has no pattern" : PatternFault(check.Pattern),
            Kinds.Checksum => check.Checksum is null ? "it has no checksum" : ChecksumFault(check.Checksum),
            Kinds.Options => OptionsFault(check),
            Kinds.Required => null,
            _ => $"its kind {check.Kind} is unknown",
        };
        return fault ?? (check.When is { } when ? ConditionFault(when) : null);
    }

    private static string? PatternFault(string pattern) =>
        Patterns.Fault(pattern) is { } fault ? $"its pattern {fault}" : null;

    private static string? OptionsFault(FieldCheck check)
    {
        if (!IsPlace(check.Start) || !IsPlace(check.Count)) return "its part does not stand in a text";
        return check.Options is { Count: > 0 and <= OptionsMax } options && !options.Any(string.IsNullOrEmpty)
            ? null : $"it has 1 to {OptionsMax} options, none of them empty";
    }

    private static string? ConditionFault(FieldCondition when)
    {
        if (when.Field is null && when.Pattern is null) return "its condition names neither a field nor a pattern";
        if (when.Values is { Count: 0 }) return "its condition has no values";
        return when.Pattern is { } pattern ? PatternFault(pattern) : null;
    }

    private static string? ChecksumFault(Checksum first)
    {
        var count = 0;
        for (var sum = first; sum is not null; sum = sum.Or)
        {
            if (++count > OrMax) return $"more than {OrMax} checksums stand in a row";
            if (!Checksums.Families.Contains(sum.Family)) return $"the family of checksums {sum.Family} is unknown";
            if (PlacesFault(sum) is { } places) return places;
            if (sum.Family == Checksums.Weighted && WeightedFault(sum) is { } weighted) return weighted;
        }
        return null;
    }

    private static string? PlacesFault(Checksum sum)
    {
        if (sum.Alphabet is not { Length: > 1 and <= ListMax } alphabet
            || alphabet.Distinct().Count() != alphabet.Length)
            return $"its alphabet has 2 to {ListMax} different characters";
        if (sum.Family == Checksums.Mod97 && !Letters.StartsWith(sum.Alphabet, StringComparison.Ordinal))
            return "mod97-10 counts digits and capital letters in their order";
        int[] places = [sum.Start, sum.Count, sum.CheckStart, sum.Rotate, sum.Width];
        return places.All(IsPlace) && (sum.Places is not { } list || (IsList(list) && list.All(IsPlace)))
            ? null : "its characters do not stand in a text";
    }

    private static string? WeightedFault(Checksum sum)
    {
        if (sum.Modulus is < 2 or > WeightMax) return $"its modulus is 2 to {WeightMax}";
        if (sum.CheckCount is < 1 or > 4) return "it has 1 to 4 check characters";
        if (sum.CheckAlphabet is { Length: 0 or > 1_000 }) return "its check characters are 1 to 1000";
        if (sum.Fold is not ("none" or "quotient-and-remainder" or "digits")) return $"its fold {sum.Fold} is unknown";
        if (sum.Result is not ("remainder" or "complement" or "difference"))
            return $"its result {sum.Result} is unknown";
        if (!IsWeights(sum.Weights) || !IsWeights(sum.NextWeights) || sum.Plus is < 0 or > WeightMax)
            return $"weights are 0 to {WeightMax}, and 1 to {ListMax} of them";
        return sum.Tables is not { } tables || (IsList(tables) && tables.All(t => t is not null && IsWeights(t)))
            ? null : "each of its tables has the values of the alphabet's characters";
    }

    private const string Letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    private static bool IsPlace(int place) => place is >= 0 and <= PlaceMax;

    private static bool IsList<T>(IReadOnlyList<T> list) => list.Count is > 0 and <= ListMax;

    private static bool IsWeights(IReadOnlyList<int>? weights) =>
        weights is null || (IsList(weights) && weights.All(w => w is >= 0 and <= WeightMax));
}
