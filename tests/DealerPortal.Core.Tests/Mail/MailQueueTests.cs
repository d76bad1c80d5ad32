using DealerPortal.Core.Mail;
using DealerPortal.Core.Mail.Mails;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;

namespace DealerPortal.Core.Tests.Mail;

public sealed class MailQueueTests
{
    [Fact]
    public async Task Enqueue_WhenTheSaveCommits_LeavesOneDueRow()
    {
        await using var bench = await MailBench.CreateAsync();

        var row = await bench.EnqueueAsync(new MembershipApproved("Démo Électro", "/"), MailSamples.Recipient with { Language = "nl-BE" });

        Assert.Equal("MembershipApproved", row.Kind);
        Assert.Equal("jean.exemple@demo-electro.example", row.Recipient);
        Assert.Equal("nl", row.Language);
        Assert.Equal(bench.Database.Now, row.DueAt);
        Assert.Equal($"{row.Id:N}@dealerportal.example", row.MessageId);
        Assert.False(row.IsSecret);
        Assert.Contains("Démo Électro", MailContent.Read(row, bench.Database.Services.GetRequiredService<IDataProtectionProvider>())!.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Enqueue_WhenTheSaveFails_LeavesNoRow()
    {
        await using var bench = await MailBench.CreateAsync();
        var mail = bench.Queue.Render(new PasswordChanged(), MailSamples.Recipient);

        await Assert.ThrowsAsync<InvalidOperationException>(() => bench.Database.WriteAsync(async (write, ct) =>
        {
            bench.Queue.Enqueue(write, mail);
            await write.Db.SaveChangesAsync(ct);
            throw new InvalidOperationException("The business of this write failed.");
        }));

        Assert.Empty(await bench.RowsAsync());
    }

    [Fact]
    public async Task Enqueue_WhenTheMailIsSecret_KeepsItProtected()
    {
        await using var bench = await MailBench.CreateAsync();

        var row = await bench.EnqueueAsync(new RegistrationCode("482913", "/register/code?code=482913"));

        Assert.True(row.IsSecret);
        Assert.DoesNotContain("482913", row.Content + row.Subject, StringComparison.Ordinal);
        Assert.Contains("482913", MailContent.Read(row, bench.Database.Services.GetRequiredService<IDataProtectionProvider>())!.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Render_WhenNamesAreVeryLong_FitsTheColumns()
    {
        await using var bench = await MailBench.CreateAsync();

        var row = await bench.EnqueueAsync(
            new MembershipApproved(string.Concat(Enumerable.Repeat("👍", 300)), "/"), MailSamples.Recipient with { Name = new string('ß', 400) });

        Assert.True(row.Subject.Length <= 256 && row.RecipientName.Length <= 256);
        Assert.False(char.IsHighSurrogate(row.Subject[^2]));
    }
}
