using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using DealerPortal.TestCommon;
using Microsoft.AspNetCore.WebUtilities;

namespace DealerPortal.Web.Tests.Features.SignIn;

/// <summary>An authenticator in software (WebAuthn level 3, ES256, attestation «none»), which can also do what a real one never would.</summary>
internal sealed class TestPasskey
{
    private const byte UserPresent = 0x01;
    private const byte UserVerified = 0x04;
    private const byte HasCredential = 0x40;

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly byte[] _id = RandomNumberGenerator.GetBytes(32);
    private string _userHandle = "";
    private uint _count;

    public string Id => WebEncoders.Base64UrlEncode(_id);

    /// <summary>The page that says it signs.</summary>
    public string Origin { get; set; } = PortalFactory.Host;

    /// <summary>Whether it has asked for a PIN or a finger.</summary>
    public bool Verifies { get; set; } = true;

    /// <summary>Makes one and registers it with whoever is signed in.</summary>
    public static async Task<TestPasskey> AddAsync(PortalClient client, string name = "Comptoir")
    {
        var passkey = new TestPasskey();
        var page = await passkey.RegisterAsync(client, name);
        return page.Location is "/account/security" or "/account/security/codes" ? passkey : throw new InvalidOperationException($"{(int)page.Status}: {page.TextOf(".error-summary")}");
    }

    public async Task<PortalPage> RegisterAsync(PortalClient client, string name) =>
        await client.PostAsync("/account/security/passkeys/new", ("Name", name), ("Credential", await AnswerForNewAsync(client)));

    public async Task<PortalPage> SignInAsync(PortalClient client, string? returnUrl = null) =>
        await client.PostAsync("/sign-in/passkey", ("Credential", await AnswerAsync(client)), ("ReturnUrl", returnUrl));

    /// <summary>Asks the portal for its question about a new passkey, and answers.</summary>
    public async Task<string> AnswerForNewAsync(PortalClient client)
    {
        using var asked = JsonDocument.Parse((await client.PostAsync("/account/security/passkeys/options")).Body);
        _userHandle = asked.RootElement.GetProperty("user").GetProperty("id").GetString()!;
        var data = ClientData("webauthn.create", asked);
        var point = _key.ExportParameters(false).Q;
        byte[] cose = [0xA5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20, .. point.X!, 0x22, 0x58, 0x20, .. point.Y!];
        byte[] credential = [.. new byte[16], 0, (byte)_id.Length, .. _id, .. cose];
        byte[] authenticator = [.. AuthenticatorData(HasCredential), .. credential];
        byte[] attestation = [0xA3, 0x63, .. "fmt"u8, 0x64, .. "none"u8, 0x67, .. "attStmt"u8, 0xA0, 0x68, .. "authData"u8, 0x58, (byte)authenticator.Length, .. authenticator];
        return Answer(new { clientDataJSON = Text(data), attestationObject = Text(attestation), transports = (string[])["internal"] });
    }

    /// <summary>Asks the portal for its question to whoever wants in, and answers.</summary>
    public async Task<string> AnswerAsync(PortalClient client)
    {
        using var asked = JsonDocument.Parse((await client.PostAsync("/sign-in/passkey/options")).Body);
        _count++;
        var data = ClientData("webauthn.get", asked);
        var authenticator = AuthenticatorData(0);
        var signature = _key.SignData([.. authenticator, .. SHA256.HashData(data)], HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        return Answer(new { clientDataJSON = Text(data), authenticatorData = Text(authenticator), signature = Text(signature), userHandle = _userHandle });
    }

    private byte[] ClientData(string type, JsonDocument asked) => JsonSerializer.SerializeToUtf8Bytes(
        new { type, challenge = asked.RootElement.GetProperty("challenge").GetString(), origin = Origin, crossOrigin = false });

    private byte[] AuthenticatorData(byte more)
    {
        var count = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(count, _count);
        return [.. SHA256.HashData(Encoding.UTF8.GetBytes("localhost")), (byte)(UserPresent | (Verifies ? UserVerified : 0) | more), .. count];
    }

    private string Answer(object response) => JsonSerializer.Serialize(new
    {
        id = Id,
        rawId = Id,
        type = "public-key",
        clientExtensionResults = new { },
        response,
    });

    private static string Text(byte[] bytes) => WebEncoders.Base64UrlEncode(bytes);
}
