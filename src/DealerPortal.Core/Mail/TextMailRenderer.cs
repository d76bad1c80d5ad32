using System.Text;

namespace DealerPortal.Core.Mail;

/// <summary>The plain-text body: the same words in the same order, at most 76 columns wide except for links.</summary>
internal static class TextMailRenderer
{
    private const int Width = 76;

    public static string Render(MailPage page)
    {
        var text = new StringBuilder(2048);
        text.Append(Wrap(page.Heading)).Append('\n').Append('=', Math.Min(MailPage.Flow(page.Heading).Length, Width)).Append("\n\n");
        text.Append(Wrap(page.Greeting)).Append("\n\n");
        foreach (var block in page.Blocks)
            text.Append(Block(block, page.Texts)).Append("\n\n");
        text.Append("-- \n");
        if (page.FooterReason is { } reason)
            text.Append(Wrap(reason)).Append('\n');
        return text.Append(Wrap(page.Signature)).Append('\n').ToString();
    }

    private static string Block(MailBlock block, MailTexts t) => block switch
    {
        Section section => Wrap(section.Title) + "\n" + new string('-', Math.Min(MailPage.Flow(section.Title).Length, Width)),
        Paragraph paragraph => Wrap(paragraph.Text),
        Highlight highlight => string.Join('\n', highlight.Lines.Prepend(highlight.Title).Select(line => Wrap(line, "  "))),
        Code code => "    " + MailPage.Flow(code.Value),
        Quote quote => string.Join('\n', MailPage.Lines(quote.Text).Select(line => Wrap(line, "> "))),
        Button button => t["Text.Button", MailPage.Flow(button.Text)] + "\n" + button.Url,
        List list => string.Join('\n', list.Items.Select(item => Wrap(item, "  ", "- "))),
        Facts facts => string.Join('\n', facts.Items.Select(fact => Wrap(t["Text.Fact", fact.Label, fact.Value], "  ", ""))),
        _ => throw new NotSupportedException($"The text renderer does not know {block.GetType().Name}."),
    };

    /// <summary>Breaks at spaces only; no-break spaces and long words hold.</summary>
    private static string Wrap(string text, string indent = "", string? firstIndent = null)
    {
        var lines = new List<string>();
        var line = new StringBuilder(firstIndent ?? indent);
        var isEmpty = true;
        foreach (var word in MailPage.Flow(text).Split(' '))
        {
            if (!isEmpty && line.Length + 1 + word.Length > Width)
            {
                lines.Add(line.ToString());
                line.Clear().Append(indent);
                isEmpty = true;
            }

            line.Append(isEmpty ? "" : " ").Append(word);
            isEmpty = false;
        }

        lines.Add(line.ToString());
        return string.Join('\n', lines);
    }
}
