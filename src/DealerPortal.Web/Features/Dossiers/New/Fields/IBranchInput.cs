using System.Globalization;
using DealerPortal.Core.Accounts;
using DealerPortal.Core.Data;
using DealerPortal.Core.Organisations;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Web.Features.Dossiers.New.Fields;

/// <summary>A form that names one of the organisation's branches.</summary>
public interface IBranchInput
{
    string? BranchId { get; }

    /// <summary>Those that can be chosen.</summary>
    IReadOnlyList<Branch> Branches { get; }

    /// <summary>The branch that was chosen; null for none and for one of somebody else.</summary>
    Branch? ChosenBranch => int.TryParse(BranchId, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? Branches.FirstOrDefault(b => b.Id == id) : null;
}

/// <summary>The branches of the organisation for a form.</summary>
public sealed class BranchChoices(PortalDbContext db)
{
    public async Task<IReadOnlyList<Branch>> AllAsync(CancellationToken ct) =>
        await db.Branches.AsNoTracking().Where(b => b.DeactivatedAt == null).OrderBy(b => b.Town).ThenBy(b => b.Street).ToListAsync(ct);

    /// <summary>
    /// The branch a new form begins with: the only one; otherwise whichever was said last, the organisation's default or the
    /// branch of this person's latest dossier; null where nothing says it. So a default counts for everybody as soon as it is
    /// set, and somebody who works elsewhere corrects it once, not in every form.
    /// </summary>
    public async Task<string?> UsualAsync(SessionSnapshot person, CancellationToken ct)
    {
        var open = await db.Branches.Where(b => b.DeactivatedAt == null).Select(b => new { b.Id, b.DefaultSince }).ToListAsync(ct);
        if (open is [var only])
            return only.Id.ToString(CultureInfo.InvariantCulture);
        var ids = open.ConvertAll(b => b.Id);
        var dossiers = db.Dossiers.Where(d => d.OwnerId == person.FilesForUserId && d.BranchId != null && ids.Contains(d.BranchId.Value));
        var preset = open.Find(b => b.DefaultSince is not null);
        if (preset is { DefaultSince: { } since })
            dossiers = dossiers.Where(d => d.CreatedAt > since);
        var usual = await dossiers.OrderByDescending(d => d.CreatedAt).Select(d => d.BranchId).FirstOrDefaultAsync(ct) ?? preset?.Id;
        return usual?.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>The choices of a select, with an empty one while none is chosen.</summary>
    public static IReadOnlyList<SelectListItem> Options(IBranchInput input, string choose)
    {
        var options = input.Branches.Select(b => new SelectListItem(b.AddressLine, b.Id.ToString(CultureInfo.InvariantCulture)));
        return [.. input.ChosenBranch is null ? options.Prepend(new(choose, "")) : options];
    }
}
