using System.Text;
using MimeKit.Text;

namespace DealerPortal.Core.Mail.Inbound;

/// <summary>The text of an HTML mail, for those that have no other. Nothing of it is ever shown as HTML.</summary>
internal static class HtmlText
{
    private static readonly HashSet<HtmlTagId> _silent = [HtmlTagId.Head, HtmlTagId.Style, HtmlTagId.Script, HtmlTagId.Title, HtmlTagId.Object, HtmlTagId.Applet, HtmlTagId.NoScript];

    private static readonly HashSet<HtmlTagId> _void =
    [
        HtmlTagId.Area, HtmlTagId.Base, HtmlTagId.Br, HtmlTagId.Col, HtmlTagId.Embed, HtmlTagId.HR, HtmlTagId.Image, HtmlTagId.Input, HtmlTagId.Link, HtmlTagId.Meta, HtmlTagId.Param,
    ];

    private static readonly HashSet<HtmlTagId> _blocks =
    [
        HtmlTagId.Address, HtmlTagId.BlockQuote, HtmlTagId.Center, HtmlTagId.Div, HtmlTagId.DL, HtmlTagId.DT, HtmlTagId.DD, HtmlTagId.H1, HtmlTagId.H2, HtmlTagId.H3,
        HtmlTagId.H4, HtmlTagId.H5, HtmlTagId.H6, HtmlTagId.LI, HtmlTagId.OL, HtmlTagId.P, HtmlTagId.Pre, HtmlTagId.Table, HtmlTagId.TR, HtmlTagId.UL,
    ];

    /// <summary>Classes and ids by which mail programs mark what was answered.</summary>
    private static readonly string[] _quotes = ["gmail_quote", "gmail_quote_container", "yahoo_quoted", "protonmail_quote", "zmail_extra", "moz-cite-prefix", "OutlookMessageHeader"];

    /// <summary>Those after which everything was answered.</summary>
    private static readonly string[] _ends = ["divRplyFwdMsg", "appendonsend", "mail-editor-reference-message-container", "ms-outlook-mobile-body-separator-line", "x_divRplyFwdMsg"];

    private static readonly string[] _signatures = ["gmail_signature", "moz-signature", "ms-outlook-mobile-signature", "protonmail_signature_block"];

    public static string Whole(string html) => Read(html, marksQuotes: false);

    /// <summary>What was answered is a line with nothing but <see cref="ReplyText.QuoteMark"/>; what ends the text is <see cref="ReplyText.EndMark"/>.</summary>
    public static string WithQuotesMarked(string html) => Read(html, marksQuotes: true);

    private static string Read(string html, bool marksQuotes)
    {
        var tokenizer = new HtmlTokenizer(new StringReader(html)) { DecodeCharacterReferences = true };
        var text = new Lines();
        // The element whose content is left out, and how deep it is nested in its own kind.
        (HtmlTagId Tag, int Depth)? skipped = null;
        var pre = 0;
        while (tokenizer.ReadNextToken(out var token))
        {
            switch (token)
            {
                case HtmlTagToken tag when skipped is { } open:
                    if (tag.Id == open.Tag && !tag.IsEmptyElement)
                    {
                        var depth = open.Depth + (tag.IsEndTag ? -1 : 1);
                        skipped = depth == 0 ? null : open with { Depth = depth };
                    }

                    break;
                case HtmlTagToken { IsEndTag: false } tag:
                    if (_silent.Contains(tag.Id))
                    {
                        skipped = tag.IsEmptyElement ? null : (tag.Id, 1);
                        break;
                    }

                    if (marksQuotes && IsEnd(tag))
                    {
                        text.Mark(ReplyText.EndMark);
                        return text.ToString();
                    }

                    if (marksQuotes && !_void.Contains(tag.Id) && !tag.IsEmptyElement)
                    {
                        if (IsQuote(tag))
                        {
                            text.Mark(ReplyText.QuoteMark);
                            skipped = (tag.Id, 1);
                            break;
                        }

                        if (Names(tag, _signatures))
                        {
                            skipped = (tag.Id, 1);
                            break;
                        }
                    }

                    pre += tag.Id == HtmlTagId.Pre ? 1 : 0;
                    text.Open(tag.Id, _blocks.Contains(tag.Id));
                    break;
                case HtmlTagToken tag:
                    pre -= tag.Id == HtmlTagId.Pre && pre > 0 ? 1 : 0;
                    text.Close(tag.Id, _blocks.Contains(tag.Id));
                    break;
                case HtmlDataToken data when skipped is null:
                    text.Write(data.Data, asIs: pre > 0);
                    break;
            }
        }

        return text.ToString();
    }

    private static bool IsQuote(HtmlTagToken tag) =>
        tag.Id == HtmlTagId.BlockQuote && (Attribute(tag, "type") is "cite" || Names(tag, _quotes)) || Names(tag, _quotes);

    /// <summary>Outlook draws a line above the head of what was answered.</summary>
    private static bool IsEnd(HtmlTagToken tag) => Names(tag, _ends)
        || tag.Id == HtmlTagId.Div && Attribute(tag, "style")?.Replace(" ", "", StringComparison.Ordinal) is { } style
            && style.Contains("border:none;border-top:solid#", StringComparison.OrdinalIgnoreCase);

    private static bool Names(HtmlTagToken tag, string[] names) =>
        Attribute(tag, "id") is { } id && names.Contains(id, StringComparer.Ordinal)
        || Attribute(tag, "class") is { } classes && classes.Split(' ').Any(name => names.Contains(name, StringComparer.Ordinal));

    private static string? Attribute(HtmlTagToken tag, string name) =>
        tag.Attributes.FirstOrDefault(attribute => string.Equals(attribute.Name, name, StringComparison.OrdinalIgnoreCase))?.Value;

    /// <summary>Text as it flows on a page: white space is one space, blocks begin a line.</summary>
    private sealed class Lines
    {
        private readonly StringBuilder _text = new();
        private bool _space;

        public void Write(string data, bool asIs)
        {
            foreach (var c in data)
            {
                if (asIs && c is '\n')
                {
                    _text.Append('\n');
                }
                else if (c is ' ' or '\t' or '\n' or '\r' or '\f' or '\u00A0')
                {
                    _space = true;
                }
                else if (c is not (ReplyText.QuoteMark or ReplyText.EndMark))
                {
                    if (_space && _text.Length > 0 && _text[^1] != '\n')
                        _text.Append(' ');
                    _space = false;
                    _text.Append(c);
                }
            }
        }

        public void Mark(char mark)
        {
            Break();
            _text.Append(mark).Append('\n');
        }

        public void Open(HtmlTagId tag, bool isBlock)
        {
            if (tag == HtmlTagId.Br)
            {
                _text.Append('\n');
                _space = false;
                return;
            }

            if (isBlock)
                Break();
            if (tag == HtmlTagId.P)
                Blank();
            if (tag == HtmlTagId.LI)
                _text.Append("- ");
            if (tag is HtmlTagId.TD or HtmlTagId.TH)
                _space = true;
        }

        public void Close(HtmlTagId tag, bool isBlock)
        {
            if (isBlock)
                Break();
            if (tag == HtmlTagId.P)
                Blank();
        }

        public override string ToString() => _text.ToString();

        private void Break()
        {
            _space = false;
            if (_text.Length > 0 && _text[^1] != '\n')
                _text.Append('\n');
        }

        private void Blank()
        {
            if (_text.Length > 1 && !(_text[^1] == '\n' && _text[^2] == '\n'))
                _text.Append('\n');
        }
    }
}
