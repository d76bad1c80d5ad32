using System.IO.Compression;
using System.Resources;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using DealerPortal.Core.Audit;
using DealerPortal.Core.Data;
using DealerPortal.Core.Exports;

namespace DealerPortal.Core.Accounts.OwnData;

/// <summary>
/// What the portal holds about a person, as a ZIP of JSON files and a table of the dossiers they filed. Made while the person
/// waits: everything is read in a stream, and what is kept in memory is packed.
/// </summary>
public sealed class OwnDataArchive(PortalDatabase database, OwnDataReading reading, TimeProvider time)
{
    private static readonly ResourceManager _texts = new(typeof(OwnDataTexts));

    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        // It is a file, never part of a page: letters stay as they are.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <param name="language">Of what explains the files, and of the table.</param>
    public async Task<MemoryStream> WriteAsync(int userId, string language, CancellationToken ct)
    {
        await database.WriteAsync((write, _) =>
        {
            write.Db.Record(time.GetUtcNow().UtcDateTime, userId, "user.data-downloaded", nameof(User), userId);
            return Task.CompletedTask;
        }, ct);
        var packed = new MemoryStream();
        await using (var archive = await ZipArchive.CreateAsync(packed, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, ct))
        {
            await AddAsync(archive, "README.txt", async stream =>
            {
                await using var writer = new StreamWriter(stream);
                await writer.WriteAsync(_texts.GetString("ReadMe", Languages.CultureOf(language)));
            }, ct);
            await AddJsonAsync(archive, "profile.json", await reading.ProfileAsync(userId, ct), ct);
            await AddJsonAsync(archive, "memberships.json", reading.Memberships(userId), ct);
            await AddJsonAsync(archive, "sessions.json", reading.Sessions(userId), ct);
            await AddJsonAsync(archive, "passkeys.json", await reading.PasskeysAsync(userId, ct), ct);
            await AddJsonAsync(archive, "views.json", reading.Views(userId), ct);
            await AddJsonAsync(archive, "drafts.json", await reading.DraftsAsync(userId, ct), ct);
            await AddAsync(archive, "dossiers.csv", async stream => await CsvSheet.WriteAsync(await reading.DossiersAsync(userId, language, ct), Languages.CultureOf(language), stream, ct), ct);
            await AddJsonAsync(archive, "messages.json", reading.Messages(userId), ct);
            await AddJsonAsync(archive, "files.json", reading.Files(userId), ct);
            await AddJsonAsync(archive, "mails.json", reading.Mails(userId), ct);
            await AddJsonAsync(archive, "log.json", reading.Log(userId), ct);
        }

        packed.Position = 0;
        return packed;
    }

    private static Task AddJsonAsync<T>(ZipArchive archive, string name, T data, CancellationToken ct) =>
        AddAsync(archive, name, stream => JsonSerializer.SerializeAsync(stream, data, _json, ct), ct);

    private static async Task AddAsync(ZipArchive archive, string name, Func<Stream, Task> write, CancellationToken ct)
    {
        await using var stream = await archive.CreateEntry(name, CompressionLevel.Optimal).OpenAsync(ct);
        await write(stream);
    }
}
