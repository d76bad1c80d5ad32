using DealerPortal.Core.Accounts;
using DealerPortal.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Core.Dossiers.Templates;

/// <summary>A template as it is offered for one dossier.</summary>
/// <param name="Resolution">With <see cref="TemplatePurpose.Closing"/>, and only then.</param>
/// <param name="Text">Filled.</param>
public sealed record FilledTemplate(int Id, string Name, TemplatePurpose Purpose, Resolution? Resolution, string Text);

/// <summary>The templates that support may use, and their texts filled for dossiers.</summary>
public sealed class AnswerTemplates(PortalDbContext db, TimeProvider time)
{
    /// <summary>The templates in use for dossiers of a type: its own first, then those for every type, each by name.</summary>
    /// <param name="type">Null: only those for every type, as for a choice of dossiers.</param>
    /// <param name="purpose">Null: for every purpose.</param>
    public async Task<IReadOnlyList<AnswerTemplate>> ForTypeAsync(DossierType? type, TemplatePurpose? purpose, CancellationToken ct)
    {
        var templates = db.AnswerTemplates.AsNoTracking().Where(t => t.DeactivatedAt == null && (t.Type == null || t.Type == type));
        if (purpose is { } one)
            templates = templates.Where(t => t.Purpose == one);
        return await templates.OrderBy(t => t.Type == null).ThenBy(t => t.Name).ToListAsync(ct);
    }

    /// <summary>What can be sent about a dossier, filled, in a language; in the order of <see cref="ForTypeAsync"/>.</summary>
    /// <param name="language">The owner's, unless support chose another.</param>
    public async Task<IReadOnlyList<FilledTemplate>> ForDossierAsync(Dossier dossier, string language, CancellationToken ct)
    {
        var templates = await ForTypeAsync(dossier.Type, null, ct);
        if (templates.Count == 0)
            return [];
        var facts = await (
            from owner in db.Users.AsNoTracking()
            from organisation in db.Organisations.AsNoTracking()
            where owner.Id == dossier.OwnerId && organisation.Id == dossier.OrganisationId
            select new { Name = PersonName.Shown(owner.FirstName + " " + owner.LastName), Organisation = organisation.Name }).SingleAsync(ct);
        var filled = TemplateFacts.Of(dossier, facts.Name, facts.Organisation);
        return [.. templates.Select(t => new FilledTemplate(t.Id, t.Name, t.Purpose, t.Resolution, TemplateText.Fill(t.Text.In(language), filled, language, Today)))];
    }

    /// <summary>
    /// One template for several dossiers, each in its owner's language, by dossier. Without those that the reader does not
    /// see and those of a type the template is not for; empty when it is not in use.
    /// </summary>
    public async Task<IReadOnlyDictionary<long, string>> FillAsync(int templateId, Reader reader, IReadOnlyCollection<long> dossierIds, CancellationToken ct)
    {
        if (await db.AnswerTemplates.AsNoTracking().SingleOrDefaultAsync(t => t.Id == templateId && t.DeactivatedAt == null, ct) is not { } template)
            return new Dictionary<long, string>();
        var dossiers = db.Dossiers.AsNoTracking().VisibleTo(reader).Where(d => dossierIds.Contains(d.Id));
        if (template.Type is { } type)
            dossiers = dossiers.Where(d => d.Type == type);
        var rows = await (
            from dossier in dossiers
            join owner in db.Users.AsNoTracking() on dossier.OwnerId equals owner.Id
            join organisation in db.Organisations.AsNoTracking() on dossier.OrganisationId equals organisation.Id
            select new { Dossier = dossier, Name = PersonName.Shown(owner.FirstName + " " + owner.LastName), Organisation = organisation.Name, owner.Language }).ToListAsync(ct);
        var today = Today;
        return rows.ToDictionary(
            row => row.Dossier.Id,
            row => TemplateText.Fill(template.Text.In(row.Language), TemplateFacts.Of(row.Dossier, row.Name, row.Organisation), row.Language, today));
    }

    private DateOnly Today => Formats.Today(time);
}
