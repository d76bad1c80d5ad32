using DealerPortal.TestCommon;
using Microsoft.OpenApi;

namespace DealerPortal.Web.Tests.Features.Api;

public sealed class ApiDocumentTests(PortalFixture portal) : IClassFixture<PortalFixture>
{
    private const string Path = "/api/v1/dossiers/{number}/events";

    [Fact]
    public async Task Document_IsValidAndDescribesTheEventsWithExamplesAndErrors()
    {
        using var machine = new Machine(portal.Factory, null);

        var answer = await machine.GetAsync("/api/v1/openapi.json");

        Assert.Equal((200, "application/json"), (answer.Status, answer.ContentType));
        var (document, diagnostic) = OpenApiDocument.Parse(answer.Body, "json");
        Assert.Empty(diagnostic!.Errors);
        Assert.Empty(diagnostic.Warnings);
        Assert.Equal([Path], document!.Paths.Keys);
        var operation = Assert.Single(document.Paths[Path].Operations!).Value;
        Assert.Equal(["200", "202", "400", "401", "403", "404", "409", "413", "415", "429", "503"], operation.Responses!.Keys.Order(StringComparer.Ordinal));
        Assert.All(operation.Responses, response => Assert.NotEmpty(response.Value.Content!.Single().Value.Examples!));
        Assert.Equal("bearer", document.Components!.SecuritySchemes!.Single().Value.Scheme);
        Assert.Single(operation.Security!);
        var body = operation.RequestBody!.Content!["application/json"];
        Assert.Equal(3, body.Examples!.Count);
        Assert.Equal(["code", "eventId", "occurredAt"], body.Schema!.Required!.Order(StringComparer.Ordinal));
        Assert.Equal(
            ["appointment", "code", "eventId", "grmsNumber", "occurredAt", "orderNumber", "reason", "text"],
            body.Schema.Properties!.Keys.Order(StringComparer.Ordinal));
        Assert.All(body.Schema.Properties!.Values, field => Assert.False(string.IsNullOrEmpty(field.Description)));
        Assert.False(body.Schema.AdditionalPropertiesAllowed);
        Assert.Equal(["date", "from", "place", "until"], body.Schema.Properties!["appointment"].Required!.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Examples_AreWhatTheApiTakes()
    {
        using var reading = new Machine(portal.Factory, null);
        var (document, _) = OpenApiDocument.Parse((await reading.GetAsync("/api/v1/openapi.json")).Body, "json");
        var organisation = await portal.Data.CreateOrganisationAsync();
        var dossier = await portal.Data.CreateDossierAsync(organisation, await portal.Data.CreateMemberAsync(organisation));
        using var machine = new Machine(portal.Factory, (await portal.Data.CreateCentreAsync()).Key);

        foreach (var example in document!.Paths[Path].Operations!.Single().Value.RequestBody!.Content!["application/json"].Examples!.Values)
        {
            var json = example.Value!.DeepClone().AsObject();
            json["occurredAt"] = Machine.Event("x", "x", portal.Factory.Now)["occurredAt"]!.DeepClone();
            Assert.Equal(200, (await machine.ReportAsync(dossier.Number, json)).Status);
        }
    }
}
