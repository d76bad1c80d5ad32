using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.Primitives;

namespace DealerPortal.Web.Features.Dossiers.New;

/// <summary>The answers among what a form posts, as typed: without its buttons, its revision and its token.</summary>
public static class PostedPairs
{
    private static readonly HashSet<string> NoAnswers = new(StringComparer.OrdinalIgnoreCase)
    {
        "__RequestVerificationToken", "language",
        nameof(DraftButtons.Revision), nameof(DraftButtons.Save), nameof(DraftButtons.Discard), nameof(DraftButtons.Remove), nameof(DraftButtons.Pick), nameof(DraftButtons.Edit),
    };

    public static List<KeyValuePair<string, string>> Of(IFormCollection posted) =>
        [.. posted.Where(field => !NoAnswers.Contains(field.Key)).SelectMany(field => field.Value, (field, value) => KeyValuePair.Create(field.Key, value ?? ""))];

    /// <summary>Stored pairs as if they had just been posted.</summary>
    public static IValueProvider ToValues(this IEnumerable<KeyValuePair<string, string>> pairs)
    {
        var fields = pairs.GroupBy(p => p.Key, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(g => g.Key, g => new StringValues([.. g.Select(p => p.Value)]), StringComparer.OrdinalIgnoreCase);
        return new FormValueProvider(BindingSource.Form, new FormCollection(fields), System.Globalization.CultureInfo.InvariantCulture);
    }
}

/// <summary>What a draft's form posts beside the answers: which button it was, and which revision it shows.</summary>
public sealed class DraftButtons
{
    public string? Revision { get; init; }
    public string? Save { get; init; }
    public string? Discard { get; init; }

    /// <summary>Shows how what is typed would be judged, where no script does while typing.</summary>
    public string? Check { get; init; }

    /// <summary>Goes on as the form's <see cref="DossierForm.Alternative"/>.</summary>
    public string? Turn { get; init; }

    /// <summary>The id of a file.</summary>
    public string? Remove { get; init; }

    /// <summary><c>model</c>, <c>device</c> or <c>branch</c>.</summary>
    public string? Pick { get; init; }

    /// <summary>How the form is to change its shape, in the form's own words.</summary>
    public string? Edit { get; init; }

    /// <summary>Whether the send button was pressed, and not one of the others.</summary>
    public bool IsSend => (Save ?? Discard ?? Check ?? Turn ?? Remove ?? Pick ?? Edit) is null;

    public int RevisionNumber => int.TryParse(Revision, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : 0;
}
