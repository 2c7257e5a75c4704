using System.Data.Common;
using BusinessM.Contracts.BookKeeper;
using BusinessM.Contracts.Finance;
using BusinessM.Contracts.RecordKeeper;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BusinessM.Records.Far;

/// <summary>The doors of far calls. The transport (<see cref="IFarTransport"/>) is the host's to add.</summary>
public static class FarModule
{
    /// <summary>This process is one participant, under the name of its context; <paramref name="others"/>: all other
    /// contexts of the mesh. A <see cref="FarWitness"/> with a file is the host's to add.</summary>
    public static IServiceCollection AddFar(this IServiceCollection services, string context, params string[] others)
    {
        services.TryAddSingleton(new FarWitness());
        services.AddSingleton<FarHome>();
        services.AddSingleton<FarStore>();
        services.AddSingleton<FarPost>();
        services.AddSingleton<FarContext>();
        services.AddSingleton<ILanePart, FarLanePart>();
        services.AddScoped<FarUnit>();
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<FarRelay>(provider, context, others));
        services.AddHostedService(provider => provider.GetRequiredService<FarRelay>());
        return services;
    }

    /// <summary>Finance is elsewhere: its ledger is called far.</summary>
    public static IServiceCollection AddFarLedger(this IServiceCollection services) =>
        services.AddScoped<ILedger, FarLedger>();

    /// <summary>Finance is here, and called from elsewhere too. After the book-keeper and the near ledger.</summary>
    public static IServiceCollection AddLedgerDoor(this IServiceCollection services)
    {
        var books = services.Last(s => s.ServiceType == typeof(IBookKeeper));
        services.AddScoped<FarReserving>();
        services.AddScoped<IBookKeeper>(provider => new ReservingBooks(
            (IBookKeeper)ActivatorUtilities.CreateInstance(provider, books.ImplementationType!),
            () => (IBookKeeper)ActivatorUtilities.CreateInstance(provider, books.ImplementationType!, new Apart()),
            provider.GetRequiredService<IUnitOfWork>(), provider.GetRequiredService<FarReserving>()));
        var reads = services.Last(s => s.ServiceType == typeof(IBooks));
        services.AddSingleton<IBooks>(provider => new ResolvingReads(
            (IBooks)reads.ImplementationFactory!(provider), provider.GetRequiredService<FarContext>()));
        services.AddSingleton<IReservations, FarReservations>();
        services.AddScoped<IFarMethod, LedgerPostDoor>();
        services.AddScoped<IFarMethod, LedgerReverseDoor>();
        return services;
    }

    /// <summary>A unit that is never committed: for a look ahead that must leave nothing behind.</summary>
    private sealed class Apart : IUnitOfWork
    {
        private readonly List<IEffect> _effects = [];

        public IReadOnlyList<IEffect> Effects => _effects;

        public void Include(IEffect effect) => _effects.Add(effect);

        public void Number(NumberWanted wanted)
        {
            // Nothing is committed, so no number is wanted.
        }

        public Error Doom(Error refusal) => refusal;
    }
}

/// <summary>Opens the protocol when the process starts, and repeats what waits: confirmations, inquiries, and the
/// questions of a restored context.</summary>
public sealed partial class FarRelay(string context, string[] others, FarHome home, FarContext far,
    ILogger<FarRelay> log) : BackgroundService
{
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(1);

    public override async Task StartAsync(CancellationToken ct)
    {
        await home.Begin(context, others, ct);
        await base.StartAsync(ct);
    }

    protected override async Task ExecuteAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            await Task.Delay(Round, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (ct.IsCancellationRequested) return;
            try
            {
                await far.Relay(ct);
            }
            catch (DbException fault)
            {
                RoundFailed(fault);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "What waits for other contexts could not be read; trying again")]
    private partial void RoundFailed(Exception fault);
}
