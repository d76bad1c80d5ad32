using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;
using DealerPortal.TestCommon;

namespace DealerPortal.Core.Tests.House;

/// <summary>House rules that the compiler does not know, read from the source.</summary>
public sealed partial class SourceTests
{
    /// <summary>Where reading across organisations is allowed: staff, jobs, and the few that say why at the call. A new line here is a decision.</summary>
    private static readonly string[] AcrossOrganisations =
    [
        "src/DealerPortal.Core/Accounts/Erasure/HeirlessDossiers.cs", // a person's own, in every organisation they were in
        "src/DealerPortal.Core/Accounts/Erasure/PersonalDrafts.cs", // a person's own, in every organisation they were in
        "src/DealerPortal.Core/Accounts/OwnData/OwnDataReading.cs", // a person's own, in every organisation they were in
        "src/DealerPortal.Core/Accounts/Seats/SeatService.cs", // an agent's own draft, whichever dealer it is for
        "src/DealerPortal.Core/Catalogue/UnknownModels.cs", // staff; links dossiers of all to a model that appeared
        "src/DealerPortal.Core/Data/Tenancy.cs",
        "src/DealerPortal.Core/Dossiers/DraftService.cs", // a person's own draft that was begun for another of their organisations
        "src/DealerPortal.Core/Dossiers/Reader.cs", // the one rule for staff
        "src/DealerPortal.Core/Figures/FiguresCounting.cs", // a job
        "src/DealerPortal.Core/Credits/CreditImporting.cs", // a job
        "src/DealerPortal.Core/Credits/CreditImports.cs", // staff
        "src/DealerPortal.Core/Credits/CreditLinking.cs", // a job, and staff
        "src/DealerPortal.Core/Credits/CreditLists.cs", // staff; a dossier that was found names its organisation
        "src/DealerPortal.Core/Credits/CreditOwners.cs", // names its organisation
        "src/DealerPortal.Core/Files/FileSweep.cs", // a job
        "src/DealerPortal.Core/Mail/Inbound/InboundReception.cs", // a job; the token of a mail names the dossier before its organisation is known
        "src/DealerPortal.Core/Mail/Outbox/OutboxList.cs", // staff
        "src/DealerPortal.Core/Accounts/Erasure/AccountErasure.cs", // names the person's organisations
        "src/DealerPortal.Core/OldPortal/AwaitedOwner.cs", // names its organisation
        "src/DealerPortal.Core/OldPortal/Dependents.cs", // staff; counts what stands in the way of undoing an import
        "src/DealerPortal.Core/OldPortal/DossierWorld.cs", // staff, and a job
        "src/DealerPortal.Core/OldPortal/ImportedDossiers.cs", // staff, and a job
        "src/DealerPortal.Core/OldPortal/ImportedOrganisations.cs", // staff, and a job
        "src/DealerPortal.Core/Organisations/BranchService.cs", // names its organisation; search words of it
        "src/DealerPortal.Core/Organisations/OrganisationOf.cs", // which of a person's organisations a link leads to; says no more than that
        "src/DealerPortal.Core/Organisations/OrganisationSearch.cs", // towns, which anyone registering may find
        "src/DealerPortal.Core/Organisations/Support/OrganisationDirectory.cs", // staff
        "src/DealerPortal.Core/Organisations/Support/OrganisationMerging.cs", // staff, and a job
        "src/DealerPortal.Core/Organisations/Support/OrganisationRows.cs", // names both organisations
        "src/DealerPortal.Core/Organisations/OrganisationTokens.cs", // names its organisation; written before anyone is a member
        "src/DealerPortal.Core/Privacy/EndUserDataRows.cs", // a job
        "src/DealerPortal.Web/Features/Files/FilesController.cs", // staff
    ];

    /// <summary>SQL written by hand, without any input in it.</summary>
    private static readonly string[] HandWrittenSql =
    [
        "src/DealerPortal.Core/Data/DatabaseSetup.cs",
        "src/DealerPortal.Core/Data/PreparedInsert.cs", // the model's own names, values as parameters
        "src/DealerPortal.Core/Data/SqlitePragmas.cs",
    ];

    private static readonly string Root = PortalProcess.RepositoryRoot();

    [Fact]
    public void AllOrganisations_IsCalledInKnownPlacesOnly() =>
        Assert.Equal(AcrossOrganisations.Order(StringComparer.Ordinal), FilesWith(AllOrganisations(), "*.cs", "*.cshtml"));

    [Fact]
    public void QueryFilters_AreIgnoredThroughAllOrganisationsOnly() =>
        Assert.Equal(["src/DealerPortal.Core/Data/Tenancy.cs"], FilesWith(IgnoreFilters(), "*.cs", "*.cshtml"));

