using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using MailKit;

namespace DealerPortal.Core.Mail;

/// <summary>Trusts a house's own authority beside those of the system.</summary>
internal static class TrustedAuthority
{
    /// <param name="path">Its certificate in PEM form.</param>
    public static void Add(MailService client, string path)
    {
        var authority = X509CertificateLoader.LoadCertificateFromFile(path);
        // A private authority publishes no revocation lists.
        client.CheckCertificateRevocation = false;
        client.ServerCertificateValidationCallback = (_, certificate, chain, errors) =>
        {
            if (errors == SslPolicyErrors.None)
                return true;
            if (errors != SslPolicyErrors.RemoteCertificateChainErrors || certificate is null || chain is null)
                return false;
            using var own = new X509Chain();
            own.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            own.ChainPolicy.CustomTrustStore.Add(authority);
            own.ChainPolicy.ExtraStore.AddRange(chain.ChainElements.Select(element => element.Certificate).ToArray());
            own.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
            return own.Build(new X509Certificate2(certificate));
        };
    }
}
