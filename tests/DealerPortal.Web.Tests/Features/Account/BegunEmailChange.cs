using System.Text.RegularExpressions;
using DealerPortal.TestCommon;
using DealerPortal.Web.Tests.Features.Registration;

namespace DealerPortal.Web.Tests.Features.Account;

/// <summary>A person who has said which address they want, before the page that asks for both codes.</summary>
internal sealed partial record BegunEmailChange(PortalFactory Factory, TestUser User, PortalClient Client, string NewEmail)
{
    public static async Task<BegunEmailChange> OfAsync(PortalFactory factory, TestOrganisation? organisation = null, string? newEmail = null, string language = "fr")
    {
        var user = await factory.Data.CreateMemberAsync(organisation ?? await factory.Data.CreateOrganisationAsync(), language: language);
        return await OfAsync(factory, user, newEmail);
    }

    public static async Task<BegunEmailChange> OfAsync(PortalFactory factory, TestUser user, string? newEmail = null)
    {
        var begun = new BegunEmailChange(factory, user, await factory.NewClientAsync(user), newEmail ?? RegistrationSteps.NewAddress());
        await begun.AskAsync(begun.NewEmail);
        return begun;
    }

    public async Task AskAsync(string email)
    {
        var answer = await Client.PostAsync("/account/email", ("NewEmail", email));
        Assert.Equal("/account/email/codes", answer.Location);
    }

    public Task<string> CurrentCodeAsync() => LastCodeAsync(User.Email, "EmailChangeApproval");

    public Task<string> NewCodeAsync() => LastCodeAsync(NewEmail, "EmailChangeProof");

    public Task<PortalPage> ConfirmAsync(string? currentCode, string? newCode) =>
        Client.PostAsync("/account/email/codes", ("CurrentCode", currentCode), ("NewCode", newCode));

    private async Task<string> LastCodeAsync(string address, string kind) =>
        SixDigits().Match((await Factory.MailsAsync(address)).Last(mail => mail.Kind == kind).Text).Value;

    [GeneratedRegex(@"\b\d{6}\b", RegexOptions.NonBacktracking)]
    private static partial Regex SixDigits();
}
