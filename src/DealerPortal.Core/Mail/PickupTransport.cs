using Microsoft.Extensions.Options;
using MimeKit;

namespace DealerPortal.Core.Mail;

/// <summary>Writes each message as an <c>.eml</c> file; whoever watches the folder sees whole files only.</summary>
public sealed class PickupTransport(IOptions<MailOptions> options) : IMailTransport
{
    public async Task SendAsync(MimeMessage message, CancellationToken ct)
    {
        var folder = Directory.CreateDirectory(options.Value.Pickup).FullName;
        // The Message-ID is the name, so that a second attempt replaces the first.
        var path = Path.Combine(folder, $"{message.Date.UtcDateTime:yyyyMMdd-HHmmss}-{message.MessageId!.Split('@')[0]}.eml");
        var temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            await using (var file = File.Create(temporary))
                await message.WriteToAsync(file, ct);
            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }
}
