using DealerPortal.Core.Audit;
using DealerPortal.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Core.Content.Dealercards;

/// <summary>A dealercard as it is to be; judged by the caller.</summary>
public sealed record CardContent(string Title, CardLanguages Languages, CardCountries Countries, CardGoods Goods);

/// <param name="Until">The last day; null for none.</param>
public sealed record CardValidity(DateOnly From, DateOnly? Until);

public enum CardOutcome
{
    Saved,
    NotFound,

    /// <summary>Somebody changed the card or one of its versions since it was read.</summary>
    Changed,
}

/// <param name="CardId">0 unless it was saved.</param>
/// <param name="Unused">Stored objects that no row names any more.</param>
public sealed record CardResult(CardOutcome Outcome, int CardId = 0, string? Unused = null);

/// <summary>Adds, changes and withdraws dealercards and their versions, and counts who fetched them.</summary>
public sealed class DealercardKeeping(PortalDatabase database, TimeProvider time)
{
    private const int Attempts = 2;

    /// <summary>A card with its first version. A file that was sent already leads to the card it became.</summary>
    public Task<CardResult> AddAsync(CardContent content, CardValidity validity, CardFile file, int actorId, CancellationToken ct) => AgainAsync(async (write, now, token) =>
    {
        if (await CardOfAsync(write, file, token) is { } there)
            return new CardResult(CardOutcome.Saved, there);
        var card = new Dealercard { Title = content.Title, Languages = content.Languages, Countries = content.Countries, Goods = content.Goods, UpdatedAt = now, UpdatedById = actorId };
        card.Versions.Add(VersionOf(1, validity, file, actorId, now));
        write.Db.Add(card);
        await write.Db.SaveChangesAsync(token);
        write.Db.Record(now, actorId, "dealercard.added", nameof(Dealercard), card.Id);
        return new CardResult(CardOutcome.Saved, card.Id);
    }, ct);

    /// <inheritdoc cref="AddAsync"/>
    public Task<CardResult> AddVersionAsync(int cardId, CardValidity validity, CardFile file, int actorId, CancellationToken ct) => AgainAsync(async (write, now, token) =>
    {
        if (await CardOfAsync(write, file, token) is { } there)
            return new CardResult(CardOutcome.Saved, there);
        if (await write.Db.Dealercards.SingleOrDefaultAsync(c => c.Id == cardId, token) is not { } card)
            return new CardResult(CardOutcome.NotFound);
        var number = await write.Db.DealercardVersions.Where(v => v.DealercardId == cardId).MaxAsync(v => v.Number, token) + 1;
        card.Versions.Add(VersionOf(number, validity, file, actorId, now));
        Touch(write, card, actorId, now, "dealercard.version-added", number);
        return new CardResult(CardOutcome.Saved, cardId);
    }, ct);

    /// <param name="stamp">Of the card as the person had it before them.</param>
    public Task<CardResult> ChangeAsync(int cardId, Guid stamp, CardContent content, int actorId, CancellationToken ct) => ChangeAsync(cardId, stamp, (write, card, now, _) =>
    {
        (card.Title, card.Languages, card.Countries, card.Goods) = (content.Title, content.Languages, content.Countries, content.Goods);
        Touch(write, card, actorId, now, "dealercard.changed", null);
        return Task.FromResult(new CardResult(CardOutcome.Saved, card.Id));
    }, ct);

    /// <param name="thumbnailKey">Of a new picture; null leaves the one there is.</param>
    /// <inheritdoc cref="ChangeAsync(int, Guid, CardContent, int, CancellationToken)"/>
    public Task<CardResult> ChangeVersionAsync(int cardId, Guid versionId, Guid stamp, CardValidity validity, string? thumbnailKey, int actorId, CancellationToken ct) => ChangeAsync(
        cardId, stamp, async (write, card, now, token) =>
        {
            if (await FindVersionAsync(write, cardId, versionId, token) is not { } version)
                return new CardResult(CardOutcome.NotFound);
            (version.ValidFrom, version.ValidUntil) = (validity.From, validity.Until);
            var replaced = thumbnailKey is null ? null : version.ThumbnailKey;
            version.ThumbnailKey = thumbnailKey ?? version.ThumbnailKey;
            Touch(write, card, actorId, now, "dealercard.version-changed", version.Number);
            return new CardResult(CardOutcome.Saved, cardId, replaced);
        }, ct);

