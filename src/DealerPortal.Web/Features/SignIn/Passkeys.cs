using System.Globalization;
using DealerPortal.Core;
using DealerPortal.Core.Accounts;
using DealerPortal.Core.Accounts.SecondFactor;
using DealerPortal.Web.Access;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace DealerPortal.Web.Features.SignIn;

/// <summary>What the browser is asked to sign, and whether what it answers is right. Each question is answered once.</summary>
public sealed class Passkeys(
    IPasskeyHandler<User> handler, PasskeyChallenges challenges, PasskeyCookie cookie, IHttpContextAccessor accessor)
{
    /// <summary>An answer is a few hundred bytes long, with an attestation a few thousand.</summary>
    private const int MaxAnswerLength = 20_000;

    private HttpContext Context => accessor.HttpContext!;

    /// <summary>The question for a new passkey of this person, as the browser takes it.</summary>
    public async Task<string> AskForNewAsync(SessionSnapshot person, CancellationToken ct)
    {
        var asked = await handler.MakeCreationOptionsAsync(
            new PasskeyUserEntity { Id = IdOf(person.UserId), Name = person.Email, DisplayName = person.FullName }, Context);
        cookie.Set(await challenges.KeepAsync(asked.AttestationState!, ct));
        return asked.CreationOptionsJson;
    }

    /// <summary>The question to whoever wants to sign in. It names nobody, and so tells nothing.</summary>
    public async Task<string> AskAsync(CancellationToken ct)
    {
        var asked = await handler.MakeRequestOptionsAsync(null, Context);
        cookie.Set(await challenges.KeepAsync(asked.AssertionState!, ct));
        return asked.RequestOptionsJson;
    }

    /// <summary>The new passkey, if it answers this browser's question and was made for this person.</summary>
    public async Task<UserPasskeyInfo?> ReadNewAsync(SessionSnapshot person, string? answer, CancellationToken ct)
    {
        if (await TakeAsync(answer, ct) is not { } state)
            return null;
        var result = await handler.PerformAttestationAsync(new PasskeyAttestationContext { HttpContext = Context, CredentialJson = answer!, AttestationState = state });
        return result.Succeeded && result.UserEntity.Id == IdOf(person.UserId) ? result.Passkey : null;
    }

    /// <summary>Whose passkey answered this browser's question, and how it stands after.</summary>
    public async Task<(int UserId, UserPasskeyInfo Passkey)?> ReadAsync(string? answer, CancellationToken ct)
    {
        if (await TakeAsync(answer, ct) is not { } state)
            return null;
        var result = await handler.PerformAssertionAsync(new PasskeyAssertionContext { HttpContext = Context, CredentialJson = answer!, AssertionState = state });
        return result.Succeeded ? (result.User.Id, result.Passkey) : null;
    }

    private async Task<string?> TakeAsync(string? answer, CancellationToken ct)
    {
        if (answer is not { Length: > 0 and <= MaxAnswerLength } || cookie.Ticket is not { } ticket)
            return null;
        cookie.Clear();
        return await challenges.TakeAsync(ticket, ct);
    }

    private static string IdOf(int userId) => userId.ToString(CultureInfo.InvariantCulture);
}

public static class PasskeyServices
{
    public static IServiceCollection AddPasskeys(this IServiceCollection services)
    {
        services.AddScoped<IPasskeyHandler<User>, PasskeyHandler<User>>();
        services.AddScoped<PasskeyCookie>();
        services.AddScoped<Passkeys>();
        services.AddOptions<IdentityPasskeyOptions>().Configure<IOptions<PortalOptions>>((passkeys, portal) =>
        {
            var site = new Uri(portal.Value.BaseUrl);
            // The configured address, never that of the request.
            passkeys.ServerDomain = site.Host;
            passkeys.ValidateOrigin = asked => ValueTask.FromResult(!asked.CrossOrigin && asked.Origin == site.GetLeftPart(UriPartial.Authority));
            // Signs in alone: so it names its owner by itself, and asks for a PIN, a finger or a face.
            passkeys.ResidentKeyRequirement = "required";
            passkeys.UserVerificationRequirement = "required";
            passkeys.AuthenticatorTimeout = PasskeyChallenge.Lifetime;
        });
        return services;
    }
}
