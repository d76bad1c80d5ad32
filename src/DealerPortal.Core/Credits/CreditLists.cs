using DealerPortal.Core.Catalogue;
using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Search;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Core.Credits;

public enum CreditSort
{
    /// <summary>By the date on which it was asked for, the latest first.</summary>
    Newest,
    Oldest,

    /// <summary>The largest amount first.</summary>
    Amount,
}

/// <summary>What is still to be found for a credit; for staff.</summary>
public enum CreditGap
{
    /// <summary>No confirmed organisation has its customer number.</summary>
    Owner,

    /// <summary>It has an owner and no dossier.</summary>
    Dossier,
}

/// <summary>What a list of credits is narrowed to.</summary>
public sealed record CreditFilter
{
    /// <summary>A GRMS number, a serial number, the dealer's reference or a model, or the beginning of one.</summary>
    public string? Text { get; init; }

    public CreditState? State { get; init; }
    public CreditKind? Kind { get; init; }
    public Beneficiary? Beneficiary { get; init; }
    public DateOnly? From { get; init; }
    public DateOnly? Until { get; init; }

    /// <summary>For staff.</summary>
    public int? OrganisationId { get; init; }

    /// <summary>For staff.</summary>
    public CreditGap? Gap { get; init; }

    public CreditSort Sort { get; init; }
    public int Page { get; init; } = 1;

    public bool IsEmpty => this with { Sort = CreditSort.Newest, Page = 1 } == new CreditFilter();
}

/// <param name="OrganisationName">For staff; null for a dealer and where there is no owner.</param>
public sealed record CreditListRow(
    string GrmsNumber, CreditKind Kind, CreditState State, DateOnly RequestedOn, string? ModelCode, string? SerialNumber, string? Reference, Beneficiary Beneficiary,
    decimal? Depreciation, long AmountCents, string CustomerNumber, string? OrganisationName, bool HasDossier);

/// <param name="Count">All that match, exact up to <see cref="CreditLists.CountLimit"/>; one more means «more than that».</param>
/// <param name="TotalCents">The sum of all that match; null where there are more than are counted.</param>
public sealed record CreditPage(IReadOnlyList<CreditListRow> Rows, int Count, long? TotalCents, bool HasNext);

/// <summary>The lists of credits: of an organisation for its members, of all for the staff.</summary>
public sealed class CreditLists(PortalDbContext db)
{
    public const int PageSize = 25;

    /// <summary>Of an organisation more are hardly ever found; of all the staff narrows the list.</summary>
    public const int CountLimit = 1000;

    public const int LastPage = 10_000;

    /// <summary>Credits of the current organisation, or of all for the staff.</summary>
    public IQueryable<Credit> VisibleTo(bool isStaff) => isStaff ? db.Credits.AllOrganisations().AsNoTracking() : db.Credits.AsNoTracking();

    public async Task<CreditPage> ReadAsync(bool isStaff, CreditFilter filter, CancellationToken ct)
    {
        var matching = Matching(isStaff, filter);
        var rows = await Rows(Ordered(matching, filter.Sort).Skip((filter.Page - 1) * PageSize).Take(PageSize + 1), isStaff).ToListAsync(ct);
        var hasNext = rows.Count > PageSize;
        if (hasNext)
            rows.RemoveAt(PageSize);
        if (filter.Page == 1 && !hasNext)
            return new CreditPage(rows, rows.Count, rows.Sum(row => row.AmountCents), false);
        // Those of one dealer are added up however many they are; of all that would read the whole table for every page.
        var count = await matching.Take(CountLimit + 1).CountAsync(ct);
        var total = !isStaff || count <= CountLimit ? await matching.SumAsync(c => c.AmountCents, ct) : (long?)null;
        return new CreditPage(rows, count, total, hasNext);
    }

    /// <summary>The GRMS number of the one credit whose number, serial number or reference is exactly this; null where there is none, or several.</summary>
    public async Task<string?> OnlyAsync(bool isStaff, string text, CancellationToken ct)
    {
        if (Credit.KeyOf(text) is not { } key)
            return null;
        var visible = VisibleTo(isStaff);
        var found = await visible.Where(c => c.GrmsNumber == key).Select(c => c.GrmsNumber)
            .Union(visible.Where(c => c.SerialNumber == key).Select(c => c.GrmsNumber))
            .Union(visible.Where(c => c.ReferenceKey == key).Select(c => c.GrmsNumber)).Take(2).ToListAsync(ct);
        return found is [var one] ? one : null;
    }

