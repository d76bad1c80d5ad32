using DealerPortal.Core.Accounts;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Password;

/// <summary>What is wrong with a new password and its repetition, in words, at their fields; wherever a password is chosen.</summary>
public sealed class NewPasswordCheck(IStringLocalizer<PasswordTexts> texts)
{
    /// <param name="field">Names of the password's field and its repetition's.</param>
    public void AddTo(ModelStateDictionary state, (string Password, string Repeated) field, string? password, string? repeated, IEnumerable<string?> ownWords)
    {
        if (string.IsNullOrEmpty(password))
        {
            state.AddModelError(field.Password, texts["Required"]);
            return;
        }

        if (PasswordRules.Check(password, ownWords) is [var problem, ..])
        {
            state.AddModelError(field.Password, problem switch
            {
                PasswordProblem.TooShort => texts["TooShort", PasswordRules.MinLength],
                PasswordProblem.TooLong => texts["TooLong", PasswordRules.MaxLength],
                PasswordProblem.Common => texts["Common"],
                _ => texts["OwnData"],
            });
        }

        if (string.IsNullOrEmpty(repeated))
            state.AddModelError(field.Repeated, texts["Repeat"]);
        else if (repeated != password)
            state.AddModelError(field.Repeated, texts["Different"]);
    }
}
