using DealerPortal.Core.Accounts;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Organisations;

namespace DealerPortal.Web.Features.Dossiers.New.Fields;

/// <summary>A form that may ask for an end user with an address.</summary>
public interface IEndUserInput
{
    string? EndUserName { get; }
    string? EndUserStreet { get; }
    string? EndUserPostalCode { get; }
    string? EndUserTown { get; }
    string? EndUserPhone { get; }
    string? EndUserEmail { get; }
}

public static class EndUserAnswers
{
    /// <summary>In the order of the page.</summary>
    public static readonly IReadOnlyList<string> Names =
    [
        nameof(IEndUserInput.EndUserName), nameof(IEndUserInput.EndUserStreet), nameof(IEndUserInput.EndUserPostalCode),
        nameof(IEndUserInput.EndUserTown), nameof(IEndUserInput.EndUserPhone), nameof(IEndUserInput.EndUserEmail),
    ];

    /// <summary>What valid answers say.</summary>
    public static EndUser ToEndUser(this IEndUserInput input) => new(
        FormInput.TextOf(input.EndUserName)!,
        FormInput.TextOf(input.EndUserStreet),
        FormInput.TextOf(input.EndUserPostalCode),
        FormInput.TextOf(input.EndUserTown),
        PhoneNumber.TryParse(input.EndUserPhone, out var phone) ? phone : null,
        EmailAddress.TryParse(input.EndUserEmail, out var mail) ? mail : null);

    /// <summary>The answers that a dossier was made of.</summary>
    public static IEnumerable<KeyValuePair<string, string?>> Of(Dossier source) =>
    [
        new(nameof(IEndUserInput.EndUserName), source.EndUserName),
        new(nameof(IEndUserInput.EndUserStreet), source.EndUserStreet),
        new(nameof(IEndUserInput.EndUserPostalCode), source.EndUserPostalCode),
        new(nameof(IEndUserInput.EndUserTown), source.EndUserTown),
        new(nameof(IEndUserInput.EndUserPhone), source.EndUserPhone is { } phone ? PhoneNumber.Display(phone) : null),
        new(nameof(IEndUserInput.EndUserEmail), source.EndUserEmail),
    ];
}
