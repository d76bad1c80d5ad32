using DealerPortal.Core.Accounts;
using DealerPortal.Core.Catalogue;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Organisations;
using DealerPortal.Core.Tables;

namespace DealerPortal.Core.OldPortal;

/// <summary>A row of an open dossier as it was understood: everything that its type needs is there.</summary>
internal sealed record ReadDossier
{
    /// <summary>At noon in Brussels: the day is all that a file says.</summary>
    private static readonly TimeOnly _filedAt = new(12, 0);

    private static readonly Dictionary<string, Form> _types = TableCell.Words(
        (new Form(DossierType.RepairRequest), ["repair", "repair request", "réparation", "demande de réparation", "herstelling", "herstelaanvraag", "reparatur", "reparaturauftrag"]),
        (new Form(DossierType.TechnicalDoa), ["doa", "technical doa", "doa technique", "technische doa", "technischer doa"]),
        (new Form(DossierType.AppliancePickup, PickupPurpose.LargeWhiteGoods), ["pickup", "large-appliance pickup", "enlèvement", "enlèvement gros blanc", "afhaling", "afhaling groot wit", "abholung", "abholung großgerät"]),
        (new Form(DossierType.AppliancePickup, PickupPurpose.NonRepairable), ["appliance pickup", "enlèvement électroménager", "enlèvement électroménagers", "afhaling huishoudtoestel", "abholung haushaltsgerät"]),
        (new Form(DossierType.MissingAccessory), ["missing accessory", "accessoire manquant", "ontbrekend accessoire", "ontbrekend toebehoren", "fehlendes zubehör"]),
        (new Form(DossierType.TechnicalQuestion), ["technical question", "question technique", "technische vraag", "technische frage"]),
        (new Form(DossierType.ReturnRequest), ["return", "return request", "retour", "demande de retour", "retouraanvraag", "rücksendung"]),
        (new Form(DossierType.CreditQuestion), ["credit-note question", "credit question", "information notes de crédit", "question note de crédit", "informatie creditnota’s", "vraag creditnota", "frage zur gutschrift"]),
        (new Form(DossierType.GeneralQuestion), ["general question", "contact", "question générale", "question", "algemene vraag", "vraag", "allgemeine frage", "frage"]));

    private static readonly Dictionary<string, RequestStatus> _states = TableCell.Words(
        (RequestStatus.Submitted, ["received", "submitted", "new", "reçu", "reçue", "nouveau", "introduit", "ontvangen", "nieuw", "ingediend", "eingegangen", "neu", "eingereicht"]),
        (RequestStatus.InProgress, ["in treatment", "in progress", "open", "en traitement", "en cours", "ouvert", "in behandeling", "lopend", "in bearbeitung", "offen"]),
        (RequestStatus.WaitingForDealer,
            ["waiting for dealer", "waiting for answer", "your answer is awaited", "en attente du revendeur", "en attente de réponse", "votre réponse est attendue", "wacht op dealer", "wacht op antwoord", "uw antwoord wordt verwacht", "wartet auf händler", "wartet auf antwort", "ihre antwort wird erwartet"]),
        (RequestStatus.Completed,
            ["closed", "completed", "done", "cancelled", "terminé", "clôturé", "fermé", "annulé", "gesloten", "afgesloten", "klaar", "voltooid", "geannuleerd", "geschlossen", "abgeschlossen", "erledigt", "storniert"]));

    private static readonly Dictionary<string, bool> _answers = TableCell.Words(
        (true, ["yes", "y", "oui", "o", "ja", "j", "1", "true", "x"]),
        (false, ["no", "n", "non", "nee", "nein", "0", "false"]));

    public required OrganisationKey Key { get; init; }
    public required string EarlierNumber { get; init; }
    public required DateOnly FiledOn { get; init; }
    public required RequestStatus Status { get; init; }
    public ModelCode? Model { get; init; }
    public string? BranchPostalCode { get; init; }
    public string? OwnerAddress { get; init; }
    public required IReadOnlyDictionary<PortalField, string?> Values { get; init; }

