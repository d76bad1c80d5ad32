using DealerPortal.Core.Mail.Bounces;
using DealerPortal.Core.Mail.Inbound;
using DealerPortal.Core.Mail.Outbox;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace DealerPortal.Core.Mail;

public static class MailServices
{
    /// <summary>
    /// Registers the outbox, its sender and the transport that <c>Mail:Transport</c> names. Needs the database,
    /// data protection, logging, <see cref="BrandOptions"/> and <see cref="PortalOptions"/> beside it.
    /// </summary>
    public static IServiceCollection AddPortalMail(this IServiceCollection services, IConfiguration configuration)
    {
        services.Configure<MailOptions>(configuration.GetSection("Mail"));
        services.AddSingleton<IValidateOptions<MailOptions>, MailOptionsValidation>();
        services.AddOptions<MailOptions>().ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<MailSignal>();
        services.AddSingleton<ReplyTokens>();
        services.AddSingleton<MailQueue>();
        services.AddSingleton<IMailTransport>(provider => provider.GetRequiredService<IOptions<MailOptions>>().Value.Transport == MailTransportKind.Smtp
            ? ActivatorUtilities.CreateInstance<SmtpTransport>(provider)
            : ActivatorUtilities.CreateInstance<PickupTransport>(provider));
        services.AddScoped<OutboxList>();
        services.AddScoped<OutboxCare>();
        services.AddScoped<AddressConfirmation>();
        services.AddSingleton<MailSender>();
        services.AddHostedService(provider => provider.GetRequiredService<MailSender>());
        return services;
    }

    private sealed class MailOptionsValidation : IValidateOptions<MailOptions>
    {
        public ValidateOptionsResult Validate(string? name, MailOptions options) =>
            options.Problems().ToList() is { Count: > 0 } problems ? ValidateOptionsResult.Fail(problems) : ValidateOptionsResult.Success;
    }
}
