using DealerPortal.Core.Data;
using DealerPortal.Web.Hosting;
using Serilog;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddSerilog(log => log.ReadFrom.Configuration(builder.Configuration));
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