    public DateTime FiledAt => Formats.ToUtc(FiledOn.ToDateTime(_filedAt));

    /// <summary>Whether the device, or what is missing, is at a branch.</summary>
    public bool NeedsBranch => Form.Type switch
    {
        DossierType.RepairRequest or DossierType.MissingAccessory => EndUser?.Street is null,
        DossierType.AppliancePickup or DossierType.ReturnRequest => true,
        _ => false,
    };

    public required Form Form { get; init; }
    private string? Serial { get; init; }
    private string? Imei { get; init; }
    private string? Reference { get; init; }
    private string? Subject { get; init; }
    private string Description { get; init; } = "";
    private string? Reason { get; init; }
    private string? Grms { get; init; }
    private EndUser? EndUser { get; init; }
    private DateOnly? PurchaseDate { get; init; }
    private DateOnly? ReadyFrom { get; init; }
    private DateOnly? DeliveryDate { get; init; }
    private bool? IsDoa { get; init; }
    private bool? IsDamaged { get; init; }
    private bool? IsComplete { get; init; }
    private string? ContactName { get; init; }
    private string? ContactPhone { get; init; }

    private bool? Sold => PurchaseDate is not null || EndUser is not null ? true : null;

    /// <summary>Null where something is wrong with it, which the cells say.</summary>
    /// <param name="today">In Brussels.</param>
    public static ReadDossier? Read(PortalCells cells, DateOnly today)
    {
        var organisation = cells.Code(PortalField.Organisation, text => OrganisationKey.Of(text) is null ? null : text, required: true);
        var number = cells.Text(PortalField.EarlierNumber, Dossier.EarlierNumberMaxLength, required: true);
        var form = cells.Word(PortalField.Type, _types, required: true);
        var filedOn = cells.Date(PortalField.FiledOn, required: true);
        if (filedOn > today)
            cells.Add(PortalField.FiledOn, PortalFault.OutOfRange);
        var status = cells.Word(PortalField.Status, _states) ?? RequestStatus.Submitted;
        if (status == RequestStatus.Completed)
            cells.Add(PortalField.Status, PortalFault.Closed);
        if (form is not { } known)
            return null;
        var needs = Needs(known.Type);
        var read = new ReadDossier
        {
            Key = OrganisationKey.Of(organisation) ?? new OrganisationKey(null, null),
            EarlierNumber = number ?? "",
            Form = known,
            FiledOn = filedOn ?? today,
            Status = status,
            Model = cells.Code(PortalField.ModelCode, text => ModelCode.TryParse(text, out var code) ? code.Value : null, needs.Contains(PortalField.ModelCode)) is { } model && ModelCode.TryParse(model, out var parsed) ? parsed : null,
            Serial = cells.Code(PortalField.SerialNumber, text => SerialNumber.TryParse(text, out var serial) ? serial.Value : null),
            Imei = cells.Code(PortalField.Imei, text => Dossiers.Imei.TryParse(text, out var imei) ? imei.Value : null),
            Reference = cells.Text(PortalField.Reference, Dossier.ReferenceMaxLength),
            Subject = cells.Text(PortalField.Subject, GeneralQuestion.SubjectMaxLength),
            Description = cells.Text(PortalField.Description, known.Type == DossierType.MissingAccessory ? AccessoryLine.WhatMaxLength : RepairRequest.DescriptionMaxLength, required: true) ?? "",
            Reason = cells.Text(PortalField.Reason, ReturnRequest.ReasonMaxLength),
            Grms = cells.Code(PortalField.GrmsNumber, text => GrmsNumber.TryParse(text, out var grms) ? grms.Value : null, needs.Contains(PortalField.GrmsNumber)),
            BranchPostalCode = cells.PostalCode(PortalField.BranchPostalCode),
            OwnerAddress = cells.Email(PortalField.OwnerEmail) is { } owner ? EmailAddress.Normalise(owner) : null,
            EndUser = EndUserOf(cells),
            PurchaseDate = cells.Date(PortalField.PurchaseDate),
            ReadyFrom = cells.Date(PortalField.ReadyFrom, needs.Contains(PortalField.ReadyFrom)),
            DeliveryDate = cells.Date(PortalField.DeliveryDate, needs.Contains(PortalField.DeliveryDate)),
            IsDoa = cells.Word(PortalField.IsDoa, _answers, needs.Contains(PortalField.IsDoa)),
            IsDamaged = cells.Word(PortalField.IsDamaged, _answers, needs.Contains(PortalField.IsDamaged)),
            IsComplete = cells.Word(PortalField.IsComplete, _answers, needs.Contains(PortalField.IsComplete)),
            ContactName = cells.Text(PortalField.ContactName, AppliancePickup.ContactNameMaxLength, needs.Contains(PortalField.ContactName)),
            ContactPhone = cells.Phone(PortalField.ContactPhone, needs.Contains(PortalField.ContactPhone)),
            Values = cells.Shown(),
        };
        return cells.Faults.Count == 0 ? read with { Values = read.Known() } : null;
    }

