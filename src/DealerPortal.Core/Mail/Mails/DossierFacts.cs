using DealerPortal.Core.Dossiers;

namespace DealerPortal.Core.Mail.Mails;

/// <summary>What every mail about a dossier says of it.</summary>
/// <param name="TypeKey">The name of a <see cref="Dossiers.DossierType"/>.</param>
/// <param name="Reference">The dealer's own.</param>
/// <param name="Path">Of the dossier's page, for <see cref="MailTexts.Url"/>.</param>
public sealed record DossierFacts(
    long Id, string Number, string TypeKey, string? ModelCode, string? ModelName, string? SerialNumber, string? Reference, string Path)
{
    public string? GrmsNumber { get; init; }

    /// <summary>What the service centre calls its order.</summary>
    public string? ServiceOrderNumber { get; init; }

    /// <summary>What only its type asks, in the language of the culture in which it is called.</summary>
    public Func<IReadOnlyList<DossierAnswer>> Answers { get; init; } = () => [];

    /// <inheritdoc cref="DossierKind.NextStep"/>
    public Func<Resolution, string?> NextStep { get; init; } = _ => null;

    /// <param name="dossier">Its key may still be unset.</param>
    /// <param name="modelName">In the reader's language.</param>
    public static DossierFacts Of(Dossier dossier, DossierKind kind, Func<IReadOnlyList<DossierAnswer>> answers, string? modelName) => new(
        dossier.Id, dossier.Number, dossier.Type.ToString(), dossier.ModelCode, modelName, dossier.SerialNumber, dossier.Reference, $"/dossiers/{dossier.Number}")
    {
        GrmsNumber = dossier.GrmsNumber,
        ServiceOrderNumber = dossier.ServiceOrderNumber,
        Answers = answers,
        NextStep = kind.NextStep,
    };
}