    [Fact]
    public void Sql_IsHandWrittenInKnownPlacesOnly() => Assert.Equal(HandWrittenSql, FilesWith(RawSql(), "*.cs", "*.cshtml"));

    [Fact]
    public void Clock_IsTheTimeProvider() => Assert.Empty(FilesWith(SystemClock(), "*.cs", "*.cshtml"));

    [Fact]
    public void Regex_IsLinear()
    {
        var backtracking = from file in Files("*.cs")
                           from line in File.ReadLines(file)
                           where RegexMade().IsMatch(line) && !line.Contains("NonBacktracking", StringComparison.Ordinal)
                           select $"{Name(file)}: {line.Trim()}";

        Assert.Empty(backtracking);
    }

    /// <summary>The jitter of the mail sender's waiting is no secret; everything else that is drawn may become one.</summary>
    [Fact]
    public void Random_IsCryptographic() => Assert.Equal(["src/DealerPortal.Core/Mail/MailSender.cs"], FilesWith(WeakRandom(), "*.cs", "*.cshtml").Where(file => !file.Contains("/Development/", StringComparison.Ordinal)));

    [Fact]
    public void Views_WriteNoRawHtml() => Assert.Empty(FilesWith(HtmlRaw(), "*.cshtml"));

    [Fact]
    public void Views_HaveNoInlineStyleOrScript() => Assert.Empty(FilesWith(Inline(), "*.cshtml"));

    [Fact]
    public void VendoredFiles_AreWhatTheManifestSays()
    {
        var web = Path.Combine(Root, "src", "DealerPortal.Web", "wwwroot");
        using var manifest = JsonDocument.Parse(File.ReadAllText(Path.Combine(web, "lib", "manifest.json")));
        var listed = manifest.RootElement.EnumerateArray().ToDictionary(e => e.GetProperty("file").GetString()!);

        foreach (var (file, entry) in listed)
        {
            Assert.Equal(entry.GetProperty("sha256").GetString(), Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(web, file)))));
            Assert.True(File.Exists(Path.Combine(web, entry.GetProperty("licenceFile").GetString()!)), $"The licence of {file} is missing.");
        }

        var unlisted = Directory.EnumerateFiles(Path.Combine(web, "lib"), "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(web, file).Replace('\\', '/'))
            .Where(file => file != "lib/manifest.json" && !file.EndsWith("/LICENSE", StringComparison.Ordinal) && !listed.ContainsKey(file));
        Assert.Empty(unlisted);
    }

    private static IEnumerable<string> FilesWith(Regex what, params string[] patterns) =>
        Files(patterns).Where(file => what.IsMatch(File.ReadAllText(file))).Select(Name).Order(StringComparer.Ordinal).ToList();

    private static IEnumerable<string> Files(params string[] patterns) => patterns
        .SelectMany(pattern => Directory.EnumerateFiles(Path.Combine(Root, "src"), pattern, SearchOption.AllDirectories))
        .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
            && !file.Contains($"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}", StringComparison.Ordinal));

    private static string Name(string file) => Path.GetRelativePath(Root, file).Replace('\\', '/');

    [GeneratedRegex(@"\bAllOrganisations(<\w+>)?\(", RegexOptions.NonBacktracking)]
    private static partial Regex AllOrganisations();

    [GeneratedRegex(@"\bIgnoreQueryFilters\(", RegexOptions.NonBacktracking)]
    private static partial Regex IgnoreFilters();

    [GeneratedRegex(@"\b(FromSql\w*|ExecuteSql\w*|SqlQuery\w*)[(<]|\bCommandText\s*=", RegexOptions.NonBacktracking)]
    private static partial Regex RawSql();

    [GeneratedRegex(@"\b(DateTime|DateTimeOffset)\.(Now|UtcNow|Today)\b", RegexOptions.NonBacktracking)]
    private static partial Regex SystemClock();

    [GeneratedRegex(@"\[GeneratedRegex\(|new Regex\(|Regex\??\s+\w+\s*(=|=>)\s*new\s*\(|Regex\.(IsMatch|Match|Matches|Replace|Split|Count|Enumerate\w+)\(|\.Matches\(|\[RegularExpression\(|:regex\(", RegexOptions.NonBacktracking)]
    private static partial Regex RegexMade();

    [GeneratedRegex(@"\bRandom\.Shared\b|\bnew Random\b|\bRandom \w+ = new\b", RegexOptions.NonBacktracking)]
    private static partial Regex WeakRandom();

    [GeneratedRegex(@"Html\.Raw\b|new HtmlString\(", RegexOptions.NonBacktracking)]
    private static partial Regex HtmlRaw();

    [GeneratedRegex(@"<style|\sstyle=|<script(\s+(type|async|defer)[^>]*)?>|\son[a-z]+=[""']|javascript:", RegexOptions.NonBacktracking)]
    private static partial Regex Inline();
}
