using DealerPortal.Core.Accounts.SecondFactor;

namespace DealerPortal.Web.Features.Account.Security;

/// <param name="MustSetUp">A member of staff who gets no further before there is a second factor.</param>
/// <param name="CodesLeft">Unused recovery codes.</param>
/// <param name="Sessions">In how many the person is signed in, this one included.</param>
public sealed record SecurityPage(bool IsStaff, bool MustSetUp, bool HasApp, IReadOnlyList<PasskeyRow> Passkeys, int CodesLeft, int Sessions)
{
    public bool HasAny => HasApp || Passkeys.Count > 0;

    /// <summary>Staff keep one: another comes first.</summary>
    public bool IsLast => IsStaff && (HasApp ? 1 : 0) + Passkeys.Count == 1;
}

/// <param name="Id">The credential's, in the letters of a web address.</param>
/// <param name="IsSynced">Known to more than one device of its owner.</param>
public sealed record PasskeyRow(string Id, string Name, DateTime CreatedAt, bool IsSynced);

public sealed class AppForm
{
    public string? Code { get; init; }

    /// <summary>The key on its way, protected.</summary>
    public string? Offer { get; init; }
}

public sealed record AppPage(AuthenticatorOffer Offer, bool Replaces)
{
    public const string Key = nameof(AppPage);
}

public sealed class NewPasskeyForm
{
    public string? Name { get; init; }

    /// <summary>The browser's answer, as JSON.</summary>
    public string? Credential { get; init; }
}

public sealed class PasskeyMove
{
    public string? Passkey { get; init; }
    public string? Name { get; init; }
}

public sealed class ConfirmForm
{
    public string? Password { get; init; }
    public string? ReturnUrl { get; init; }
}
