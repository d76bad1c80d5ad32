using System.Linq.Expressions;
using DealerPortal.Core.Accounts;
using DealerPortal.Core.Audit;
using DealerPortal.Core.Catalogue;
using DealerPortal.Core.Content.Announcements;
using DealerPortal.Core.Content.Assistance;
using DealerPortal.Core.Content.Dealercards;
using DealerPortal.Core.Credits;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Dossiers.Templates;
using DealerPortal.Core.Files;
using DealerPortal.Core.Organisations;
using DealerPortal.Core.ServiceCentres;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace DealerPortal.Core.Data;

/// <summary>
/// The one model behind both databases. Reads go straight from here into view models; writes pass
/// <see cref="PortalDatabase.WriteAsync{T}"/>, which this context enforces.
/// </summary>
public sealed class PortalDbContext(DbContextOptions<PortalDbContext> options, CurrentTenant tenant)
    : IdentityUserContext<User, int>(options), IDataProtectionKeyContext
{
    /// <summary>Compares by code unit, so that ranges over search tokens, and ids that machines chose, mean the same in both databases.</summary>
    public const string OrdinalCollation = "Latin1_General_100_BIN2";

    public DbSet<UserSession> Sessions => Set<UserSession>();
    public DbSet<Registration> Registrations => Set<Registration>();
    public DbSet<Organisation> Organisations => Set<Organisation>();
    public DbSet<Branch> Branches => Set<Branch>();
    public DbSet<Membership> Memberships => Set<Membership>();
    public DbSet<ProductCategory> Categories => Set<ProductCategory>();
    public DbSet<ProductModel> Models => Set<ProductModel>();
    public DbSet<DoaConditionSet> DoaConditionSets => Set<DoaConditionSet>();
    public DbSet<Dossier> Dossiers => Set<Dossier>();
    public DbSet<RepairRequest> RepairRequests => Set<RepairRequest>();
    public DbSet<Appointment> Appointments => Set<Appointment>();
    public DbSet<TimelineEntry> Timeline => Set<TimelineEntry>();
    public DbSet<AnswerTemplate> AnswerTemplates => Set<AnswerTemplate>();
    public DbSet<Draft> Drafts => Set<Draft>();
    public DbSet<Attachment> Attachments => Set<Attachment>();
    public DbSet<DossierSearchToken> DossierTokens => Set<DossierSearchToken>();
    public DbSet<ServiceCentre> ServiceCentres => Set<ServiceCentre>();
    public DbSet<ServiceCentreKey> CentreKeys => Set<ServiceCentreKey>();
    public DbSet<CentreCode> CentreCodes => Set<CentreCode>();
    public DbSet<CentreEvent> CentreEvents => Set<CentreEvent>();
    public DbSet<CentreUpload> CentreUploads => Set<CentreUpload>();
    public DbSet<Credit> Credits => Set<Credit>();
    public DbSet<Dealercard> Dealercards => Set<Dealercard>();
    public DbSet<DealercardVersion> DealercardVersions => Set<DealercardVersion>();
    public DbSet<Announcement> Announcements => Set<Announcement>();
    public DbSet<AnnouncementDismissal> AnnouncementDismissals => Set<AnnouncementDismissal>();
    public DbSet<AssistanceText> AssistanceTexts => Set<AssistanceText>();
    public DbSet<AuditEntry> Audit => Set<AuditEntry>();
    public DbSet<AuditCheck> AuditChecks => Set<AuditCheck>();
    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    /// <summary>The organisation whose rows are visible; throws while none is set.</summary>
    public int TenantId => tenant.OrganisationId;

    /// <summary>True only inside <see cref="PortalDatabase.WriteAsync{T}"/>.</summary>
    internal bool IsWriting { get; set; }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<DateTime>().HaveConversion<UtcDateTimeConverter>();
        configurationBuilder.Properties<string>().HaveMaxLength(256);
    }

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(PortalDbContext).Assembly);
        // The framework's 1,024 bytes are beyond a key of SQL Server; authenticators use far fewer than 900.
        builder.Entity<IdentityUserPasskey<int>>().Property(p => p.CredentialId).HasMaxLength(900);
        builder.Entity<DataProtectionKey>().Property(k => k.Xml).HasMaxLength(int.MaxValue);

        foreach (var entity in builder.Model.GetEntityTypes().ToList())
        {
            if (typeof(IOrganisationOwned).IsAssignableFrom(entity.ClrType) || typeof(IMaybeOrganisationOwned).IsAssignableFrom(entity.ClrType))
                builder.Entity(entity.ClrType).HasQueryFilter(Tenancy.Filter, OwnedByTenant(entity));
            if (typeof(IStamped).IsAssignableFrom(entity.ClrType))
                builder.Entity(entity.ClrType).Property(nameof(IStamped.Stamp)).IsConcurrencyToken();
            foreach (var key in entity.GetForeignKeys())
                key.DeleteBehavior = DeleteBehavior.Restrict;
        }

        if (Database.IsSqlServer())
        {
            foreach (var token in builder.Model.GetEntityTypes().Select(e => e.FindProperty("Token")).OfType<IMutableProperty>())
                token.SetCollation(OrdinalCollation);
            // A centre's ids are its own: two that differ in case are two, on both databases.
            builder.Entity<CentreEvent>().Property(e => e.EventId).UseCollation(OrdinalCollation);
        }
    }

    private LambdaExpression OwnedByTenant(IMutableEntityType entity)
    {
        var row = Expression.Parameter(entity.ClrType, "row");
        var owner = Expression.Property(row, nameof(IOrganisationOwned.OrganisationId));
        return Expression.Lambda(
            Expression.Equal(owner, Expression.Convert(Expression.Property(Expression.Constant(this), nameof(TenantId)), owner.Type)), row);
    }
}
