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

    /// <summary>The only one, or the one this person used last; null where that says nothing.</summary>
    public async Task<string?> UsualAsync(SessionSnapshot person, CancellationToken ct)
    {
        var branches = await db.Branches.Where(b => b.DeactivatedAt == null).Select(b => b.Id).ToListAsync(ct);
        var usual = branches is [var only]
            ? only
            : await db.Dossiers.Where(d => d.OwnerId == person.FilesForUserId && d.BranchId != null && branches.Contains(d.BranchId.Value))
                .OrderByDescending(d => d.CreatedAt).Select(d => d.BranchId).FirstOrDefaultAsync(ct);
        return usual?.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>The choices of a select, with an empty one while none is chosen.</summary>
    public static IReadOnlyList<SelectListItem> Options(IBranchInput input, string choose)
    {
        var options = input.Branches.Select(b => new SelectListItem(b.AddressLine, b.Id.ToString(CultureInfo.InvariantCulture)));
        return [.. input.ChosenBranch is null ? options.Prepend(new(choose, "")) : options];
    }
}
