using System.Security.Cryptography.X509Certificates;
using DealerPortal.Core;
using DealerPortal.Core.Accounts;
using DealerPortal.Core.Accounts.Seats;
using DealerPortal.Core.Audit;
using DealerPortal.Core.Catalogue;
using DealerPortal.Core.Content.Dealercards;
using DealerPortal.Core.Content;
using DealerPortal.Core.Credits;
using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Dossiers.Handling;
using DealerPortal.Core.Dossiers.Promises;
using DealerPortal.Core.Dossiers.Unanswered;
using DealerPortal.Core.Exports;
using DealerPortal.Core.Figures;
using DealerPortal.Core.Files;
using DealerPortal.Core.Mail;
using DealerPortal.Core.Mail.Inbound;
using DealerPortal.Core.OldPortal;
using DealerPortal.Core.Privacy;
using DealerPortal.Core.ServiceCentres;
using DealerPortal.Web.Access;
using DealerPortal.Web.Development;
using DealerPortal.Web.Features.Account;
using DealerPortal.Web.Features.Admin;
using DealerPortal.Web.Features.Admin.ServiceCentres;
using DealerPortal.Web.Features.Api;
using DealerPortal.Web.Features.Content;
using DealerPortal.Web.Features.Credits;
using DealerPortal.Web.Features.Dealercards;
using DealerPortal.Web.Features.Dossiers.Details;
using DealerPortal.Web.Features.Dossiers.New;
using DealerPortal.Web.Features.Exports;
using DealerPortal.Web.Features.Figures;
using DealerPortal.Web.Features.Home;
using DealerPortal.Web.Features.Language;
using DealerPortal.Web.Features.Live;
using DealerPortal.Web.Features.Shared;
using FluentValidation;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.HttpsPolicy;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Razor;
using Microsoft.Extensions.Options;

namespace DealerPortal.Web.Hosting;

