namespace DealerPortal.Core.Dossiers.Templates;

/// <summary>What a dossier puts into the places of a template. Nothing of an end user: what is sent to a shop needs no name it knows.</summary>
public sealed record TemplateFacts(string OwnerName, string OrganisationName, string Number, DossierType Type)
{
    public string? ModelCode { get; init; }
    public string? SerialNumber { get; init; }

    /// <summary>The dealer's own.</summary>
    public string? Reference { get; init; }

    public string? GrmsNumber { get; init; }

    public static TemplateFacts Of(Dossier dossier, string ownerName, string organisationName) => new(ownerName, organisationName, dossier.Number, dossier.Type)
    {
        ModelCode = dossier.ModelCode,
        SerialNumber = dossier.SerialNumber,
        Reference = dossier.Reference,
        GrmsNumber = dossier.GrmsNumber,
    };
}
