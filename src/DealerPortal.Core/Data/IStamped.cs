namespace DealerPortal.Core.Data;

/// <summary>
/// A row that two people may edit at once. The stamp changes with every save; a save that started from
/// another stamp fails with <see cref="Microsoft.EntityFrameworkCore.DbUpdateConcurrencyException"/>.
/// </summary>
public interface IStamped
{
    Guid Stamp { get; set; }
}