    /// <summary>As its form would have filed it.</summary>
    /// <param name="conditions">Those that held on the day, for a technical DOA.</param>
    public FiledDossier ToFiled(Branch? branch, ImportedModel? model, DoaConditionSet conditions, bool notifyByMail) => new()
    {
        Type = Form.Type,
        Reference = Reference,
        NotifyByMail = notifyByMail,
        BranchId = branch?.Id,
        ModelCode = Model?.Value,
        ModelId = model?.Id,
        SerialNumber = Serial,
        Imei = Imei,
        Sold = Sold,
        EndUser = EndUser,
        GrmsNumber = Grms,
        Details = dossier => Details(dossier, model, conditions),
    };

    private IDossierDetails Details(Dossier dossier, ImportedModel? model, DoaConditionSet conditions) => Form.Type switch
    {
        DossierType.RepairRequest => new RepairRequest
        {
            DossierId = dossier.Id,
            OrganisationId = dossier.OrganisationId,
            ServiceOffer = model?.ServiceOffer,
            SerialOmitted = Serial is null,
            Location = NeedsBranch ? DeviceLocation.Branch : DeviceLocation.EndUser,
            Description = Description,
        },
        DossierType.TechnicalDoa => new TechnicalDoa
        {
            DossierId = dossier.Id,
            OrganisationId = dossier.OrganisationId,
            PurchaseDate = PurchaseDate,
            IsDamaged = IsDamaged!.Value,
            IsComplete = IsComplete!.Value,
            Description = Description,
            ConditionSetId = conditions.Id,
            Verdicts = [.. conditions.Judge(new DoaFacts(FiledOn, PurchaseDate is not null, PurchaseDate, IsDamaged, IsComplete, HasProof: false, HasSerialPlate: false, HasFaultPhoto: false))
                .Select(finding => new DoaVerdict { DossierId = dossier.Id, OrganisationId = dossier.OrganisationId, Position = finding.Condition.Position, Outcome = finding.Outcome, Days = finding.Days })],
        },
        DossierType.AppliancePickup => new AppliancePickup
        {
            DossierId = dossier.Id,
            OrganisationId = dossier.OrganisationId,
            Purpose = Form.Purpose,
            Reason = PickupReason.Other,
            ReasonText = Reason ?? (Description.Length <= AppliancePickup.ReasonTextMaxLength ? Description : Description[..AppliancePickup.ReasonTextMaxLength]),
            ContactName = ContactName!,
            ContactPhone = ContactPhone!,
            ReadyFrom = ReadyFrom!.Value,
        },
        DossierType.MissingAccessory => new MissingAccessory
        {
            DossierId = dossier.Id,
            OrganisationId = dossier.OrganisationId,
            DeliveryDate = DeliveryDate!.Value,
            DeliverTo = NeedsBranch ? DeliverTo.Branch : DeliverTo.EndUser,
            Lines = [new AccessoryLine { DossierId = dossier.Id, Position = 1, OrganisationId = dossier.OrganisationId, What = Description, Quantity = 1 }],
        },
        DossierType.ReturnRequest => new ReturnRequest
        {
            DossierId = dossier.Id,
            OrganisationId = dossier.OrganisationId,
            IsDoa = IsDoa!.Value,
            Reason = Reason,
            IsDamaged = IsDamaged!.Value,
            PurchaseDate = PurchaseDate,
            Description = Description,
            ReadyFrom = ReadyFrom!.Value,
        },
        DossierType.TechnicalQuestion => new TechnicalQuestion { DossierId = dossier.Id, OrganisationId = dossier.OrganisationId, Subject = Title(), Question = Description },
        DossierType.CreditQuestion => new CreditQuestion { DossierId = dossier.Id, OrganisationId = dossier.OrganisationId, Question = Description },
        _ => new GeneralQuestion { DossierId = dossier.Id, OrganisationId = dossier.OrganisationId, Subject = Title(), Message = Description },
    };

