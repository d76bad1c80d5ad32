using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using AngleSharp.Html.Parser;
using ImageMagick;

namespace DealerPortal.KillTest;

/// <summary>One repair request on its way.</summary>
public sealed class Send
{
    public Guid DraftId { get; } = Guid.NewGuid();

    /// <summary>Both photos are stored and the form went out.</summary>
    public bool WasPosted { get; set; }

    /// <summary>The dossier's number, once an answer told it.</summary>
    public string? Number { get; set; }

    public bool WasSentAgain { get; set; }
}

/// <summary>A dealer's browser without scripts, over HTTP.</summary>
public sealed class Sender : IDisposable
{
    // The demo data's; Development only.
    private const string Email = "jean.exemple@demo-electro.example";
    private const string Password = "tartine parapluie 47";

    private readonly HttpClient _http;
    private string _token = "";

    private Sender(string baseUrl) => _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() })
    {
        BaseAddress = new Uri(baseUrl),
        Timeout = TimeSpan.FromSeconds(60),
    };

    public static async Task<Sender> SignInAsync(string baseUrl)
    {
        var sender = new Sender(baseUrl);
        await sender.ReadTokenAsync("/sign-in");
        using var answer = await sender._http.PostAsync("/sign-in", sender.Form(("Email", Email), ("Password", Password)));
        if (answer.StatusCode != HttpStatusCode.Redirect)
            throw new InvalidOperationException($"Signing in answered {(int)answer.StatusCode}.");
        await sender.ReadTokenAsync("/dossiers/new");
        return sender;
    }

    /// <summary>How long uploads and sending take together, once everything is warm.</summary>
    public async Task<TimeSpan> TimeOneSendAsync()
    {
        await SendOnceAsync(new Send(), null);
        var start = Stopwatch.GetTimestamp();
        await SendOnceAsync(new Send(), null);
        return Stopwatch.GetElapsedTime(start);
    }

    /// <param name="firstPosted">Told when the first form of anybody goes out.</param>
    public async Task<List<Send>> SendUntilFailureAsync(TaskCompletionSource firstPosted, CancellationToken killed)
    {
        var sends = new List<Send>();
        while (!killed.IsCancellationRequested)
        {
            var send = new Send();
            sends.Add(send);
            try
            {
                await SendOnceAsync(send, firstPosted);
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException or TaskCanceledException)
            {
                return sends;
            }
        }

        return sends;
    }

    /// <summary>As a person does who got no answer: the same form once more.</summary>
    public async Task SendAgainAsync(Send send)
    {
        send.WasSentAgain = true;
        send.Number = await PostAsync(send);
    }

    public void Dispose() => _http.Dispose();

    private async Task SendOnceAsync(Send send, TaskCompletionSource? posted)
    {
        await UploadAsync(send, "facade.jpg");
        await UploadAsync(send, "plaque.jpg");
        send.WasPosted = true;
        posted?.TrySetResult();
        send.Number = await PostAsync(send);
    }

    private async Task UploadAsync(Send send, string name)
    {
        using var image = new MagickImage(MagickColor.FromRgb(Shade(), Shade(), Shade()), 640, 480);
        using var body = new MultipartFormDataContent
        {
            { new StringContent(_token), "__RequestVerificationToken" },
            { new ByteArrayContent(image.ToByteArray(MagickFormat.Jpeg)), "file", name },
        };
        using var answer = await _http.PostAsync($"{UrlOf(send)}/files", body);
        if (answer.StatusCode != HttpStatusCode.OK)
            throw new InvalidOperationException($"An upload answered {(int)answer.StatusCode}.");
    }

    private async Task<string> PostAsync(Send send)
    {
        using var answer = await _http.PostAsync(UrlOf(send), Form(
            ("Revision", "0"),
            ("ModelCode", "KILLTEST1"),
            ("SerialNumber", $"K{send.DraftId:N}"[..15]),
            ("Sold", "yes"),
            ("Location", "end-user"),
            ("EndUserName", "Mme Spécimen"),
            ("EndUserStreet", "Avenue de l’Exemple 45"),
            ("EndUserPostalCode", "4031"),
            ("EndUserTown", "Angleur"),
            ("EndUserPhone", "+32470000000"),
            ("Description", "Code 5C après dix minutes."),
            ("Reference", send.DraftId.ToString("N")),
            ("Notify", "true"),
            ("Confirm", "true")));
        return answer is { StatusCode: HttpStatusCode.Redirect, Headers.Location: { } location }
            ? location.OriginalString.Split('/')[^1]
            : throw new InvalidOperationException($"A send answered {(int)answer.StatusCode}.");
    }

    private FormUrlEncodedContent Form(params (string Name, string Value)[] fields) =>
        new(fields.Append(("__RequestVerificationToken", _token)).Select(f => KeyValuePair.Create(f.Item1, f.Item2)));

    private async Task ReadTokenAsync(string page)
    {
        var document = new HtmlParser().ParseDocument(await _http.GetStringAsync(page));
        _token = document.QuerySelector("input[name=__RequestVerificationToken]")?.GetAttribute("value")
            ?? throw new InvalidOperationException($"{page} holds no token.");
    }

    private static string UrlOf(Send send) => $"/dossiers/new/repair/{send.DraftId:D}";

    private static byte Shade() => (byte)RandomNumberGenerator.GetInt32(256);
}
