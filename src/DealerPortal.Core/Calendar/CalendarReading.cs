using DealerPortal.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Core.Calendar;

public static class CalendarReading
{
    /// <summary>The working days as they are known now, with the closing days from <paramref name="from"/> on.</summary>
    public static async Task<WorkingDays> ReadWorkingDaysAsync(this PortalDbContext db, DateOnly from, CancellationToken ct) =>
        new((await db.Set<ClosingDay>().AsNoTracking().Where(d => d.Date >= from).Select(d => d.Date).ToListAsync(ct)).ToHashSet());
}
