using DealerPortal.Core.Mail;
using DealerPortal.Web.Development;
using DealerPortal.Web.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using MimeKit;

namespace DealerPortal.Web.Features.DevMailbox;

/// <summary>The messages that the pickup transport wrote, as a mail program shows them.</summary>
[AllowAnonymous]
[DevelopmentOnly]
[Route("/dev/mailbox")]
public sealed class DevMailboxController(IOptions<MailOptions> mail) : Controller
{
    /// <summary>Links of these mails open in the whole window, as a mail program's would.</summary>
    private const string BodyPolicy = SecurityHeaders.MailBodyPolicy + " allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation";

    [HttpGet]
    public async Task<IActionResult> List(CancellationToken ct)
    {
        var rows = new List<MailRow>();
        foreach (var file in Files().OrderByDescending(file => file.Name, StringComparer.Ordinal).Take(200))
            rows.Add(MailRow.Of(file.Name, await MimeMessage.LoadAsync(file.FullName, ct)));
        return View(rows);
    }

    [HttpGet("{name}")]
    public async Task<IActionResult> Show(string name, CancellationToken ct)
    {
        if (await ReadAsync(name, ct) is not { } message)
            return NotFound();
        Response.Headers.ContentSecurityPolicy = SecurityHeaders.WithFrames;
        return View(new MailView(
            MailRow.Of(name, message),
            message.HtmlBody is not null,
            message.TextBody,
            [.. message.Headers.Where(header => header.Field is not "Content-Type").Select(header => (header.Field, header.Value))],
            [.. message.Attachments.OfType<MimePart>().Select(part => part.FileName ?? part.ContentType.MimeType)]));
    }

    [HttpGet("{name}/html")]
    public async Task<IActionResult> Html(string name, CancellationToken ct)
    {
        if (await ReadAsync(name, ct) is not { HtmlBody: { } html })
            return NotFound();
        Response.Headers.ContentSecurityPolicy = BodyPolicy;
        return Content(html.Replace("<head>", "<head><base target=\"_top\">", StringComparison.OrdinalIgnoreCase), "text/html; charset=utf-8");
    }

    [HttpGet("{name}/files/{index:int}")]
    public async Task<IActionResult> Attachment(string name, int index, CancellationToken ct)
    {
        if ((await ReadAsync(name, ct))?.Attachments.OfType<MimePart>().ElementAtOrDefault(index) is not { Content: { } content } part)
            return NotFound();
        var bytes = new MemoryStream();
        await content.DecodeToAsync(bytes, ct);
        bytes.Position = 0;
        return File(bytes, "application/octet-stream", part.FileName ?? "attachment");
    }

    private IEnumerable<FileInfo> Files() => new DirectoryInfo(mail.Value.Pickup) is { Exists: true } folder ? folder.EnumerateFiles("*.eml") : [];

    private async Task<MimeMessage?> ReadAsync(string name, CancellationToken ct) =>
        Files().FirstOrDefault(file => file.Name == name) is { } file ? await MimeMessage.LoadAsync(file.FullName, ct) : null;
}

/// <param name="Name">The file's name, which is its address here.</param>
/// <param name="At">UTC.</param>
public sealed record MailRow(string Name, string To, string Subject, DateTime At)
{
    public static MailRow Of(string name, MimeMessage message) => new(name, message.To.ToString(), message.Subject ?? "", message.Date.UtcDateTime);
}

public sealed record MailView(MailRow Row, bool HasHtml, string? Text, IReadOnlyList<(string Name, string Value)> Headers, IReadOnlyList<string> Files);
