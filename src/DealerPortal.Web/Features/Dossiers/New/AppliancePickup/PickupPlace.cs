using DealerPortal.Core.Organisations;
using DealerPortal.Web.Features.Dossiers.New.Fields;

namespace DealerPortal.Web.Features.Dossiers.New.AppliancePickup;

/// <summary>What the form answers by itself for a branch: whom the driver asks for, at what number, and when somebody is there.</summary>
/// <param name="ContactPhone">As it is shown.</param>
internal sealed record PickupPlace(string? ContactName, string? ContactPhone, string? OpeningHours)
{
    /// <summary>
    /// The branch's contact with the branch's number. Where it names nobody, whoever fills the form in, with their own: a name
    /// and a number belong together. Either number stands in for one that is missing.
    /// </summary>
    /// <param name="branch">Null while none is chosen.</param>
    /// <param name="personPhone">E.164.</param>
    public static PickupPlace Of(Branch? branch, string personName, string? personPhone)
    {
        var phone = branch?.ContactName is null ? personPhone ?? branch?.Phone : branch.Phone ?? personPhone;
        return new(branch?.ContactName ?? personName, phone is null ? null : PhoneNumber.Display(phone), branch?.OpeningHours);
    }

    /// <summary>The answers that follow when the branch changes from this one's to <paramref name="next"/>: those that are empty or still as the form gave them.</summary>
    public IReadOnlyDictionary<string, string?> FollowedBy(PickupPlace next, AppliancePickupInput input)
    {
        (string Field, string? Typed, string? Before, string? After)[] answers =
        [
            (nameof(input.ContactName), input.ContactName, ContactName, next.ContactName),
            (nameof(input.ContactPhone), input.ContactPhone, ContactPhone, next.ContactPhone),
            (nameof(input.OpeningHours), input.OpeningHours, OpeningHours, next.OpeningHours),
        ];
        return answers.Where(answer => (FormInput.TextOf(answer.Typed) is not { } typed || typed == answer.Before) && FormInput.TextOf(answer.Typed) != answer.After)
            .ToDictionary(answer => answer.Field, answer => answer.After);
    }
}
