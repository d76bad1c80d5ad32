using DealerPortal.Core.Data;
using DealerPortal.Web.Development.Demo;
using DealerPortal.Web.Hosting;

if (!Verbs.TryTake(ref args, out var verb))
    return 2;
ImportOrder? order = null;
if (verb is ImportOrder.Import or ImportOrder.Undo && (order = ImportOrder.Take(verb, ref args)) is null)
{
    await Console.Error.WriteLineAsync(ImportOrder.Usage);
    return 2;
}

var builder = WebApplication.CreateBuilder(args);
if ((verb == Verbs.CheckSettings || (verb is not (Verbs.Migrate or Verbs.CheckHealth) && !builder.Environment.IsDevelopment())) && RequiredSettings.Problems(builder.Configuration) is { Count: > 0 } problems)
{
    await Console.Error.WriteLineAsync("The portal cannot start:\n  " + string.Join("\n  ", problems));
    return 1;
}

if (verb == Verbs.CheckSettings)
{
    Console.WriteLine("The settings are complete.");
    return 0;
}

if (verb == Verbs.CheckHealth)
    return await Verbs.CheckHealthAsync(builder.Configuration);

builder.AddPortalLogging(asErrors: order is not null);
builder.Services.AddDatabase(builder.Configuration);
builder.AddPortalWeb();
await using var app = builder.Build();
if (verb == Verbs.Migrate)
    return await Verbs.MigrateAsync(app.Services, app.Lifetime.ApplicationStopping);

app.UsePortalWeb();
if (!await app.Services.GetRequiredService<DatabaseCheck>().PrepareAsync(app.Lifetime.ApplicationStopping))
    return 1;
if (order is not null)
    return await new ImportVerbs(app.Services, Console.Out, Console.Error).RunAsync(order, app.Lifetime.ApplicationStopping);
if (!app.Environment.IsDevelopment() && await DemoData.IsThereAsync(app.Services, app.Lifetime.ApplicationStopping))
{
    await Console.Error.WriteLineAsync("The portal cannot start:\n  the database holds the demo logins, whose password is public");
    return 1;
}

if (app.Environment.IsDevelopment() && app.Configuration.GetValue("Development:DemoData", defaultValue: true))
    await DemoData.EnsureAsync(app.Services, app.Lifetime.ApplicationStopping);
await app.RunAsync();
return 0;
