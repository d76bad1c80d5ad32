using DealerPortal.Core;
using DealerPortal.Core.Data;
using DealerPortal.Core.ServiceCentres;
using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Admin.ServiceCentres.Centres;

public sealed class CentreForm
{
    public string? Name { get; set; }
    public Guid Stamp { get; set; }

    public string Line => TypedText.SingleLine(Name);
}

public sealed class CentreValidator : AbstractValidator<CentreForm>
{
    public CentreValidator(IStringLocalizer<CentreTexts> t) =>
        RuleFor(c => c.Name).Cascade(CascadeMode.Stop)
            .Must((c, _) => c.Line.Length > 0).WithMessage(_ => t["Name.Missing"])
            .Must((c, _) => c.Line.Length <= ServiceCentre.NameMaxLength).WithMessage(_ => t["Text.TooLong", ServiceCentre.NameMaxLength]);
}

public sealed record CentresPage(IReadOnlyList<CentreRow> Centres, CentreForm Form);

/// <param name="Keys">Those that open something.</param>
/// <param name="LastEventAt">Null for a centre that never reported anything.</param>
public sealed record CentreRow(int Id, string Name, DateTime? DeactivatedAt, int Keys, DateTime? LastEventAt);

public sealed record CentrePage(ServiceCentre Centre, IReadOnlyList<KeyRow> Keys)
{
    public CentreForm Form { get; init; } = new() { Name = Centre.Name, Stamp = Centre.Stamp };
}

public sealed record KeyRow(int Id, string Prefix, CentreScopes Scopes, DateTime CreatedAt, string CreatedBy, DateTime? LastUsedAt, DateTime? RevokedAt);

/// <summary>Reads a service centre as its page shows it.</summary>
public sealed class CentrePages(PortalDbContext db)
{
    /// <summary>Where a new key waits to be shown.</summary>
    public const string NewKey = nameof(NewKey);

    /// <summary>More centres than any manufacturer has here.</summary>
    public const int CentresShown = 200;

    private const int KeysShown = 50;

    public async Task<CentrePage?> ReadAsync(int id, CancellationToken ct)
    {
        if (await db.ServiceCentres.AsNoTracking().SingleOrDefaultAsync(c => c.Id == id, ct) is not { } centre)
            return null;
        var keys = await (
            from key in db.CentreKeys.AsNoTracking()
            join creator in db.Users.AsNoTracking() on key.CreatedById equals creator.Id
            where key.CentreId == id
            orderby key.RevokedAt != null, key.CreatedAt descending, key.Id descending
            select new KeyRow(key.Id, key.Prefix, key.Scopes, key.CreatedAt, creator.FirstName + " " + creator.LastName, key.LastUsedAt, key.RevokedAt)).Take(KeysShown).ToListAsync(ct);
        return new CentrePage(centre, keys);
    }
}
