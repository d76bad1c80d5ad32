using DealerPortal.Core.Accounts;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Files;
using FluentValidation.Results;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Dossiers.New;

/// <summary>The groups of the overview, in their order.</summary>
public enum FormGroup
{
    AfterSales,
    Return,
    Contact,
}

/// <summary>A line of the overview that opens a form; a form may have several, each with a question answered in advance.</summary>
/// <param name="Slug">Its place in the address: <c>/dossiers/new/{slug}</c>.</param>
/// <param name="Icon">A name in the sprite.</param>
public sealed record FormEntry(string Slug, FormGroup Group, string Icon, string Title, string Description);

/// <summary>A place of a form for files that show one thing.</summary>
/// <param name="Name">The posted field; stored with the file.</param>
/// <param name="Hint">What must be legible on it.</param>
/// <param name="Icon">A name in the sprite.</param>
public sealed record FileSlot(string Name, string Label, string Hint, bool IsRequired = false, string Icon = "camera");

/// <summary>What became of a form's answers when the person changed its shape, such as by adding a line.</summary>
/// <param name="Field">To go on with.</param>
public sealed record FormEdit(IReadOnlyList<KeyValuePair<string, string>> Pairs, string Field);

/// <summary>Who fills a form in, and the files that are there already.</summary>
/// <param name="SourceId">The dossier whose data it started with.</param>
public sealed record DraftContext(SessionSnapshot Person, IReadOnlyList<Attachment> Files, long? SourceId)
{
    /// <summary>The slots that have a file.</summary>
    public IReadOnlySet<string> FilledSlots { get; } = Files.Select(file => file.Slot).OfType<string>().ToHashSet();
}

/// <summary>How a blank form was opened.</summary>
/// <param name="Entry">The slug of the entry.</param>
/// <param name="Given">Answers that the page it was opened from brought along; only those of <see cref="DossierForm.Prefills"/>.</param>
public sealed record FormStart(string Entry, IReadOnlyDictionary<string, string> Given);

/// <summary>How much a new dossier takes over from another of its type.</summary>
public enum CopyMode
{
    SameDevice,
    OtherDevice,

    /// <summary>What stays the same when several devices lie on the counter: branch, contact, sold, mails.</summary>
    NextLikeThis,
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
    /// <summary>Its place in the address of its drafts, and of its own entry.</summary>
    public abstract string Slug { get; }
    public abstract DossierType Type { get; }
    public abstract FormGroup Group { get; }

    /// <summary>A name in the sprite.</summary>
    public abstract string Icon { get; }
    public abstract string Title { get; }
    public abstract string Description { get; }

    /// <summary>The lines of the overview that open it.</summary>
    public virtual IReadOnlyList<FormEntry> Entries => [new(Slug, Group, Icon, Title, Description)];

    /// <summary>The fields that the address which opens the form may fill in.</summary>
    public virtual IReadOnlyList<string> Prefills => [];

    /// <summary>The places for files, in the order of the page, without the one for any other file.</summary>
    public virtual IReadOnlyList<FileSlot> Slots => [];

    /// <summary>The form's own words; also what the help says about it, see <see cref="Help.FormHelp"/>.</summary>
    public abstract IStringLocalizer Texts { get; }

    /// <summary>What the button says.</summary>
    public abstract string SendLabel { get; }

    /// <summary>The partial view with the form's own panels; its model is the input.</summary>
    public abstract string View { get; }

    /// <summary>What is confirmed right above the button; a partial view like <see cref="View"/>.</summary>
    public virtual string? ClosingView => null;

    /// <summary>What stands beside the form; a partial view like <see cref="View"/>.</summary>
    public virtual string? AsideView => null;

    /// <summary>The type of form that a <c>Turn</c> button of this one goes on as, with the same answers and files; null for none.</summary>
    public virtual DossierType? Alternative => null;

    /// <summary>Parts of the page that answer what was typed: the element's id and the partial view inside it.</summary>
    public abstract IReadOnlyDictionary<string, string> Fragments { get; }

    /// <summary>
    /// Whether a part has anything new for a page that has just been saved. One with fields in it is sent only after the form
    /// answered one of them: until then the page knows better what is in them, and what was wrong with them.
    /// </summary>
    public virtual bool HasNews(string fragment, object input) => true;

    public abstract IReadOnlyList<FormSection> Sections { get; }
    public abstract Type InputType { get; }

    /// <summary>An input without any answer, to bind stored pairs to.</summary>
    public abstract object NewInput();

    /// <summary>A form nobody typed in yet, with its defaults.</summary>
    public abstract Task<object> BlankAsync(SessionSnapshot person, FormStart start, CancellationToken ct);

    /// <summary>Looks up what the answers refer to, for the judgement and the view.</summary>
    public abstract Task PrepareAsync(object input, DraftContext context, CancellationToken ct);

    /// <summary>Judges a prepared input; errors are keyed by field name, in the language of the request.</summary>
    public abstract Task<ValidationResult> ValidateAsync(object input, CancellationToken ct);

    /// <summary>
    /// What a person must have read before sending and had not on the page they sent: the field it stands at, and the sentence.
    /// The answer shows it, so that the next send goes through.
    /// </summary>
    public virtual (string Field, string Message)? Unread(object input) => null;

    /// <summary>What a prepared and valid input says.</summary>
    public abstract FiledDossier ToDossier(object input);

    /// <summary>The heading of a form that is being filled in.</summary>
    public virtual string TitleOf(object input) => Title;

    /// <summary>The answers of a new form from a dossier of this type: never dates, files or status. Null and empty answers are left out.</summary>
    public abstract Task<IReadOnlyDictionary<string, string?>> CopyAsync(Dossier source, CopyMode mode, CancellationToken ct);

    /// <summary>What the button says that goes on from that dossier, of another type, with this form; null where it does not.</summary>
    public virtual string? FollowLabel(Dossier source) => null;

    /// <summary>The answers that a dossier for which there is a <see cref="FollowLabel"/> gives to this form.</summary>
    public virtual Task<IReadOnlyDictionary<string, string?>> FollowAsync(Dossier source, SessionSnapshot person, CancellationToken ct) =>
        throw new NotSupportedException($"{Slug} follows no other dossier.");

    /// <summary>Changes the shape of the form as one of its <c>Edit</c> buttons says; null for a wish it does not know.</summary>
    public virtual FormEdit? Edit(IReadOnlyList<KeyValuePair<string, string>> pairs, string edit) => null;

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

    public sealed override async Task<object> BlankAsync(SessionSnapshot person, FormStart start, CancellationToken ct) => await BlankInputAsync(person, start, ct);

    public sealed override Task PrepareAsync(object input, DraftContext context, CancellationToken ct) => PrepareAsync((TInput)input, context, ct);

    public sealed override Task<ValidationResult> ValidateAsync(object input, CancellationToken ct) => ValidateAsync((TInput)input, ct);

    public sealed override FiledDossier ToDossier(object input) => ToDossier((TInput)input);

    public sealed override string TitleOf(object input) => TitleOf((TInput)input);

    protected virtual string TitleOf(TInput input) => Title;

    protected abstract Task<TInput> BlankInputAsync(SessionSnapshot person, FormStart start, CancellationToken ct);

    protected abstract Task PrepareAsync(TInput input, DraftContext context, CancellationToken ct);

    protected abstract Task<ValidationResult> ValidateAsync(TInput input, CancellationToken ct);

    protected abstract FiledDossier ToDossier(TInput input);
}
