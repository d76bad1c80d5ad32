using System.Globalization;
using DealerPortal.Core;
using DealerPortal.Core.Exports;
using DealerPortal.Core.Figures;
using DealerPortal.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Figures;

/// <summary>The figures as files, with every number that stands behind the charts.</summary>
public sealed class FiguresFiles(IStringLocalizer<FiguresTexts> texts, IStringLocalizer<SharedTexts> shared)
{
    /// <summary>Where the heads of narrow tables may break.</summary>
    private const string SoftHyphen = "\u00AD";

    private static CultureInfo Culture => Languages.CultureOf(Languages.Current);

    /// <summary>A row for each month and type.</summary>
    public IActionResult Volumes(FiguresAnswer answer) => File("volumes", answer.Volumes,
    [
        new(texts["Column.Month"], 12, row => $"{row.Month / 100:0000}-{row.Month % 100:00}"),
        new(texts["Column.Type"], 28, row => shared[$"Type.{row.Type}"].Value),
        new(texts["Series.Received"], 12, row => Whole(row.Received)),
        new(texts["Series.Completed"], 12, row => Whole(row.Completed)),
    ]);

    /// <summary>A row for each step, with how often it took so many working days.</summary>
    public IActionResult Steps(FiguresAnswer answer) => File("steps", answer.Steps,
    [
        new(texts["Column.Step"], 40, row => texts[$"Step.{row.Measure}"].Value),
        new(texts["Column.Median"], 12, row => row.Days.Median?.ToString("0.#", Culture)),
        new(texts["Column.NineOfTen"], 12, row => row.Days.NineOfTen is { } days ? Whole(days) : null),
        new(texts["Column.Cases"], 12, row => Whole(row.Days.Total)),
        .. Enumerable.Range(0, DayCounts.Longest + 1).Select(days => new SheetColumn<StepFigure>(
            days == DayCounts.Longest ? texts["Column.DaysAndMore", days].Value : texts["Column.Days", days].Value, 8, row => Whole(row.Days[days]))),
    ]);

    /// <summary>A row for each model; the share where there are enough decisions.</summary>
    public IActionResult Doa(FiguresAnswer answer) => File("doa", answer.Models,
    [
        new(texts["Column.Model"], 20, row => row.ModelCode),
        new(texts["Column.Decided"], 12, row => Whole(row.Decided)),
        new(texts["Column.Accepted"], 12, row => Whole(row.Accepted)),
        new(texts["Column.Share"], 12, row => row.HasShare ? (100.0 * row.Accepted / row.Decided).ToString("0.#", Culture) : null),
    ]);

    private static FiguresFile<TRow> File<TRow>(string name, IReadOnlyList<TRow> rows, IReadOnlyList<SheetColumn<TRow>> columns) =>
        new(name, new Sheet<TRow>([.. columns.Select(column => column with { Heading = column.Heading.Replace(SoftHyphen, "", StringComparison.Ordinal) })], AsOneAsync(rows)), Culture);

    private static string Whole(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static async IAsyncEnumerable<IReadOnlyList<TRow>> AsOneAsync<TRow>(IReadOnlyList<TRow> rows)
    {
        await Task.CompletedTask;
        yield return rows;
    }
}

/// <summary>A small sheet that is written into the response.</summary>
internal sealed class FiguresFile<TRow>(string name, Sheet<TRow> sheet, CultureInfo culture) : IActionResult
{
    public async Task ExecuteResultAsync(ActionContext context)
    {
        var response = context.HttpContext.Response;
        response.ContentType = CsvSheet.ContentType;
        response.Headers.ContentDisposition = $"attachment; filename=\"{name}.csv\"";
        await CsvSheet.WriteAsync(sheet, culture, response.Body, context.HttpContext.RequestAborted);
    }
}
