using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace DealerPortal.Core.Mail;

/// <summary>How much one of several news says about the mail that tells them all.</summary>
public enum MailWeight : byte
{
    /// <summary>Beside something else it is not worth the subject.</summary>
    Minor,
    News,

    /// <summary>Something waits for the reader, until a later one settles it.</summary>
    Question,
}

/// <summary>One piece of news as it can stand beside others in one mail, in the reader's language.</summary>
internal sealed record MailPart
{
    private static readonly JsonSerializerOptions _json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault };

    public required string Kind { get; init; }
    public required string Subject { get; init; }
    public required string Heading { get; init; }

    /// <summary>What it says before the button.</summary>
    public required IReadOnlyList<MailBlock> Blocks { get; init; }

    public required Button Button { get; init; }

    /// <summary>What it says after the button.</summary>
    public required IReadOnlyList<MailBlock> Notes { get; init; }

    public required IReadOnlyList<Fact> Facts { get; init; }
    public string? FooterReason { get; init; }
    public MailWeight Weight { get; init; }

    /// <summary>Whether nothing that was asked before it waits any more.</summary>
    public bool SettlesQuestion { get; init; }

    public required IReadOnlyList<MailFile> Files { get; init; }

    public static string Store(IReadOnlyList<MailPart> parts) => JsonSerializer.Serialize(parts, _json);

    public static IReadOnlyList<MailPart> Read(string stored) => JsonSerializer.Deserialize<List<MailPart>>(stored, _json)!;
}
