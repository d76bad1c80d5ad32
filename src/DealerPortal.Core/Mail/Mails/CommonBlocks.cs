namespace DealerPortal.Core.Mail.Mails;

/// <summary>Blocks that several mails share.</summary>
internal static class CommonBlocks
{
    public static Paragraph Help(this MailTexts t) =>
        new(t["Help", t.Brand.DealerlinePhone, t.Brand.DealerlineHours, t.Brand.SupportAddress], IsNote: true);

    /// <summary>What to do when it was not the owner, after a change to how one signs in.</summary>
    public static Paragraph NotYou(this MailTexts t) =>
        new(t["NotYou", t.Brand.DealerlinePhone, t.Brand.DealerlineHours, t.Brand.SupportAddress]);

    public static Facts Applicant(this MailTexts t, string name, string email, string organisation) => new(
    [
        new Fact(t["Fact.Name"], name),
        new Fact(t["Fact.Email"], email),
        new Fact(t["Fact.Organisation"], organisation),
    ]);
}
