using DealerPortal.Core;
using DealerPortal.Core.Accounts;
using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Files;
using DealerPortal.Web.Access;
using DealerPortal.Web.Features.Dossiers.New.Fields;
using DealerPortal.Web.Features.Help;
using DealerPortal.Web.Features.Shared;
using FluentValidation.Results;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Web.Features.Dossiers.New;

/// <summary>A draft as its page shows it.</summary>
public sealed record DraftPage
{
    private const string Key = nameof(DraftPage);

    public required DossierForm Form { get; init; }
    public required Guid DraftId { get; init; }
    public required int Revision { get; init; }

    /// <summary>UTC; null for a form that was never saved.</summary>
    public required DateTime? SavedAt { get; init; }

    /// <summary>Bound and prepared.</summary>
    public required object Input { get; init; }
    public required IReadOnlyList<Attachment> Files { get; init; }

    public string Title => Form.TitleOf(Input);

    /// <summary>The files of a slot, or those of none.</summary>
    public IEnumerable<Attachment> FilesOf(string slot) => Files.Where(file => (file.Slot ?? DraftController.FilesField) == slot);

    /// <summary>What would keep it from being sent now.</summary>
    public required ValidationResult Judgement { get; init; }

    /// <summary>Where its fields are explained.</summary>
    public required FieldHelp Help { get; init; }

    /// <summary>The dossier it took its data from.</summary>
    public string? CopiedFromNumber { get; init; }

    /// <summary>Whether a send was just refused.</summary>
    public bool IsRefused { get; init; }

    /// <summary>When another device saved something else; what is on the page is not saved.</summary>
    public DateTime? ChangedAt { get; init; }

    public string Url => UrlOf(Form.Slug, DraftId);

    public bool IsComplete(FormSection section) => !Judgement.Errors.Exists(e => section.Fields.Contains(e.PropertyName));

    public static string UrlOf(string slug, Guid draftId) => $"/dossiers/new/{slug}/{draftId:D}";

    /// <summary>For the partial views of a form, whose model is the input.</summary>
    public static DraftPage Of(ViewDataDictionary viewData) => (DraftPage)viewData[Key]!;

    public void ApplyTo(ViewDataDictionary viewData)
    {
        viewData[Key] = this;
        Help.ApplyTo(viewData);
    }
}

/// <summary>Puts a draft's page together: binds the pairs, looks up what they refer to, judges them.</summary>
public sealed class DraftPages(PortalDbContext db, DraftService drafts, DraftFiles files, FormHelp help, CurrentUser user)
{
    public DraftKey KeyOf(Guid draftId) => new(draftId, user.Required.UserId, user.Required.Organisation!.Id, user.Required.FilesForUserId == user.Required.UserId ? null : user.Required.FilesForUserId);

    /// <summary>The stored draft, or a blank form; null when the id is not this person's to use.</summary>
    public async Task<DraftPage?> OpenAsync(Controller controller, DossierForm form, FormStart start, Guid draftId, Draft? draft, CancellationToken ct)
    {
        if (draft is null && await drafts.IsForeignAsync(KeyOf(draftId), form.Type, ct))
            return null;
        // Revision 0: only files came so far.
        var typed = draft is { Revision: > 0 } ? draft.ReadPairs() : null;
        return await ShowAsync(controller, form, start, draftId, draft?.Revision ?? 0, draft is { Revision: > 0 } ? draft.SavedAt : null, typed, ct) with
        {
            CopiedFromNumber = draft?.CopiedFromId is { } source
                ? await db.Dossiers.VisibleTo(user.Required.Reader).Where(d => d.Id == source).Select(d => d.Number).SingleOrDefaultAsync(ct)
                : null,
        };
    }

    /// <summary>What was typed, bound and judged.</summary>
    public Task<DraftPage> ShowAsync(
        Controller controller, DossierForm form, Guid draftId, int revision, DateTime? savedAt, IReadOnlyList<KeyValuePair<string, string>> pairs, CancellationToken ct) =>
        ShowAsync(controller, form, null, draftId, revision, savedAt, pairs, ct);

    private async Task<DraftPage> ShowAsync(
        Controller controller, DossierForm form, FormStart? start, Guid draftId, int revision, DateTime? savedAt, IReadOnlyList<KeyValuePair<string, string>>? pairs, CancellationToken ct)
    {
        SessionSnapshot person = user.Required;
        object input;
        if (pairs is null)
        {
            input = await form.BlankAsync(person, start!, ct);
        }
        else
        {
            input = form.NewInput();
            await controller.TryUpdateModelAsync(input, form.InputType, "", pairs.ToValues(), _ => true);
        }

        var staged = await files.OfAsync(KeyOf(draftId), ct);
        var source = await db.Drafts.Where(d => d.Id == draftId && d.OwnerId == person.UserId).Select(d => d.CopiedFromId).SingleOrDefaultAsync(ct);
        await form.PrepareAsync(input, new DraftContext(person, staged, source), ct);
        if (input is FormInput { Answered: var answered })
        {
            foreach (var (field, value) in answered)
                controller.ModelState.SetModelValue(field, new ValueProviderResult(value));
        }

        return new DraftPage
        {
            Form = form,
            DraftId = draftId,
            Revision = revision,
            SavedAt = savedAt,
            Input = input,
            Files = staged,
            Judgement = await form.ValidateAsync(input, ct),
            Help = help.LinksOf(form),
        };
    }

    /// <summary>«09:41h».</summary>
    public static string Clock(DateTime utc) => $"{Formats.ToBrussels(utc):HH':'mm}h";
}
