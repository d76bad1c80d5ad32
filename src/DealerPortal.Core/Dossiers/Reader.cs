using DealerPortal.Core.Accounts;

namespace DealerPortal.Core.Dossiers;

/// <summary>Who is reading, with the rights that decide what they see.</summary>
/// <param name="UserId">The person.</param>
/// <param name="StaffRole">None for a dealer.</param>
/// <param name="SeesWholeOrganisation">An administrator of the organisation, or an employee where colleagues see all.</param>
public sealed record Reader(int UserId, StaffRole StaffRole, bool SeesWholeOrganisation)
{
    /// <summary>The portal itself, at work on what a machine reported: every organisation's rows, as staff reads them.</summary>
    public static readonly Reader Portal = new(0, StaffRole.SupportAgent, SeesWholeOrganisation: true);

    public bool IsStaff => StaffRole != StaffRole.None;
}

/// <summary>The one place that decides which dossiers a person sees.</summary>
public static class DossierVisibility
{
    /// <summary>
    /// Rows looked up by dossiers that were found within the reader's rights. To name the organisation once more would tempt
    /// SQLite, which knows no statistics, to read all of the organisation instead. It lifts the organisation's filter from the
    /// whole query, not from these rows alone: a query that also holds other rows must name the organisation itself.
    /// </summary>
    public static IQueryable<T> OfFound<T>(this IQueryable<T> rows)
        where T : class, Data.IOrganisationOwned => Data.Tenancy.AllOrganisations(rows);

    /// <summary>Those that are open. Compared with a parameter: SQLite does not seek a bare boolean column.</summary>
    public static IQueryable<Dossier> Open(this IQueryable<Dossier> dossiers)
    {
        var isOpen = true;
        return dossiers.Where(d => d.IsOpen == isOpen);
    }

    /// <summary>Rows that belong to a dossier which <see cref="VisibleTo"/> has let through: of all organisations for staff.</summary>
    public static IQueryable<T> ScopedTo<T>(this IQueryable<T> rows, Reader reader)
        where T : class, Data.IOrganisationOwned => reader.IsStaff ? Data.Tenancy.AllOrganisations(rows) : rows;

    /// <summary>
    /// Staff: all organisations. A dealer: the current organisation (the tenancy filter), and within it everything
    /// or only what they own.
    /// </summary>
    public static IQueryable<Dossier> VisibleTo(this IQueryable<Dossier> dossiers, Reader reader)
    {
        if (reader.IsStaff)
            return Data.Tenancy.AllOrganisations(dossiers);
        return reader.SeesWholeOrganisation ? dossiers : dossiers.Where(d => d.OwnerId == reader.UserId);
    }
}
