using DealerPortal.Core.Accounts;
using DealerPortal.Web.Access;

namespace DealerPortal.Web.Features.Admin.More;

/// <summary>The groups in which the admin area's pages stand.</summary>
public enum AdminGroup
{
    People,
    Handling,
    Content,
    Running,
}

/// <summary>A page of the admin area. Its name and the line that says what it is for are the texts <c>{Key}</c> and <c>{Key}.About</c>.</summary>
public sealed record AdminEntry(AdminGroup Group, string Path, string Icon, string Key, Audience Audience = Audience.Staff);

/// <summary>All pages of the admin area that one goes to, in the order in which they are listed.</summary>
public static class AdminArea
{
    private static readonly AdminEntry[] _entries =
    [
        new(AdminGroup.People, "/admin/users", "user-search", "Users"),
        new(AdminGroup.People, "/admin/requests", "user-check", "Requests"),
        new(AdminGroup.People, "/admin/organisations", "building-store", "Organisations"),
        new(AdminGroup.People, "/admin/organisations/imports", "cloud-upload", "OldPortal"),
        new(AdminGroup.People, "/admin/staff", "shield-lock", "Staff", Audience.PortalAdministrator),
        new(AdminGroup.Handling, "/admin/templates", "message-reply", "Templates"),
        new(AdminGroup.Handling, "/admin/views", "bookmark", "Views"),
        new(AdminGroup.Handling, "/admin/inbound", "inbox", "Inbound"),
        new(AdminGroup.Handling, "/exports", "download", "Exports"),
        new(AdminGroup.Handling, "/admin/credits", "receipt", "Credits"),
        new(AdminGroup.Handling, "/admin/figures", "chart-bar", "Figures"),
        new(AdminGroup.Content, "/admin/announcements", "speakerphone", "Announcements"),
        new(AdminGroup.Content, "/admin/consumer-assistance", "headset", "Assistance"),
        new(AdminGroup.Running, "/admin/outbox", "mail", "Outbox"),
        new(AdminGroup.Running, "/admin/audit", "history", "Audit", Audience.PortalAdministrator),
        new(AdminGroup.Handling, "/admin/service-centres/unknown", "help-circle", "UnknownCodes"),
        new(AdminGroup.Handling, "/admin/service-centres/codes", "arrows-sort", "CentreCodes"),
        new(AdminGroup.Running, "/admin/service-centres", "tools", "ServiceCentres"),
        new(AdminGroup.Handling, "/admin/catalogue", "package", "Catalogue"),
        new(AdminGroup.Handling, "/admin/doa-conditions", "shield-x", "DoaConditions", Audience.PortalAdministrator),
        new(AdminGroup.Content, "/admin/dealercards", "file-text", "Dealercards"),
        new(AdminGroup.Handling, "/admin/promises", "clock-hour-4", "Promises", Audience.PortalAdministrator),
        new(AdminGroup.Running, "/admin/closing-days", "calendar-event", "ClosingDays", Audience.PortalAdministrator),
    ];

    /// <summary>The pages that this person may open, by group.</summary>
    public static ILookup<AdminGroup, AdminEntry> For(SessionSnapshot person) =>
        _entries.Where(entry => new AudienceRequirement(entry.Audience).Admits(person)).ToLookup(entry => entry.Group);
}
