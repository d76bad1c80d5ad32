using DealerPortal.Core;
using DealerPortal.Core.Files;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Files;

public sealed class FilesTexts;

public static class FileRefusalTexts
{
    /// <summary>Why a file was refused, as a sentence that names it.</summary>
    public static string Refusal(this IStringLocalizer<FilesTexts> texts, FileRefusal reason, string fileName) =>
        texts[$"Refused.{reason}", Path.GetFileName(fileName), Formats.FileSize(FileLimits.MaxBytes), FileLimits.MaxFilesPerDossier];
}
