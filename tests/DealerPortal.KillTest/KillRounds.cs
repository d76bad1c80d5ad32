using System.Diagnostics;
using System.Security.Cryptography;
using DealerPortal.TestCommon;

namespace DealerPortal.KillTest;

/// <summary>What came of the rounds.</summary>
/// <param name="Acknowledged">Sends whose answer arrived before the process died.</param>
/// <param name="Lost">Sends whose answer was lost; sent once more after the restart.</param>
/// <param name="LostButWritten">Of those, the ones that had become a dossier all the same.</param>
/// <param name="Orphans">Stored objects without a row at the end, which the sweep takes after a day.</param>
/// <param name="Faults">What was half, missing or double; none if all is well.</param>
public sealed record KillReport(int Rounds, int Dossiers, int Acknowledged, int Lost, int LostButWritten, int Orphans, TimeSpan Took, IReadOnlyList<string> Faults)
{
    public override string ToString() =>
        $"{Rounds} kills, {Dossiers} dossiers; {Acknowledged} sends answered, {Lost} answers lost, of which {LostButWritten} had been written; "
        + $"{Orphans} stored objects without a row; {Faults.Count} faults; {Took:hh\\:mm\\:ss}";
}

/// <summary>
/// Kills the real process with SIGKILL while several people send repair requests with two photos, starts it again, and
/// looks into database and file store for anything half.
/// </summary>
public static class KillRounds
{
    private const int Senders = 4;

    /// <summary>After the first form went out, in the time that one send takes on this machine.</summary>
    private const int LongestLifeInSends = 3;

    public static async Task<KillReport> RunAsync(int rounds, Action<string> say)
    {
        var watch = Stopwatch.StartNew();
        var (answered, lost, written) = (0, 0, 0);
        await using var portal = new PortalProcess();
        await portal.StartAsync();
        using var sender = await Sender.SignInAsync(portal.BaseUrl);
        var state = new StoredState(portal.DatabasePath, portal.FilesPath);
        var oneSend = await sender.TimeOneSendAsync();
        await state.RememberStartAsync();
        var faults = new List<string>();

        for (var round = 1; round <= rounds; round++)
        {
            var sends = await SendUntilKilledAsync(portal, sender, oneSend);
            var found = await state.CheckAsync(sends);
            var writtenDrafts = await state.ConsumedAsync(sends.Where(s => s.Number is null).Select(s => s.DraftId));

            await portal.StartAsync();
            foreach (var send in sends.Where(s => s.WasPosted && s.Number is null))
                await sender.SendAgainAsync(send);
            answered += sends.Count(s => s is { Number: not null, WasSentAgain: false });
            lost += sends.Count(s => s.WasSentAgain);
            written += sends.Count(s => s.WasSentAgain && writtenDrafts.Contains(s.DraftId));
            found.AddRange(await state.CheckAsync(sends));
            faults.AddRange(found.Select(fault => $"round {round}: {fault}"));
            say($"round {round}: {sends.Count(s => s.WasPosted)} sends, {sends.Count(s => s.WasSentAgain)} without answer, {found.Count} faults");
        }

        await portal.KillAsync();
        return new KillReport(rounds, await state.CountAsync(), answered, lost, written, await state.OrphansAsync(), watch.Elapsed, faults);
    }

    /// <summary>Lets several senders work and kills the process at a moment of chance, in the middle of sending.</summary>
    private static async Task<List<Send>> SendUntilKilledAsync(PortalProcess portal, Sender sender, TimeSpan oneSend)
    {
        using var killed = new CancellationTokenSource();
        var firstPosted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var workers = Enumerable.Range(0, Senders).Select(_ => Task.Run(() => sender.SendUntilFailureAsync(firstPosted, killed.Token))).ToList();
        await firstPosted.Task;
        await Task.Delay(oneSend * (RandomNumberGenerator.GetInt32(1000) * LongestLifeInSends / 1000.0));
        await portal.KillAsync();
        await killed.CancelAsync();
        return [.. (await Task.WhenAll(workers)).SelectMany(sends => sends)];
    }
}
