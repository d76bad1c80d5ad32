using System.Globalization;
using DealerPortal.KillTest;

// dotnet run --project tests/DealerPortal.KillTest -- --rounds 50
var at = Array.IndexOf(args, "--rounds");
var rounds = 50;
if (args.Length > 0 && (at != 0 || args.Length != 2 || !int.TryParse(args[1], NumberStyles.None, CultureInfo.InvariantCulture, out rounds)))
{
    await Console.Error.WriteLineAsync("usage: DealerPortal.KillTest [--rounds N]");
    return 2;
}

var report = await KillRounds.RunAsync(rounds, Console.WriteLine);
Console.WriteLine(report);
foreach (var fault in report.Faults)
    Console.WriteLine($"FAULT: {fault}");
return report.Faults.Count == 0 ? 0 : 1;
