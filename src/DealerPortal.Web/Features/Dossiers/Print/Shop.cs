using DealerPortal.Core.Organisations;

namespace DealerPortal.Web.Features.Dossiers.Print;

/// <summary>The dealer as paper names it.</summary>
/// <param name="Branch">Of the dossier; for a device that is at the end user's the organisation's first. Null where none was kept.</param>
public sealed record Shop(string Name, Branch? Branch);

/// <summary>An address as a label has it.</summary>
/// <param name="Phone">E.164.</param>
public sealed record Label(string Name, IReadOnlyList<string> Lines, string? Contact, string? Phone);