    /// <summary>The subject, otherwise the beginning of the text.</summary>
    private string Title() => Subject ?? (Description.Length <= GeneralQuestion.SubjectMaxLength ? Description : Description[..(GeneralQuestion.SubjectMaxLength - 1)] + "…");

    /// <summary>What the table of the type asks and no other column can stand for.</summary>
    private static PortalField[] Needs(DossierType type) => type switch
    {
        DossierType.RepairRequest => [PortalField.ModelCode],
        DossierType.TechnicalDoa => [PortalField.ModelCode, PortalField.IsDamaged, PortalField.IsComplete],
        DossierType.AppliancePickup => [PortalField.ModelCode, PortalField.ReadyFrom, PortalField.ContactName, PortalField.ContactPhone],
        DossierType.MissingAccessory => [PortalField.ModelCode, PortalField.DeliveryDate],
        DossierType.ReturnRequest => [PortalField.ModelCode, PortalField.IsDoa, PortalField.IsDamaged, PortalField.ReadyFrom],
        DossierType.CreditQuestion => [PortalField.GrmsNumber],
        _ => [],
    };

    private static EndUser? EndUserOf(PortalCells cells)
    {
        var (street, postalCode, town) = (
            cells.Text(PortalField.EndUserStreet, Branch.StreetMaxLength), cells.PostalCode(PortalField.EndUserPostalCode), cells.Text(PortalField.EndUserTown, Branch.TownMaxLength));
        var phone = cells.Phone(PortalField.EndUserPhone);
        var email = cells.Email(PortalField.EndUserEmail);
        var isSaid = street is not null || postalCode is not null || town is not null || phone is not null || email is not null;
        var name = cells.Text(PortalField.EndUserName, Dossier.EndUserNameMaxLength, required: isSaid);
        return name is null ? null : new EndUser(name, street, postalCode, town, phone, email);
    }

    private Dictionary<PortalField, string?> Known() => new(Values)
    {
        [PortalField.Type] = Form.Type.ToString(),
        [PortalField.Status] = Status.ToString(),
        [PortalField.FiledOn] = Formats.Date(FiledOn),
        [PortalField.ModelCode] = Model?.Value,
        [PortalField.SerialNumber] = Serial,
    };
}

/// <summary>A word for a form names its type and, of the pickup's two entries, which.</summary>
internal readonly record struct Form(DossierType Type, PickupPurpose Purpose = PickupPurpose.LargeWhiteGoods);

/// <summary>A model of the catalogue, as imported dossiers need it.</summary>
internal sealed record ImportedModel(int Id, string Key, int CategoryId, ServiceOffer ServiceOffer);
