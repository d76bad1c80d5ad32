using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using DealerPortal.Core.Accounts;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Dossiers.Handling;

namespace DealerPortal.Core.ServiceCentres;

/// <summary>An event as it travels: everything is text, so that what is wrong can be said field by field.</summary>
public sealed record CentreEventBody
{
    public string? EventId { get; init; }
    public string? Code { get; init; }
    public string? OccurredAt { get; init; }
    public string? OrderNumber { get; init; }
    public AppointmentBody? Appointment { get; init; }
    public string? Reason { get; init; }
    public string? GrmsNumber { get; init; }
    public string? Text { get; init; }

    /// <summary>Strict: a field that is not known is refused, for a misspelt appointment would be lost in silence.</summary>
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerOptions.Strict)
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        RespectNullableAnnotations = true,
        MaxDepth = 8,
    };
}

/// <summary>Local times in Brussels.</summary>
public sealed record AppointmentBody
{
    public string? Date { get; init; }
    public string? From { get; init; }
    public string? Until { get; init; }
    public string? Place { get; init; }
}

/// <summary>What can be wrong with a field.</summary>
public enum ReportFault : byte
{
    Missing = 1,
    TooLong = 2,

    /// <summary>Other characters than the field allows, or not the form of a date, an hour or a number.</summary>
    Malformed = 3,

    /// <summary>An instant without its distance from UTC, which could be any.</summary>
    NoOffset = 4,
    InFuture = 5,

    /// <summary>It ends before it begins.</summary>
    EndsEarly = 6,
}

/// <param name="Field">As the field is called in JSON, such as <c>appointment.date</c>.</param>
/// <param name="Limit">With <see cref="ReportFault.TooLong"/>: how long it may be.</param>
public sealed record ReportProblem(string Field, ReportFault Fault, int? Limit = null);

/// <summary>An event whose fields were found to be in order. Which of them its code needs, the mapping table decides.</summary>
public sealed record CentreReport
{
    /// <summary>Reason and text, with the mapping table's words before them, fit into what a dossier keeps as a reason.</summary>
    public const int TextMaxLength = 900;

    /// <summary>Clocks never agree; what is further ahead is a mistake that would outrank all that follows.</summary>
    public static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(15);

    private const string EventIdCharacters = "._:-/";

    private static readonly string[] _instants =
    [
        "yyyy-MM-ddTHH:mmK", "yyyy-MM-ddTHH:mm:ssK", "yyyy-MM-ddTHH:mm:ss.FFFFFFFK",
    ];

    public required string EventId { get; init; }

    /// <summary>As the portal writes it where it is one; otherwise as sent.</summary>
    public required string DossierNumber { get; init; }

    public required string Code { get; init; }

    /// <summary>UTC.</summary>
    public required DateTime OccurredAt { get; init; }

    public string? OrderNumber { get; init; }
    public PlannedAppointment? Appointment { get; init; }
    public string? Reason { get; init; }
    public GrmsNumber? GrmsNumber { get; init; }
    public string? Text { get; init; }

    public string CodeKey => CentreCode.Normalise(Code);

    /// <summary>Equal for two events that say the same, however they are written.</summary>
    public string ContentHash => Secrets.Sha256(string.Join(
        '\u001F',
        DossierNumber,
        CodeKey,
        OccurredAt.ToString("O", CultureInfo.InvariantCulture),
        OrderNumber,
        Appointment is { } planned ? string.Create(CultureInfo.InvariantCulture, $"{planned.Date:O} {planned.From:O} {planned.Until:O} {planned.Place}") : null,
        Reason,
        GrmsNumber?.Value,
        Text));

