namespace DealerPortal.Bench;

/// <summary>Those who sign in when the portal is measured; invented, on addresses that cannot exist (RFC 2606).</summary>
public static class BenchPeople
{
    public const string Password = "mesure parapluie 47";
    public const string AuthenticatorKey = "BENCHBENCHBENCHBENCHBENCHBENCH22";

    /// <summary>Administrators and employees of the two organisations whose size is known.</summary>
    public const string SmallAdministrator = "administrator@small.example";
    public const string SmallEmployee = "employee@small.example";
    public const string LargeAdministrator = "administrator@large.example";

    /// <summary>Looks after dossiers, as all agents do.</summary>
    public const string Agent = "agent1@dealerportal.example";
}
