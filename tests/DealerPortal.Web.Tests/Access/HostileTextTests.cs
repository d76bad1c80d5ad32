using System.Text.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using DealerPortal.Core.Credits;
using DealerPortal.Core.OldPortal;
using DealerPortal.TestCommon;
using DealerPortal.Web.Tests.Features.Dossiers.New;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Web.Tests.Access;

/// <summary>
/// quality.md S12 and S15: scripts, line breaks and far too much text in every field and file name are text wherever
/// they come out, fit their columns, and are in no header and no log line; nor is anything else that was typed.
/// </summary>
[Collection(EveryForm.Name)]
public sealed class HostileTextTests(OwnPortalFixture portal)
{
    private const string Mark = "canary4711";
    private const string Script = $"<script>{Mark}()</script>\"'><img src=x onerror={Mark}()>";
    private const string Hostile = $"{Script}\r\nBcc: {Mark}@evil.example\r\n\r\nX";
    private static readonly string Long = Mark + new string('a', 100_000);

    /// <summary>Values of fields that are words of the portal itself, and its own addresses.</summary>
    private static readonly string[] OwnWords = ["branch", "Employee", "Administrator", "WaitingForDealer", "AppointmentScheduled", "PortalAdministrator", "Closing", "Accepted", .. Enum.GetNames<CreditField>(), .. Enum.GetNames<PortalImportKind>()];

    /// <summary>They share a world, so that every page is looked at with the traces of all of them.</summary>
    private const int RoutesPerWorld = 5;

    private readonly PortalFactory _factory = portal.Factory;
    private readonly List<string> _wrong = [];
    private readonly HashSet<string> _typed = [];
    private int _shownAsText;

    [Fact]
    public async Task EveryFieldOfEveryForm_WithHostileText_ShowsItAsTextAndTellsNobody()
    {
        var before = await StoredRows.ReadAsync(_factory);
        var logged = _factory.Logs.Events.Count;

        foreach (var routes in EveryForm.RoutesOf(_factory).Chunk(RoutesPerWorld))
        {
            using var world = await AccessWorld.CreateAsync(_factory);
            foreach (var route in routes)
            {
                var fields = await FieldsAsync(route, world);
                foreach (var field in fields)
                    await SendAsync(route, world, (field, Hostile));
                await SendAsync(route, world, [.. fields.Select(field => (field, (string?)Long))]);
            }

            await LookAtEveryPageAsync(world);
        }

        foreach (var mail in await _factory.MailsAsync())
            LookAtMail(mail);
        foreach (var value in (await StoredRows.ReadAsync(_factory)).ChangesSince(before))
        {
            if (value.Text is { } text && value.Model.GetMaxLength() is { } longest && text.Length > longest)
                _wrong.Add($"{value.Property} holds {text.Length} characters of {longest}");
        }

        // How long a request took has digits that may be those of some code.
        foreach (var line in _factory.Logs.TextsFrom(logged).Select(line => string.Join(' ', line.Split(' ').Where(word => !word.StartsWith("Elapsed=", StringComparison.Ordinal)))))
        {
            if (line.Contains(Mark, StringComparison.OrdinalIgnoreCase) || _typed.FirstOrDefault(typed => line.Contains(typed, StringComparison.OrdinalIgnoreCase)) is not null)
                _wrong.Add("Log: " + line);
        }

        Assert.True(_wrong.Count == 0, string.Join('\n', _wrong.Distinct()));
        Assert.True(_shownAsText > 75, $"Shown as text {_shownAsText} times: the test reaches too little.");
    }

    [Fact]
    public async Task EveryFileName_ThatIsHostile_IsTextAndAName()
    {
        var logged = _factory.Logs.Events.Count;
        using var world = await AccessWorld.CreateAsync(_factory);
        var owner = world.ClientOf(Persona.Owner);
        foreach (var name in (string[])[$"<img src=x onerror={Mark}()><script>{Mark}()<%2Fscript>'.jpg", $"x\\{Mark}%22; filename=x.html;.jpg", $"{Mark}\u202Egpj.exe"])
        {
            foreach (var content in (byte[][])[RepairFiling.Photo(), "MZ"u8.ToArray()])
            {
                Look(await owner.PostFilesAsync(world.Url("/dossiers/new/{slug}/{draftId:guid}/files"), [new TestFile("file", name, content)]), "an uploaded file");
                Look(await owner.PostFilesAsync(world.Url("/dossiers/new/{slug}/{draftId:guid}"), [new TestFile("Files", name, content)], ("Save", "true")), "a file sent with a draft");
                Look(await owner.PostFilesAsync(world.Url("/dossiers/{number}/messages"), [new TestFile("Message.Files", name, content)], ("Message.Text", "Voici.")), "a file sent with a message");
                Look(await world.ClientOf(Persona.Support).PostFilesAsync(world.Url("/admin/dossiers/{number}/note"), [new TestFile("Answer.Files", name, content)], ("Note.Text", "Voici.")), "a file sent with a note");
            }
        }

        await LookAtEveryPageAsync(world);
        var files = await _factory.ReadAsync(db => db.Attachments.IgnoreQueryFilters().AsNoTracking().Where(a => a.UploadedById == world.Owner.Id && a.Name.Contains(Mark)).ToListAsync());
        Assert.True(files.Count >= 6, $"{files.Count} files were kept.");
        foreach (var file in files)
        {
            var answer = await owner.GetPageAsync($"/files/{file.Id}");
            Assert.Equal(("attachment", "image/jpeg"), (answer.ContentHeaders.ContentDisposition!.DispositionType, answer.ContentHeaders.ContentType!.MediaType));
            Assert.EndsWith(".jpg", answer.ContentHeaders.ContentDisposition.FileNameStar ?? answer.ContentHeaders.ContentDisposition.FileName!.Trim('"'), StringComparison.Ordinal);
        }

        Assert.True(_wrong.Count == 0, string.Join('\n', _wrong.Distinct()));
        Assert.DoesNotContain(_factory.Logs.TextsFrom(logged), line => line.Contains(Mark, StringComparison.OrdinalIgnoreCase));
    }

