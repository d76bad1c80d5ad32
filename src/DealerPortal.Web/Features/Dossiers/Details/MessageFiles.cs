using DealerPortal.Core.Dossiers.Handling;
using DealerPortal.Core.Files;
using DealerPortal.Web.Features.Files;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Dossiers.Details;

/// <summary>A form of a dossier's page that takes files along.</summary>
public interface IMessageFiles
{
    List<IFormFile>? Files { get; }

    /// <summary>The tickets of files that came with a send that was refused and shall go with this one.</summary>
    List<string>? Kept { get; }

    /// <summary>What goes with this send, or is offered for the next where this one is refused.</summary>
    IReadOnlyList<MessageFile> TakenIn { get; set; }
}

/// <summary>A file that is stored and belongs to no message yet.</summary>
/// <param name="Ticket">By which the page posts it again.</param>
public sealed record MessageFile(string Ticket, KeptFile File);

/// <summary>
/// Takes in the files of a message. What is good stays, whatever else of the send is refused: the page carries it as a
/// ticket for this dossier.
/// </summary>
public sealed class MessageFiles(
    FileKeeping keeping, FileTickets tickets, IStringLocalizer<DetailsTexts> texts, IStringLocalizer<FilesTexts> fileTexts)
{
    /// <summary>Four files of the largest size.</summary>
    public const long MaxRequestBytes = 64L * 1024 * 1024;

    /// <summary>Fills <see cref="IMessageFiles.TakenIn"/>; whatever cannot go along is an error at <paramref name="field"/>.</summary>
    public async Task TakeInAsync(IMessageFiles form, string number, ModelStateDictionary state, string field, CancellationToken ct)
    {
        var taken = new List<MessageFile>();
        foreach (var ticket in form.Kept ?? [])
        {
            if (tickets.Open<KeptFile>(ticket, number) is not { } file)
                state.AddModelError(field, texts["Files.Gone"]);
            else if (taken.TrueForAll(t => t.File.StorageKey != file.StorageKey))
                taken.Add(new MessageFile(ticket, file));
        }

        foreach (var upload in form.Files ?? [])
        {
            await using var content = upload.OpenReadStream();
            switch (await keeping.KeepAsync(content, upload.FileName, ct))
            {
                case KeepResult.Kept kept:
                    taken.Add(new MessageFile(tickets.Seal(kept.File, number), kept.File));
                    break;
                case KeepResult.Refused refused:
                    state.AddModelError(field, fileTexts.Refusal(refused.Reason, upload.FileName));
                    break;
            }
        }

        form.TakenIn = taken;
    }

    /// <summary>Why the dossier did not take the files. Those that are in it already are not offered again.</summary>
    public string Refusal(IMessageFiles form, HandlingOutcome outcome, int filesOfDossier)
    {
        if (outcome == HandlingOutcome.TooManyFiles)
            return texts["Files.TooMany", FileLimits.MaxFilesPerDossier, filesOfDossier];
        form.TakenIn = [];
        return texts["Files.Used"];
    }
}
