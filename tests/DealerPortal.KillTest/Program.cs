using System.Globalization;

namespace DealerPortal.KillTest;

/// <summary><c>dotnet run --project tests/DealerPortal.KillTest -- --rounds 50</c></summary>
internal static class KillTestProgram
{
    private const int UsualRounds = 50;
    private const int ImportKills = 3;

    private static async Task<int> Main(string[] args)
    {
        var rounds = UsualRounds;
        if (args.Length > 0 && (args is not ["--rounds", var count] || !int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out rounds)))
        {
            await Console.Error.WriteLineAsync("usage: DealerPortal.KillTest [--rounds N]");
            return 2;
        }

        var report = await KillRounds.RunAsync(rounds, Console.WriteLine);
        Console.WriteLine(report);
        foreach (var fault in report.Faults)
            Console.WriteLine($"FAULT: {fault}");
        var imported = await ImportKill.RunAsync(ImportKills, Console.WriteLine);
        foreach (var fault in imported)
            Console.WriteLine($"FAULT: {fault}");
        return report.Faults.Count + imported.Count == 0 ? 0 : 1;
    }
}
