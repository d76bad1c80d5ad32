namespace DealerPortal.Core.Mail.Mails;

/// <summary>
/// A mail about a dossier. Texts under the class's name: <c>Subject</c> (with the number), <c>Heading</c>,
/// <c>Intro</c>; then what the mail itself adds, the button to the dossier, and the facts.
/// </summary>
public abstract class DossierMail(DossierFacts dossier) : PortalMail
{
    public override long? DossierId => Dossier.Id;

    public override bool TakesAnswers => true;

    protected DossierFacts Dossier => dossier;

    /// <summary>The name of the <see cref="Dossiers.RepairStatus"/> that the mail reports, if it reports one.</summary>
    protected virtual string? RepairStatusKey => null;

    /// <summary>The name of the <see cref="Dossiers.ReturnStatus"/> that the mail reports, if it reports one.</summary>
    protected virtual string? ReturnStatusKey => null;

    protected virtual string ButtonKey => "Dossier.Open";

    protected virtual MailWeight Weight => MailWeight.News;

    /// <inheritdoc cref="MailPart.SettlesQuestion"/>
    protected virtual bool SettlesQuestion => false;

    public override string Subject(MailTexts t) => t[Key("Subject"), dossier.Number];

    public override string Heading(MailTexts t) => t[Key("Heading")];

    public override string? Preheader(MailTexts t) => Join(dossier.ModelCode, Reference(t)) is { Length: > 0 } line ? line : null;

    public override IEnumerable<MailBlock> Blocks(MailTexts t) => [.. Said(t), Main(t), .. Notes(t), new Facts([.. AllFacts(t)])];

    internal override MailPart Part(MailTexts t) => new()
    {
        Kind = GetType().Name,
        Subject = Subject(t),
        Heading = Heading(t),
        Blocks = [.. Said(t)],
        Button = Main(t),
        Notes = [.. Notes(t)],
        Facts = [.. AllFacts(t)],
        FooterReason = FooterReason(t),
        Weight = Weight,
        SettlesQuestion = SettlesQuestion,
        Files = [.. Files(t)],
    };

    public override string? FooterReason(MailTexts t) => t["Footer.Notify"];

    protected string Key(string name) => $"{GetType().Name}.{name}";

    /// <summary>What there is to say, before the button.</summary>
    protected virtual IEnumerable<MailBlock> News(MailTexts t) => [];

    /// <summary>What follows the button.</summary>
    protected virtual IEnumerable<MailBlock> Notes(MailTexts t) => [];

    /// <summary>What somebody wrote, as they wrote it; nothing where nobody did.</summary>
    protected static IEnumerable<MailBlock> Quoted(string? text) => string.IsNullOrWhiteSpace(text) ? [] : [new Quote(text)];

    /// <summary>To the slip that goes with the device.</summary>
    protected Button Slip(MailTexts t) => new(t["Slip.Open"], t.Url($"{dossier.Path}/slip"), IsSecond: true);

    /// <summary>What there is of the parts, with commas.</summary>
    protected static string Join(params string?[] parts) => string.Join(", ", parts.Where(part => !string.IsNullOrWhiteSpace(part)));

    protected string? Reference(MailTexts t) => string.IsNullOrWhiteSpace(dossier.Reference) ? null : t["Dossier.Reference", dossier.Reference];

    private IEnumerable<MailBlock> Said(MailTexts t) => [new Paragraph(t[Key("Intro")]), .. News(t)];

    private Button Main(MailTexts t) => new(t[ButtonKey], t.Url(dossier.Path));

    private IEnumerable<Fact> AllFacts(MailTexts t)
    {
        yield return new Fact(t["Fact.Dossier"], dossier.Number);
        yield return new Fact(t["Fact.Type"], t[$"Type.{dossier.TypeKey}"]);
        if (Join(dossier.ModelCode, dossier.ModelName) is { Length: > 0 } device)
            yield return new Fact(t["Fact.Device"], device);
        if (!string.IsNullOrWhiteSpace(dossier.SerialNumber))
            yield return new Fact(t["Fact.SerialNumber"], dossier.SerialNumber);
        if (!string.IsNullOrWhiteSpace(dossier.Reference))
            yield return new Fact(t["Fact.Reference"], dossier.Reference);
        if (dossier.GrmsNumber is { } grms)
            yield return new Fact(t["Fact.Grms"], grms);
        if (dossier.ServiceOrderNumber is { } order)
            yield return new Fact(t["Fact.ServiceOrder"], order);
        foreach (var answer in dossier.Answers().Where(answer => !answer.IsLong))
            yield return new Fact(answer.Label, answer.Value);
        if (RepairStatusKey is { } repair)
            yield return new Fact(t["Fact.RepairStatus"], t[$"RepairStatus.{repair}"]);
        if (ReturnStatusKey is { } returned)
            yield return new Fact(t["Fact.ReturnStatus"], t[$"ReturnStatus.{returned}"]);
    }
}
