using System.Globalization;
using CsvHelper;
using DealerPortal.Core.Csv;

namespace DealerPortal.Core.ServiceCentres;

/// <summary>Why a file of events cannot be read at all.</summary>
public enum CentreFileFault : byte
{
    None = 0,
    Empty = 1,
    TooLarge = 2,

    /// <summary>Not text, or with quotes that do not close.</summary>
    Unreadable = 3,
    MissingColumn = 4,
    UnknownColumn = 5,
    TooManyRows = 6,
}

/// <summary>A row of a file, as an event.</summary>
/// <param name="Line">In the file, from 1, the header included.</param>
/// <param name="Report">Null where there are problems.</param>
public sealed record CentreRow(int Line, string DossierNumber, CentreEventBody Body, CentreReport? Report, IReadOnlyList<ReportProblem> Problems);

/// <param name="Detail">The column or the number that the fault is about.</param>
public sealed record CentreFileReading(CentreFileFault Fault, string? Detail, IReadOnlyList<CentreRow> Rows);

/// <summary>
/// Events as CSV: a header with the names of the API's fields in any order, separated by semicolons or commas, in UTF-8 or
/// Windows-1252. Dates and hours as the API has them, or as Belgian spreadsheets write them, in Brussels.
/// </summary>
public static class CentreFile
{
    /// <summary>In the order in which the example has them; the first <see cref="Required"/> must be there.</summary>
    public static readonly IReadOnlyList<string> Columns =
    [
        "dossier", "code", "occurredAt", "eventId", "orderNumber", "appointmentDate", "appointmentFrom", "appointmentUntil", "appointmentPlace", "reason", "grmsNumber", "text",
    ];

    public const int Required = 3;
    private static readonly string[] _instants = ["d/M/yyyy H:mm", "d/M/yyyy H:mm:ss", "yyyy-MM-dd H:mm", "yyyy-MM-dd H:mm:ss"];
    private static readonly string[] _dates = ["d/M/yyyy", "yyyy-MM-dd"];
    private static readonly string[] _hours = ["H:mm", "H:mm:ss"];

    /// <param name="now">When the file came; null for one that was looked at when it came.</param>
    public static CentreFileReading Read(string content, DateTime? now)
    {
        if (string.IsNullOrWhiteSpace(content))
            return Faulty(CentreFileFault.Empty);
        var isBroken = false;
        using var csv = CsvReader.FromText(content, new CsvReaderOptions
        {
            Separator = CsvText.SeparatorOf(content),
            TrimWhitespace = true,
            TrackLineNumbers = true,
            // A stray quote is text; one that never closes has swallowed the rest of the file.
            OnMalformedRecord = record => isBroken |= record.Reason == CsvMalformedReason.UnterminatedQuote,
        });
        var reading = Read(csv, now);
        return isBroken ? Faulty(CentreFileFault.Unreadable) : reading;
    }

    private static CentreFileReading Read(CsvReader csv, DateTime? now)
    {
        var names = csv.Headers.Select(name => name.Trim()).ToList();
        var columns = names.Select(name => Columns.FirstOrDefault(column => column.Equals(name, StringComparison.OrdinalIgnoreCase))).ToList();
        if (columns.IndexOf(null) is var unknown and >= 0)
            return Faulty(CentreFileFault.UnknownColumn, names[unknown]);
        if (Columns.Take(Required).FirstOrDefault(column => !columns.Contains(column)) is { } missing)
            return Faulty(CentreFileFault.MissingColumn, missing);

        var rows = new List<CentreRow>();
        while (csv.Read())
        {
            if (rows.Count == CentreUpload.MaxRows)
                return Faulty(CentreFileFault.TooManyRows, CentreUpload.MaxRows.ToString(CultureInfo.InvariantCulture));
            rows.Add(Row((int)csv.LineNumber, column => columns.IndexOf(column) is var index and >= 0 && index < csv.FieldCount ? csv.GetString(index) : null, now));
        }

        return rows.Count == 0 ? Faulty(CentreFileFault.Empty) : new(CentreFileFault.None, null, rows);
    }

    private static CentreRow Row(int line, Func<string, string?> field, DateTime? now)
    {
        string?[] appointment = [field("appointmentDate"), field("appointmentFrom"), field("appointmentUntil"), field("appointmentPlace")];
        var ownId = field("eventId");
        var body = new CentreEventBody
        {
            EventId = string.IsNullOrWhiteSpace(ownId) ? "csv" : ownId,
            Code = field("code"),
            OccurredAt = Instant(field("occurredAt")),
            OrderNumber = Given(field("orderNumber")),
            Appointment = appointment.All(string.IsNullOrWhiteSpace) ? null : new AppointmentBody
            {
                Date = As(appointment[0], _dates, "yyyy-MM-dd"),
                From = As(appointment[1], _hours, "HH:mm"),
                Until = As(appointment[2], _hours, "HH:mm"),
                Place = appointment[3],
            },
            Reason = Given(field("reason")),
            GrmsNumber = Given(field("grmsNumber")),
            Text = Given(field("text")),
        };
        var number = field("dossier") ?? "";
        var report = CentreReport.Read(body, number, now, out var problems);
        if (string.IsNullOrWhiteSpace(number))
            (report, problems) = (null, [new ReportProblem("dossier", ReportFault.Missing), .. problems]);
        if (report is not null && string.IsNullOrWhiteSpace(ownId))
        {
            // The same row again, in this file or in another, is the same event.
            report = report with { EventId = "csv-" + report.ContentHash[..40] };
            body = body with { EventId = report.EventId };
        }

        return new CentreRow(line, TypedText.SingleLine(number), body, report, problems);
    }

    private static string? Given(string? value) => string.IsNullOrWhiteSpace(value) ? null : value;

    private static string? Instant(string? value) =>
        DateTime.TryParseExact(value?.Trim(), _instants, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)
            ? Formats.ToUtc(local).ToString("yyyy-MM-ddTHH:mm:ssK", CultureInfo.InvariantCulture)
            : value;

    private static string? As(string? value, string[] forms, string form) =>
        DateTime.TryParseExact(value?.Trim(), forms, CultureInfo.InvariantCulture, DateTimeStyles.NoCurrentDateDefault, out var read)
            ? read.ToString(form, CultureInfo.InvariantCulture)
            : value;

    private static CentreFileReading Faulty(CentreFileFault fault, string? detail = null) => new(fault, detail, []);
}
