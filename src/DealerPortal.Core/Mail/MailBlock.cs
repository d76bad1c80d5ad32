using System.Text.Json.Serialization;

namespace DealerPortal.Core.Mail;

/// <summary>A piece of a mail's body. Both renderers know every kind; all text is plain and gets encoded.</summary>
[JsonDerivedType(typeof(Section), "section")]
[JsonDerivedType(typeof(Paragraph), "paragraph")]
[JsonDerivedType(typeof(Facts), "facts")]
[JsonDerivedType(typeof(Highlight), "highlight")]
[JsonDerivedType(typeof(Button), "button")]
[JsonDerivedType(typeof(Code), "code")]
[JsonDerivedType(typeof(Quote), "quote")]
[JsonDerivedType(typeof(List), "list")]
public abstract record MailBlock;

/// <summary>Begins one of several news in the same mail.</summary>
public sealed record Section(string Title) : MailBlock;

/// <param name="IsNote">Of lesser weight: where to ask, what is attached.</param>
public sealed record Paragraph(string Text, bool IsNote = false) : MailBlock;

public sealed record Fact(string Label, string Value);

/// <summary>Labels and values, one pair per line.</summary>
public sealed record Facts(IReadOnlyList<Fact> Items) : MailBlock;

/// <summary>The tinted box: the one thing to remember.</summary>
public sealed record Highlight(string Title, params string[] Lines) : MailBlock;

/// <param name="Url">Absolute, from <see cref="MailTexts.Url"/>; anything else is refused.</param>
/// <param name="IsSecond">Of lesser weight than the mail's first.</param>
public sealed record Button(string Text, string Url, bool IsSecond = false) : MailBlock;

/// <summary>A code to type, large and spaced.</summary>
public sealed record Code(string Value) : MailBlock;

/// <summary>What somebody wrote, as typed, with its line breaks.</summary>
public sealed record Quote(string Text) : MailBlock;

public sealed record List(IReadOnlyList<string> Items) : MailBlock;