    private async Task<IReadOnlyList<string>> FieldsAsync(Route route, AccessWorld world)
    {
        try
        {
            return [.. (await FilledForms.OfAsync(route.Key, world, _factory)).Fields.Select(field => field.Name)];
        }
        catch (FormGoneException)
        {
            using var another = await AccessWorld.CreateAsync(_factory);
            return [.. (await FilledForms.OfAsync(route.Key, another, _factory)).Fields.Select(field => field.Name)];
        }
    }

    private async Task SendAsync(Route route, AccessWorld world, params (string Name, string? Value)[] hostile)
    {
        FilledForm form;
        try
        {
            form = await FilledForms.OfAsync(route.Key, world, _factory);
        }
        catch (FormGoneException)
        {
            // What can be done once only is done in another world.
            using var another = await AccessWorld.CreateAsync(_factory);
            await SendAsync(route, another, hostile);
            if (hostile.Length > 1)
                await LookAtEveryPageAsync(another);
            return;
        }

        _typed.UnionWith(form.Fields.Select(field => field.Value ?? "").Where(value => value.Length >= 6 && value[0] != '/' && !OwnWords.Contains(value)));
        var page = await form.SendAsync(hostile);
        var where = $"{route.Key} with {string.Join(", ", hostile.Select(field => field.Name))}";
        Look(page, where);
        if (page.Location is { } location)
            Look(await form.Client.GetPageAsync(location), $"{location} after {where}");
    }

    private async Task LookAtEveryPageAsync(AccessWorld world)
    {
        foreach (var route in Route.AllOf(_factory).Where(route => route.Method == "GET"))
        {
            var persona = route.Pattern.StartsWith("/admin", StringComparison.Ordinal) ? Persona.Support
                : route.Pattern.Contains("draftId", StringComparison.Ordinal) ? Persona.Owner
                : Persona.Administrator;
            Look(await world.ClientOf(persona).GetPageAsync(world.Url(route.Pattern)), $"{route.Pattern} as {persona}");
        }
    }

    private void Look(PortalPage page, string where)
    {
        if ((int)page.Status >= 500)
            _wrong.Add($"{where}: {(int)page.Status}");
        if (IsHarmed(page.Document) || HtmlIn(page).Any(html => IsHarmed(new HtmlParser().ParseDocument(html))))
            _wrong.Add($"{where}: what was typed became markup");
        if (page.Document.Body is { } body && (body.TextContent.Contains($"<script>{Mark}", StringComparison.Ordinal)
            || body.QuerySelectorAll("[value]").Any(e => e.GetAttribute("value")!.Contains($"<script>{Mark}", StringComparison.Ordinal))))
            _shownAsText++;
        foreach (var header in page.Headers.Where(header => header.Value.Any(value => value.Contains(Mark, StringComparison.OrdinalIgnoreCase))))
            _wrong.Add($"{where}: in the header {header.Key}");
    }

    private void LookAtMail(TestMail mail)
    {
        if (IsHarmed(new HtmlParser().ParseDocument(mail.Html)))
            _wrong.Add($"Mail {mail.Kind}: what was typed became markup");
        if ((mail.Subject + mail.Row.Recipient + mail.Row.RecipientName).Any(char.IsControl))
            _wrong.Add($"Mail {mail.Kind}: a line break in a header");
    }

    private static bool IsHarmed(IDocument document) =>
        document.Scripts.Any(script => script.TextContent.Contains(Mark, StringComparison.Ordinal))
        || document.All.Any(element => element.Attributes.Any(attribute => attribute.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase)))
        || document.QuerySelector("img[src=x]") is not null;

    /// <summary>The markup that scripts put into the page.</summary>
    private static IEnumerable<string> HtmlIn(PortalPage page)
    {
        if (page.ContentHeaders.ContentType?.MediaType != "application/json" || page.Body.Length == 0)
            return [];
        var json = JsonDocument.Parse(page.Body).RootElement;
        if (json.ValueKind != JsonValueKind.Object)
            return [];
        return json.EnumerateObject().SelectMany(property => property.Name switch
        {
            "html" => [property.Value.GetString()!],
            "fragments" => property.Value.EnumerateObject().Select(fragment => fragment.Value.GetString()!),
            _ => (IEnumerable<string>)[],
        });
    }
}
