using DealerPortal.Core.Work;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DealerPortal.Core.Dossiers.Unanswered;

/// <summary>What time brings to dossiers.</summary>
public sealed class DossierHousekeeping(IServiceScopeFactory scopes, TimeProvider time, ILogger<DossierHousekeeping> log) : Housekeeping("dossiers", scopes, time, log)
{
    protected override Task DoAsync(IServiceProvider services, CancellationToken ct) => services.GetRequiredService<UnansweredQuestions>().FollowUpAsync(ct);
}
