using System.Globalization;

namespace DealerPortal.Core.Figures;

/// <summary>How often something took so many working days: the median and every other quantile are exact in days.</summary>
public sealed class DayCounts
{
    /// <summary>Stands for so many days and more.</summary>
    public const int Longest = 30;

    /// <summary>Every number of days with the largest count there is.</summary>
    internal const int TextMaxLength = 450;

    private readonly int[] _counts = new int[Longest + 1];

    public int Total => _counts.Sum();

    /// <summary>How often it took so many days.</summary>
    public int this[int days] => _counts[days];

    public void Add(int days, int times) => _counts[Math.Clamp(days, 0, Longest)] += times;

    /// <summary>The middle one, between two the mean of both; null where there is none.</summary>
    public double? Median => Total is var total and > 0 ? (At((total - 1) / 2) + At(total / 2)) / 2.0 : null;

    /// <summary>Within how many days nine of ten were done; null where there is none.</summary>
    public int? NineOfTen => Total is var total and > 0 ? At((int)(((long)total * 9 + 9) / 10) - 1) : null;

    /// <summary>Adds what is stored so: hundreds of them make one page, so nothing is allocated.</summary>
    public void Add(string stored)
    {
        var (days, number) = (0, 0);
        foreach (var c in stored)
        {
            switch (c)
            {
                case ':':
                    (days, number) = (number, 0);
                    break;
                case ';':
                    _counts[days] += number;
                    number = 0;
                    break;
                default:
                    number = (number * 10) + (c - '0');
                    break;
            }
        }

        _counts[days] += number;
    }

    /// <summary>As stored: <c>0:12;3:1</c>.</summary>
    public override string ToString() => string.Join(';', Enumerable.Range(0, Longest + 1).Where(days => _counts[days] != 0)
        .Select(days => string.Create(CultureInfo.InvariantCulture, $"{days}:{_counts[days]}")));

    /// <summary>The days of one of them, from 0, in ascending order.</summary>
    private int At(int index)
    {
        var days = 0;
        for (var passed = _counts[0]; passed <= index; passed += _counts[days])
            days++;
        return days;
    }
}
