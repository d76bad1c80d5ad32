namespace DealerPortal.Web.Features.Dossiers.New.Fields;

/// <summary>Texts of the fields that several forms share.</summary>
public sealed class FieldTexts;