    /// <summary>How many have a gap, exact up to <see cref="CountLimit"/>; for staff.</summary>
    public Task<int> CountAsync(CreditGap gap, CancellationToken ct) => Matching(true, new CreditFilter { Gap = gap }).Take(CountLimit + 1).CountAsync(ct);

    public IQueryable<Credit> Matching(bool isStaff, CreditFilter filter)
    {
        var credits = VisibleTo(isStaff);
        if (filter.State is { } state)
            credits = credits.Where(c => c.State == state);
        if (filter.Kind is { } kind)
            credits = credits.Where(c => c.Kind == kind);
        if (filter.Beneficiary is { } beneficiary)
            credits = credits.Where(c => c.Beneficiary == beneficiary);
        if (filter.From is { } from)
            credits = credits.Where(c => c.RequestedOn >= from);
        if (filter.Until is { } until)
            credits = credits.Where(c => c.RequestedOn <= until);
        if (isStaff && filter.OrganisationId is { } organisation)
            credits = credits.Where(c => c.OrganisationId == organisation);
        if (isStaff && filter.Gap == CreditGap.Owner)
            credits = credits.Where(c => c.OrganisationId == null);
        else if (isStaff && filter.Gap == CreditGap.Dossier)
            credits = credits.Where(c => c.OrganisationId != null && c.DossierId == null);
        return Credit.KeyOf(filter.Text) is { } key ? Having(credits, VisibleTo(isStaff), key)
            : string.IsNullOrWhiteSpace(filter.Text) ? credits
            : credits.Where(_ => false);
    }

    public static IQueryable<Credit> Ordered(IQueryable<Credit> credits, CreditSort sort) => sort switch
    {
        CreditSort.Oldest => credits.OrderBy(c => c.RequestedOn).ThenBy(c => c.Id),
        CreditSort.Amount => credits.OrderByDescending(c => c.AmountCents).ThenByDescending(c => c.Id),
        _ => credits.OrderByDescending(c => c.RequestedOn).ThenByDescending(c => c.Id),
    };

    /// <summary>By ranges, each of which an index seeks.</summary>
    private static IQueryable<Credit> Having(IQueryable<Credit> credits, IQueryable<Credit> all, string key)
    {
        var (from, to) = SearchTokens.PrefixRange(key);
        var model = ModelCode.KeyOf(key);
        var (modelFrom, modelTo) = SearchTokens.PrefixRange(model.Length > 0 ? model : key);
        var ids = all.Where(c => c.GrmsNumber.CompareTo(from) >= 0 && c.GrmsNumber.CompareTo(to) < 0).Select(c => c.Id)
            .Union(all.Where(c => c.SerialNumber!.CompareTo(from) >= 0 && c.SerialNumber!.CompareTo(to) < 0).Select(c => c.Id))
            .Union(all.Where(c => c.ReferenceKey!.CompareTo(from) >= 0 && c.ReferenceKey!.CompareTo(to) < 0).Select(c => c.Id))
            .Union(all.Where(c => c.ModelCode!.CompareTo(modelFrom) >= 0 && c.ModelCode!.CompareTo(modelTo) < 0).Select(c => c.Id));
        return credits.Where(c => ids.Contains(c.Id));
    }

    private IQueryable<CreditListRow> Rows(IQueryable<Credit> credits, bool isStaff) => credits.Select(c => new CreditListRow(
        c.GrmsNumber, c.Kind, c.State, c.RequestedOn, c.ModelCode, c.SerialNumber, c.Reference, c.Beneficiary, c.Depreciation, c.AmountCents, c.CustomerNumber,
        isStaff ? db.Organisations.Where(o => o.Id == c.OrganisationId).Select(o => o.Name).FirstOrDefault() : null, c.DossierId != null));
}

public static class CreditsOfDossier
{
    /// <summary>The credits of a dossier that was found within the reader's rights, the latest first.</summary>
    public static IQueryable<Credit> OfDossier(this IQueryable<Credit> credits, Dossier dossier) =>
        credits.AllOrganisations().Where(c => c.DossierId == dossier.Id && c.OrganisationId == dossier.OrganisationId).OrderByDescending(c => c.RequestedOn).ThenByDescending(c => c.Id);
}
