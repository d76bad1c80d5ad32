using DealerPortal.Core.Audit;
using DealerPortal.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Core.Dossiers.Templates;

/// <summary>A template as it is to be; lengths and places checked by the caller.</summary>
/// <param name="Resolution">With <see cref="TemplatePurpose.Closing"/>, and only then.</param>
/// <param name="Type">Null for every type.</param>
public sealed record TemplateContent(string Name, TemplatePurpose Purpose, Resolution? Resolution, DossierType? Type, LocalizedText Text);

public enum TemplateOutcome
{
    Saved,
    NotFound,

    /// <summary>Another template, in use or not, has this name.</summary>
    NameTaken,

    /// <summary>Somebody saved it since it was read.</summary>
    Changed,
}

/// <summary>Adds, changes and takes out of use the templates of answers.</summary>
public sealed class AnswerTemplateEditing(PortalDatabase database, TimeProvider time)
{
    public Task<TemplateOutcome> AddAsync(TemplateContent content, int actorId, CancellationToken ct) => SaveAsync(
        async (write, now, token) =>
        {
            var template = new AnswerTemplate
            {
                Name = content.Name,
                Purpose = content.Purpose,
                Resolution = content.Resolution,
                Type = content.Type,
                Text = content.Text,
                UpdatedAt = now,
                UpdatedById = actorId,
            };
            write.Db.Add(template);
            await write.Db.SaveChangesAsync(token);
            write.Db.Record(now, actorId, "template.added", nameof(AnswerTemplate), template.Id);
            return TemplateOutcome.Saved;
        }, ct);

    /// <param name="stamp">Of the row the person had before them.</param>
    public Task<TemplateOutcome> ChangeAsync(int id, Guid stamp, TemplateContent content, int actorId, CancellationToken ct) => SaveAsync(
        async (write, now, token) =>
        {
            if (await write.Db.AnswerTemplates.SingleOrDefaultAsync(t => t.Id == id, token) is not { } template)
                return TemplateOutcome.NotFound;
            if (template.Stamp != stamp)
                return TemplateOutcome.Changed;
            template.Name = content.Name;
            template.Purpose = content.Purpose;
            template.Resolution = content.Resolution;
            template.Type = content.Type;
            template.Text = content.Text;
            template.UpdatedAt = now;
            template.UpdatedById = actorId;
            write.Db.Record(now, actorId, "template.changed", nameof(AnswerTemplate), id);
            return TemplateOutcome.Saved;
        }, ct);

    /// <summary>Offers a template, or no longer; what was sent with it stays. Twice is as good as once.</summary>
    public Task<TemplateOutcome> SetActiveAsync(int id, bool active, int actorId, CancellationToken ct) => SaveAsync(
        async (write, now, token) =>
        {
            if (await write.Db.AnswerTemplates.SingleOrDefaultAsync(t => t.Id == id, token) is not { } template)
                return TemplateOutcome.NotFound;
            if (template.DeactivatedAt is null == active)
                return TemplateOutcome.Saved;
            template.DeactivatedAt = active ? null : now;
            write.Db.Record(now, actorId, active ? "template.reactivated" : "template.deactivated", nameof(AnswerTemplate), id);
            return TemplateOutcome.Saved;
        }, ct);

    private async Task<TemplateOutcome> SaveAsync(Func<WriteScope, DateTime, CancellationToken, Task<TemplateOutcome>> save, CancellationToken ct)
    {
        try
        {
            return await database.WriteAsync((write, token) => save(write, time.GetUtcNow().UtcDateTime, token), ct);
        }
        catch (DbUpdateConcurrencyException)
        {
            return TemplateOutcome.Changed;
        }
        catch (DbUpdateException exception) when (exception.IsUniqueViolation())
        {
            return TemplateOutcome.NameTaken;
        }
    }
}
