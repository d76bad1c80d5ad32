using DealerPortal.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Storage;

namespace DealerPortal.Core.Tests.Data;

/// <summary>What both databases must be able to hold, asked of the model itself.</summary>
public sealed class ModelTests
{
    /// <summary>Clustered keys, and all others. Longer ones fail on SQL Server when the first long row comes.</summary>
    private const int MaxPrimaryKeyBytes = 900;
    private const int MaxIndexBytes = 1700;

    /// <summary>Columns without a bound, each for a reason; a new one is a decision.</summary>
    private static readonly string[] Unbounded =
    [
        "AspNetUserPasskeys.Data", // the framework's JSON
        "CatalogueImports.Content", // a compressed file, bounded by CatalogueImport.MaxBytes
        "DataProtectionKeys.Xml", // written by the framework
        "Drafts.Pairs", // bounded by Draft.PairsMaxLength, beyond what nvarchar(n) takes
        "ServiceCentreEvents.Body", // as received, bounded by the size of a request
        "ServiceCentreUploads.Content", // bounded by CentreUpload.MaxLength
        "InboundMails.Text", // a mail that support looks at, cut at InboundMail.TextMaxLength
        "OutboxMails.Content", // both bodies and the files of a mail
        "OutboxMails.Parts", // the news a mail is made of, until a sender has it
    ];

    private static readonly PortalDbContext SqlServer = DesignTime.Create(DatabaseOptions.SqlServer);

    public static TheoryData<string> Providers => [DatabaseOptions.Sqlite, DatabaseOptions.SqlServer];

    private static IModel Model => SqlServer.GetService<IDesignTimeModel>().Model;

    [Theory]
    [MemberData(nameof(Providers))]
    public void Head_EqualsTheModel(string provider)
    {
        using var db = DesignTime.Create(provider);

        Assert.NotEmpty(db.Database.GetMigrations());
        Assert.False(db.Database.HasPendingModelChanges(), $"The model changed without a migration for {provider}: scripts/add-migration NAME");
    }

    [Fact]
    public void ForeignKeys_NeverCascade()
    {
        var cascading = Model.GetEntityTypes().SelectMany(e => e.GetForeignKeys()).Where(k => k.DeleteBehavior != DeleteBehavior.Restrict)
            .Select(k => $"{k.DeclaringEntityType.DisplayName()} → {k.PrincipalEntityType.DisplayName()}");

        Assert.Empty(cascading);
    }

    [Fact]
    public void Keys_FitIntoSqlServersLimits()
    {
        var tooLong = from entity in Model.GetEntityTypes().Where(e => e.GetTableName() is not null)
                      from key in entity.GetKeys().Select(k => (k.Properties, Limit: k.IsPrimaryKey() ? MaxPrimaryKeyBytes : MaxIndexBytes))
                          .Concat(entity.GetIndexes().Select(i => (i.Properties, Limit: MaxIndexBytes)))
                      let bytes = key.Properties.Sum(BytesOf)
                      where bytes > key.Limit
                      select $"{entity.GetTableName()} ({string.Join(", ", key.Properties.Select(p => p.Name))}): {bytes} > {key.Limit}";

        Assert.Empty(tooLong);
    }

    [Fact]
    public void Texts_AreBounded()
    {
        var unbounded = Columns().Where(c => c.Type.EndsWith("(max)", StringComparison.Ordinal) && c.ClrType != typeof(object)).Select(c => c.Name).Order(StringComparer.Ordinal);

        Assert.Equal(Unbounded.Order(StringComparer.Ordinal), unbounded);
    }

    [Fact]
    public void Decimals_SayTheirPrecision()
    {
        var vague = Properties().Where(p => Nullable.GetUnderlyingType(p.ClrType) is var inner && (inner ?? p.ClrType) == typeof(decimal))
            .Where(p => p.GetPrecision() is null || p.GetScale() is null).Select(p => p.Name);

        Assert.Empty(vague);
    }

    [Fact]
    public void SearchTokens_CompareByCodeUnitOnSqlServer()
    {
        var tokens = Properties().Where(p => p.Name == "Token").ToList();

        Assert.True(tokens.Count >= 2);
        Assert.All(tokens, p => Assert.Equal(PortalDbContext.OrdinalCollation, p.GetCollation()));
    }

    [Theory]
    [InlineData(MigrationsSqlGenerationOptions.Default)]
    [InlineData(MigrationsSqlGenerationOptions.Idempotent)]
    public void MigrationScript_IsTSql(MigrationsSqlGenerationOptions options)
    {
        var script = SqlServer.GetService<IMigrator>().GenerateScript(options: options);

        Assert.Contains("CREATE TABLE [Dossiers]", script, StringComparison.Ordinal);
        Assert.DoesNotContain("ON DELETE CASCADE", script, StringComparison.Ordinal);
        TSql.Parse(script);
    }

    [Theory]
    [InlineData(DatabaseSetup.CreateDatabaseSql)]
    [InlineData(DatabaseSetup.ReadCommittedSnapshotSql)]
    public void SetupStatement_IsTSql(string sql) => TSql.Parse(sql);

    private static IEnumerable<IProperty> Properties() =>
        Model.GetEntityTypes().SelectMany(e => e.GetProperties().Concat(e.GetComplexProperties().SelectMany(c => c.ComplexType.GetProperties())));

    private static IEnumerable<(string Name, string Type, Type ClrType)> Columns() =>
        from table in SqlServer.GetService<IDesignTimeModel>().Model.GetRelationalModel().Tables
        from column in table.Columns
        select ($"{table.Name}.{column.Name}", column.StoreType, column.ProviderClrType);

    private static int BytesOf(IReadOnlyProperty property)
    {
        var mapping = (RelationalTypeMapping)property.FindTypeMapping()!;
        return mapping.StoreTypeNameBase switch
        {
            "nvarchar" or "nchar" => 2 * (mapping.Size ?? int.MaxValue / 8),
            "varbinary" or "varchar" => mapping.Size ?? int.MaxValue / 8,
            "int" => 4,
            "bigint" or "datetime2" or "float" => 8,
            "uniqueidentifier" => 16,
            "smallint" => 2,
            "tinyint" or "bit" => 1,
            "date" => 3,
            "time" => 5,
            "decimal" => 17,
            var other => throw new InvalidOperationException($"How long is {other}?"),
        };
    }
}
