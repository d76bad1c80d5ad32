using DealerPortal.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Core.Accounts;

internal static class InsertRaces
{
    /// <summary>For rows that two requests may want to add at once: the second one starts again and finds what the first one added.</summary>
    public static async Task<T> WriteAgainAfterRaceAsync<T>(this PortalDatabase database, Func<WriteScope, CancellationToken, Task<T>> work, CancellationToken ct)
    {
        try
        {
            return await database.WriteAsync(work, ct);
        }
        catch (DbUpdateException exception) when (exception.IsUniqueViolation())
        {
            return await database.WriteAsync(work, ct);
        }
    }
}
