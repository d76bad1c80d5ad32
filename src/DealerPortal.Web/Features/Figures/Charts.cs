using System.Globalization;

namespace DealerPortal.Web.Features.Figures;

/// <summary>A chart of columns, two side by side in each group. Across it is measured in percent, so that it fits any width with its letters unchanged.</summary>
/// <param name="Id">Of the picture on its page.</param>
/// <param name="Description">What it shows, for people who do not see it.</param>
public sealed record ColumnChart(string Id, string Title, string Description, IReadOnlyList<ColumnGroup> Groups)
{
    public const int PlotTop = 18;
    public const int PlotHeight = 180;
    public const int Height = PlotTop + PlotHeight + 26;

    /// <summary>Room at the left for the numbers of the scale, in percent.</summary>
    private const double Left = 11;

    private const double ShareOfColumn = 0.36;

    /// <summary>The top of the scale: a round number that the highest column reaches or almost reaches.</summary>
    public int Top => Round(Groups.Max(group => Math.Max(group.First, group.Second)));

    public IEnumerable<int> Ticks => Top % 4 == 0 && Top >= 8 ? [0, Top / 4, Top / 2, Top / 4 * 3, Top] : Top % 2 == 0 ? [0, Top / 2, Top] : [0, Top];

    /// <summary>Whether every label has room on a telephone.</summary>
    public bool IsCrowded => Groups.Count > 6;

    private double Pitch => (100 - Left) / Groups.Count;

    public double Y(int value) => PlotTop + (PlotHeight * (1 - ((double)value / Top)));

    public double Middle(int group) => Left + (Pitch * (group + 0.5));

    public double X(int group, int column) => Middle(group) + (column == 0 ? -Width : 0);

    public double Width => Pitch * ShareOfColumn;

    private static int Round(int highest)
    {
        var step = 1;
        while (step * 10 < highest)
            step *= 10;
        return new[] { 1, 2, 4, 6, 8, 10 }.Select(factor => factor * step).First(top => top >= highest);
    }
}

public sealed record ColumnGroup(string Label, string ShortLabel, int First, int Second);

/// <summary>A chart of lines, one below the other, each with its label above it and its value at the end.</summary>
/// <param name="Top">The value of a whole line.</param>
public sealed record BarChart(string Id, string Title, string Description, double Top, IReadOnlyList<Bar> Bars)
{
    public const int RowHeight = 46;

    /// <summary>Of a whole line, in percent; its value stands beside it.</summary>
    public const double LineWidth = 78;

    public int Height => Bars.Count * RowHeight;

    /// <summary>In percent; what is more than nothing can be seen.</summary>
    public double Width(Bar bar) => Top <= 0 ? 0 : Math.Clamp(LineWidth * bar.Value / Top, bar.Value > 0 ? 0.5 : 0, LineWidth);
}

public sealed record Bar(string Label, double Value, string Shown);

internal static class SvgNumber
{
    /// <summary>As pictures write numbers, whatever the culture.</summary>
    public static string Of(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);

    public static string Percent(double number) => Of(number) + "%";
}
