using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Core.Data;

/// <summary>A row that belongs to one organisation and is never seen by another.</summary>
public interface IOrganisationOwned
{
    int OrganisationId { get; }
}

/// <summary>A row that belongs to one organisation, or to nobody yet: then only staff see it.</summary>
public interface IMaybeOrganisationOwned
{
    int? OrganisationId { get; }
}

/// <summary>
/// The organisation that the current request or job works for. Queries on organisation-owned rows
/// throw while it is unset, so that forgetting it can never widen what is read.
/// </summary>
public sealed class CurrentTenant
{
    private int? _organisationId;

    public bool IsSet => _organisationId is not null;

    /// <exception cref="TenantNotSetException">No organisation was chosen for this scope.</exception>
    public int OrganisationId => _organisationId ?? throw new TenantNotSetException();

    /// <summary>Whether this scope only looks, as staff do in a dealer's place.</summary>
    public bool IsReadOnly { get; private set; }

    /// <summary>From now on every write of this scope throws.</summary>
    public void ForbidWrites() => IsReadOnly = true;

    public void Set(int organisationId) => _organisationId = organisationId;

    internal void CopyFrom(CurrentTenant other) => _organisationId = other._organisationId;
}

/// <summary>A query on organisation-owned rows ran without an organisation and without <see cref="Tenancy.AllOrganisations"/>.</summary>
public sealed class TenantNotSetException() : InvalidOperationException(
    "No organisation is set for this scope. Set CurrentTenant, or say AllOrganisations() where staff or a job reads across organisations.");

/// <summary>The one way around the organisation filter. A test pins its call sites.</summary>
public static class Tenancy
{
    public const string Filter = "Organisation";

    /// <summary>Reads across organisations: for staff, who are checked before, and for jobs.</summary>
    public static IQueryable<T> AllOrganisations<T>(this IQueryable<T> rows)
        where T : class => rows.IgnoreQueryFilters([Filter]);
}
