namespace DealerPortal.Core.Privacy;

/// <summary>
/// A text of a dossier that says, or may say, something about an end user: a name, an address, words typed freely. It is emptied
/// when the dossier is anonymised. A test asks of every text that hangs on a dossier whether it is one.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class EndUserDataAttribute : Attribute;
