using DealerPortal.Core;
using DealerPortal.Core.Accounts.SecondFactor;
using Microsoft.AspNetCore.Mvc;

namespace DealerPortal.Web.Features.Account.Security;

/// <summary>Carries a new set of recovery codes over one redirect, in the protected notice cookie, which is gone once it is read. They are nowhere else in clear.</summary>
public sealed class ShownCodes
{
    private const string Key = "recovery-codes";

    public void Keep(Controller controller, IReadOnlyList<string> codes) => controller.TempData[Key] = codes.ToArray();

    /// <summary>After a change of factors: to the new set, where it brought one.</summary>
    public RedirectResult LeadOn(Controller controller, FactorChange change)
    {
        if (change.RecoveryCodes.Count == 0)
            return controller.Redirect("/account/security");
        Keep(controller, change.RecoveryCodes);
        return controller.Redirect("/account/security/codes");
    }

    public IReadOnlyList<string>? Take(Controller controller) => controller.TempData[Key] as string[];
}

internal static class PasskeyNames
{
    /// <summary>What was typed, as one line within its length; empty when nothing was.</summary>
    public static string Of(string? typed)
    {
        var line = TypedText.SingleLine(typed);
        return line.Length <= SecondFactors.PasskeyNameMaxLength ? line : line[..SecondFactors.PasskeyNameMaxLength].TrimEnd();
    }
}
