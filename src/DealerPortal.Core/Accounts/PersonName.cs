using System.Diagnostics.CodeAnalysis;
using System.Resources;

namespace DealerPortal.Core.Accounts;

/// <summary>How a person is named to whoever reads. An erased account has no name of its own: it is «former member» in the reader's language.</summary>
public static class PersonName
{
    private static readonly ResourceManager _texts = new(typeof(PersonTexts));

    /// <param name="stored">First and last name as the row has them; null where there is nobody.</param>
    [return: NotNullIfNotNull(nameof(stored))]
    public static string? Shown(string? stored) =>
        stored is null ? null : string.IsNullOrWhiteSpace(stored) ? _texts.GetString("FormerMember", Languages.CultureOf(Languages.Current))! : stored;
}
