using System.Globalization;

namespace BusinessM.Bench;

/// <summary>Two things measured in alternating windows, so that a noisy machine is noisy for both;
/// the first window of each is thrown away.</summary>
internal static class Pairs
{
    public static async Task<(double Ours, double Theirs)> Alternate(string title, int windows,
        Func<Task<double>> ours, Func<Task<double>> theirs, string other = "by hand")
    {
        await theirs();     // one window of each to settle: not counted
        await ours();
        var (mine, hand) = (new List<double>(), new List<double>());
        for (var window = 0; window < windows; window++)
        {
            hand.Add(await theirs());
            mine.Add(await ours());
        }
        var (a, b) = (Median(mine), Median(hand));
        Console.WriteLine($"{title,-34} ours {List(mine)} median {F(a)}/s   {other} {List(hand)} median {F(b)}/s   ratio {R(a / b)}");
        return (a, b);
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static string List(List<double> values) => "[" + string.Join(' ', values.Select(F)) + "]";

    private static string F(double value) => value.ToString("F0", CultureInfo.InvariantCulture);

    private static string R(double value) => value.ToString("F2", CultureInfo.InvariantCulture);
}
