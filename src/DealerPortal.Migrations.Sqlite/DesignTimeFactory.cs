using DealerPortal.Core.Data;
using Microsoft.EntityFrameworkCore.Design;

namespace DealerPortal.Migrations.Sqlite;

public sealed class DesignTimeFactory : IDesignTimeDbContextFactory<PortalDbContext>
{
    public PortalDbContext CreateDbContext(string[] args) => DesignTime.Create(DatabaseOptions.Sqlite);
}
