using BusinessM.Finance.Tax;

namespace BusinessM.Finance.Receivables;

/// <summary>An allowance, or a charge: an amount in the document's currency, or a percentage of the line's amount
/// before allowances, or of the document's sum of lines. On the document its VAT may be left open: then it is split
/// over
/// the categories and rates of the lines (policy 9, BR-32).</summary>
public sealed record Adjustment(bool Charge, decimal? Amount, decimal? Percent, string? Reason = null, Vat? Vat = null);

/// <summary>One line to be billed.</summary>
public readonly record struct BillLine(Quantity Quantity, UnitPrice Price, decimal BaseQuantity, Vat Vat,
    IReadOnlyList<Adjustment> Adjustments);

/// <summary>An allowance or charge of the document, without tax, in its one category and rate (BG-20, BG-21).</summary>
public sealed record BilledAdjustment(bool Charge, decimal Amount, Vat Vat, string? Reason);

/// <summary>The sum of a category and rate, and the tax on it (BG-23).</summary>
public readonly record struct VatSubtotal(Vat Vat, decimal Taxable, decimal Tax);

/// <summary>The totals of a document (EN 16931 BG-22), all in its currency.</summary>
public sealed record BillTotals(IReadOnlyList<decimal> LineNets, IReadOnlyList<BilledAdjustment> Adjustments,
    IReadOnlyList<VatSubtotal> Subtotals, decimal LineTotal, decimal Allowances, decimal Charges, decimal TaxExclusive,
    decimal TaxTotal, decimal TaxInclusive, decimal Prepaid, decimal Rounding, decimal Payable);

