using System.Collections.Immutable;
using System.Runtime.InteropServices;
using BusinessM.Records.Far;

namespace BusinessM.Keepers.Tests.Far.Search;

/// <summary>A 128-bit fingerprint of a state. Sets are added up, so their order does not matter: two runs that lead to
/// the same rows and messages lead to one state.</summary>
internal readonly record struct Print(ulong A, ulong B)
{
    public static Print operator +(Print x, Print y) => new(x.A + y.A, x.B + y.B);

    public Print Mix(ulong value) => new(
        (A ^ value) * 0x9E3779B97F4A7C15UL + (A >> 29 ^ B << 17),
        (B + value) * 0xC2B2AE3D27D4EB4FUL ^ (B >> 31 ^ A << 7));

    public Print Mix(Print other) => Mix(other.A).Mix(other.B);

    public Print Mix(string? text)
    {
        var print = Mix(text is null ? 977UL : (ulong)text.Length);
        var left = text.AsSpan();
        foreach (var four in MemoryMarshal.Cast<char, ulong>(left)) print = print.Mix(four);
        foreach (var c in left[^(left.Length % 4)..]) print = print.Mix(c);
        return print;
    }

    public Print Mix(AttemptId id) => Mix(id.Origin).Mix((ulong)id.Incarnation).Mix((ulong)id.Id.GetHashCode());

    public Print Mix(FarId id) => Mix(id.Attempt).Mix(id.Path);

    public static Print Of(ulong kind) => new Print(0x243F6A8885A308D3UL, 0x13198A2E03707344UL).Mix(kind);

    public static Print Sum<T>(ImmutableArray<T> set, Func<T, Print> of)
    {
        var sum = default(Print);
        foreach (var one in set) sum += Final(of(one));
        return sum;
    }

    /// <summary>Scatters before adding, so that sums of near prints do not meet.</summary>
    public static Print Final(Print p) => p.Mix(0x5851F42D4C957F2DUL).Mix(p.A >> 32).Mix(p.B >> 32);

    public Print Mix(FarEffect effect) => Mix(effect.Body).Mix((ulong)effect.Parts.Length)
        .Mix(Sum(effect.Parts, p => Of(1).Mix(p.Id).Mix(p.Effect)));

    public static Print Of(FarRow row) => row switch
    {
        SelfRow r => Of(10).Mix((ulong)r.Incarnation),
        PeerRow r => Of(11).Mix(r.Context).Mix((ulong)r.Incarnation),
        ReopeningRow r => Of(12).Mix(Sum(r.Waiting, w => Of(1).Mix(w))).Mix(Sum(r.Held, Of)),
        AttemptRow r => Of(13).Mix(r.Id).Mix(r.Key).Mix((ulong)r.Ordinal).Mix(r.Fingerprint),
        OutcomeRow r => Of(14).Mix(r.Id).Mix((ulong)r.Outcome).Mix(r.Answer),
        ConfirmRow r => Of(15).Mix(r.Callee).Mix((ulong)r.Incarnation).Mix((ulong)r.Number).Mix(r.Id).Mix(r.Effect)
            .Mix(r.Acknowledged ? 1UL : 2UL),
        CounterRow r => Of(16).Mix(r.Callee).Mix((ulong)r.Incarnation).Mix((ulong)r.Last),
        ReservationRow r => Of(17).Mix(r.Id).Mix(r.From).Mix((ulong)r.State).Mix(r.Effect)
            .Mix((ulong)(r.NumberIncarnation ?? 0)).Mix((ulong)(r.Number ?? 0)).Mix(r.Call is null ? 1UL : 2UL),
        SealRow r => Of(18).Mix(r.Attempt),
        InboxRow r => Of(19).Mix(r.From).Mix((ulong)r.Incarnation).Mix((ulong)r.Upto)
            .Mix(Sum(r.Above, n => Of((ulong)n))),
        _ => throw new InvalidOperationException(row.GetType().Name),
    };

    public static Print Of(HeldPart held) =>
        Of(30).Mix(held.Id).Mix(held.Callee).Mix(held.Posted ? 1UL : 2UL).Mix(held.Effect);

    public static Print Of(FarRows rows) =>
        Of(rows.Self).Mix(rows.Reopening is null ? Of(2) : Of(rows.Reopening))
            .Mix(Sum(rows.Peers, Of) + Sum(rows.Attempts, Of) + Sum(rows.Outcomes, Of) + Sum(rows.Confirms, Of)
                + Sum(rows.Counters, Of) + Sum(rows.Reservations, Of) + Sum(rows.Seals, Of) + Sum(rows.Inbox, Of));

    public static Print Of(Envelope e) =>
        Of(40).Mix(e.From).Mix((ulong)e.Incarnation).Mix(e.To).Mix(e.Origin).Mix(Of(e.Message));

    private static Print Of(FarMessage message) => message switch
    {
        Reserve m => Of(50).Mix(m.Id).Mix((ulong)m.Supersedes.Length).Mix(m.Call.Body),
        Reserved m => Of(51).Mix(m.Id).Mix(m.Effect),
        Refused m => Of(52).Mix(m.Id),
        Confirm m => Of(53).Mix(m.Id).Mix(m.Effect).Mix((ulong)m.NumberIncarnation).Mix((ulong)m.Number),
        Confirmed m => Of(54).Mix(m.Id),
        Release m => Of(55).Mix(m.Id),
        Inquire m => Of(56).Mix(m.Id),
        Decided m => Of(57).Mix(m.Id).Mix((ulong)m.Verdict),
        Reopen m => Of(58).Mix(Sum(m.Received, Of)).Mix(Sum(m.Sent, Of)),
        Reopened m => Of(59).Mix((ulong)m.For).Mix(Sum(m.Missing, c => Of(c))).Mix(Sum(m.Held, Of)),
        _ => throw new InvalidOperationException(message.GetType().Name),
    };

    public static Print Of(FarAttempt a) => Of(60).Mix(a.Id).Mix((ulong)a.Phase).Mix(a.Doom is null ? 1UL : 2UL)
        .Mix(Sum(a.Calls, c => Of(61).Mix(c.Id).Mix(c.Fixed is null ? 1UL : 2UL)
            .Mix(c.Fixed is null ? Of(3) : Of(4).Mix(c.Fixed))));
}
