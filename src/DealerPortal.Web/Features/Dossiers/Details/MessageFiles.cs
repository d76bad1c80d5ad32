using DealerPortal.Core.Files;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Dossiers.Details;

/// <summary>Takes in the files of a message: all of them, or none with the reason at the field.</summary>
public sealed class MessageFiles(FileKeeping keeping, IStringLocalizer<DetailsTexts> texts)
{
    /// <summary>Four files of the largest size.</summary>
    public const long MaxRequestBytes = 64L * 1024 * 1024;

    /// <returns>Null when one was refused; nothing of it stays then.</returns>
    public async Task<IReadOnlyList<KeptFile>?> KeepAsync(IEnumerable<IFormFile>? uploads, ModelStateDictionary state, string field, CancellationToken ct)
    {
        var kept = new List<KeptFile>();
        foreach (var upload in uploads ?? [])
        {
            await using var content = upload.OpenReadStream();
            switch (await keeping.KeepAsync(content, upload.FileName, ct))
            {
                case KeepResult.Kept file:
                    kept.Add(file.File);
                    break;
                case KeepResult.Refused refused:
                    state.AddModelError(field, texts[$"File.{refused.Reason}", ShortName(upload.FileName)]);
                    await DropAsync(kept);
                    return null;
            }
        }

        return kept;
    }

    /// <summary>For a message that was not written after all.</summary>
    public Task DropAsync(IEnumerable<KeptFile> files) => keeping.RemoveAsync(files.SelectMany(file => file.Keys));

    private static string ShortName(string name) => name.Length <= FileLimits.MaxNameLength ? name : name[..FileLimits.MaxNameLength] + "…";
}
