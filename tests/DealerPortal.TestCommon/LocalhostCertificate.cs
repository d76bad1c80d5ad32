using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace DealerPortal.TestCommon;

/// <summary>What a server of a test shows for <c>localhost</c>.</summary>
public static class LocalhostCertificate
{
    public const string File = "certificate.pem";
    public const string KeyFile = "key.pem";

    public static void WriteTo(string folder)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        System.IO.File.WriteAllText(Path.Combine(folder, File), certificate.ExportCertificatePem());
        System.IO.File.WriteAllText(Path.Combine(folder, KeyFile), key.ExportPkcs8PrivateKeyPem());
    }
}
