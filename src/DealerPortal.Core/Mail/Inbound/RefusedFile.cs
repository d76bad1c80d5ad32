using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Files;

namespace DealerPortal.Core.Mail.Inbound;

/// <summary>A file of an answer that was not taken, and why.</summary>
/// <param name="Name">One line.</param>
public sealed record RefusedFile(string Name, FileRefusal Reason)
{
    /// <summary>As an entry of the timeline keeps them, each on its line.</summary>
    public static string Write(IEnumerable<RefusedFile> files)
    {
        var lines = new List<string>();
        var length = 0;
        foreach (var line in files.Select(file => $"{file.Reason} {file.Name}").TakeWhile(line => (length += line.Length + 1) <= TimelineEntry.TextMaxLength))
            lines.Add(line);
        return string.Join('\n', lines);
    }

    /// <inheritdoc cref="Write"/>
    public static IReadOnlyList<RefusedFile> Read(string? text) =>
    [
        .. (text ?? "").Split('\n').Select(line => line.Split(' ', 2))
            .Where(parts => parts.Length == 2 && Enum.TryParse<FileRefusal>(parts[0], out _))
            .Select(parts => new RefusedFile(parts[1], Enum.Parse<FileRefusal>(parts[0]))),
    ];
}
