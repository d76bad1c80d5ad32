using DealerPortal.Core.Accounts;
using DealerPortal.Core.Dossiers;
using FluentValidation.Results;

namespace DealerPortal.Web.Features.Dossiers.New;

/// <summary>The groups of the overview, in their order.</summary>
public enum FormGroup
{
    AfterSales,
    Return,
}

/// <summary>A part of a form, as «where the request stands» lists it.</summary>
/// <param name="Anchor">Where the part begins: a field of it.</param>
/// <param name="Fields">In the order of the page, which the error summary follows.</param>
public sealed record FormSection(string Title, string Anchor, IReadOnlyList<string> Fields);

/// <summary>
/// A form that becomes a dossier, as the journey knows it: how to bind, judge and file it, and what to show. The
/// journey (draft, files, send, copy, permission) is the same for every form. A new form derives from
/// <see cref="DossierForm{TInput}"/> and is registered by one line in <see cref="DossierForms"/>.
/// </summary>
public abstract class DossierForm
{
    /// <summary>Its place in the address: <c>/dossiers/new/{slug}</c>.</summary>
    public abstract string Slug { get; }
    public abstract DossierType Type { get; }
    public abstract FormGroup Group { get; }

    /// <summary>A name in the sprite.</summary>
    public abstract string Icon { get; }
    public abstract string Title { get; }
    public abstract string Description { get; }

    /// <summary>What the button says.</summary>
    public abstract string SendLabel { get; }

    /// <summary>The partial view with the form's own panels; its model is the input.</summary>
    public abstract string View { get; }

    /// <summary>What is confirmed right above the button; a partial view like <see cref="View"/>.</summary>
    public virtual string? ClosingView => null;

    /// <summary>Parts of the page that answer what was typed: the element's id and the partial view inside it.</summary>
    public abstract IReadOnlyDictionary<string, string> Fragments { get; }
    public abstract IReadOnlyList<FormSection> Sections { get; }
    public abstract Type InputType { get; }

    /// <summary>An input without any answer, to bind stored pairs to.</summary>
    public abstract object NewInput();

    /// <summary>A form nobody typed in yet, with its defaults.</summary>
    public abstract Task<object> BlankAsync(SessionSnapshot person, CancellationToken ct);

    /// <summary>Looks up what the answers refer to, for the judgement and the view.</summary>
    public abstract Task PrepareAsync(object input, SessionSnapshot person, CancellationToken ct);

    /// <summary>Judges a prepared input; errors are keyed by field name, in the language of the request.</summary>
    public abstract Task<ValidationResult> ValidateAsync(object input, CancellationToken ct);

    /// <summary>
    /// What a person must have read before sending and had not on the page they sent: the field it stands at, and the sentence.
    /// The answer shows it, so that the next send goes through.
    /// </summary>
    public virtual (string Field, string Message)? Unread(object input) => null;

    /// <summary>What a prepared and valid input says.</summary>
    public abstract FiledDossier ToDossier(object input);

    /// <summary>The answers of a new form from a dossier of this type: never dates, files or status; without the serial for another device.</summary>
    public abstract Task<IReadOnlyDictionary<string, string>> CopyAsync(Dossier source, bool sameDevice, CancellationToken ct);

    /// <summary>By what a person recognises a draft in a list.</summary>
    public virtual string? SummaryOf(IReadOnlyList<KeyValuePair<string, string>> pairs) =>
        pairs.FirstOrDefault(p => p.Key == DeviceFields.ModelCode).Value;

    /// <summary>The fields to set when a model was chosen from the catalogue.</summary>
    public virtual IReadOnlyDictionary<string, string> PickModel(string code) => new Dictionary<string, string> { [DeviceFields.ModelCode] = code };

    /// <summary>The fields to set when one of the organisation's devices was chosen.</summary>
    public virtual IReadOnlyDictionary<string, string> PickDevice(string? modelCode, string serialNumber) => new Dictionary<string, string>
    {
        [DeviceFields.ModelCode] = modelCode ?? "",
        [DeviceFields.SerialNumber] = serialNumber,
    };

    /// <summary>The fields to set when a branch was added for this form.</summary>
    public virtual IReadOnlyDictionary<string, string> PickBranch(int branchId) => new Dictionary<string, string>
    {
        [DeviceFields.BranchId] = branchId.ToString(System.Globalization.CultureInfo.InvariantCulture),
    };
}

/// <summary>The names that forms with a device give its fields, so that choosing from a list works alike in all of them.</summary>
public static class DeviceFields
{
    public const string ModelCode = nameof(ModelCode);
    public const string SerialNumber = nameof(SerialNumber);
    public const string BranchId = nameof(BranchId);
}

/// <inheritdoc/>
/// <typeparam name="TInput">The answers, as typed: string properties.</typeparam>
public abstract class DossierForm<TInput> : DossierForm
    where TInput : class, new()
{
    public sealed override Type InputType => typeof(TInput);

    public sealed override object NewInput() => new TInput();

    public sealed override async Task<object> BlankAsync(SessionSnapshot person, CancellationToken ct) => await BlankInputAsync(person, ct);

    public sealed override Task PrepareAsync(object input, SessionSnapshot person, CancellationToken ct) => PrepareAsync((TInput)input, person, ct);

    public sealed override Task<ValidationResult> ValidateAsync(object input, CancellationToken ct) => ValidateAsync((TInput)input, ct);

    public sealed override FiledDossier ToDossier(object input) => ToDossier((TInput)input);

    protected abstract Task<TInput> BlankInputAsync(SessionSnapshot person, CancellationToken ct);

    protected abstract Task PrepareAsync(TInput input, SessionSnapshot person, CancellationToken ct);

    protected abstract Task<ValidationResult> ValidateAsync(TInput input, CancellationToken ct);

    protected abstract FiledDossier ToDossier(TInput input);
}
