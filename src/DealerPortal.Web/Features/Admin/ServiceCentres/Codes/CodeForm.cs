using DealerPortal.Core;
using DealerPortal.Core.ServiceCentres;
using FluentValidation;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Admin.ServiceCentres.Codes;

/// <summary>A line of the mapping table, as typed. Code and centre stay what they are once the line is there.</summary>
public sealed class CodeForm
{
    public string? Code { get; set; }
    public string? Centre { get; set; }
    public string? Meaning { get; set; }
    public string? TextFr { get; set; }
    public string? TextNl { get; set; }
    public string? TextDe { get; set; }
    public string? TextEn { get; set; }
    public Guid Stamp { get; set; }

    public string CodeLine => TypedText.SingleLine(Code);

    /// <summary>Null: of every centre.</summary>
    public int? CentreId => int.TryParse(Centre, System.Globalization.CultureInfo.InvariantCulture, out var id) ? id : null;

    public CodeMeaning? Means => Enum.GetValues<CodeMeaning>().Where(meaning => meaning.ToString() == Meaning).Select(meaning => (CodeMeaning?)meaning).FirstOrDefault();

    /// <summary>Null where none of the four is given.</summary>
    public LocalizedText? Text => Texts.All(text => text.Length == 0) ? null : new() { Fr = Texts[0], Nl = Texts[1], De = Texts[2], En = Texts[3] };

    internal string[] Texts => [.. new[] { TextFr, TextNl, TextDe, TextEn }.Select(TypedText.SingleLine)];

    public CodeMapping ToMapping() => new(CodeLine, CentreId, Means!.Value, Text);

    public static CodeForm Of(CentreCode line) => new()
    {
        Code = line.Code,
        Centre = line.CentreId?.ToString(System.Globalization.CultureInfo.InvariantCulture),
        Meaning = line.Meaning.ToString(),
        TextFr = line.TextFr,
        TextNl = line.TextNl,
        TextDe = line.TextDe,
        TextEn = line.TextEn,
        Stamp = line.Stamp,
    };
}

public sealed class CodeValidator : AbstractValidator<CodeForm>
{
    public CodeValidator(IStringLocalizer<CentreTexts> t)
    {
        RuleFor(c => c.Code).Cascade(CascadeMode.Stop)
            .Must((c, _) => c.CodeLine.Length > 0).WithMessage(_ => t["Code.Missing"])
            .Must((c, _) => c.CodeLine.Length <= CentreCode.CodeMaxLength).WithMessage(_ => t["Text.TooLong", CentreCode.CodeMaxLength]);
        RuleFor(c => c.Meaning).Must((c, _) => c.Means is not null).WithMessage(_ => t["Meaning.Missing"]);
        foreach (var (field, index) in new System.Linq.Expressions.Expression<Func<CodeForm, string?>>[] { c => c.TextFr, c => c.TextNl, c => c.TextDe, c => c.TextEn }.Select((field, i) => (field, i)))
        {
            RuleFor(field).Cascade(CascadeMode.Stop)
                .Must((c, _) => c.Text is null || c.Texts[index].Length > 0).WithMessage(_ => t["Text.AllOrNone"])
                .Must((c, _) => c.Texts[index].Length <= LocalizedText.MaxLength).WithMessage(_ => t["Text.TooLong", LocalizedText.MaxLength]);
        }
    }
}
