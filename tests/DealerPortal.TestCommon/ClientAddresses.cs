using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace DealerPortal.TestCommon;

/// <summary>The test server has no sockets: a request comes from the address that its client says.</summary>
internal sealed class ClientAddresses : IStartupFilter
{
    public const string Header = "X-Test-Address";

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use((context, following) =>
        {
            if (IPAddress.TryParse(context.Request.Headers[Header], out var address))
                context.Connection.RemoteIpAddress = address;
            context.Request.Headers.Remove(Header);
            return following(context);
        });
        next(app);
    };
}
