using DealerPortal.Core.Accounts;

namespace DealerPortal.Web.Access;

/// <summary>The person behind this request, or nobody.</summary>
public sealed class CurrentUser
{
    public SessionSnapshot? Snapshot { get; internal set; }

    public bool IsSignedIn => Snapshot is not null;

    /// <exception cref="InvalidOperationException">Nobody is signed in; the route should have asked for it.</exception>
    public SessionSnapshot Required => Snapshot ?? throw new InvalidOperationException("Nobody is signed in.");
}
