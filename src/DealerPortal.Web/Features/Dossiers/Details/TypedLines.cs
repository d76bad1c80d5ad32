using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;

namespace DealerPortal.Web.Features.Dossiers.Details;

/// <summary>What somebody typed, encoded, with its line breaks.</summary>
public sealed class TypedLines(string text) : IHtmlContent
{
    public void WriteTo(TextWriter writer, HtmlEncoder encoder)
    {
        var isFirst = true;
        foreach (var line in text.Trim().ReplaceLineEndings("\n").Split('\n'))
        {
            if (!isFirst)
                writer.Write("<br>");
            encoder.Encode(writer, line);
            isFirst = false;
        }
    }
}
