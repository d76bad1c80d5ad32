using System.Globalization;
using System.Text.RegularExpressions;
using DealerPortal.Core.Organisations;
using DealerPortal.TestCommon;

namespace DealerPortal.Web.Tests.Features.Registration;

/// <summary>What a person does to register, for tests that begin after it.</summary>
internal static partial class RegistrationSteps
{
    public const string Password = "tournesol bicyclette 58";
    private static int _last;

    public static string NewAddress() => $"nouveau{Interlocked.Increment(ref _last)}@demo-electro.example";

    /// <summary>A valid number that no builder gives to an organisation.</summary>
    public static string NewVat()
    {
        var first = 8_800_000 + Interlocked.Increment(ref _last);
        var vat = string.Create(CultureInfo.InvariantCulture, $"BE{first:00000000}{97 - first % 97:00}");
        Assert.True(VatNumber.TryParse(vat, out _));
        return vat;
    }

    public static async Task<string> LastCodeAsync(this PortalFactory factory, string email)
    {
        var mails = await factory.MailsAsync(email);
        return SixDigits().Match(mails.Last(m => m.Kind == "RegistrationCode").Text).Value;
    }

    /// <summary>A browser that asked for a code and stands before the page where it is typed.</summary>
    public static async Task<PortalClient> AskedAsync(this PortalFactory factory, string email, string language = "fr")
    {
        var client = factory.NewClient(language);
        var answer = await client.PostFormAsync("/register", ("Email", email));
        Assert.Equal("/register/code", answer.Location);
        return client;
    }

    /// <summary>A browser whose address is verified.</summary>
    public static async Task<PortalClient> VerifiedAsync(this PortalFactory factory, string email, string language = "fr")
    {
        var client = await factory.AskedAsync(email, language);
        var answer = await client.PostFormAsync("/register/code", ("Code", await factory.LastCodeAsync(email)));
        Assert.Equal("/register/organisation", answer.Location);
        return client;
    }

    /// <summary>A person who asked to join, signed in before the waiting page.</summary>
    public static async Task<PortalClient> JoinedAsync(this PortalFactory factory, string email, int organisationId, string language = "fr")
    {
        var client = await factory.VerifiedAsync(email, language);
        var answer = await client.PostFormAsync("/register/organisation", [("OrganisationId", $"{organisationId}"), .. Person()]);
        Assert.Equal("/pending", answer.Location);
        return client;
    }

    public static (string Name, string? Value)[] Person() =>
    [
        ("FirstName", "Nora"), ("LastName", "Spécimen"), ("Phone", "04 000 00 14"), ("Password", Password), ("PasswordRepeated", Password),
    ];

    public static (string Name, string? Value)[] Organisation(string vat) =>
    [
        ("Vat", vat), ("Name", "Démo Nouvelle SRL"), ("Street", "Rue de la Démo 1"), ("PostalCode", "4000"), ("Town", "Liège"), ("Country", "BE"), ("BranchPhone", "+32 4 000 00 15"),
    ];

    [GeneratedRegex(@"\b\d{6}\b", RegexOptions.NonBacktracking)]
    private static partial Regex SixDigits();
}
