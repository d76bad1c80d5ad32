using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers;

namespace DealerPortal.Web.Features.Dossiers.New.Fields;

/// <summary>A form that is about no device: nothing to look up.</summary>
public abstract class QuestionForm<TInput>(PortalDbContext db) : DossierForm<TInput>
    where TInput : FormInput, new()
{
    public override IReadOnlyDictionary<string, string> Fragments { get; } = new Dictionary<string, string>();

    protected PortalDbContext Db => db;

    protected override Task PrepareAsync(TInput input, DraftContext context, CancellationToken ct) => Task.CompletedTask;

    protected FiledDossier Filed(TInput input, Func<Dossier, IDossierDetails> details) => new()
    {
        Type = Type,
        NotifyByMail = input.Notify == FormInput.Ticked,
        Details = details,
    };
}
