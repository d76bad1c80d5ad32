using DealerPortal.Core.Catalogue;
using DealerPortal.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DealerPortal.Core.Dossiers;

/// <summary>The row of what only one type of dossier asks; its key is the dossier's.</summary>
public interface IDossierDetails : IOrganisationOwned
{
    long DossierId { get; }
}

/// <summary>What follows a request, with a status of its own.</summary>
public enum DossierTrack : byte
{
    None = 0,
    Repair = 1,
    Return = 2,
}

/// <summary>An answer as people read it, in the language of the current culture.</summary>
/// <param name="IsLong">Of several lines, which pages show and the facts of a mail leave out.</param>
public sealed record DossierAnswer(string Label, string Value, bool IsLong = false)
{
    /// <summary>The dossier that the answer names, to which pages lead.</summary>
    public string? DossierNumber { get; init; }
}

/// <summary>
/// What a type of dossier tells about itself, wherever it is shown: page, print, mail, admin area. Those know no type by name.
/// </summary>
public abstract class DossierKind
{
    public abstract DossierType Type { get; }

    public virtual DossierTrack Track => DossierTrack.None;

    /// <summary>Whether a device is at the centre of it, so that a missing serial number is worth saying.</summary>
    public virtual bool HasDevice => true;

    /// <summary>What the branch, or the end user's address, means here. Null: where the device is.</summary>
    public virtual string? PlaceLabel(bool atEndUser) => null;

    /// <summary>What the slip of a return or a pickup says that only the type knows.</summary>
    public abstract SlipFacts Slip(IDossierDetails details);

    /// <summary>What the dealer can do next once the request was completed so, in the language of the current culture; null for nothing.</summary>
    public virtual string? NextStep(Resolution resolution) => null;

    /// <summary>
    /// Sets the service that the house offers for the device where none is known, as for a model that the catalogue does not
    /// know. False for a type without one, and where one is set already.
    /// </summary>
    public virtual Task<bool> SetMissingOfferAsync(PortalDbContext db, long dossierId, ServiceOffer offer, CancellationToken ct) => Task.FromResult(false);

    /// <summary>Whether the service that the house offers for the device is still to be said.</summary>
    public virtual bool LacksOffer(IDossierDetails details) => false;

    /// <summary>The row of the type's own table; null where there is none for this reader.</summary>
    public abstract Task<IDossierDetails?> FindAsync(PortalDbContext db, long dossierId, Reader reader, CancellationToken ct);

    /// <summary>The answers that only this type has, in the order in which they are read, without those left empty.</summary>
    public abstract IReadOnlyList<DossierAnswer> Answers(IDossierDetails details);
}

/// <inheritdoc/>
public abstract class DossierKind<TDetails> : DossierKind
    where TDetails : class, IDossierDetails
{
    public sealed override async Task<IDossierDetails?> FindAsync(PortalDbContext db, long dossierId, Reader reader, CancellationToken ct) =>
        await Rows(db.Set<TDetails>().AsNoTracking()).ScopedTo(reader).SingleOrDefaultAsync(row => EF.Property<long>(row, nameof(IDossierDetails.DossierId)) == dossierId, ct);

    public sealed override IReadOnlyList<DossierAnswer> Answers(IDossierDetails details) => [.. Answers((TDetails)details)];

    public sealed override SlipFacts Slip(IDossierDetails details) => Slip((TDetails)details);

    protected abstract IEnumerable<DossierAnswer> Answers(TDetails details);

    protected virtual SlipFacts Slip(TDetails details) => new();

    /// <summary>With what belongs to the row, such as its lines.</summary>
    protected virtual IQueryable<TDetails> Rows(IQueryable<TDetails> rows) => rows;
}

/// <summary>The types that can be filed.</summary>
public sealed class DossierKinds(IEnumerable<DossierKind> kinds)
{
    private readonly Dictionary<DossierType, DossierKind> _kinds = kinds.ToDictionary(kind => kind.Type);

    public DossierKind this[DossierType type] => _kinds[type];
}

internal static class DossierDetailsMapping
{
    /// <summary>The table of a type's own answers: key = foreign key to the dossier.</summary>
    public static void MapDetails<TDetails>(this EntityTypeBuilder<TDetails> builder, string table)
        where TDetails : class, IDossierDetails
    {
        builder.ToTable(table);
        builder.HasKey(nameof(IDossierDetails.DossierId));
        builder.Property<long>(nameof(IDossierDetails.DossierId)).ValueGeneratedNever();
        builder.HasOne<Dossier>().WithOne().HasForeignKey<TDetails>(nameof(IDossierDetails.DossierId));
    }
}
