using System.Diagnostics;
using DealerPortal.Core.Accounts;
using DealerPortal.Core.Catalogue;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Organisations;
using DealerPortal.Core.Search;

namespace DealerPortal.Core.Tests;

[CollectionDefinition(nameof(HostileInputTests), DisableParallelization = true)]
public class AloneOnTheMachine;

/// <summary>100 KB in any field is answered at once, by a refusal and never by an exception.</summary>
[Collection(nameof(HostileInputTests))]
public class HostileInputTests
{
    private const int Length = 100_000;
    private static readonly TimeSpan _limit = TimeSpan.FromMilliseconds(100);

    private static readonly string[] _units =
    [
        "a", "1", " ", "-", ".", "/", "@", "a@", "a.", ".a", "+", "(", "(0)", "+32", "BE0", "\0", "\r\n", "e\u0301", "\u0301", "\u0301\u0316\u0327",
        "\uFDFA", "\u200D", "\u202E", "👩‍👩‍👧", "\ud83d", "\udc00", "İ", "ß", "xn--", "０", "한", "€",
    ];

    private static readonly Dictionary<string, Func<string, bool>> _parsers = new()
    {
        [nameof(VatNumber)] = input => VatNumber.TryParse(input, out _),
        [nameof(PhoneNumber)] = input => PhoneNumber.TryParse(input, out _),
        [nameof(ModelCode)] = input => ModelCode.TryParse(input, out _),
        [nameof(SerialNumber)] = input => SerialNumber.TryParse(input, out _),
        [nameof(Imei)] = input => Imei.TryParse(input, out _),
        [nameof(DossierNumber)] = input => DossierNumber.TryParse(input, out _),
        [nameof(EmailAddress)] = input => EmailAddress.TryParse(input, out _),
        [nameof(PasswordRules)] = input => PasswordRules.Check(input, ["Jean", "jean@demo.example"]).Count == 0,
        [nameof(ModelCode.KeyOf)] = input => ModelCode.KeyOf(input).Length > ModelCode.MaxLength,
        [nameof(PhoneNumber.Display)] = input => PhoneNumber.Display(input) != input,
        [nameof(EmailAddress.Normalise)] = input => EmailAddress.Normalise(input).Contains('a', StringComparison.Ordinal),
        [nameof(Languages)] = input => Languages.Normalise(input) != Languages.Default,
        [nameof(SearchTokens.OfText)] = input => SearchTokens.OfText(input).Any(token => token.Length > SearchTokens.MaxTokenLength),
        [nameof(SearchTokens.OfSerial)] = input => SearchTokens.OfSerial(input).Any(token => token.Length > SearchTokens.MaxTokenLength),
        [nameof(SearchTokens.OfQuery)] = input => SearchTokens.OfQuery(input).Count > SearchTokens.MaxQueryTokens,
    };

    public static TheoryData<string> Parsers => [.. _parsers.Keys];

    [Theory]
    [MemberData(nameof(Parsers))]
    public void AnyInputOf100Kilobytes_IsRefusedAtOnce(string parser)
    {
        var parse = _parsers[parser];
        parse("warm up");
        foreach (var unit in _units)
        {
            var input = string.Concat(Enumerable.Repeat(unit, Length / unit.Length));
            foreach (var hostile in new[] { input, "jean@" + input, input + "@demo.example", "a" + input + "\u0316" })
            {
                Assert.False(parse(hostile));
                Assert.True(Enumerable.Range(0, 5).Any(_ => TimeOf(() => parse(hostile)) < _limit), $"«{unit}» takes too long.");
            }
        }
    }

    /// <summary>
    /// Other work only ever adds time: that of other processes to the clock, that of this one (the runtime compiles and
    /// collects) to the processor's. The smaller of the two, in the best of five, is the parser's own.
    /// </summary>
    private static TimeSpan TimeOf(Action action)
    {
        var processorBefore = Environment.CpuUsage.TotalTime;
        var watch = Stopwatch.StartNew();
        action();
        var elapsed = watch.Elapsed;
        var processor = Environment.CpuUsage.TotalTime - processorBefore;
        return elapsed < processor ? elapsed : processor;
    }
}
