using System.Text.RegularExpressions;
using System.Xml.Linq;
using DealerPortal.TestCommon;

namespace DealerPortal.Core.Tests.House;

/// <summary>Every text stands in four languages, with the same places to fill.</summary>
public sealed partial class TextParityTests
{
    public static TheoryData<string> Groups => [.. Directory
        .EnumerateFiles(Path.Combine(PortalProcess.RepositoryRoot(), "src"), "*.resx", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(PortalProcess.RepositoryRoot(), file))
        .Select(file => file[..^".xx.resx".Length].Replace('\\', '/'))
        .Distinct()];

    [Fact]
    public void Groups_AreFound() => Assert.Contains("src/DealerPortal.Web/Features/Shared/SharedTexts", Groups.Select((object[] row) => (string)row[0]));

    [Theory]
    [MemberData(nameof(Groups))]
    public void Group_HasTheSameTextsInFourLanguages(string group)
    {
        var texts = Languages.All.ToDictionary(language => language, language => Read($"{group}.{language}.resx"));
        var french = texts[Languages.Default];

        Assert.NotEmpty(french);
        foreach (var (language, own) in texts)
        {
            Assert.Equal(french.Keys.Order(StringComparer.Ordinal), own.Keys.Order(StringComparer.Ordinal));
            Assert.All(own, text => Assert.False(string.IsNullOrWhiteSpace(text.Value), $"{language} {text.Key} is empty"));
            Assert.All(own, text => Assert.True(
                PlacesOf(text.Value).SetEquals(PlacesOf(french[text.Key])), $"{language} {text.Key} fills other places than the French text"));
        }
    }

    [Theory]
    [MemberData(nameof(Groups))]
    public void Group_HasItsMarkerAsTheFirstTypeOfItsFile(string group)
    {
        var marker = File.ReadAllText(Path.Combine(PortalProcess.RepositoryRoot(), group + ".cs"));

        Assert.Equal(Path.GetFileName(group), FirstType().Match(marker).Groups[1].Value);
    }

    private static Dictionary<string, string> Read(string file) =>
        XDocument.Load(Path.Combine(PortalProcess.RepositoryRoot(), file)).Root!.Elements("data")
            .ToDictionary(data => (string)data.Attribute("name")!, data => (string?)data.Element("value") ?? "");

    private static HashSet<string> PlacesOf(string text) => [.. Place().Matches(text).Select(place => place.Groups[1].Value)];

    [GeneratedRegex(@"\{(\w+)(:[^}]*)?\}", RegexOptions.NonBacktracking)]
    private static partial Regex Place();

    [GeneratedRegex(@"(?:class|record|struct|enum|interface)\s+(\w+)", RegexOptions.NonBacktracking)]
    private static partial Regex FirstType();
}
