using System.Net;
using DealerPortal.TestCommon;

namespace DealerPortal.Web.Tests.Features.Dossiers.New;

/// <summary>
/// Every field of every form with nothing, too much, something hostile and something of another type: refused at the field
/// with everything else kept, or taken and shown as text. What each field says is in <see cref="FormCase.Bad"/>.
/// </summary>
public sealed class FormInputTests(PortalFixture portal) : IClassFixture<PortalFixture>
{
    private const string Hostile = "<script>alert(1)</script>\u202E'; DROP TABLE Dossiers; --";
    private static readonly string?[] Values = [null, new string('x', 5000), Hostile, "-1,5e9 31/02/9999"];

    public static TheoryData<string> Slugs => FormTests.Slugs;

    [Theory]
    [MemberData(nameof(Slugs))]
    public async Task EveryField_IsRefusedAtItsPlace_OrTakenAsText(string slug)
    {
        var (filing, revision) = await StartAsync(slug);
        var (refused, taken) = (0, 0);
        foreach (var field in FormTests.FieldsAsked(await filing.Client.GetPageAsync($"/dossiers/new/{slug}/{Guid.NewGuid():D}")))
        {
            foreach (var value in Values)
            {
                var known = filing.Form.Bad.FirstOrDefault(bad => bad.Field == field);
                (string Name, string? Value)[] over = known?.With is { } other ? [other, (field, value)] : [(field, value)];
                var page = await filing.Client.PostAsync(filing.Url, [.. filing.Fields(over).Where(f => f.Name != "Revision"), ("Revision", revision)]);
                if (page.Status == HttpStatusCode.Redirect)
                {
                    taken++;
                    var dossier = await filing.Client.FollowAsync(page);
                    Assert.Equal(HttpStatusCode.OK, dossier.Status);
                    Assert.DoesNotContain(dossier.Document.Scripts, script => script.TextContent.Contains("alert(1)", StringComparison.Ordinal));
                    filing.Dispose();
                    (filing, revision) = await StartAsync(slug);
                    continue;
                }

                refused++;
                Assert.True(page.Status == HttpStatusCode.BadRequest, $"{field} = {value}: {page.Status}");
                Assert.True(page.ErrorOf(known?.At ?? field) is not null, $"{field} = {value}: no error at the field, but {page.TextOf(".error-summary")}");
                var kept = filing.Fields(over).Where(f => f.Name != "Revision" && f.Name != field).ToList();
                Assert.Equal(kept.Select(FormTests.KeptAs), kept.Select(f => FormTests.KeptAs((f.Name, FormTests.Shown(page, f.Name)))));
                Assert.Equal(filing.Form.Slots.Count, page.Document.QuerySelectorAll("main .tile img").Length);
                revision = page.ValueOf("Revision")!;
            }
        }

        filing.Dispose();
        Assert.True(refused >= 4 && taken >= 1, $"{refused} refused, {taken} taken");
    }

    /// <summary>A draft that has its files already and lacks nothing but a text that is not too long.</summary>
    private async Task<(FormFiling Filing, string Revision)> StartAsync(string slug)
    {
        var filing = await FormFiling.StartAsync(portal.Factory, slug);
        var page = await filing.SendAsync((filing.Form.FreeText, new string('x', 5000)));
        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        return (filing, page.ValueOf("Revision")!);
    }
}
