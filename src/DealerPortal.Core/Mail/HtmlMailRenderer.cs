using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.RegularExpressions;
using System.Text.Unicode;

namespace DealerPortal.Core.Mail;

/// <summary>The HTML body: tables and inline styles, since mail programs know little else. Everything that is not markup here is encoded.</summary>
internal static partial class HtmlMailRenderer
{
    // Letters with accents stay as they are: the body is UTF-8.
    private static readonly HtmlEncoder _encoder = HtmlEncoder.Create(UnicodeRanges.All);

    private const string Font = "font-family:Segoe UI,Roboto,Helvetica,Arial,sans-serif";
    private const string Ink = "color:#14202a";

    /// <summary>For the programs that show dark mails; the others keep the inline colours.</summary>
    private const string Dark =
        "@media (prefers-color-scheme:dark){.canvas{background:#0e151a!important}.card{background:#161f26!important;border-color:#2a3741!important}" +
        ".ink{color:#e7edf1!important}.muted{color:#a5b3bd!important}.tint{background:#1f2a32!important}.line{border-color:#2a3741!important}}";

    /// <summary>On a narrow screen a value stands below its label, and serial numbers stay whole.</summary>
    private const string Narrow =
        "@media (max-width:480px){.label,.value{display:block!important;width:auto!important}.label{padding-bottom:0!important}.value{border-top:0!important;padding-top:0!important}.inner{padding-left:16px!important;padding-right:16px!important}}";

    public static string Render(MailPage page, BrandOptions brand)
    {
        var language = page.Texts.Culture.Name;
        var deep = Colour(brand.ColourDeep, "#0c2a35");
        var on = Colour(brand.ColourOn, "#ffffff");
        var html = new StringBuilder(8192);
        html.Append(CultureInfo.InvariantCulture, $"""
            <!doctype html>
            <html lang="{language}">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">
            <title>{Encode(page.Subject)}</title>
            <style>{Dark}{Narrow}</style>
            </head>
            <body class="canvas" style="margin:0;padding:0;background:#f4f6f7">

            """);
        if (page.Preheader is { } preheader)
            html.Append(CultureInfo.InvariantCulture, $"""<div aria-hidden="true" style="display:none;max-height:0;overflow:hidden">{Encode(preheader)}</div>""").Append('\n');
        html.Append(CultureInfo.InvariantCulture, $"""
            <div role="main" lang="{language}"><table role="presentation" class="canvas" width="100%" cellpadding="0" cellspacing="0" style="background:#f4f6f7"><tr><td align="center" style="padding:24px 12px">
            <table role="presentation" class="card" width="100%" cellpadding="0" cellspacing="0" style="max-width:600px;background:#ffffff;border:1px solid #dbe1e6;border-radius:12px;border-collapse:separate">
            <tr><td class="inner" style="{Font};padding:16px 24px;background:{deep};color:{on};font-size:17px;font-weight:700;border-radius:11px 11px 0 0">{Encode(page.Texts.Brand.Name)}</td></tr>
            <tr><td class="inner" style="padding:24px 24px 8px">
            <h1 class="ink" style="{Font};word-break:break-word;hyphens:auto;margin:0 0 8px;font-size:22px;line-height:1.3;{Ink}">{Encode(page.Heading)}</h1>

            """);
        html.Append(P(Encode(page.Greeting)));
        foreach (var block in page.Blocks)
            html.Append(Block(block, brand));
        html.Append(CultureInfo.InvariantCulture, $"""
            </td></tr>
            <tr><td class="muted line inner" style="{Font};padding:16px 24px;border-top:1px solid #dbe1e6;font-size:13px;line-height:1.5;color:#50606c">
            """);
        if (page.FooterReason is { } reason)
            html.Append(Encode(reason)).Append("<br>");
        html.Append(Encode(page.Signature)).Append("</td></tr>\n</table></td></tr></table></div>\n</body>\n</html>\n");
        return html.ToString();
    }

