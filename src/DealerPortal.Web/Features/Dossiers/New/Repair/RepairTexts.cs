namespace DealerPortal.Web.Features.Dossiers.New.Repair;

public sealed class RepairTexts;
