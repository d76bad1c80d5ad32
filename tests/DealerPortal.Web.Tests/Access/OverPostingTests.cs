using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using DealerPortal.TestCommon;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace DealerPortal.Web.Tests.Access;

/// <summary>
/// quality.md S9: whoever posts, beside what the form has, every property that any form or any entity has, changes what
/// the form alone would have changed.
/// </summary>
[Collection(EveryForm.Name)]
public sealed class OverPostingTests(OwnPortalFixture portal)
{
    private const string Text = "overposted-text";
    private const int Number = 987_654_321;

    /// <summary>Of fields in one post, beside its own: more than a form takes would only show that it refuses them.</summary>
    private const int BatchSize = 900;

    /// <summary>A draft takes fewer.</summary>
    private const int DraftBatchSize = 350;
    private static readonly Guid Id = new("0badf00d-0bad-4bad-8bad-0badf00d0bad");

    private readonly PortalFactory _factory = portal.Factory;

    [Fact]
    public async Task Post_WithEveryPropertyOfEveryFormAndEntity_ChangesWhatTheFormChanges()
    {
        var extra = await ExtraFieldsAsync();
        Assert.Contains(extra, field => field is { Name: "User.StaffRole", Value: "PortalAdministrator" });
        Assert.Contains(extra, field => field is { Name: "OrganisationId", Value: "987654321" });
        var wrong = new ConcurrentQueue<string>();

        await EveryForm.OverAsync(_factory, async (host, route) =>
        {
            var (plainStatus, plain, prefixes) = await ChangesAsync(host, route, []);
            // Under each prefix every field comes again.
            foreach (var batch in extra.Chunk((route.Pattern.Contains("{draftId", StringComparison.Ordinal) ? DraftBatchSize : BatchSize) / prefixes))
            {
                var (status, changes, _) = await ChangesAsync(host, route, batch);
                if (status != plainStatus)
                    wrong.Enqueue($"{route.Key}: answers {status} instead of {plainStatus}");
                foreach (var kind in changes.Select(change => change.Kind).Except(plain.Select(change => change.Kind)))
                    wrong.Enqueue($"{route.Key}: {kind}");
                // The draft keeps what was posted, as typed: it is looked at when the draft is sent.
                foreach (var change in changes.Where(change => change.Property != "Draft.Pairs" && IsOurs(change.Value)))
                    wrong.Enqueue($"{route.Key}: {change.Property} is {change.Value}");
            }

            if (plainStatus >= 400)
                wrong.Enqueue($"{route.Key} in {nameof(FilledForms)} is refused: {plainStatus}");
        });

        Assert.True(wrong.IsEmpty, string.Join('\n', wrong));
    }

    private static async Task<(int Status, IReadOnlyList<StoredValue> Changes, int Prefixes)> ChangesAsync(PortalFactory host, Route route, IReadOnlyList<(string Name, string Value)> extra)
    {
        using var world = await AccessWorld.CreateAsync(host);
        var form = await FilledForms.OfAsync(route.Key, world, host);
        var own = form.Fields.Select(field => field.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var prefixes = own.Where(name => name.Contains('.', StringComparison.Ordinal)).Select(name => name.Split('.')[0] + ".").Append("").Distinct().ToList();
        var added = prefixes.SelectMany(prefix => extra.Select(field => (Name: prefix + field.Name, Value: (string?)field.Value)))
            .Where(field => !own.Contains(field.Name) && !IsOwnPrefix(route, field.Name)).ToArray();

        var before = await StoredRows.ReadAsync(host);
        var page = await form.SendAsync(added);
        return ((int)page.Status, (await StoredRows.ReadAsync(host)).ChangesSince(before), prefixes.Count);
    }

    /// <summary>MVC reads «branch.Street» as the field Street of the form that the action calls «branch».</summary>
    private static bool IsOwnPrefix(Route route, string name) =>
        route.Endpoint.Metadata.GetMetadata<ControllerActionDescriptor>()!.Parameters.Any(parameter => name.StartsWith(parameter.Name + ".", StringComparison.OrdinalIgnoreCase));

    /// <summary>Values that no test and no builder makes, each of a kind that its property could take.</summary>
    private async Task<IReadOnlyList<(string Name, string Value)>> ExtraFieldsAsync()
    {
        var stored = await _factory.ReadAsync(db => Task.FromResult(db.Model.GetEntityTypes().SelectMany(entity => entity.GetProperties().SelectMany(property =>
            (IEnumerable<(string, Type)>)[(property.Name, property.ClrType), ($"{entity.ShortName()}.{property.Name}", property.ClrType)])).ToList()));
        var posted = EveryForm.RoutesOf(_factory)
            .Select(route => route.Endpoint.Metadata.GetMetadata<ControllerActionDescriptor>()!)
            .SelectMany(action => action.MethodInfo.GetParameters())
            .Where(parameter => parameter.GetCustomAttributes().All(a => a is not IBindingSourceMetadata { BindingSource: { IsFromRequest: false } }))
            .SelectMany(parameter => IsSimple(parameter.ParameterType) ? [(parameter.Name!, parameter.ParameterType)] : parameter.ParameterType.GetProperties().Select(p => (p.Name, p.PropertyType)));
        return [.. stored.Concat(posted).Where(property => IsSimple(property.Item2) && property.Item1 is not "__RequestVerificationToken")
            .DistinctBy(property => property.Item1, StringComparer.OrdinalIgnoreCase)
            .Select(property => (property.Item1, ValueFor(property.Item2)))];
    }

    private static bool IsSimple(Type type) => (Nullable.GetUnderlyingType(type) ?? type) is var plain
        && (plain.IsPrimitive || plain.IsEnum || plain == typeof(string) || plain == typeof(Guid) || plain == typeof(DateTime) || plain == typeof(DateTimeOffset) || plain == typeof(DateOnly) || plain == typeof(TimeOnly));

    private static string ValueFor(Type type)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        if (plain.IsEnum)
            return Enum.GetValues(plain).Cast<object>().Last().ToString()!;
        if (plain == typeof(bool))
            return "true";
        if (plain == typeof(Guid))
            return Id.ToString();
        if (plain == typeof(DateTime) || plain == typeof(DateTimeOffset) || plain == typeof(DateOnly))
            return "2001-02-03";
        if (plain == typeof(byte))
            return "2";
        return plain.IsPrimitive ? Number.ToString(CultureInfo.InvariantCulture) : Text;
    }

    private static bool IsOurs(object? value) => value switch
    {
        string text => text.Contains(Text, StringComparison.OrdinalIgnoreCase) || text.Contains(Id.ToString(), StringComparison.OrdinalIgnoreCase) || text.StartsWith("2001-02-03", StringComparison.Ordinal),
        long number => number == Number,
        int number => number == Number,
        _ => false,
    };
}
