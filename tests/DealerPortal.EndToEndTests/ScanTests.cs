using System.Text.RegularExpressions;
using DealerPortal.Core.Catalogue;
using DealerPortal.Core.Dossiers;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DealerPortal.EndToEndTests;

/// <summary>Hand scanner and camera: a scan sends nothing, lands where it belongs, says so, and can be skipped and undone.</summary>
public sealed class ScanTests(BrowserFixture browser, CameraFixture camera, DemoPortal demo)
    : IClassFixture<BrowserFixture>, IClassFixture<CameraFixture>, IClassFixture<DemoPortal>
{
    private const string DutchDealer = "an.model@demo-elektro.example";
    private const string OtherModel = "GM-S74";

    private static readonly Dictionary<string, Label> Labels = new()
    {
        ["Code 128"] = Label.Code128,
        ["EAN-13"] = Label.Ean13,
        ["QR"] = Label.QrCode,
        ["Data Matrix"] = Label.DataMatrix,
    };

    [Fact]
    public async Task HandScanner_FillsFieldAfterField_AndSendsNothing()
    {
        await using var context = await ContextAsync(browser.Browser);
        var page = await OpenAsync(context, model: null);
        await page.Locator("#ModelCode").FocusAsync();

        await ScanAsync(page, Label.Model);
        await Expect(page.Locator("#SerialNumber")).ToBeFocusedAsync();
        await Expect(page.Locator("#Imei")).ToBeVisibleAsync();
        await ScanAsync(page, "]C1" + Label.Serial, "Tab");
        await Expect(page.Locator("#Imei")).ToBeFocusedAsync();
        await ScanAsync(page, Label.Imei);
        await Expect(page.Locator("#Sold")).ToBeFocusedAsync();

        await Expect(page.Locator("#ModelCode")).ToHaveValueAsync(Label.Model);
        await Expect(page.Locator("#SerialNumber")).ToHaveValueAsync(Label.Serial);
        await Expect(page.Locator("#Imei")).ToHaveValueAsync(Label.Imei);
        await Expect(page.Locator("[data-undo]")).ToHaveCountAsync(0);
        await StillThereAsync(page);
    }

    [Theory]
    [InlineData("repair")]
    [InlineData("missing-accessory")]
    [InlineData("credit-question")]
    [InlineData("general-question")]
    public async Task Enter_InAnySingleLineField_SendsNothing(string slug)
    {
        await using var context = await ContextAsync(browser.Browser);
        var page = await OpenAsync(context, model: null, slug);
        var fields = page.Locator("form#dossier input:is([type=text], [type=date], [type=radio], [type=checkbox], [type=email], [type=tel]):visible");
        var count = await fields.CountAsync();

        Assert.True(count >= 2, $"{slug} has {count} fields.");
        for (var i = 0; i < count; i++)
            await fields.Nth(i).PressAsync("Enter");

        await Expect(page.Locator(".error-summary")).ToHaveCountAsync(0);
        await StillThereAsync(page);
    }

    [Fact]
    public async Task EnterInTheModel_TakesTheExactMatch()
    {
        await using var context = await ContextAsync(browser.Browser);
        var page = await OpenAsync(context, model: null);

        await page.Locator("#ModelCode").FillAsync("gm-a24");
        await page.Locator("#ModelCode").PressAsync("Enter");

        await Expect(page.Locator("#ModelCode")).ToHaveValueAsync("GM-A24");
        await Expect(page.Locator("#SerialNumber")).ToBeFocusedAsync();
        await Expect(page.Locator("#offer")).ToContainTextAsync("Smartphone");
    }

    [Fact]
    public async Task ModelScannedIntoTheSerial_GoesToTheModel_AndBack()
    {
        await using var context = await ContextAsync(browser.Browser);
        var page = await OpenAsync(context, Label.Model);
        await page.Locator("#SerialNumber").FillAsync(Label.Serial);

        await ScanAsync(page, OtherModel);

        await Expect(page.Locator("#ModelCode")).ToHaveValueAsync(OtherModel);
        await Expect(page.Locator("#SerialNumber")).ToHaveValueAsync(Label.Serial);
        await Expect(Said(page)).ToContainTextAsync("Lu comme code modèle : placé dans le champ Code modèle.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Annuler" }).ClickAsync();
        await Expect(page.Locator("#ModelCode")).ToHaveValueAsync(Label.Model);
        await Expect(page.Locator("#SerialNumber")).ToHaveValueAsync(OtherModel);
        await Expect(page.Locator("#SerialNumber")).ToBeFocusedAsync();
        await StillThereAsync(page);
    }

    [Fact]
    public async Task ImeiScannedIntoTheSerial_GoesToTheImei_WhereThereIsOne()
    {
        await using var context = await ContextAsync(browser.Browser);
        var page = await OpenAsync(context, Label.Model);
        await page.Locator("#SerialNumber").FocusAsync();

        await ScanAsync(page, Label.Imei);

        await Expect(page.Locator("#Imei")).ToHaveValueAsync(Label.Imei);
        await Expect(page.Locator("#SerialNumber")).ToHaveValueAsync("");
        await Expect(page.Locator("#SerialNumber")).ToBeFocusedAsync();
        await Expect(Said(page)).ToContainTextAsync("Lu comme numéro IMEI : placé dans le champ IMEI.");

        // The save brings the field anew.
        await Expect(page.Locator($"#Imei[value='{Label.Imei}']")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Annuler" }).ClickAsync();
        await Expect(page.Locator("#Imei")).ToHaveValueAsync("");
        await Expect(page.Locator("#SerialNumber")).ToHaveValueAsync(Label.Imei);

        var without = await OpenAsync(context, "LW90E2");
        await without.Locator("#SerialNumber").FocusAsync();
        await ScanAsync(without, Label.Imei);
        await Expect(without.Locator("#Sold")).ToBeFocusedAsync();
        await Expect(without.Locator("#SerialNumber")).ToHaveValueAsync(Label.Imei);
        await Expect(Said(without)).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task SerialScannedIntoTheModel_GoesToTheSerial_OnlyWhileThatIsEmpty()
    {
        await using var context = await ContextAsync(browser.Browser);
        var page = await OpenAsync(context, model: null);
        await page.Locator("#ModelCode").FocusAsync();

        await ScanAsync(page, Label.Serial);

        await Expect(page.Locator("#SerialNumber")).ToHaveValueAsync(Label.Serial);
        await Expect(page.Locator("#ModelCode")).ToHaveValueAsync("");
        await Expect(page.Locator("#ModelCode")).ToBeFocusedAsync();
        await Expect(Said(page)).ToContainTextAsync("Lu comme numéro de série : placé dans le champ Numéro de série.");
        await ScanAsync(page, "8D6M5AB1800");
        await Expect(page.Locator("#Sold")).ToBeFocusedAsync();
        await Expect(page.Locator("#ModelCode")).ToHaveValueAsync("8D6M5AB1800");
        await Expect(page.Locator("#SerialNumber")).ToHaveValueAsync(Label.Serial);
    }

    [Fact]
    public async Task SecondScan_TakesThePlaceOfTheFirst_AndTheDoubtsAreShown()
    {
        await using var context = await ContextAsync(browser.Browser);
        var page = await OpenAsync(context, Label.Model);
        await page.Locator("#SerialNumber").FocusAsync();
        await ScanAsync(page, "7D6M5AB18O0045I");

        await Expect(page.Locator("#serial-notes")).ToContainTextAsync("Le numéro contient la lettre O");
        await Expect(page.Locator("#serial-notes")).ToContainTextAsync("Le numéro contient la lettre I");
        await page.Locator("#SerialNumber").FocusAsync();
        await ScanAsync(page, Label.Serial);

        await Expect(page.Locator("#SerialNumber")).ToHaveValueAsync(Label.Serial);
        await Expect(Said(page)).ToContainTextAsync($"Lu : {Label.Serial}, à la place de 7D6M5AB18O0045I");
        await Expect(page.Locator("#serial-notes .attn")).ToHaveCountAsync(0);
        await page.Locator("#SerialNumber").PressSequentiallyAsync("X");
        await Expect(Said(page)).ToHaveCountAsync(0);
    }

    [Theory]
    [InlineData("Code 128", Label.Model, Label.Serial, "", "Lu : " + Label.Serial)]
    [InlineData("EAN-13", Label.Model, Label.BoxNumber, "", "Lu : " + Label.BoxNumber)]
    [InlineData("QR", Label.Model, Label.Serial, "", "Lu et réparti dans les champs : Numéro de série, Code modèle.")]
    [InlineData("Data Matrix", Label.Model, "", Label.Imei, "Lu comme numéro IMEI : placé dans le champ IMEI.")]
    public async Task Camera_ReadsWithTheDecoderThatIsLoadedOnlyThen(string label, string model, string serial, string imei, string said)
    {
        camera.Show(Labels[label]);
        await using var context = await ContextAsync(camera.Browser, "camera");
        var decoders = WatchDecoder(context);
        var page = await OpenAsync(context, label == "QR" ? OtherModel : Label.Model);
        Assert.Empty(decoders);

        await page.GetByRole(AriaRole.Button, new() { Name = "Scanner le numéro de série" }).ClickAsync();

        await Expect(Said(page)).ToContainTextAsync(said);
        await Expect(page.Locator("dialog")).ToBeHiddenAsync();
        await Expect(page.Locator("#ModelCode")).ToHaveValueAsync(model);
        await Expect(page.Locator("#SerialNumber")).ToHaveValueAsync(serial);
        await Expect(page.Locator("#Imei")).ToHaveValueAsync(imei);
        await Expect(page.Locator(serial.Length > 0 ? "#Imei" : "#SerialNumber")).ToBeFocusedAsync();
        Assert.Single(decoders);
        Assert.Equal("ended", await TracksAsync(page));
        await StillThereAsync(page);
    }

    [Fact]
    public async Task Camera_UsesTheBrowsersOwnDetector_WhereItReadsAllKinds()
    {
        camera.Show(null);
        await using var context = await ContextAsync(camera.Browser, "camera");
        await context.AddInitScriptAsync(
            $$"""
            window.BarcodeDetector = class {
              static async getSupportedFormats() { return ['code_128', 'ean_13', 'qr_code', 'data_matrix']; }
              async detect() { return [{ rawValue: '{{Label.Serial}}' }]; }
            };
            """);
        var decoders = WatchDecoder(context);
        var page = await OpenAsync(context, Label.Model);

        await page.GetByRole(AriaRole.Button, new() { Name = "Scanner le numéro de série" }).ClickAsync();

        await Expect(page.Locator("#SerialNumber")).ToHaveValueAsync(Label.Serial);
        Assert.Empty(decoders);
    }

    [Theory]
    [InlineData("Escape")]
    [InlineData("Saisir à la main")]
    public async Task Camera_CanBeSkipped_AndIsSwitchedOff(string way)
    {
        camera.Show(null);
        await using var context = await ContextAsync(camera.Browser, "camera");
        var page = await OpenAsync(context, Label.Model);
        await page.Locator("#SerialNumber").FillAsync("7D6M");
        var button = page.GetByRole(AriaRole.Button, new() { Name = "Scanner le numéro de série" });
        await button.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("[data-scan-status]")).ToHaveTextAsync("La caméra est ouverte et cherche un code.");
        Assert.Equal("live", await TracksAsync(page));

        if (way == "Escape")
            await page.Keyboard.PressAsync("Escape");
        else
            await page.GetByRole(AriaRole.Button, new() { Name = way }).ClickAsync();

        await Expect(page.Locator("dialog")).ToBeHiddenAsync();
        await Expect(button).ToBeFocusedAsync();
        await Expect(page.Locator("#SerialNumber")).ToHaveValueAsync("7D6M");
        Assert.Equal("ended", await TracksAsync(page));
        await StillThereAsync(page);
    }

    [Fact]
    public async Task Camera_RefusedByThePerson_SaysWhatToDo_AndReadsAPhotoInstead()
    {
        await using var context = await ContextAsync(camera.Browser);
        var page = await OpenAsync(context, Label.Model);
        await page.GetByRole(AriaRole.Button, new() { Name = "Scanner le numéro de série" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Le navigateur n’a pas accès à la caméra.");

        var photo = page.GetByLabel("Prendre une photo de l’étiquette");
        await photo.SetInputFilesAsync(new FilePayload { Name = "blank.jpg", MimeType = "image/jpeg", Buffer = Label.Blank.ToPhoto() });
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Aucun code lisible sur cette photo.");
        await photo.SetInputFilesAsync(new FilePayload { Name = "label.jpg", MimeType = "image/jpeg", Buffer = Label.Code128.ToPhoto() });

        await Expect(page.Locator("#SerialNumber")).ToHaveValueAsync(Label.Serial);
        await Expect(page.Locator("dialog")).ToBeHiddenAsync();
        await StillThereAsync(page);
    }

    [Fact]
    public async Task Camera_ThatIsNotThere_SaysWhatToDo()
    {
        await using var context = await ContextAsync(browser.Browser, "camera");
        var page = await OpenAsync(context, Label.Model);

        await page.GetByRole(AriaRole.Button, new() { Name = "Scanner l’IMEI" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Aucune caméra n’a été trouvée.");
    }

    [Fact]
    public async Task Camera_WithASecondOne_CanBeChanged()
    {
        camera.Show(null);
        await using var context = await ContextAsync(camera.Browser, "camera");
        await context.AddInitScriptAsync(
            """
            const list = navigator.mediaDevices.enumerateDevices.bind(navigator.mediaDevices);
            navigator.mediaDevices.enumerateDevices = async () => [...await list(), { kind: 'videoinput', deviceId: 'second', label: 'Second' }];
            const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
            window.asked = [];
            navigator.mediaDevices.getUserMedia = wanted => { asked.push(wanted.video.deviceId ? wanted.video.deviceId.exact : wanted.video.facingMode.ideal); return open({ video: true }); };
            """);
        var page = await OpenAsync(context, Label.Model);
        await page.GetByRole(AriaRole.Button, new() { Name = "Scanner le numéro de série" }).ClickAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Autre caméra" }).ClickAsync();

        await Expect(page.Locator("[data-scan-status]")).ToHaveTextAsync("La caméra est ouverte et cherche un code.");
        Assert.Equal(["environment", "second"], await page.EvaluateAsync<string[]>("asked"));
    }

    [Fact]
    public async Task Camera_OfAPageThatNobodySees_IsSwitchedOff_AndOnAgain()
    {
        camera.Show(null);
        await using var context = await ContextAsync(camera.Browser, "camera");
        var page = await OpenAsync(context, Label.Model);
        await page.GetByRole(AriaRole.Button, new() { Name = "Scanner le numéro de série" }).ClickAsync();
        await Expect(page.Locator("[data-scan-status]")).ToHaveTextAsync("La caméra est ouverte et cherche un code.");

        await TurnAsync(page, "hidden");
        Assert.Equal("ended", await TracksAsync(page));
        await TurnAsync(page, "visible");

        await page.WaitForFunctionAsync("() => streams.length === 2");
        Assert.Equal("live", await TracksAsync(page));
    }

    [Theory]
    [InlineData("fr", 1280, ColorScheme.Light)]
    [InlineData("fr", 320, ColorScheme.Dark)]
    [InlineData("nl", 1280, ColorScheme.Dark)]
    [InlineData("nl", 320, ColorScheme.Light)]
    public async Task Dialog_IsForEveryone(string language, int width, ColorScheme scheme)
    {
        camera.Show(null);
        await using var context = await ContextAsync(camera.Browser, "camera");
        var page = await OpenAsync(context, Label.Model, login: language == "nl" ? DutchDealer : DealerPage.Jean);
        await page.SetViewportSizeAsync(width, 800);
        await page.EmulateMediaAsync(new() { ColorScheme = scheme });
        var look = new Inspection(scripts: true);
        var name = $"scan-{language}-{width}-{scheme}";
        await page.Locator("#SerialNumber").FocusAsync();
        await ScanAsync(page, Label.Imei);
        await Expect(Said(page)).ToHaveCountAsync(1);
        await look.AtAsync(page, name);

        await page.Locator("[data-scan-open=serial]").ClickAsync();
        await Expect(page.Locator("video")).ToBeVisibleAsync();
        await look.AtAsync(page, name + "-dialog");

        await context.ClearPermissionsAsync();
        await page.Keyboard.PressAsync("Escape");
        await page.Locator("[data-scan-open=serial]").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await look.AtAsync(page, name + "-refused");
    }

    [Fact]
    public async Task WithoutScripts_ThereIsNoCameraButton()
    {
        await using var context = await browser.Browser.NewContextAsync(new() { BaseURL = demo.Portal.BaseUrl, Locale = "fr-BE", JavaScriptEnabled = false });
        var page = await OpenAsync(context, model: null);

        await Expect(page.Locator("#SerialNumber")).ToBeVisibleAsync();
        await Expect(page.Locator("[data-scan-open]:visible")).ToHaveCountAsync(0);
        await Expect(page.Locator("dialog")).ToBeHiddenAsync();
    }

    /// <summary>The script's rules are the portal's.</summary>
    [Fact]
    public async Task Rules_AreThoseOfThePortal()
    {
        await using var context = await ContextAsync(browser.Browser);
        var page = await OpenAsync(context, model: null);
        string[] imeis = [Label.Imei, "352099001761482", "35 209900 176148 1", "35-209900-176148-1", "000000000000000", "35209900176148", "3520990017614811", "ABC099001761481", ""];
        foreach (var text in imeis)
            Assert.Equal(Imei.TryParse(text, out _), await page.EvaluateAsync<bool>("text => scanRules.isImei(text)", text));
        string[] models = [Label.Model, "lw90t554/be", "LW 90 T554", "LW90T554/BELGI", "LW90/T/BE", "-", "A", "É90", "", "LW–90", new string('A', 40), new string('A', 41)];
        foreach (var text in models)
        {
            var isModel = ModelCode.TryParse(text, out var code);
            Assert.Equal(isModel, await page.EvaluateAsync<bool>("text => scanRules.isModel(text)", text));
            if (isModel)
                Assert.Equal(code.Key, await page.EvaluateAsync<string>("text => scanRules.keyOf(text)", text));
        }
    }

    [Fact]
    public async Task Rules_TakeApartOnlyWhatIsLabelled()
    {
        (string Scanned, string? Text, string? Model, string? Serial, string? Imei)[] cases =
        [
            ("7D6M5AB1800045N", "7D6M5AB1800045N", null, null, null),
            (" ]C17D6M5AB1800045N\r\n", "7D6M5AB1800045N", null, null, null),
            ("*LW90T554*", "LW90T554", null, null, null),
            ("S/N: 7D6M5AB1800045N", "S/N: 7D6M5AB1800045N", null, "7D6M5AB1800045N", null),
            ("MODEL:LW90T554/BE;SN:7D6M5AB1800045N;IMEI:352099001761481", null, "LW90T554/BE", "7D6M5AB1800045N", "352099001761481"),
            ("Model No. = LW90T554 Serial No: 7D6M5AB1800", null, "LW90T554", "7D6M5AB1800", null),
            ("IMEI1: 35 209900 176148 1\nIMEI2: 352099001761499", null, null, null, "35 209900 176148 1"),
            ("https://maker.example/r?model=LW90T554%2FBE&sn=7D6M5AB1800", null, "LW90T554/BE", "7D6M5AB1800", null),
            ("https://maker.example/sn:7D6M5AB1800", null, null, null, null),
            ("VERSN:123;COLOUR:RED", null, null, null, null),
            ("IMEI:352099001761482", null, null, null, null),
        ];
        await using var context = await ContextAsync(browser.Browser);
        var page = await OpenAsync(context, model: null);

        foreach (var (scanned, text, model, serial, imei) in cases)
        {
            var read = await page.EvaluateAsync<string[]>(
                "scanned => { const { text, parts } = scanRules.read(scanned); return [text, parts.model, parts.serial, parts.imei].map(part => part || ''); }", scanned);
            Assert.Equal([text ?? scanned, model ?? "", serial ?? "", imei ?? ""], read);
        }
    }

    private static ILocator Said(IPage page) => page.Locator("[data-scan-said] [data-text]");

    private static List<string> WatchDecoder(IBrowserContext context)
    {
        var seen = new List<string>();
        context.Request += (_, request) =>
        {
            if (request.Url.Contains("zxing", StringComparison.Ordinal))
                seen.Add(request.Url);
        };
        return seen;
    }

    /// <summary>As a hand scanner types: one key every five milliseconds by the browser's clock, however busy the machine is.</summary>
    private static async Task ScanAsync(IPage page, string text, string end = "Enter")
    {
        await using var keys = await page.Context.NewCDPSessionAsync(page);
        var at = (double)DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        foreach (var key in text.Select(c => c.ToString()).Append(end))
        {
            at += 5;
            var typed = key == "Enter" ? "\r" : key == "Tab" ? "" : key;
            await keys.SendAsync("Input.dispatchKeyEvent", new() { ["type"] = "keyDown", ["key"] = key, ["text"] = typed, ["timestamp"] = at / 1000 });
            await keys.SendAsync("Input.dispatchKeyEvent", new() { ["type"] = "keyUp", ["key"] = key, ["timestamp"] = at / 1000 });
        }
    }

    /// <summary>Live or ended: the last stream that the page was given.</summary>
    private static async Task<string> TracksAsync(IPage page) => await page.EvaluateAsync<string>("streams.at(-1).getTracks()[0].readyState");

    private static async Task TurnAsync(IPage page, string state) => await page.EvaluateAsync(
        "state => { Object.defineProperty(document, 'visibilityState', { value: state, configurable: true }); document.dispatchEvent(new Event('visibilitychange')); }", state);

    /// <summary>Neither sent nor loaded again, and no policy broken.</summary>
    private static async Task StillThereAsync(IPage page) => Assert.Equal("still there", await page.EvaluateAsync<string>("broken.join('\\n') || marker"));

    private async Task<IBrowserContext> ContextAsync(IBrowser chosen, params string[] permissions)
    {
        var context = await chosen.NewContextAsync(new() { BaseURL = demo.Portal.BaseUrl, Locale = "fr-BE", Permissions = permissions });
        context.SetDefaultTimeout(15_000);
        await context.AddInitScriptAsync(
            """
            window.streams = [];
            window.broken = [];
            document.addEventListener('securitypolicyviolation', e => broken.push(`${e.effectiveDirective} ${e.blockedURI}`));
            const given = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
            navigator.mediaDevices.getUserMedia = async wanted => { const stream = await given(wanted); streams.push(stream); return stream; };
            """);
        return context;
    }

    /// <summary>A form, with a model if one is given.</summary>
    private static async Task<IPage> OpenAsync(IBrowserContext context, string? model, string slug = "repair", string login = DealerPage.Jean)
    {
        var page = await context.NewPageAsync();
        await page.GotoAsync("/dossiers/new/" + slug);
        if (page.Url.Contains("/sign-in", StringComparison.Ordinal))
        {
            await page.Locator("#Email").FillAsync(login);
            await page.Locator("#Password").FillAsync(PortalRun.DemoPassword);
            await page.Locator("#sign-in .btn-primary").ClickAsync();
            await Expect(page).ToHaveURLAsync(new Regex("/dossiers/new/" + slug));
        }

        if (model is not null)
        {
            await page.Locator("#ModelCode").FillAsync(model);
            await page.Locator("#ModelCode").PressAsync("Enter");
            await Expect(page.Locator("#offer .offer")).ToBeVisibleAsync();
        }

        // Without scripts nothing can be left in the page.
        if (await page.Locator("html.can-scan").CountAsync() > 0 || slug != "repair")
            await page.EvaluateAsync("window.marker = 'still there'");
        return page;
    }
}
