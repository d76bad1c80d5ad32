namespace DealerPortal.Core.Mail;

/// <summary>Several news about one dossier as one mail: each in its order, what all of them say once.</summary>
internal sealed class GatheredNews
{
    private readonly IReadOnlyList<MailPart> _parts;

    /// <param name="parts">In the order in which they happened.</param>
    public GatheredNews(IReadOnlyList<MailPart> parts)
    {
        _parts = WithOwnFileNames(parts);
        var settled = parts.Select((part, i) => part.SettlesQuestion ? i : -1).Max();
        Leading = _parts.Select((part, i) => (Part: part, Weight: part.Weight == MailWeight.Question && i < settled ? MailWeight.News : part.Weight))
            .Reverse().MaxBy(weighed => weighed.Weight).Part;
        Waits = Leading.Weight == MailWeight.Question && Index(Leading) > settled;
    }

    /// <summary>What matters most, and of that the latest.</summary>
    public MailPart Leading { get; }

    /// <summary>Whether something waits for the reader.</summary>
    public bool Waits { get; }

    public IReadOnlyList<MailFile> Files => [.. _parts.SelectMany(part => part.Files)];

    public MailPage Page(MailRecipient to, MailTexts t, bool takesAnswers)
    {
        var others = _parts.Count - 1;
        return MailPage.Of(
            others == 1 ? t["Gathered.Subject.One", Leading.Subject] : t["Gathered.Subject.More", Leading.Subject, others],
            string.Join(" · ", _parts.Select(part => part.Heading)),
            t["Gathered.Heading", _parts.Count],
            [.. Blocks(t)],
            string.Join(' ', _parts.Select(part => part.FooterReason).OfType<string>().Distinct()),
            to,
            t,
            takesAnswers);
    }

    private IEnumerable<MailBlock> Blocks(MailTexts t)
    {
        if (Waits)
            yield return new Highlight(Leading.Heading, t["Gathered.Waits"]);
        else
            yield return new Paragraph(t["Gathered.Intro"]);
        for (var i = 0; i < _parts.Count; i++)
        {
            var part = _parts[i];
            var later = _parts.Skip(i + 1).SelectMany(other => other.Notes).ToList();
            yield return new Section(part.Heading);
            foreach (var block in part.Blocks)
                yield return block;
            // The same hint is said once, at the last of them.
            foreach (var note in part.Notes.Where(note => !later.Contains(note)))
                yield return note;
        }

        yield return Waits ? Leading.Button : _parts[^1].Button;
        yield return new Facts(Facts());
    }

    /// <summary>Each label once, where it stood first, with what was known last.</summary>
    private IReadOnlyList<Fact> Facts()
    {
        var facts = new List<Fact>();
        foreach (var fact in _parts.SelectMany(part => part.Facts))
        {
            var known = facts.FindIndex(other => other.Label == fact.Label);
            if (known < 0)
                facts.Add(fact);
            else
                facts[known] = fact;
        }

        return facts;
    }

    /// <summary>Appointments bring files of one name: from the second on they have a number, also where the text names them.</summary>
    private static IReadOnlyList<MailPart> WithOwnFileNames(IReadOnlyList<MailPart> parts)
    {
        var used = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        return [.. parts.Select(part => part.Files.Aggregate(part, (named, file) =>
        {
            var name = file.Name;
            for (var number = 2; !used.Add(name); number++)
                name = FormattableString.Invariant($"{Path.GetFileNameWithoutExtension(file.Name)}-{number}{Path.GetExtension(file.Name)}");
            return name == file.Name ? named : named with
            {
                Files = [.. named.Files.Select(other => other == file ? file with { Name = name } : other)],
                Notes = [.. named.Notes.Select(note => note is Paragraph paragraph ? paragraph with { Text = paragraph.Text.Replace(file.Name, name, StringComparison.Ordinal) } : note)],
            };
        }))];
    }

    private int Index(MailPart part) => _parts.TakeWhile(other => other != part).Count();
}
