using DealerPortal.Core.Accounts.Directory;
using DealerPortal.Core.Accounts.EmailChanges;
using DealerPortal.Core.Accounts.Erasure;
using DealerPortal.Core.Accounts.Invitations;
using DealerPortal.Core.Accounts.OwnData;
using DealerPortal.Core.Accounts.SecondFactor;
using DealerPortal.Core.Organisations;
using DealerPortal.Core.Work;
using DealerPortal.Core.Organisations.Support;
using Microsoft.Extensions.DependencyInjection;

namespace DealerPortal.Core.Accounts;

public static class AccountServices
{
    /// <summary>Registration, sign-in, passwords, members and branches. Needs the database, Identity's password hasher, sessions and mails beside it.</summary>
    public static IServiceCollection AddAccounts(this IServiceCollection services)
    {
        services.AddSingleton<DecoyPassword>();
        services.AddScoped<MailAllowances>();
        services.AddScoped<MailedCodes>();
        services.AddScoped<SignInThrottles>();
        services.AddScoped<SignInService>();
        services.AddSingleton<AuthenticatorKeys>();
        services.AddScoped<PasskeyChallenges>();
        services.AddScoped<SecondStep>();
        services.AddScoped<SecondFactors>();
        services.AddScoped<StaffInvitations>();
        services.AddScoped<MemberInvitations>();
        services.AddScoped<UserAdministration>();
        services.AddScoped<UserSearch>();
        services.AddScoped<RegistrationService>();
        services.AddScoped<PasswordService>();
        services.AddScoped<ProfileService>();
        services.AddScoped<OwnSessions>();
        services.AddScoped<EmailChangeService>();
        services.AddScoped<OwnDataReading>();
        services.AddScoped<OwnDataArchive>();
        services.AddScoped<AccountErasure>();
        services.AddScoped<MailPreferences>();
        services.AddScoped<ExpiredAccounts>();
        services.AddScoped<OrganisationSearch>();
        services.AddScoped<OrganisationDirectory>();
        services.AddScoped<OrganisationCare>();
        services.AddScoped<OrganisationMerging>();
        services.AddScoped<MembershipApplications>();
        services.AddScoped<MembershipService>();
        services.AddScoped<OrganisationOf>();
        services.AddScoped<ColleagueVisibility>();
        services.AddScoped<MembershipReminders>();
        services.AddScoped<BranchService>();
        services.AddHousekeeping<AccountsHousekeeping>();
        return services;
    }
}
