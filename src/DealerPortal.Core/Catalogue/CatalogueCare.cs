using DealerPortal.Core.Audit;
using DealerPortal.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Core.Catalogue;

public enum CatalogueOutcome
{
    Done,

    /// <summary>Somebody changed it since it was read.</summary>
    Stale,

    /// <summary>Another row has this code.</summary>
    CodeTaken,
    Gone,
}

/// <param name="Id">Of the row; 0 unless it was done.</param>
public sealed record CatalogueResult(CatalogueOutcome Outcome, int Id = 0);

public sealed record CategoryData(
    ProductGroup Group, LocalizedText Name, bool SerialMayBeOmitted, bool HasImei, ServiceOffer DefaultServiceOffer, int DefaultLeadTimeDays);

/// <summary>Adds and changes models and categories, one at a time.</summary>
public sealed class CatalogueCare(PortalDatabase database, UnknownModels unknown, TimeProvider time)
{
    public async Task<CatalogueResult> AddModelAsync(ModelData data, int actorId, CancellationToken ct) => await LinkedAsync(
        await TryAsync(write => AddAsync(write, data, actorId, ct), ct), actorId, ct);

    /// <param name="stamp">Of the row as the author read it.</param>
    public async Task<CatalogueResult> ChangeModelAsync(int id, Guid stamp, ModelData data, int actorId, CancellationToken ct) => await LinkedAsync(
        await TryAsync(
            async write =>
            {
                if (await write.Db.Models.SingleOrDefaultAsync(m => m.Id == id, ct) is not { } model)
                    return new CatalogueResult(CatalogueOutcome.Gone);
                if (model.Stamp != stamp)
                    return new CatalogueResult(CatalogueOutcome.Stale);
                write.Change(model, data, actorId, time.GetUtcNow().UtcDateTime);
                return new CatalogueResult(CatalogueOutcome.Done, id);
            },
            ct), actorId, ct);

    public Task<CatalogueResult> AddCategoryAsync(string code, CategoryData data, int actorId, CancellationToken ct) => TryAsync(
        async write =>
        {
            var category = new ProductCategory { Code = code, Group = data.Group, Name = data.Name };
            Set(category, data);
            write.Db.Add(category);
            await write.Db.SaveChangesAsync(ct);
            write.Db.Record(time.GetUtcNow().UtcDateTime, actorId, "category.added", nameof(ProductCategory), category.Id);
            return new CatalogueResult(CatalogueOutcome.Done, category.Id);
        },
        ct);

    /// <inheritdoc cref="ChangeModelAsync"/>
    public Task<CatalogueResult> ChangeCategoryAsync(int id, Guid stamp, CategoryData data, int actorId, CancellationToken ct) => TryAsync(
        async write =>
        {
            if (await write.Db.Categories.SingleOrDefaultAsync(c => c.Id == id, ct) is not { } category)
                return new CatalogueResult(CatalogueOutcome.Gone);
            if (category.Stamp != stamp)
                return new CatalogueResult(CatalogueOutcome.Stale);
            Set(category, data);
            if (write.Db.ChangedFields(category) is { Length: > 0 } fields)
                write.Db.Record(time.GetUtcNow().UtcDateTime, actorId, "category.changed", nameof(ProductCategory), id, fields);
            return new CatalogueResult(CatalogueOutcome.Done, id);
        },
        ct);

    private async Task<CatalogueResult> AddAsync(WriteScope write, ModelData data, int actorId, CancellationToken ct)
    {
        var model = write.Add(data, time.GetUtcNow().UtcDateTime);
        await write.Db.SaveChangesAsync(ct);
        write.RecordAdded(model, actorId);
        return new CatalogueResult(CatalogueOutcome.Done, model.Id);
    }

    private async Task<CatalogueResult> TryAsync(Func<WriteScope, Task<CatalogueResult>> work, CancellationToken ct)
    {
        try
        {
            return await database.WriteAsync((write, _) => work(write), ct);
        }
        catch (DbUpdateConcurrencyException)
        {
            return new CatalogueResult(CatalogueOutcome.Stale);
        }
        catch (DbUpdateException exception) when (exception.IsUniqueViolation())
        {
            return new CatalogueResult(CatalogueOutcome.CodeTaken);
        }
    }

    private async Task<CatalogueResult> LinkedAsync(CatalogueResult result, int actorId, CancellationToken ct)
    {
        if (result.Outcome == CatalogueOutcome.Done)
            await unknown.LinkAsync(actorId, ct);
        return result;
    }

    private static void Set(ProductCategory category, CategoryData data)
    {
        category.Group = data.Group;
        category.Name = data.Name;
        category.SerialMayBeOmitted = data.SerialMayBeOmitted;
        category.HasImei = data.HasImei;
        category.DefaultServiceOffer = data.DefaultServiceOffer;
        category.DefaultLeadTimeDays = data.DefaultLeadTimeDays;
    }
}

/// <summary>What one model and a file of them have in common when they are written.</summary>
internal static class ModelWriting
{
    public static ProductModel Add(this WriteScope write, ModelData data, DateTime now)
    {
        var model = new ProductModel
        {
            Code = data.Code.Value,
            Key = data.Code.Key,
            CategoryId = data.CategoryId,
            Name = data.Name,
            ServiceOffer = data.ServiceOffer,
            LeadTimeDays = data.LeadTimeDays,
            DiscontinuedAt = data.IsActive ? null : now,
            ChangedAt = now,
        };
        write.Db.Add(model);
        return model;
    }

    /// <summary>Once it has its id.</summary>
    public static void RecordAdded(this WriteScope write, ProductModel model, int actorId) =>
        write.Db.Record(model.ChangedAt!.Value, actorId, "model.added", nameof(ProductModel), model.Id, model.Code);

    /// <summary>Nothing is written for a model that is so already.</summary>
    public static void Change(this WriteScope write, ProductModel model, ModelData data, int actorId, DateTime now)
    {
        model.Code = data.Code.Value;
        model.Key = data.Code.Key;
        model.CategoryId = data.CategoryId;
        model.Name = data.Name;
        model.ServiceOffer = data.ServiceOffer;
        model.LeadTimeDays = data.LeadTimeDays;
        if (data.IsActive != model.DiscontinuedAt is null)
            model.DiscontinuedAt = data.IsActive ? null : now;
        if (write.Db.ChangedFields(model) is not { Length: > 0 } fields)
            return;
        model.ChangedAt = now;
        write.Db.Record(now, actorId, "model.changed", nameof(ProductModel), model.Id, fields);
    }

    /// <summary>The names of the properties that are not as they were read.</summary>
    public static string ChangedFields(this PortalDbContext db, object row)
    {
        var entry = db.Entry(row);
        entry.DetectChanges();
        var names = entry.Properties.Where(p => p.IsModified).Select(p => p.Metadata.Name)
            .Concat(entry.ComplexProperties.Where(c => c.Properties.Any(p => p.IsModified)).Select(c => c.Metadata.Name));
        return string.Join(", ", names);
    }
}
