namespace DealerPortal.Web.Features.Files;

/// <summary>What every stored file is served with.</summary>
public static class StoredFileHeaders
{
    // Whatever is in a file: nothing of it runs and nothing is fetched from it.
    private const string Sandbox = "default-src 'none'; sandbox";

    public static void SealAsStoredFile(this HttpResponse response)
    {
        response.Headers.ContentSecurityPolicy = Sandbox;
        response.Headers.CacheControl = "private, no-store";
    }
}
