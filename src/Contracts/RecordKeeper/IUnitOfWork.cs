namespace BusinessM.Contracts.RecordKeeper;

/// <summary>The one business transaction that the current request decides. Everything included takes effect with its
/// commit, and only with it. One per request (scope); never shared between requests.</summary>
public interface IUnitOfWork
{
    /// <summary>Adds what a keeper or another context wants to happen with the commit.</summary>
    void Include(IEffect effect);

    /// <summary>What has been included so far, in order: a second call in one unit sees the first.</summary>
    IReadOnlyList<IEffect> Effects { get; }

    /// <summary>Asks for the next number of a gap-free series, handed out in the lane when all else is accepted
    /// (policy 4). <paramref name="wanted"/>.Document and every effect whose source it is hear the number.</summary>
    void Number(NumberWanted wanted);

    /// <summary>A refusal from a port that changes something dooms the unit: its commit answers this refusal, whatever
    /// the caller made of it.</summary>
    Error Doom(Error refusal);
}

/// <summary>Something that takes effect with the commit: a journal, a movement, an event.</summary>
public interface IEffect
{
    /// <summary>The company whose audit chain records it.</summary>
    CompanyId Company { get; }
}

/// <summary>An effect that carries the number of the document which it comes from.</summary>
public interface INumberedEffect : IEffect
{
    /// <summary>The document whose number it carries.</summary>
    Guid Source { get; }

    /// <summary>Told once the lane has handed out the number; told again if the lane has to write again.</summary>
    void Numbered(string number);
}

/// <summary>A wish for the next number of a series. <paramref name="Series"/> is branch x document kind x fiscal year
/// as one text (<c>MAIN/sales-invoice/2026</c>); <paramref name="Format"/> has the one token <c>{00000}</c>, as many
/// noughts as digits at least, all other tokens already filled in.</summary>
public sealed record NumberWanted(CompanyId Company, string Series, string Format, Guid Document, Action<string> Assign);

/// <summary>An event for the outbox: delivered at least once, perhaps late, after the commit.</summary>
public sealed record OutboxEffect(CompanyId Company, Guid Id, string Subject, string Body) : IEffect;
