using System.Globalization;
using System.Text;

namespace DealerPortal.Web.Development.Demo;

/// <summary>PDFs of one page.</summary>
internal static class DemoSheet
{
    /// <summary>A title and a few lines of text.</summary>
    public static byte[] Of(string title, params string[] lines)
    {
        var text = new StringBuilder($"BT /F1 20 Tf 60 770 Td ({Escaped(title)}) Tj /F1 12 Tf 0 -24 Td ");
        foreach (var line in lines)
            text.Append(CultureInfo.InvariantCulture, $"0 -20 Td ({Escaped(line)}) Tj ");
        text.Append("ET");
        return Page(text.ToString());
    }

    /// <summary>The file of one page of A4, in a font that every reader has.</summary>
    /// <param name="content">What is drawn, in PDF's own words and the letters of Latin-1.</param>
    public static byte[] Page(string content)
    {
        string[] objects =
        [
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
            string.Create(CultureInfo.InvariantCulture, $"<< /Length {content.Length} >>\nstream\n{content}\nendstream"),
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        ];
        var pdf = new StringBuilder("%PDF-1.4\n");
        var offsets = new List<int>();
        for (var i = 0; i < objects.Length; i++)
        {
            offsets.Add(pdf.Length);
            pdf.Append(CultureInfo.InvariantCulture, $"{i + 1} 0 obj\n{objects[i]}\nendobj\n");
        }

        var xref = pdf.Length;
        pdf.Append(CultureInfo.InvariantCulture, $"xref\n0 {objects.Length + 1}\n0000000000 65535 f \n");
        foreach (var offset in offsets)
            pdf.Append(CultureInfo.InvariantCulture, $"{offset:0000000000} 00000 n \n");
        pdf.Append(CultureInfo.InvariantCulture, $"trailer\n<< /Size {objects.Length + 1} /Root 1 0 R >>\nstartxref\n{xref}\n%%EOF\n");
        return Encoding.Latin1.GetBytes(pdf.ToString());
    }

    /// <summary>A text as a PDF writes it: parentheses end one.</summary>
    public static string Escaped(string text) => text.Replace('’', '\'').Replace("\\", "\\\\", StringComparison.Ordinal).Replace("(", "\\(", StringComparison.Ordinal).Replace(")", "\\)", StringComparison.Ordinal);
}
