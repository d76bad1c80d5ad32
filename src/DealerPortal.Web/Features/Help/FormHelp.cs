using System.Globalization;
using System.Text;
using DealerPortal.Web.Features.Dossiers.New;
using DealerPortal.Web.Features.Dossiers.New.Fields;
using DealerPortal.Web.Features.Shared;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Help;

/// <summary>A field as the help explains it.</summary>
public sealed record HelpTopic(string Field, string Anchor, string Label, string Text);

/// <summary>
/// What the help says about a form, from the form's own texts or those that forms share: <c>Help.About</c>, <c>Help.Step.1</c>
/// and so on, and <c>Help.{field}</c> for each field that raises a question, in the order of the page.
/// </summary>
public sealed class FormHelp(IStringLocalizer<FieldTexts> shared)
{
    public string AboutOf(DossierForm form) => form.Texts["Help.About"];

    public IReadOnlyList<string> StepsOf(DossierForm form) =>
        [.. Enumerable.Range(1, int.MaxValue).Select(step => form.Texts[string.Create(CultureInfo.InvariantCulture, $"Help.Step.{step}")]).TakeWhile(text => !text.ResourceNotFound).Select(text => text.Value)];

    public IReadOnlyList<HelpTopic> TopicsOf(DossierForm form) => [.. FieldsOf(form).Select(field => TopicOf(form, field)).OfType<HelpTopic>()];

    /// <summary>For the form's own page.</summary>
    public FieldHelp LinksOf(DossierForm form) =>
        new(HelpController.UrlOf(form), FieldsOf(form).Where(field => TextOf(form, $"Help.{field}") is not null).ToDictionary(field => field, AnchorOf));

    private static IEnumerable<string> FieldsOf(DossierForm form) =>
        form.Sections.SelectMany(section => section.Fields).Concat(form.InputType.GetProperties().Select(property => property.Name)).Select(FieldHelp.TopicOf).Distinct();

    private HelpTopic? TopicOf(DossierForm form, string field) => TextOf(form, $"Help.{field}") is { } text
        ? new HelpTopic(field, AnchorOf(field), LabelOf(form, field), text)
        : null;

    private string LabelOf(DossierForm form, string field) =>
        form.Slots.FirstOrDefault(slot => slot.Name == field)?.Label ?? TextOf(form, $"Help.{field}.Label") ?? TextOf(form, field) ?? field;

    private string? TextOf(DossierForm form, string key) =>
        form.Texts[key] is { ResourceNotFound: false } own ? own.Value : shared[key] is { ResourceNotFound: false } common ? common.Value : null;

    /// <summary>«serial-number» for «SerialNumber».</summary>
    private static string AnchorOf(string field)
    {
        var anchor = new StringBuilder();
        foreach (var letter in field)
        {
            if (char.IsAsciiLetterUpper(letter) && anchor.Length > 0)
                anchor.Append('-');
            anchor.Append(char.ToLowerInvariant(letter));
        }

        return anchor.ToString();
    }
}
