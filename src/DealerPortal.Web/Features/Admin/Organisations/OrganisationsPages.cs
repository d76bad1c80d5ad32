using System.Globalization;
using DealerPortal.Core.Organisations;
using DealerPortal.Core.Organisations.Support;
using DealerPortal.Web.Features.Shared;

namespace DealerPortal.Web.Features.Admin.Organisations;

/// <summary>The list, with what was asked of it.</summary>
/// <param name="Waiting">How many nobody has confirmed, bounded.</param>
public sealed record OrganisationsPage(string? Text, DirectoryView View, int Number, DirectoryPage Page, int Waiting)
{
    public bool IsSearch => !string.IsNullOrWhiteSpace(Text);

    public int First => ((Number - 1) * OrganisationDirectory.PageSize) + 1;
    public int Last => First + Page.Rows.Count - 1;

    public string UrlOf(int page) => IsSearch
        ? $"/admin/organisations?q={Uri.EscapeDataString(Text!)}&page={page.ToString(CultureInfo.InvariantCulture)}"
        : $"{UrlOf(View)}&page={page.ToString(CultureInfo.InvariantCulture)}";

    public static string UrlOf(DirectoryView view) => $"/admin/organisations?view={view}";
}

/// <summary>One organisation, with what was typed where it was refused.</summary>
/// <param name="Members">The first of them, those who can get in first.</param>
/// <param name="MemberCount">All of them.</param>
public sealed record OrganisationPage(
    Organisation Organisation, OrganisationForm Form, OrganisationFigures Figures, IReadOnlyList<Branch> Branches, IReadOnlyList<MemberLine> Members, int MemberCount)
{
    /// <summary>Where it went on, if it was merged.</summary>
    public string? MergedIntoName { get; init; }

    /// <summary>Whether somebody saved it since the form was opened.</summary>
    public bool IsChanged { get; init; }

    public bool HasNoAdministrator => Organisation.DeactivatedAt is null && !Members.Any(member => member.IsActiveAdministrator);

    public string Vat => VatNumber.TryParse(Organisation.VatNumber, out var vat) ? vat.Display : Organisation.VatNumber;

    public StatusBadge Badge => OrganisationBadge.Of(Organisation.ConfirmedAt is not null, Organisation.DeactivatedAt is null, Organisation.MergedIntoId is not null);
}

/// <param name="Id">Of the membership.</param>
/// <param name="IsLocked">Whether the person's account is out of use as a whole.</param>
public sealed record MemberLine(
    int Id, string Name, string Email, string? Phone, MembershipRole Role, MembershipStatus Status, bool IsLocked, DateTime? LastSignInAt)
{
    public bool IsActiveAdministrator => Role == MembershipRole.Administrator && Status == MembershipStatus.Approved && !IsLocked;
}

/// <summary>How the state of an organisation looks; texts of <see cref="OrganisationsTexts"/>.</summary>
public static class OrganisationBadge
{
    public static StatusBadge Of(bool isConfirmed, bool isActive, bool isMerged) =>
        isMerged ? new("idle", "arrows-join", "State.Merged")
        : !isActive ? new("idle", "ban", "State.Inactive")
        : isConfirmed ? new("ok", "circle-check", "State.Confirmed")
        : new("attn", "eye", "State.Unconfirmed");

    public static StatusBadge Of(DirectoryRow row) => Of(row.IsConfirmed, row.IsActive, row.IsMerged);
}

/// <summary>Two organisations before they become one.</summary>
/// <param name="Into">Null while it is being looked for.</param>
/// <param name="Hits">What was found, without the one that goes and those out of use.</param>
public sealed record MergePage(Organisation From, Organisation? Into, MergePreview? Preview, string? Text, IReadOnlyList<FoundOrganisation> Hits, MergeForm Form)
{
    public static string Vat(Organisation organisation) => VatNumber.TryParse(organisation.VatNumber, out var vat) ? vat.Display : organisation.VatNumber;
}
