using DealerPortal.Core.Data;
using DealerPortal.Web.Hosting;
using Serilog;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddSerilog(
    (services, log) => log.ReadFrom.Configuration(builder.Configuration).ReadFrom.Services(services), preserveStaticLogger: true);
if (!builder.Environment.IsDevelopment() && RequiredSettings.Problems(builder.Configuration) is { Count: > 0 } problems)
{
    await Console.Error.WriteLineAsync("The portal cannot start:\n  " + string.Join("\n  ", problems));
    return 1;
}

builder.Services.AddDatabase(builder.Configuration);
builder.AddPortalWeb();
var app = builder.Build();
app.UsePortalWeb();
await app.RunAsync();
return 0;
