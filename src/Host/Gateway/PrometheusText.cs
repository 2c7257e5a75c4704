using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace BusinessM.Host.Gateway;

/// <summary>The program's meters as Prometheus text (exposition format 0.0.4). Stands for the package
/// OpenTelemetry.Exporter.Prometheus.AspNetCore (docs/adr).</summary>
internal sealed class PrometheusText : IDisposable
{
    /// <summary>Combinations of labels per instrument; what comes later is counted under one label.</summary>
    private const int SeriesMax = 500;

    private static readonly string[] Meters =
        ["BusinessM.", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel",
            "System.Runtime", "Npgsql"];

    private static readonly double[] UsualBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    private readonly ConcurrentDictionary<Instrument, ConcurrentDictionary<string, Series>> _instruments = [];
    private readonly MeterListener _listener = new();

    public PrometheusText()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (Array.Exists(Meters, m => instrument.Meter.Name.StartsWith(m, StringComparison.Ordinal)))
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<byte>((i, v, tags, _) => Add(i, v, tags));
        _listener.SetMeasurementEventCallback<short>((i, v, tags, _) => Add(i, v, tags));
        _listener.SetMeasurementEventCallback<int>((i, v, tags, _) => Add(i, v, tags));
        _listener.SetMeasurementEventCallback<long>((i, v, tags, _) => Add(i, v, tags));
        _listener.SetMeasurementEventCallback<float>((i, v, tags, _) => Add(i, v, tags));
        _listener.SetMeasurementEventCallback<double>((i, v, tags, _) => Add(i, v, tags));
        _listener.SetMeasurementEventCallback<decimal>((i, v, tags, _) => Add(i, (double)v, tags));
        _listener.Start();
    }

    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    public void Dispose() => _listener.Dispose();

    public string Write()
    {
        _listener.RecordObservableInstruments();
        var text = new StringBuilder();
        foreach (var group in _instruments.OrderBy(i => i.Key.Name, StringComparer.Ordinal).GroupBy(i => Name(i.Key)))
        {
            var instrument = group.First().Key;
            text.Append(CultureInfo.InvariantCulture,
                $"# HELP {group.Key} {Escape(instrument.Description ?? instrument.Name)}\n");
            text.Append(CultureInfo.InvariantCulture, $"# TYPE {group.Key} {Type(instrument)}\n");
            foreach (var (labels, series) in group.SelectMany(i => i.Value).DistinctBy(s => s.Key)
                .OrderBy(s => s.Key, StringComparer.Ordinal))
                series.Write(text, group.Key, labels);
        }
        return text.ToString();
    }

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var series = _instruments.GetOrAdd(instrument, static _ => new(StringComparer.Ordinal));
        var labels = Labels(tags);
        if (series.Count >= SeriesMax && !series.ContainsKey(labels)) labels = "other=\"true\"";
        series.GetOrAdd(labels, static (_, i) => new Series(KindOf(i), Buckets(i)), instrument).Add(value);
    }

    private enum Kind { Sum, Total, Last, Histogram }

    private static Kind KindOf(Instrument instrument) => instrument.GetType().Name.Split('`')[0] switch
    {
        "Counter" or "UpDownCounter" => Kind.Sum,
        "ObservableCounter" or "ObservableUpDownCounter" => Kind.Total,
        "Histogram" => Kind.Histogram,
        _ => Kind.Last,
    };

    private static string Type(Instrument instrument) => instrument.GetType().Name.Split('`')[0] switch
    {
        "Counter" or "ObservableCounter" => "counter",
        "Histogram" => "histogram",
        _ => "gauge",
    };

    private static double[] Buckets(Instrument instrument) => instrument switch
    {
        Histogram<double> { Advice.HistogramBucketBoundaries: { } own } => [.. own],
        Histogram<int> { Advice.HistogramBucketBoundaries: { } own } => [.. own.Select(b => (double)b)],
        _ => UsualBuckets,
    };

    private static string Name(Instrument instrument)
    {
        var name = new StringBuilder();
        foreach (var c in instrument.Name) name.Append(char.IsAsciiLetterOrDigit(c) ? c : '_');
        var unit = instrument.Unit switch { "s" => "_seconds", "By" => "_bytes", _ => "" };
        if (unit.Length > 0 && !name.ToString().EndsWith(unit, StringComparison.Ordinal)) name.Append(unit);
        if (Type(instrument) == "counter") name.Append("_total");
        return name.ToString();
    }

    private static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tags.Length == 0) return "";
        var text = new StringBuilder();
        foreach (var (key, value) in tags)
        {
            if (text.Length > 0) text.Append(',');
            foreach (var c in key) text.Append(char.IsAsciiLetterOrDigit(c) ? c : '_');
            text.Append("=\"").Append(Escape(Convert.ToString(value, CultureInfo.InvariantCulture) ?? "")).Append('"');
        }
        return text.ToString();
    }

    private static string Escape(string value) => value.Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    private sealed class Series(Kind kind, double[] buckets)
    {
        private readonly long[] _counts = kind == Kind.Histogram ? new long[buckets.Length + 1] : [];
        private readonly Lock _lock = new();
        private double _value;
        private long _count;

        public void Add(double value)
        {
            lock (_lock)
            {
                _value = kind is Kind.Last or Kind.Total ? value : _value + value;
                if (kind != Kind.Histogram) return;
                _count++;
                var bucket = Array.FindIndex(buckets, b => value <= b);
                _counts[bucket < 0 ? buckets.Length : bucket]++;
            }
        }

        public void Write(StringBuilder text, string name, string labels)
        {
            lock (_lock)
            {
                if (kind != Kind.Histogram)
                {
                    Line(text, name, labels, _value);
                    return;
                }
                var below = 0L;
                for (var i = 0; i < buckets.Length; i++)
                    Line(text, name + "_bucket", With(labels, $"le=\"{Number(buckets[i])}\""), below += _counts[i]);
                Line(text, name + "_bucket", With(labels, "le=\"+Inf\""), _count);
                Line(text, name + "_sum", labels, _value);
                Line(text, name + "_count", labels, _count);
            }
        }

        private static string With(string labels, string more) => labels.Length == 0 ? more : labels + "," + more;

        private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

        private static void Line(StringBuilder text, string name, string labels, double value) =>
            text.Append(name).Append(labels.Length == 0 ? "" : "{" + labels + "}").Append(' ').Append(Number(value))
                .Append('\n');
    }
}
