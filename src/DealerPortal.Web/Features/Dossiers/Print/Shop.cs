using DealerPortal.Core.Organisations;

namespace DealerPortal.Web.Features.Dossiers.Print;

/// <summary>The dealer as paper names it.</summary>
/// <param name="Branch">Of the dossier; for a device that is at the end user's the organisation's first. Null where none was kept.</param>
public sealed record Shop(string Name, Branch? Branch)
{
    public Label Label => Branch is { } branch
        ? new(Name, [branch.Street, $"{branch.PostalCode} {branch.Town}"]) { Country = branch.Country, Phone = branch.Phone }
        : new(Name, []);
}

/// <summary>An address as a label has it.</summary>
public sealed record Label(string Name, IReadOnlyList<string> Lines)
{
    /// <summary>ISO 3166 code, where it is known.</summary>
    public string? Country { get; init; }

    public string? Contact { get; init; }

    /// <summary>E.164.</summary>
    public string? Phone { get; init; }
}