    private static string Block(MailBlock block, BrandOptions brand) => block switch
    {
        Section section => $"""<h2 class="ink line" style="{Font};word-break:break-word;hyphens:auto;margin:8px 0 8px;padding-top:16px;border-top:1px solid #dbe1e6;font-size:18px;line-height:1.3;{Ink}">{Encode(section.Title)}</h2>""" + "\n",
        Paragraph { IsNote: false } paragraph => P(Encode(paragraph.Text)),
        Paragraph note => $"""<p class="muted" style="{Font};margin:0 0 16px;font-size:15px;line-height:1.5;color:#46555f">{Encode(note.Text)}</p>""" + "\n",
        Highlight highlight => Box(
            "18px",
            $"<strong>{Encode(highlight.Title)}</strong>" + string.Concat(highlight.Lines.Select((line, i) =>
                i < highlight.Lines.Length - 1 || highlight.Lines.Length == 1
                    ? $"<br>{Encode(line)}"
                    : $"""<br><span class="muted" style="font-size:15px;color:#46555f">{Encode(line)}</span>"""))),
        Code code => Box(
            "32px",
            $"""<span style="font-family:Consolas,Menlo,monospace;font-weight:700;letter-spacing:8px">{Encode(code.Value)}</span>"""),
        Quote quote => Bordered(string.Join("<br>", MailPage.Lines(quote.Text).Select(Encode))),
        Button { IsSecond: true } button => $"""<table role="presentation" cellpadding="0" cellspacing="0" style="margin-bottom:16px"><tr><td style="border:1px solid #76848f;border-radius:8px"><a class="ink" href="{Encode(button.Url)}" style="{Font};display:inline-block;padding:11px 19px;{Ink};font-size:16px;font-weight:600;text-decoration:none">{Encode(button.Text)}</a></td></tr></table>""" + "\n",
        Button button => $"""<table role="presentation" cellpadding="0" cellspacing="0" style="margin-bottom:16px"><tr><td style="background:{Colour(brand.Colour, "#0b5b6d")};border-radius:8px"><a href="{Encode(button.Url)}" style="{Font};display:inline-block;padding:12px 20px;color:{Colour(brand.ColourOn, "#ffffff")};font-size:16px;font-weight:600;text-decoration:none">{Encode(button.Text)}</a></td></tr></table>""" + "\n",
        List list => $"""<ul class="ink" style="{Font};margin:0 0 16px;padding-left:24px;font-size:16px;line-height:1.5;{Ink}">{string.Concat(list.Items.Select(item => $"<li>{Encode(item)}</li>"))}</ul>""" + "\n",
        Facts facts => $"""<table width="100%" cellpadding="0" cellspacing="0" style="border-collapse:collapse;margin-bottom:16px">{string.Concat(facts.Items.Select(Row))}</table>""" + "\n",
        _ => throw new NotSupportedException($"The HTML renderer does not know {block.GetType().Name}."),
    };

    private static string P(string html) => $"""<p class="ink" style="{Font};margin:0 0 16px;font-size:16px;line-height:1.5;{Ink}">{html}</p>""" + "\n";

    private static string Box(string size, string html) =>
        $"""<table role="presentation" class="tint" width="100%" cellpadding="0" cellspacing="0" style="background:#e9f1f2;border-radius:8px;margin-bottom:16px"><tr><td class="ink" style="{Font};padding:16px;{Ink};font-size:{size};line-height:1.4">{html}</td></tr></table>""" + "\n";

    private static string Bordered(string html) =>
        $"""<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="margin-bottom:16px"><tr><td class="ink line" style="{Font};padding:4px 0 4px 16px;border-left:4px solid #dbe1e6;{Ink};font-size:16px;line-height:1.5">{html}</td></tr></table>""" + "\n";

    private static string Row(Fact fact) =>
        $"""<tr><th scope="row" class="muted line label" style="{Font};word-break:break-word;padding:8px 16px 8px 0;border-top:1px solid #dbe1e6;color:#50606c;font-size:14px;font-weight:400;text-align:left;vertical-align:top;width:38%">{Encode(fact.Label)}</th><td class="ink line value" style="{Font};word-break:break-word;padding:8px 0;border-top:1px solid #dbe1e6;{Ink};font-size:15px">{Encode(fact.Value)}</td></tr>""";

    private static string Encode(string text) => _encoder.Encode(text);

    private static string Colour(string? configured, string standard) => configured is not null && Hex().IsMatch(configured) ? configured : standard;

    [GeneratedRegex("^#[0-9a-fA-F]{6}$", RegexOptions.NonBacktracking)]
    private static partial Regex Hex();
}
