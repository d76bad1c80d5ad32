using System.Globalization;
using DealerPortal.Core;
using DealerPortal.Core.Accounts;
using DealerPortal.Core.Content.Dealercards;
using DealerPortal.Core.Data;
using DealerPortal.Core.Files;
using ImageMagick;
using ImageMagick.Drawing;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Web.Development.Demo;

/// <summary>Dealercards with a version in force, one before it, one to come, and one in another language; each of one page that the portal itself writes.</summary>
internal sealed class DemoDealercards(PortalDbContext db, DealercardFiles files, DealercardKeeping keeping, TimeProvider time)
{
    private static readonly string[] Lines = ["Catalogue de demonstration", "Tarifs conseilles, hors taxes", "LW90T554/BE   449,00", "RF65A9/BE     899,00", "TV55QD8/BE    749,00", "SB-Q70        199,00"];

    public async Task AddAsync(CancellationToken ct)
    {
        var administrator = await db.Users.Where(user => user.StaffRole == StaffRole.PortalAdministrator).Select(user => user.Id).FirstAsync(ct);
        var today = Formats.Today(time);
        var both = new CardContent("Dealercard Belux (Brun et Blanc)", CardLanguages.Fr, CardCountries.Belux, CardGoods.BrownGoods | CardGoods.WhiteGoods);
        var card = await keeping.AddAsync(both, new CardValidity(today.AddDays(-60), null), await FileAsync("dealercard-belux-automne.pdf", "#9a5b13", both.Title, ct), administrator, ct);
        await keeping.AddVersionAsync(card.CardId, new CardValidity(today.AddDays(-10), null), await FileAsync("dealercard-belux.pdf", "#0b5b6d", both.Title, ct), administrator, ct);
        await keeping.AddVersionAsync(card.CardId, new CardValidity(today.AddDays(36), null), await FileAsync("dealercard-belux-janvier.pdf", "#12663a", both.Title, ct), administrator, ct);
        var dutch = new CardContent("Dealercard Belux (Bruin- en witgoed)", CardLanguages.Nl, CardCountries.Belux, CardGoods.BrownGoods | CardGoods.WhiteGoods);
        await keeping.AddAsync(dutch, new CardValidity(today.AddDays(-10), null), await FileAsync("dealercard-belux-nl.pdf", "#0b5b6d", dutch.Title, ct), administrator, ct);
        var mobile = new CardContent("Dealercard Mobile, conditions de reprise", CardLanguages.Fr | CardLanguages.Nl, CardCountries.Belgium, CardGoods.Mobile);
        await keeping.AddAsync(mobile, new CardValidity(today.AddDays(-24), today.AddDays(67)), await FileAsync("dealercard-mobile.pdf", "#5a2a82", mobile.Title, ct), administrator, ct);
        var german = new CardContent("Dealercard Luxemburg (Weiße Ware)", CardLanguages.De, CardCountries.Luxembourg, CardGoods.WhiteGoods);
        await keeping.AddAsync(german, new CardValidity(today.AddDays(-5), null), await FileAsync("dealercard-luxemburg.pdf", "#1b54a6", german.Title, ct), administrator, ct);
        foreach (var (version, count) in (await db.DealercardVersions.OrderBy(v => v.UploadedAt).Select(v => v.Id).Take(2).ToListAsync(ct)).Zip([3, 2]))
        {
            for (var i = 0; i < count; i++)
                await keeping.CountDownloadAsync(version, ct);
        }
    }

    private async Task<CardFile> FileAsync(string name, string colour, string title, CancellationToken ct)
    {
        using var pdf = new MemoryStream(Pdf(colour, title));
        if (await files.KeepPdfAsync(pdf, name, ct) is not KeepResult.Kept { File: var kept })
            throw new InvalidOperationException("A demo PDF was refused.");
        using var cover = new MemoryStream(Cover(colour));
        return new CardFile(kept, (await files.KeepPictureAsync(cover, "cover.png", ct)).Key, 1);
    }

    /// <summary>A page with a band and some lines.</summary>
    private static byte[] Pdf(string colour, string title)
    {
        var rgb = string.Join(' ', Convert.FromHexString(colour[1..]).Select(part => (part / 255m).ToString("0.###", CultureInfo.InvariantCulture)));
        var text = string.Concat(Lines.Select((line, i) => string.Create(CultureInfo.InvariantCulture, $"BT /F1 18 Tf 60 {620 - (i * 34)} Td ({line}) Tj ET\n")));
        var content = $"{rgb} rg 0 700 595 142 re f\n1 g BT /F1 26 Tf 40 755 Td ({DemoSheet.Escaped(title)}) Tj ET\n0 g\n{text}";
        return DemoSheet.Page(content);
    }

    /// <summary>The same page as a drawing, bars for words.</summary>
    private static byte[] Cover(string colour)
    {
        using var image = new MagickImage(MagickColors.White, 595, 842);
        var page = new Drawables().FillColor(new MagickColor(colour)).Rectangle(0, 0, 595, 142).FillColor(MagickColors.White).Rectangle(40, 62, 460, 86).FillColor(new MagickColor("#3c4046"));
        for (var line = 0; line < Lines.Length; line++)
            page.Rectangle(60, 208 + (line * 34), 60 + (Lines[line].Length * 10), 222 + (line * 34));
        page.Draw(image);
        return image.ToByteArray(MagickFormat.Png);
    }
}
