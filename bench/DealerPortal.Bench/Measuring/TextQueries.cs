using DealerPortal.Core.Dossiers;

namespace DealerPortal.Bench.Measuring;

/// <summary>What people type into a search field, by kind; the words come from dossiers that are there.</summary>
internal static class TextQueries
{
    /// <summary>By words alone.</summary>
    public static readonly IReadOnlyList<(string Kind, Func<Dossier, string?> Of)> Kinds =
    [
        ("number", d => d.Number),
        ("number, its middle", d => d.Number[3..10]),
        ("own reference", d => d.Reference),
        ("own reference, its digits", d => d.Reference is { } reference ? reference[^3..] : null),
        ("model", d => d.ModelCode),
        ("model, three characters", d => d.ModelCode?[..3]),
        ("serial", d => d.SerialNumber),
        ("serial, last five", d => d.SerialNumber?[^5..]),
        ("end user, last name", LastName),
        ("end user, first name", FirstName),
        ("two words: both names", d => d.EndUserName),
        ("two words: model and last name", d => d.EndUserName is null ? null : $"{d.ModelCode} {LastName(d)}"),
        ("two broad words", d => d.EndUserName is null ? null : $"{FirstName(d)} {d.ModelCode?[..2]}"),
        ("three words", d => d.EndUserName is null ? null : $"{d.EndUserName} {d.ModelCode?[..4]}"),
        ("nothing to find", d => "zz" + d.Number),
    ];

    /// <summary>A broad word and a filter, which together may hold many, few or none.</summary>
    public static readonly IReadOnlyList<(string Kind, string Filter)> Filters =
    [
        ("completed", "&status=Completed"),
        ("waiting for the dealer", "&status=WaitingForDealer"),
        ("of a type that has none", "&type=CreditQuestion"),
        ("of a type and completed", "&type=ReturnRequest&status=Completed"),
    ];

    public static readonly IReadOnlyList<(string Kind, string Filter)> SupportFilters =
    [
        ("support's move", "&waits=support"),
        ("nobody's", "&assignee=none"),
        ("overdue", "&overdue=1"),
    ];

    public static readonly IReadOnlyList<(string Kind, string Filter)> DealerFilters = [("open", "&open=1"), ("being processed", "&status=processing")];

    public static string? FirstName(Dossier dossier) => dossier.EndUserName?.Split(' ', 2)[0];

    public static string? LastName(Dossier dossier) => dossier.EndUserName?.Split(' ', 2)[1];

    public static IReadOnlyList<string> Urls(string path, IReadOnlyList<Dossier> dossiers, Func<Dossier, string?> of, string filter, int count) =>
        [.. dossiers.Select(of).OfType<string>().Distinct(StringComparer.Ordinal).Take(count).Select(text => $"{path}?q={Uri.EscapeDataString(text)}{filter}")];
}
