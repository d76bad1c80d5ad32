using Microsoft.AspNetCore.Mvc.ModelBinding.Metadata;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Hosting;

/// <summary>What MVC itself says about a value it cannot read, in the page's language.</summary>
internal static class BindingMessages
{
    public static void Localise(DefaultModelBindingMessageProvider messages, IStringLocalizer texts)
    {
        string Invalid(string _) => texts["Binding.Invalid"];
        messages.SetAttemptedValueIsInvalidAccessor((_, _) => texts["Binding.Invalid"]);
        messages.SetNonPropertyAttemptedValueIsInvalidAccessor(Invalid);
        messages.SetUnknownValueIsInvalidAccessor(Invalid);
        messages.SetNonPropertyUnknownValueIsInvalidAccessor(() => texts["Binding.Invalid"]);
        messages.SetValueIsInvalidAccessor(Invalid);
        messages.SetValueMustBeANumberAccessor(Invalid);
        messages.SetNonPropertyValueMustBeANumberAccessor(() => texts["Binding.Invalid"]);
        messages.SetMissingBindRequiredValueAccessor(_ => texts["Binding.Missing"]);
        messages.SetMissingKeyOrValueAccessor(() => texts["Binding.Missing"]);
        messages.SetMissingRequestBodyRequiredValueAccessor(() => texts["Binding.Missing"]);
        messages.SetValueMustNotBeNullAccessor(_ => texts["Binding.Missing"]);
    }
}
