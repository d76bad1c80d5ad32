using System.Globalization;
using System.Net.Mime;
using System.Text.Json.Nodes;
using DealerPortal.Core;
using DealerPortal.Core.ServiceCentres;
using DealerPortal.Web.Features.Api.Events;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;

namespace DealerPortal.Web.Features.Api;

/// <summary>The description of the API for those who write machines, at <c>/api/v1/openapi.json</c>.</summary>
public static class ApiDocument
{
    public const string Name = "v1";
    public const string Address = "/api/v1/openapi.json";

    private const string Key = "key";

    public static IServiceCollection AddApiDocument(this IServiceCollection services) => services.AddOpenApi(Name, openApi =>
    {
        openApi.AddDocumentTransformer(DescribeAsync);
        openApi.AddOperationTransformer(DescribeAsync);
        openApi.AddSchemaTransformer(DescribeAsync);
    });

    private static Task DescribeAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken ct)
    {
        var services = context.ApplicationServices;
        document.Info = new OpenApiInfo
        {
            Title = $"{services.GetRequiredService<IOptions<BrandOptions>>().Value.Name} API",
            Version = "1",
            Description = "For service centres. Every error is a problem details object (RFC 9457) with a `reference` to quote. Unknown fields are refused.",
        };
        document.Servers = [new OpenApiServer { Url = services.GetRequiredService<IOptions<PortalOptions>>().Value.BaseUrl.TrimEnd('/') }];
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [Key] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "The key that the manufacturer's support gave to the service centre. It starts with `dpsc_`." },
        };
        return Task.CompletedTask;
    }

    private static async Task DescribeAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken ct)
    {
        operation.OperationId = "reportEvent";
        operation.Summary = "Reports what happened to a dossier";
        operation.Description = EventDescription.Operation;
        operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Key, context.Document)] = [] }];
        foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>() ?? [])
        {
            parameter.Description = "The portal's number of the dossier, with or without dashes.";
            parameter.Example = "26-0001234-2";
        }

        AddComponents(context.Document!);
        operation.RequestBody = new OpenApiRequestBody
        {
            Required = true,
            Description = string.Create(CultureInfo.InvariantCulture, $"At most {EventsController.MaxBodyBytes} bytes."),
            Content = Content(MediaTypeNames.Application.Json, await SchemaAsync<CentreEventBody>("Event", context, ct), EventDescription.Requests),
        };
        operation.Responses = new OpenApiResponses();
        foreach (var (status, text, example) in EventDescription.Receipts)
            operation.Responses[status] = Response(text, MediaTypeNames.Application.Json, await SchemaAsync<EventReceipt>("Receipt", context, ct), example);
        foreach (var (status, text, example) in EventDescription.Problems)
            operation.Responses[status] = Response(text, MediaTypeNames.Application.ProblemJson, new OpenApiSchemaReference(status == "400" ? "FieldProblem" : "Problem", context.Document), example);
        AddHeader(operation.Responses["429"], "Retry-After", "Seconds to wait.");
        AddHeader(operation.Responses["401"], "WWW-Authenticate", "Bearer");
    }

    private static Task DescribeAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken ct)
    {
        var type = context.JsonTypeInfo.Type;
        string[] required = type == typeof(CentreEventBody) ? ["eventId", "code", "occurredAt"] : type == typeof(AppointmentBody) ? ["date", "from", "until", "place"] : [];
        if (required.Length > 0)
        {
            schema.Required = required.ToHashSet();
            schema.AdditionalPropertiesAllowed = false;
        }

        foreach (var (name, property) in schema.Properties ?? new Dictionary<string, IOpenApiSchema>())
        {
            if (property is not OpenApiSchema own)
                continue;
            if (required.Contains(name))
                own.Type &= ~JsonSchemaType.Null;
            if (EventDescription.Fields.TryGetValue((type, name), out var field))
                field.ApplyTo(own);
        }

        return Task.CompletedTask;
    }

    private static void AddComponents(OpenApiDocument document)
    {
        var problem = new Dictionary<string, IOpenApiSchema>
        {
            ["type"] = Text("about:blank"),
            ["title"] = Text("The status in words."),
            ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer },
            ["detail"] = Text("What to do, where there is something to say."),
            ["reference"] = Text("To quote when you ask about it."),
        };
        var errors = new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Description = "By field, as the event names it; `body` where it is not JSON.",
            AdditionalProperties = new OpenApiSchema { Type = JsonSchemaType.Array, Items = new OpenApiSchema { Type = JsonSchemaType.String } },
        };
        document.AddComponent("Problem", new OpenApiSchema { Type = JsonSchemaType.Object, Properties = problem, Required = new HashSet<string> { "type", "title", "status", "reference" } });
        document.AddComponent("FieldProblem", new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Properties = new Dictionary<string, IOpenApiSchema>(problem) { ["errors"] = errors },
            Required = new HashSet<string> { "type", "title", "status", "errors", "reference" },
        });

        static OpenApiSchema Text(string description) => new() { Type = JsonSchemaType.String, Description = description };
    }

    private static async Task<IOpenApiSchema> SchemaAsync<T>(string id, OpenApiOperationTransformerContext context, CancellationToken ct)
    {
        if (context.Document!.Components?.Schemas?.ContainsKey(id) is not true)
            context.Document.AddComponent(id, await context.GetOrCreateSchemaAsync(typeof(T), null, ct));
        return new OpenApiSchemaReference(id, context.Document);
    }

    private static OpenApiResponse Response(string text, string contentType, IOpenApiSchema schema, string example) =>
        new() { Description = text, Content = Content(contentType, schema, [("example", example)]) };

    private static Dictionary<string, OpenApiMediaType> Content(string contentType, IOpenApiSchema schema, IReadOnlyList<(string Name, string Json)> examples) => new()
    {
        [contentType] = new OpenApiMediaType
        {
            Schema = schema,
            Examples = examples.ToDictionary(example => example.Name, IOpenApiExample (example) => new OpenApiExample { Value = JsonNode.Parse(example.Json) }),
        },
    };

    private static void AddHeader(IOpenApiResponse response, string name, string text) =>
        ((OpenApiResponse)response).Headers = new Dictionary<string, IOpenApiHeader> { [name] = new OpenApiHeader { Description = text, Schema = new OpenApiSchema { Type = JsonSchemaType.String } } };
}
