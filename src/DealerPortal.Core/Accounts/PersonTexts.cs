namespace DealerPortal.Core.Accounts;

/// <summary>Words that stand for a person.</summary>
public sealed class PersonTexts;
