using System.Collections.Immutable;
using DealerPortal.Core;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace DealerPortal.Web.Features.Dossiers.New.Fields;

/// <summary>What every form asks, as typed. A form that shows no field for one of them ignores it.</summary>
public abstract class FormInput
{
    public const string Yes = "yes";
    public const string No = "no";
    public const string Ticked = "true";

    public string? Reference { get; set; }
    public string? Notify { get; set; }

    /// <summary>What the form answered by itself after it was typed, by field: the page shows that instead.</summary>
    [BindNever]
    public IReadOnlyDictionary<string, string?> Answered { get; internal set; } = ImmutableDictionary<string, string?>.Empty;

    /// <summary>As it is measured and stored.</summary>
    public static string Clean(string? typed) => TypedText.Lines(typed)?.Trim() ?? "";

    /// <summary>What is stored for a text that may be left out.</summary>
    public static string? TextOf(string? typed) => Clean(typed) is { Length: > 0 } text ? text : null;

    /// <summary>Null for anything but the two answers.</summary>
    public static bool? YesOrNo(string? typed) => typed switch { Yes => true, No => false, _ => null };

    public static string? OfYesOrNo(bool? answer) => answer switch { true => Yes, false => No, null => null };
}