    /// <param name="now">When it came; null for one that was looked at when it came.</param>
    /// <returns>Null when there are <paramref name="problems"/>, which are all that there are.</returns>
    public static CentreReport? Read(CentreEventBody body, string dossierNumber, DateTime? now, out IReadOnlyList<ReportProblem> problems)
    {
        var reading = new Reading();
        var report = new CentreReport
        {
            EventId = reading.Line("eventId", body.EventId, CentreEvent.EventIdMaxLength, isRequired: true, c => char.IsAsciiLetterOrDigit(c) || EventIdCharacters.Contains(c)) ?? "",
            DossierNumber = Dossiers.DossierNumber.TryParse(dossierNumber, out var number) ? number : Cut(TypedText.SingleLine(dossierNumber)),
            Code = reading.Line("code", body.Code, CentreCode.CodeMaxLength, isRequired: true) ?? "",
            OccurredAt = reading.Instant("occurredAt", body.OccurredAt, now) ?? default,
            OrderNumber = reading.Line("orderNumber", body.OrderNumber, Dossier.ServiceOrderNumberMaxLength),
            Appointment = body.Appointment is { } planned ? reading.Appointment(planned) : null,
            Reason = reading.Lines("reason", body.Reason),
            GrmsNumber = reading.Grms("grmsNumber", body.GrmsNumber),
            Text = reading.Lines("text", body.Text),
        };
        problems = reading.Problems;
        return problems.Count == 0 ? report : null;
    }

    private static string Cut(string number) => number.Length <= CentreEvent.DossierNumberMaxLength ? number : number[..CentreEvent.DossierNumberMaxLength];

    private sealed class Reading
    {
        public List<ReportProblem> Problems { get; } = [];

        public string? Line(string field, string? value, int longest, bool isRequired = false, Func<char, bool>? allows = null)
        {
            var line = TypedText.SingleLine(value is { Length: > 8000 } ? value[..8000] : value);
            if (line.Length == 0)
                return isRequired ? Fault<string>(field, ReportFault.Missing) : null;
            if (line.Length > longest)
                return Fault<string>(field, ReportFault.TooLong, longest);
            return allows is null || line.All(allows) ? line : Fault<string>(field, ReportFault.Malformed);
        }

        public string? Lines(string field, string? value)
        {
            var text = TypedText.Lines(value)?.Trim();
            if (string.IsNullOrEmpty(text))
                return null;
            return text.Length > TextMaxLength ? Fault<string>(field, ReportFault.TooLong, TextMaxLength) : text;
        }

        public GrmsNumber? Grms(string field, string? value)
        {
            if (string.IsNullOrWhiteSpace(value))
                return null;
            if (Dossiers.GrmsNumber.TryParse(value, out var number))
                return number;
            Fault<string>(field, ReportFault.Malformed);
            return null;
        }

        public DateTime? Instant(string field, string? value, DateTime? now)
        {
            if (string.IsNullOrWhiteSpace(value))
                return Fault<DateTime?>(field, ReportFault.Missing);
            if (!DateTime.TryParseExact(value.Trim(), _instants, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var read) || read.Year < 2000)
                return Fault<DateTime?>(field, ReportFault.Malformed);
            if (read.Kind == DateTimeKind.Unspecified)
                return Fault<DateTime?>(field, ReportFault.NoOffset);
            var instant = read.ToUniversalTime();
            return instant > now + ClockSkew ? Fault<DateTime?>(field, ReportFault.InFuture) : instant;
        }

        public PlannedAppointment? Appointment(AppointmentBody body)
        {
            var date = Exact<DateOnly>(DateOnly.TryParseExact, "appointment.date", body.Date, "yyyy-MM-dd");
            var from = Exact<TimeOnly>(TimeOnly.TryParseExact, "appointment.from", body.From, "HH:mm");
            var until = Exact<TimeOnly>(TimeOnly.TryParseExact, "appointment.until", body.Until, "HH:mm");
            var place = Line("appointment.place", body.Place, Dossiers.Appointment.PlaceMaxLength, isRequired: true);
            if (until <= from)
                Fault<string>("appointment.until", ReportFault.EndsEarly);
            return date is { } day && from is { } begins && until is { } ends && place is not null ? new PlannedAppointment(day, begins, ends, place) : null;
        }

        private delegate bool Parse<T>(string? text, string format, IFormatProvider? provider, DateTimeStyles styles, out T value);

        private T? Exact<T>(Parse<T> parse, string field, string? value, string format)
            where T : struct
        {
            if (string.IsNullOrWhiteSpace(value))
                return Fault<T?>(field, ReportFault.Missing);
            return parse(value.Trim(), format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var read) ? read : Fault<T?>(field, ReportFault.Malformed);
        }

        private T? Fault<T>(string field, ReportFault fault, int? limit = null)
        {
            Problems.Add(new ReportProblem(field, fault, limit));
            return default;
        }
    }
}
