using System.Diagnostics;
using System.Globalization;
using DealerPortal.Bench.Generation;
using DealerPortal.Bench.Measuring;

namespace DealerPortal.Bench;

/// <summary>What the bench is asked for on its command line.</summary>
internal static class Verbs
{
    private const string Help = """
        usage: DealerPortal.Bench generate --dossiers N --out FILE [--as-of YYYY-MM-DD]
          generate  fills a new database of the portal; one of the same version and size is left as it is
               DealerPortal.Bench measure --app FOLDER --small FILE --large FILE [--rounds N] [--only P3,P4,P5,Figures]
          measure   starts the published portal on both databases and prints what it costs beside the goals; 1 where one is missed
               DealerPortal.Bench import --folder FOLDER [--rounds N] [--credits N]
          import    imports a file of credits beside a bare insert of its rows (P9)
        """;

    private const int UsualRounds = 5;

    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            return args is [var verb, .. var rest] ? await RunAsync(verb, Options(rest)) : Refuse("a verb is missing");
        }
        catch (ArgumentException exception)
        {
            return Refuse(exception.Message);
        }
    }

    private static async Task<int> RunAsync(string verb, Dictionary<string, string> options) => verb switch
    {
        "generate" => await GenerateAsync(options),
        "measure" => await MeasureAsync(options),
        "import" => await new ImportMeasurement(Path.GetFullPath(Required(options, "folder")), options.ContainsKey("credits") ? Number(options, "credits") : ImportMeasurement.UsualCredits, Rounds(options)).RunAsync() ? 0 : 1,
        _ => Refuse($"«{verb}» is no verb"),
    };

    private static async Task<int> GenerateAsync(Dictionary<string, string> options)
    {
        var generation = new GenerationOptions(Path.GetFullPath(Required(options, "out")), Number(options, "dossiers"), AsOf(options));
        if (await DatabaseGenerator.IsThereAsync(generation, CancellationToken.None))
        {
            Console.WriteLine($"{generation.File} is there: {generation.Dossiers} dossiers");
            return 0;
        }

        var watch = Stopwatch.StartNew();
        await DatabaseGenerator.GenerateAsync(generation, text => Console.WriteLine($"{watch.Elapsed.TotalSeconds,7:0.0} s  {text}"), CancellationToken.None);
        using var process = Process.GetCurrentProcess();
        Console.WriteLine($"{watch.Elapsed.TotalSeconds,7:0.0} s  {generation.File}: {new FileInfo(generation.File).Length >> 20} MiB, with {process.PeakWorkingSet64 >> 20} MiB of memory");
        return 0;
    }

    private static async Task<int> MeasureAsync(Dictionary<string, string> options)
    {
        var only = options.TryGetValue("only", out var rows) ? rows.Split(',') : [];
        var measurement = new MeasurementOptions(Path.GetFullPath(Required(options, "app")), Path.GetFullPath(Required(options, "small")), Path.GetFullPath(Required(options, "large")), Rounds(options), only);
        return await new Measurement(measurement).RunAsync() ? 0 : 1;
    }

    private static int Rounds(Dictionary<string, string> options) => options.ContainsKey("rounds") ? Number(options, "rounds") : UsualRounds;

    private static DateTime AsOf(Dictionary<string, string> options) => options.TryGetValue("as-of", out var day)
        ? DateTime.SpecifyKind(DateTime.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture), DateTimeKind.Utc)
        : DateTime.UtcNow.Date;

    private static Dictionary<string, string> Options(string[] args)
    {
        var options = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < args.Length; i += 2)
        {
            if (!args[i].StartsWith("--", StringComparison.Ordinal) || i + 1 == args.Length)
                throw new ArgumentException($"«{args[i]}» is no option with a value");
            options[args[i][2..]] = args[i + 1];
        }

        return options;
    }

    private static string Required(Dictionary<string, string> options, string name) =>
        options.TryGetValue(name, out var value) ? value : throw new ArgumentException($"--{name} is missing");

    private static int Number(Dictionary<string, string> options, string name) =>
        int.TryParse(Required(options, name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw new ArgumentException($"--{name} is no number");

    private static int Refuse(string why)
    {
        Console.Error.WriteLine($"{why}\n{Help}");
        return 2;
    }
}
