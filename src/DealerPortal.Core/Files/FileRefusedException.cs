namespace DealerPortal.Core.Files;

/// <summary>Ends the work on an image from any depth; <see cref="FileIntake"/> turns it into its result.</summary>
internal sealed class FileRefusedException(FileRefusal reason) : Exception(reason.ToString())
{
    public FileRefusal Reason { get; } = reason;
}