/// <summary>Everything between the socket and a controller that is not a feature.</summary>
public static class PortalWeb
{
    public static void AddPortalWeb(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        var configuration = builder.Configuration;
        services.Configure<PortalOptions>(configuration.GetSection("Portal"));
        services.Configure<BrandOptions>(configuration.GetSection("Brand"));
        services.Configure<ExportOptions>(configuration.GetSection("Exports"));
        services.Configure<PromiseOptions>(configuration.GetSection("Promise"));
        services.Configure<RetentionOptions>(configuration.GetSection("Retention"));
        services.Configure<UnansweredOptions>(configuration.GetSection("Unanswered"));
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        services.AddSingleton(TimeProvider.System);
        services.AddMemoryCache();
        services.AddPortalCultures();
        services.AddPortalRateLimits();
        services.AddProblemDetails();
        services.AddExceptionHandler<DependencyFailures>();
        services.AddSingleton<DatabaseCheck>();
        services.AddHealthChecks().AddCheck<DatabaseCheck>("database", tags: ["ready"]);
        services.AddHsts(hsts => hsts.MaxAge = TimeSpan.FromDays(365));
        services.AddPortalFiles(configuration);
        services.AddPortalMail(configuration);
        services.AddInboundMail(configuration);
        services.AddPortalAudit();
        services.AddPortalPrivacy();
        services.AddPortalFigures();
        services.AddCatalogue();
        services.AddPortalContent();
        services.AddPortalDossiers();
        services.AddDossierForms();
        services.AddDossierHandling();
        services.AddPortalExports();
        services.AddPortalCredits();
        services.AddOldPortal();
        services.AddDealercards();
        services.AddDealercardPages();
        services.AddScoped<ListExports>();
        services.AddScoped<CreditReading>();
        services.AddScoped<MovesReading>();
        services.AddScoped<InitialAssistance>();
        services.AddScoped<FiguresFiles>();
        services.AddDossierPages();
        services.AddLivePages();
        services.AddAdminPages();
        services.AddServiceCentres();
        services.Configure<ApiOptions>(configuration.GetSection("Api"));
        services.AddSingleton<ApiLimits>();
        services.AddApiDocument();
        services.AddServiceCentrePages();
        services.AddScoped<LanguageChoice>();
        AddIdentity(services);
        services.AddAccounts();
        services.AddAccountPages();
        AddKeys(services, configuration);
        AddMvc(services, builder.Environment);

        services.AddOptions<HttpsRedirectionOptions>().Configure<IOptions<PortalOptions>>((https, portal) => https.HttpsPort = new Uri(portal.Value.BaseUrl).Port);
        services.AddOptions<HostFilteringOptions>().Configure<IOptions<PortalOptions>>((hosts, portal) =>
            hosts.AllowedHosts = [new Uri(portal.Value.BaseUrl).Host, .. portal.Value.ExtraHosts]);
        services.AddOptions<ForwardedHeadersOptions>().Configure<IOptions<PortalOptions>>((forwarded, portal) =>
        {
            // With no proxy named the middleware would believe everybody, who could then choose an address per request.
            forwarded.ForwardedHeaders = portal.Value.TrustedProxies.Length == 0
                ? ForwardedHeaders.None
                : ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
            // Loopback is trusted by default, which lets anything on the machine choose its own address.
            forwarded.KnownProxies.Clear();
            forwarded.KnownIPNetworks.Clear();
            foreach (var network in portal.Value.TrustedProxies)
                forwarded.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(network));
        });
    }

    public static void UsePortalWeb(this WebApplication app)
    {
        app.UseForwardedHeaders();
        app.UseRequestLog();
        app.UseSecurityHeaders();
        app.UseRequestLocalization();
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandlingPath = "/error",
            AllowStatusCode404Response = true,
            StatusCodeSelector = exception => exception switch
            {
                BadHttpRequestException bad => bad.StatusCode,
                _ when DependencyFailures.IsDependency(exception) => StatusCodes.Status503ServiceUnavailable,
                _ => StatusCodes.Status500InternalServerError,
            },
        });
        app.UseStatusCodePagesWithReExecute("/error/{0}");
        if (app.Services.GetRequiredService<IOptions<PortalOptions>>().Value.IsHttps)
        {
            app.UseHsts();
            // Probes ask over plain http from the next room.
            app.UseWhen(context => !context.Request.Path.StartsWithSegments("/health"), pages => pages.UseHttpsRedirection());
        }

        app.UseRouting();
        app.UseRouteForLog();
        app.UseRateLimiter();
        app.UseAuthentication();
        app.UseSecondFactorGate();
        app.UseMiddleware<SeatGate>();
        app.UseMiddleware<OrganisationGate>();
        app.UseAuthorization();
        app.MapStaticAssets().AllowAnonymous();
        app.MapControllers().WithStaticAssets();
        app.MapOpenApi(ApiDocument.Address).AllowAnonymous();
        app.MapHealthChecks("/health/live", new() { Predicate = _ => false }).AllowAnonymous();
        app.MapHealthChecks("/health/ready", new() { Predicate = check => check.Tags.Contains("ready") }).AllowAnonymous();
    }

    private static void AddIdentity(IServiceCollection services)
    {
        services.AddIdentityCore<User>(identity =>
        {
            identity.User.RequireUniqueEmail = true;
            identity.User.AllowedUserNameCharacters = null!;
            // Length and content are PasswordRules' to judge; composition rules help nobody.
            identity.Password.RequiredLength = 1;
            identity.Password.RequireDigit = false;
            identity.Password.RequireLowercase = false;
            identity.Password.RequireUppercase = false;
            identity.Password.RequireNonAlphanumeric = false;
            identity.Password.RequiredUniqueChars = 0;
        }).AddEntityFrameworkStores<PortalDbContext>().AddDefaultTokenProviders();
        services.Configure<PasswordHasherOptions>(hasher => hasher.IterationCount = 220_000);
        services.Configure<DataProtectionTokenProviderOptions>(tokens => tokens.TokenLifespan = TimeSpan.FromHours(1));

        services.AddScoped<SessionService>();
        services.AddScoped<SeatService>();
        services.AddScoped<CurrentUser>();
        services.AddScoped<SessionCookie>();
        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddCookie(IdentityConstants.ApplicationScheme, cookie =>
        {
            cookie.EventsType = typeof(SessionCookie);
            cookie.LoginPath = "/sign-in";
            cookie.ReturnUrlParameter = "returnUrl";
            cookie.SlidingExpiration = false;
            cookie.ExpireTimeSpan = SessionService.AbsoluteLifetime;
            // Sessions are for people: a machine's request with a cookie is one without.
            cookie.ForwardDefaultSelector = context => ApiProblems.IsApi(context.Request.Path) ? MachineKeyHandler.SchemeName : null;
        });
        services.AddOptions<Microsoft.AspNetCore.Authentication.Cookies.CookieAuthenticationOptions>(IdentityConstants.ApplicationScheme)
            .Configure<IOptions<PortalOptions>>((cookie, portal) =>
            {
                cookie.Cookie.Name = CookieNames.Session(portal.Value);
                cookie.Cookie.SameSite = SameSiteMode.Lax;
                cookie.Cookie.HttpOnly = true;
                cookie.Cookie.SecurePolicy = SecurePolicy(portal.Value);
            });

        services.AddScoped<CurrentCaller>();
        services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, MachineKeyHandler>(MachineKeyHandler.SchemeName, configureOptions: null);
        services.AddScoped<IAuthorizationHandler, MachineHandler>();
        services.AddScoped<IAuthorizationHandler, AudienceHandler>();
        services.AddScoped<IAuthorizationMiddlewareResultHandler, RefusedAccess>();
        services.AddAuthorization(authorization =>
        {
            foreach (var audience in Enum.GetValues<Audience>())
                authorization.AddPolicy(audience.ToString(), policy => policy.AddRequirements(new AudienceRequirement(audience)));
            authorization.AddPolicy(MachineAccessAttribute.PolicyOf(CentreScopes.Events), policy => policy
                .AddAuthenticationSchemes(MachineKeyHandler.SchemeName).RequireAuthenticatedUser().AddRequirements(new MachineRequirement(CentreScopes.Events)));
            // A route that declares nothing is for nobody.
            authorization.FallbackPolicy = new AuthorizationPolicyBuilder().RequireAssertion(_ => false).Build();
        });
    }

    private static void AddKeys(IServiceCollection services, IConfiguration configuration)
    {
        var keys = services.AddDataProtection().SetApplicationName("DealerPortal").PersistKeysToDbContext<PortalDbContext>();
        if (configuration["DataProtection:CertificatePath"] is { Length: > 0 } path)
            keys.ProtectKeysWithCertificate(X509CertificateLoader.LoadPkcs12FromFile(path, configuration["DataProtection:CertificatePassword"]));
    }

    private static void AddMvc(IServiceCollection services, IHostEnvironment environment)
    {
        services.AddOptions<Microsoft.AspNetCore.Antiforgery.AntiforgeryOptions>().Configure<IOptions<PortalOptions>>((antiforgery, portal) =>
        {
            antiforgery.Cookie.Name = CookieNames.Antiforgery(portal.Value);
            antiforgery.Cookie.SecurePolicy = SecurePolicy(portal.Value);
            antiforgery.Cookie.SameSite = SameSiteMode.Strict;
            antiforgery.HeaderName = "X-Antiforgery";
        });
        services.AddOptions<CookieTempDataProviderOptions>().Configure<IOptions<PortalOptions>>((temp, portal) =>
        {
            temp.Cookie.Name = CookieNames.TempData(portal.Value);
            temp.Cookie.SecurePolicy = SecurePolicy(portal.Value);
        });
        var folders = new FeatureFolders();
        services.AddControllersWithViews(mvc =>
            {
                mvc.Conventions.Add(new DevelopmentOnlyConvention(environment.IsDevelopment()));
                mvc.Conventions.Add(folders);
                mvc.Filters.Add(new AutoValidateAntiforgeryTokenAttribute());
                mvc.Filters.AddService<PulseFilter>();
                mvc.SuppressImplicitRequiredAttributeForNonNullableReferenceTypes = true;
                mvc.MaxModelValidationErrors = 200;
                // What the address names is what is meant: MVC would let a posted field of the same name stand before it.
                var addresses = mvc.ValueProviderFactories.OfType<RouteValueProviderFactory>().Single();
                mvc.ValueProviderFactories.Remove(addresses);
                mvc.ValueProviderFactories.Insert(0, addresses);
            })
            .AddViewLocalization();
        services.AddOptions<MvcOptions>().Configure<Microsoft.Extensions.Localization.IStringLocalizerFactory>((mvc, texts) =>
            BindingMessages.Localise(mvc.ModelBindingMessageProvider, texts.Create(typeof(SharedTexts))));
        services.Configure<RazorViewEngineOptions>(razor => razor.ViewLocationExpanders.Add(folders));
        // Made once: a validator compiles its rules. They say their messages when they judge, in the language of whoever asks.
        services.AddValidatorsFromAssemblyContaining<SharedTexts>(ServiceLifetime.Singleton, includeInternalTypes: true);
    }

    private static CookieSecurePolicy SecurePolicy(PortalOptions portal) =>
        portal.IsHttps ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
}
