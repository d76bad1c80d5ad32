namespace DealerPortal.Core.Accounts.OwnData;

/// <summary>What stands beside the files of a person's own data.</summary>
public sealed class OwnDataTexts;
