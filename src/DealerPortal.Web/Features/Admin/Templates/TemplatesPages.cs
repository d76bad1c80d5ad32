using DealerPortal.Core;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Dossiers.Templates;

namespace DealerPortal.Web.Features.Admin.Templates;

/// <summary>A template in the list.</summary>
/// <param name="UpdatedBy">Null for what nobody of the staff saved.</param>
public sealed record TemplateRow(
    int Id, string Name, TemplatePurpose Purpose, Resolution? Resolution, DossierType? Type, DateTime UpdatedAt, string? UpdatedBy, bool IsActive);

/// <summary>One template, with what was typed where it was refused.</summary>
/// <param name="Id">Null for one that is being added.</param>
/// <param name="Stored">As it stands now; null for one that is being added.</param>
public sealed record TemplatePage(int? Id, TemplateForm Form, StoredTemplate? Stored)
{
    /// <summary>Today in Brussels.</summary>
    public required DateOnly Today { get; init; }

    /// <summary>Whether somebody saved it since the form was opened.</summary>
    public bool IsChanged { get; init; }

    public string Path => Id is { } id ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"/admin/templates/{id}") : "/admin/templates/new";

    /// <summary>What a dealer would read in each language, of an example; nothing while nothing is written.</summary>
    public IReadOnlyList<TemplatePreview> Previews =>
    [
        .. from language in Languages.All
           let text = Form.Texts.In(language)
           where text.Length > 0 && text.Length <= AnswerTemplate.TextMaxLength
           let filled = TemplateText.Fill(text, Example, language, Today)
           let sparse = TemplateText.Fill(text, SparseExample, language, Today)
           select new TemplatePreview(language, filled, sparse == filled ? null : sparse),
    ];

    private TemplateFacts SparseExample => new("Claire Modèle", "Démo Électro Liège SRL", "26-0001234-2", Form.ChosenType ?? DossierType.RepairRequest);

    private TemplateFacts Example => SparseExample with
    {
        ModelCode = "LW90T554/BE",
        SerialNumber = "7D6M5AB1800045N",
        Reference = "COMPTOIR-131",
        GrmsNumber = "GR2611-00042",
    };
}

/// <param name="Sparse">Of a dossier without model, serial number, reference and GRMS number, where that reads differently.</param>
public sealed record TemplatePreview(string Language, string Text, string? Sparse);

public sealed record StoredTemplate(AnswerTemplate Template, string? UpdatedBy);
