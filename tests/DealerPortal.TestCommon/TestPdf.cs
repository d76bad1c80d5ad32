using System.Globalization;
using System.Text;

namespace DealerPortal.TestCommon;

/// <summary>PDFs as small as they may be.</summary>
public static class TestPdf
{
    /// <summary>One page with a coloured field that readers can draw; another hue is another file.</summary>
    /// <param name="trailer">Entries added to the trailer's dictionary.</param>
    public static byte[] OnePage(int hue = 0, string trailer = "")
    {
        var content = string.Create(CultureInfo.InvariantCulture, $"0.1 0.{hue % 10} 0.6 rg 0 100 200 100 re f");
        string[] objects =
        [
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 283] /Contents 4 0 R >>",
            $"<< /Length {content.Length} >>\nstream\n{content}\nendstream",
        ];
        var file = new StringBuilder("%PDF-1.4\n");
        var table = new StringBuilder("0000000000 65535 f \n");
        for (var i = 0; i < objects.Length; i++)
        {
            table.Append(CultureInfo.InvariantCulture, $"{file.Length:0000000000} 00000 n \n");
            file.Append(CultureInfo.InvariantCulture, $"{i + 1} 0 obj\n{objects[i]}\nendobj\n");
        }

        return Encoding.ASCII.GetBytes(string.Create(
            CultureInfo.InvariantCulture, $"{file}xref\n0 {objects.Length + 1}\n{table}trailer\n<< /Size {objects.Length + 1} /Root 1 0 R {trailer} >>\nstartxref\n{file.Length}\n%%EOF\n"));
    }
}