    /// <summary>Takes a version from the dealers at once, or gives it back to them. Twice is as good as once.</summary>
    /// <inheritdoc cref="ChangeAsync(int, Guid, CardContent, int, CancellationToken)"/>
    public Task<CardResult> SetWithdrawnAsync(int cardId, Guid versionId, Guid stamp, bool withdrawn, int actorId, CancellationToken ct) => ChangeAsync(
        cardId, stamp, async (write, card, now, token) =>
        {
            if (await FindVersionAsync(write, cardId, versionId, token) is not { } version)
                return new CardResult(CardOutcome.NotFound);
            if (version.WithdrawnAt is not null != withdrawn)
            {
                version.WithdrawnAt = withdrawn ? now : null;
                Touch(write, card, actorId, now, withdrawn ? "dealercard.version-withdrawn" : "dealercard.version-restored", version.Number);
            }

            return new CardResult(CardOutcome.Saved, cardId);
        }, ct);

    /// <summary>One more download. A person's click on a PDF is rare beside page views: the row itself is counted up, in one statement that no other write can lose.</summary>
    public Task CountDownloadAsync(Guid versionId, CancellationToken ct) => database.WriteAsync(
        (write, token) => write.Db.DealercardVersions.Where(v => v.Id == versionId).ExecuteUpdateAsync(set => set.SetProperty(v => v.Downloads, v => v.Downloads + 1), token), ct);

    private static DealercardVersion VersionOf(int number, CardValidity validity, CardFile file, int actorId, DateTime now) => new()
    {
        Id = Guid.CreateVersion7(),
        Number = number,
        ValidFrom = validity.From,
        ValidUntil = validity.Until,
        UploadedAt = now,
        UploadedById = actorId,
        FileName = file.Pdf.Name,
        Length = file.Pdf.Length,
        Sha256 = file.Pdf.Sha256,
        StorageKey = file.Pdf.StorageKey,
        ThumbnailKey = file.ThumbnailKey,
        Pages = file.Pages,
    };

    private static Task<int?> CardOfAsync(WriteScope write, CardFile file, CancellationToken ct) =>
        write.Db.DealercardVersions.Where(v => v.StorageKey == file.Pdf.StorageKey).Select(v => (int?)v.DealercardId).SingleOrDefaultAsync(ct);

    private static Task<DealercardVersion?> FindVersionAsync(WriteScope write, int cardId, Guid versionId, CancellationToken ct) =>
        write.Db.DealercardVersions.SingleOrDefaultAsync(v => v.Id == versionId && v.DealercardId == cardId, ct);

    private static void Touch(WriteScope write, Dealercard card, int actorId, DateTime now, string action, int? version)
    {
        (card.UpdatedAt, card.UpdatedById) = (now, actorId);
        // The card's stamp speaks for its versions too, also where two changes fall on one instant.
        write.Db.Entry(card).Property(c => c.UpdatedAt).IsModified = true;
        write.Db.Record(now, actorId, action, nameof(Dealercard), card.Id, version is { } number ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"version {number}") : null);
    }

    private async Task<CardResult> ChangeAsync(int cardId, Guid stamp, Func<WriteScope, Dealercard, DateTime, CancellationToken, Task<CardResult>> change, CancellationToken ct)
    {
        try
        {
            return await database.WriteAsync(async (write, token) =>
            {
                if (await write.Db.Dealercards.SingleOrDefaultAsync(c => c.Id == cardId, token) is not { } card)
                    return new CardResult(CardOutcome.NotFound);
                return card.Stamp == stamp ? await change(write, card, time.GetUtcNow().UtcDateTime, token) : new CardResult(CardOutcome.Changed);
            }, ct);
        }
        catch (DbUpdateConcurrencyException)
        {
            return new CardResult(CardOutcome.Changed);
        }
    }

    /// <summary>Once more where somebody else added a version, or the same file, at the same moment: then theirs is seen.</summary>
    private async Task<CardResult> AgainAsync(Func<WriteScope, DateTime, CancellationToken, Task<CardResult>> add, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await database.WriteAsync((write, token) => add(write, time.GetUtcNow().UtcDateTime, token), ct);
            }
            catch (DbUpdateException exception) when (attempt < Attempts && (exception is DbUpdateConcurrencyException || exception.IsUniqueViolation()))
            {
                continue;
            }
        }
    }
}