/// <summary>The arithmetic of a bill, EN 16931 and policies 8 to 10: lines rounded one by one, VAT once per category
/// and
/// rate on the sum. Where prices include tax, the gross sum stands and the tax is taken out of it.</summary>
public sealed record Bill(Currency Currency, IReadOnlyList<BillLine> Lines, IReadOnlyList<Adjustment> Adjustments,
    bool PricesIncludeTax = false, decimal Prepaid = 0, decimal? RoundTo = null)
{
    /// <summary>The largest absolute amount of a line or adjustment: 14 whole digits, so that no sum
    /// overflows.</summary>
    public const decimal LineMax = 100_000_000_000_000m;

    public const int LinesMax = 5_000;

    /// <summary>All totals; refuses amounts too large, a discount with nothing to split it over, and "out of scope"
    /// beside another category (BR-O-11).</summary>
    public Result<BillTotals> Total()
    {
        var groups = new List<Group>(4);
        var amounts = new decimal[Lines.Count];
        for (var i = 0; i < amounts.Length; i++)
        {
            if (AmountOf(Lines[i],
                out amounts[i]) is { } refused) return refused.At(FormattableString.Invariant($"lines[{i}]"));
            Of(groups, Lines[i].Vat).Lines += amounts[i];
        }
        var pieces = new List<Piece>(Adjustments.Count);
        for (var i = 0; i < Adjustments.Count; i++)
        {
            if (Split(Adjustments[i], groups, pieces) is { } refused)
                return refused.At(FormattableString.Invariant($"adjustments[{i}]"));
        }
        if (groups.Count > 1 && groups.Exists(group => group.Vat.Category == VatCategory.O))
            return FinanceErrors.OutOfScopeMixed.With(
                $"Out of scope (O) stands beside another VAT category (BR-O-11)", "lines");
        foreach (var group in groups) group.Settle(Currency, PricesIncludeTax);
        if (PricesIncludeTax)
        {
            var gross = amounts.ToArray();
            foreach (var group in groups) TakeTaxOut(group, gross, amounts, pieces);
        }
        return Sum(groups, amounts, pieces);
    }

    private Error? AmountOf(BillLine line, out decimal amount)
    {
        amount = line.Price.Value * line.Quantity.Value / line.BaseQuantity;
        if (Math.Abs(amount) >= LineMax)
            return FinanceErrors.AmountTooLarge.With($"{line.Quantity} x {line.Price} has more than 14 whole digits");
        var listed = amount = Money.Round(amount, Currency).Amount;
        for (var i = 0; i < line.Adjustments.Count; i++)
        {
            var adjustment = line.Adjustments[i];
            var step = adjustment.Amount ?? Rounded(listed * adjustment.Percent!.Value / 100m);
            amount += adjustment.Charge ? step : -step;
        }
        return null;
    }

    // A discount of the whole document is split in proportion to the lines' sums per category and rate.
    private Error? Split(Adjustment adjustment, List<Group> groups, List<Piece> pieces)
    {
        var basis = 0m;
        foreach (var group in groups)
            if (adjustment.Vat is null || group.Vat == adjustment.Vat) basis += group.Lines;
        var amount = adjustment.Amount ?? Rounded(basis * adjustment.Percent!.Value / 100m);
        if (adjustment.Vat is { } vat)
        {
            Add(pieces, Of(groups, vat), adjustment, amount);
            return null;
        }
        if (groups.Count == 1)
        {
            Add(pieces, groups[0], adjustment, amount);
            return null;
        }
        if (groups.TrueForAll(group => group.Lines <= 0))
            return FinanceErrors.NothingToSplitOver.With($"No line sum above zero to split {amount} over");
        var shares = new Money(amount, Currency).Allocate([.. groups.Select(group => Math.Max(group.Lines, 0))]);
        for (var i = 0; i < shares.Count; i++)
            if (!shares[i].IsZero) Add(pieces, groups[i], adjustment, shares[i].Amount);
        return null;
    }

    private static void Add(List<Piece> pieces, Group group, Adjustment adjustment, decimal amount)
    {
        pieces.Add(new Piece(group.Vat, adjustment.Charge ? amount : -amount, adjustment));
        group.Adjusted += adjustment.Charge ? amount : -amount;
    }

    // Each line and adjustment without its tax, rounded towards zero; the units left over one by one in written order
    // (policy 9), so that they add up to the group's taxable sum.
    private void TakeTaxOut(Group group, decimal[] gross, decimal[] amounts, List<Piece> pieces)
    {
        var unit = Unit(Currency.Digits);
        var left = group.Taxable;
        for (var i = 0; i < amounts.Length; i++)
            if (Lines[i].Vat == group.Vat) left -= amounts[i] = Cut(group.Vat.Share(amounts[i]), unit);
        foreach (var piece in pieces)
            if (piece.Vat == group.Vat) left -= piece.Amount = Cut(group.Vat.Share(piece.Amount), unit);
        var step = Math.Sign(left) * unit;
        while (left != 0)
        {
            for (var i = 0; i < amounts.Length && left != 0; i++)
            {
                if (Lines[i].Vat != group.Vat || gross[i] == 0) continue;
                amounts[i] += step;
                left -= step;
            }
            foreach (var piece in pieces)
            {
                if (left == 0 || piece.Vat != group.Vat) continue;
                piece.Amount += step;
                left -= step;
            }
        }
    }

    private BillTotals Sum(List<Group> groups, decimal[] nets, List<Piece> pieces)
    {
        decimal lines = 0, allowances = 0, charges = 0, exclusive = 0, tax = 0, gross = 0;
        foreach (var net in nets) lines += net;
        var adjustments = new BilledAdjustment[pieces.Count];
        for (var i = 0; i < adjustments.Length; i++)
        {
            var (piece, charge) = (pieces[i], pieces[i].From.Charge);
            adjustments[i] = new(charge, charge ? piece.Amount : -piece.Amount, piece.Vat, piece.From.Reason);
            if (charge) charges += piece.Amount;
            else allowances -= piece.Amount;
        }
        var subtotals = new VatSubtotal[groups.Count];
        for (var i = 0; i < subtotals.Length; i++)
        {
            var group = groups[i];
            subtotals[i] = new(group.Vat, group.Taxable, group.Tax);
            (exclusive, tax, gross) = (exclusive + group.Taxable, tax + group.Tax,
                gross + group.Lines + group.Adjusted);
        }
        var inclusive = exclusive + tax;
        var rounding = PricesIncludeTax ? gross - inclusive : 0;
        var due = inclusive + rounding - Prepaid;
        if (RoundTo is { } step)
        {
            var rounded = Money.RoundTo(due, step, Currency).Amount;
            (rounding, due) = (rounding + rounded - due, rounded);
        }
        return new BillTotals(nets, adjustments, subtotals, lines, allowances, charges, exclusive, tax, inclusive,
            Prepaid, rounding, due);
    }

    private decimal Rounded(decimal amount) => Money.Round(amount, Currency).Amount;

    private static decimal Cut(decimal amount, decimal unit) => decimal.Truncate(amount / unit) * unit;

    private static decimal Unit(int digits) => new(1, 0, 0, false, (byte)digits);

    private static Group Of(List<Group> groups, Vat vat)
    {
        foreach (var group in groups) if (group.Vat == vat) return group;
        var made = new Group(vat);
        groups.Add(made);
        return made;
    }

    private sealed class Group(Vat vat)
    {
        public Vat Vat => vat;
        public decimal Lines { get; set; }
        public decimal Adjusted { get; set; }
        public decimal Taxable { get; private set; }
        public decimal Tax { get; private set; }

        public void Settle(Currency currency, bool includesTax)
        {
            var sum = Lines + Adjusted;
            Taxable = includesTax ? vat.NetOf(sum, currency) : sum;
            Tax = vat.On(Taxable, currency);
        }
    }

    private sealed class Piece(Vat vat, decimal amount, Adjustment from)
    {
        public Vat Vat => vat;
        public decimal Amount { get; set; } = amount;
        public Adjustment From => from;
    }
}
