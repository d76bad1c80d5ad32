using System.Globalization;
using DealerPortal.Core.Dossiers;

namespace DealerPortal.Web.Tests.Features.Dossiers.New;

/// <summary>A value that a form must refuse.</summary>
/// <param name="At">The field the message stands at, where it is another.</param>
/// <param name="Message">In French.</param>
public sealed record BadValue(string Field, string? Value, string Message, string? At = null)
{
    /// <summary>Another answer that the field is asked for with.</summary>
    public (string Name, string? Value)? With { get; init; }

    public (string Name, string? Value)[] Fields => With is { } other ? [other, (Field, Value)] : [(Field, Value)];

    public override string ToString() => $"{Field} = {(Value is { Length: > 20 } ? $"{Value.Length} characters" : Value ?? "nothing")}";
}

/// <summary>A form of the journey: how it is filled in, what it refuses, and what its dossier shows.</summary>
public sealed record FormCase(string Slug, DossierType Type)
{
    private const string Hostile = "<script>alert(1)</script>";
    private static readonly string Overlong = new('x', 4001);

    /// <summary>Everything the form needs, for an organisation and a model.</summary>
    public required Func<FormFiling, (string Name, string? Value)[]> Fields { get; init; }

    /// <summary>The slots that must have a file.</summary>
    public IReadOnlyList<(string Slot, string Message)> Slots { get; init; } = [];
    public required IReadOnlyList<BadValue> Bad { get; init; }

    /// <summary>Fields that take any text or tick.</summary>
    public IReadOnlyList<string> CannotBeWrong { get; init; } = [];

    /// <summary>What the dossier's page shows, in French.</summary>
    public required IReadOnlyList<string> Shows { get; init; }

    /// <summary>What is typed into free texts and must come back as text.</summary>
    public required string FreeText { get; init; }

    public override string ToString() => Slug;

    private static readonly BadValue[] Device =
    [
        new("ModelCode", null, "Indiquez le code modèle"),
        new("ModelCode", Hostile, "Le code modèle se compose de lettres, de chiffres et de tirets, par exemple LW90T554/BE"),
        new("ModelCode", new string('9', 61), "Le code modèle se compose de lettres, de chiffres et de tirets, par exemple LW90T554/BE"),
        new("SerialNumber", Hostile, "Le numéro de série ne contient que des lettres et des chiffres, 40 au plus"),
        new("SerialNumber", new string('9', 41), "Le numéro de série ne contient que des lettres et des chiffres, 40 au plus"),
    ];

    private static readonly BadValue Reference = new("Reference", new string('x', 61), "60 caractères au plus");

    private static readonly (string Field, string? Value, string Message)[] EndUser =
    [
        ("EndUserName", null, "Indiquez le nom de l’utilisateur final"),
        ("EndUserName", new string('x', 121), "120 caractères au plus"),
        ("EndUserStreet", null, "Indiquez la rue et le numéro"),
        ("EndUserStreet", new string('x', 121), "120 caractères au plus"),
        ("EndUserPostalCode", Hostile, "Le code postal a 4 chiffres"),
        ("EndUserPostalCode", null, "Le code postal a 4 chiffres"),
        ("EndUserTown", null, "Indiquez la localité"),
        ("EndUserTown", Overlong, "80 caractères au plus"),
        ("EndUserPhone", null, "Indiquez le numéro de téléphone de l’utilisateur final"),
        ("EndUserPhone", Hostile, "Le numéro de téléphone doit avoir 8 à 15 chiffres, avec l’indicatif du pays"),
        ("EndUserEmail", Hostile, "L’adresse mail doit ressembler à nom@client.example"),
    ];

    public static IReadOnlyList<FormCase> All { get; } =
    [
        new("technical-question", DossierType.TechnicalQuestion)
        {
            Fields = filing => [("ModelCode", filing.Model.Code), ("SerialNumber", "7D6M5AB1800045N"), ("Subject", "Filtre"), ("Question", "Où se trouve le filtre ?"), ("Notify", "true")],
            Bad =
            [
                .. Device.Where(bad => bad.Value is not null),
                new("Subject", null, "Indiquez l’objet de la question"),
                new("Subject", new string('x', 121), "120 caractères au plus"),
                new("Question", " ", "Écrivez votre question"),
                new("Question", Overlong, "4000 caractères au plus"),
            ],
            Shows = ["Objet Filtre", "Où se trouve le filtre ?", "7D6M5AB1800045N"],
            FreeText = "Question",
        },
        new("credit-question", DossierType.CreditQuestion)
        {
            Fields = _ => [("GrmsNumber", "gr2611-00042"), ("Question", "Où en est ce crédit ?"), ("Notify", "true")],
            Bad =
            [
                new("GrmsNumber", Hostile, "Le numéro GRMS ne contient que des lettres et des chiffres, 30 au plus"),
                new("GrmsNumber", new string('9', 31), "Le numéro GRMS ne contient que des lettres et des chiffres, 30 au plus"),
                new("Question", null, "Écrivez votre question"),
                new("Question", Overlong, "4000 caractères au plus"),
            ],
            Shows = ["Numéro GRMS GR2611-00042", "Où en est ce crédit ?"],
            FreeText = "Question",
        },
        new("general-question", DossierType.GeneralQuestion)
        {
            Fields = _ => [("Subject", "Horaires"), ("Message", "Êtes-vous ouverts le lundi ?"), ("Notify", "true")],
            Bad =
            [
                new("Subject", null, "Indiquez l’objet de la question"),
                new("Subject", new string('x', 121), "120 caractères au plus"),
                new("Message", " ", "Écrivez votre message"),
                new("Message", Overlong, "4000 caractères au plus"),
            ],
            Shows = ["Objet Horaires", "Êtes-vous ouverts le lundi ?"],
            FreeText = "Message",
        },
        new("missing-accessory", DossierType.MissingAccessory)
        {
            Fields = filing =>
            [
                ("ModelCode", filing.Model.Code), ("SerialNumber", "7D6M5AB1800045N"),
                ("Lines[0].What", "Pied réglable"), ("Lines[0].PartNumber", "PT-100"), ("Lines[0].Quantity", "4"),
                ("Lines[1].What", "Mode d’emploi"), ("Lines[1].PartNumber", ""), ("Lines[1].Quantity", "1"),
                ("DeliveryDate", "2026-11-20"), ("DeliveryNote", "BL-778"), ("DeliverTo", "end-user"),
                ("EndUserName", "Mme Spécimen"), ("EndUserStreet", "Avenue de l’Exemple 45"), ("EndUserPostalCode", "4031"), ("EndUserTown", "Angleur"),
                ("EndUserPhone", "+32 470 00 00 00"), ("EndUserEmail", ""), ("Reference", "COMPTOIR-131"), ("Notify", "true"),
            ],
            Bad =
            [
                .. Device,
                new("Lines[0].What", null, "Indiquez ce qui manque"),
                new("Lines[0].What", new string('x', 121), "120 caractères au plus"),
                new("Lines[1].PartNumber", new string('x', 41), "40 caractères au plus"),
                new("Lines[0].Quantity", "0", "Le nombre va de 1 à 99"),
                new("Lines[1].Quantity", Hostile, "Le nombre va de 1 à 99"),
                new("Lines[1].Quantity", null, "Le nombre va de 1 à 99"),
                new("DeliveryDate", null, "Indiquez la date de livraison"),
                new("DeliveryDate", "31/02", "Cette date n’existe pas"),
                new("DeliveryDate", "2026-11-24", "La date de livraison ne peut pas être dans le futur"),
                new("DeliveryNote", null, "Indiquez le numéro du bon de livraison, ou joignez le bon"),
                new("DeliveryNote", new string('x', 41), "40 caractères au plus"),
                new("DeliverTo", null, "Indiquez où livrer"),
                new("DeliverTo", Hostile, "Indiquez où livrer"),
                .. EndUser.Select(bad => new BadValue(bad.Field, bad.Value, bad.Message)),
                Reference,
            ],
            CannotBeWrong = ["BranchId"],
            Shows = ["Livrer à Avenue de l’Exemple 45, 4031 Angleur", "4 × Pied réglable (PT-100)", "1 × Mode d’emploi", "Bon de livraison BL-778", "20 novembre 2026"],
            FreeText = "Lines[0].What",
        },
        new("return-request", DossierType.ReturnRequest)
        {
            Fields = filing =>
            [
                ("ModelCode", filing.Model.Code), ("SerialNumber", "7D6M5AB1800045N"), ("Doa", "no"), ("Reason", "Livré par erreur"), ("Damaged", "no"), ("Sold", "yes"),
                ("PurchaseDate", "2026-11-10"), ("Description", "Code 5C après dix minutes."),
                ("BranchId", filing.Organisation.BranchId.ToString(CultureInfo.InvariantCulture)), ("ReadyFrom", "2026-11-25"), ("Reference", "COMPTOIR-131"), ("Notify", "true"),
            ],
            Slots = [("SerialPlate", "Joignez une photo du numéro de série"), ("ProofOfPurchase", "Joignez la preuve d’achat")],
            Bad =
            [
                .. Device,
                new("SerialNumber", null, "Indiquez le numéro de série : il est obligatoire pour ce type d’appareil"),
                new("Doa", null, "Indiquez s’il s’agit d’une demande de DOA"),
                new("Doa", Hostile, "Indiquez s’il s’agit d’une demande de DOA"),
                new("Reason", null, "Indiquez la raison du retour"),
                new("Reason", new string('x', 501), "500 caractères au plus"),
                new("Damaged", null, "Indiquez si l’appareil est endommagé"),
                new("Damaged", Hostile, "Indiquez si l’appareil est endommagé"),
                new("Sold", null, "Indiquez si l’appareil est vendu"),
                new("PurchaseDate", null, "Indiquez la date d’achat"),
                new("PurchaseDate", "31/02", "Cette date n’existe pas"),
                new("PurchaseDate", "2026-11-24", "La date d’achat ne peut pas être dans le futur"),
                new("Description", " ", "Décrivez le défaut"),
                new("Description", Overlong, "4000 caractères au plus"),
                new("BranchId", "999999999", "Choisissez un point de vente"),
                new("BranchId", Hostile, "Choisissez un point de vente"),
                new("ReadyFrom", null, "Indiquez dès quelle date l’appareil est prêt"),
                new("ReadyFrom", "bientôt", "Cette date n’existe pas"),
                new("ReadyFrom", "2026-11-22", "Cette date est déjà passée"),
                Reference,
            ],
            Shows = ["Demande de DOA Non", "Livré par erreur", "Date d’achat 10 novembre 2026", "Code 5C après dix minutes.", "Prêt pour enlèvement dès le 25 novembre 2026"],
            FreeText = "Description",
        },
        new("technical-doa", DossierType.TechnicalDoa)
        {
            Fields = filing =>
            [
                ("ModelCode", filing.Model.Code), ("SerialNumber", "7D6M5AB1800045N"), ("Sold", "yes"), ("PurchaseDate", "2026-11-10"), ("Damaged", "no"), ("Complete", "yes"),
                ("Description", "Écran noir dès le premier allumage."), ("Accepted", "true"), ("Reference", "COMPTOIR-118"), ("Notify", "true"),
            ],
            Slots = [("ProofOfPurchase", "Joignez la preuve d’achat"), ("SerialPlate", "Joignez une photo du numéro de série")],
            Bad =
            [
                .. Device,
                new("SerialNumber", null, "Indiquez le numéro de série : il est obligatoire pour ce type d’appareil"),
                new("Sold", null, "Indiquez si l’appareil est vendu"),
                new("Sold", Hostile, "Indiquez si l’appareil est vendu"),
                new("PurchaseDate", null, "Indiquez la date d’achat"),
                new("PurchaseDate", "31/02", "Cette date n’existe pas"),
                new("PurchaseDate", "2026-11-24", "La date d’achat ne peut pas être dans le futur"),
                new("PurchaseDate", "2026-11-08", "Condition DOA non remplie : Acheté depuis 14 jours au plus (15 jours aujourd’hui)"),
                new("Damaged", null, "Indiquez si l’appareil est endommagé"),
                new("Damaged", "yes", "Condition DOA non remplie : Appareil non endommagé"),
                new("Complete", Hostile, "Indiquez si l’emballage et les accessoires sont complets"),
                new("Complete", "no", "Condition DOA non remplie : Emballage et accessoires complets"),
                new("Description", " ", "Décrivez la plainte"),
                new("Description", Overlong, "4000 caractères au plus"),
                new("Accepted", null, "Acceptez les conditions DOA pour envoyer"),
                Reference,
            ],
            Shows =
            [
                "Date d’achat 10 novembre 2026", "Endommagé Non", "Emballage et accessoires complets Oui", "Conditions DOA Version 1, depuis le 1 janvier 2020",
                "Acheté depuis 14 jours au plus : Remplie, 13 jours", "Photo de la plaque signalétique jointe : Remplie", "Écran noir dès le premier allumage.",
            ],
            FreeText = "Description",
        },
        new("appliance-pickup", DossierType.AppliancePickup)
        {
            Fields = filing =>
            [
                ("Purpose", "white-goods"), ("ModelCode", filing.Model.Code), ("SerialNumber", "7D6M5AB1800045N"), ("Reason", "other"), ("ReasonText", "Repris au client, hors garantie."),
                ("BranchId", filing.Organisation.BranchId.ToString(CultureInfo.InvariantCulture)), ("ContactName", "Jean Exemple"), ("ContactPhone", "+32 470 00 00 10"),
                ("ReadyFrom", "2026-11-25"), ("Floor", "2"), ("Lift", "yes"), ("OpeningHours", "9 h – 17 h"), ("Reference", "COMPTOIR-140"), ("Notify", "true"),
            ],
            Bad =
            [
                .. Device,
                new("SerialNumber", null, "Indiquez le numéro de série : il est obligatoire pour ce type d’appareil"),
                new("Purpose", null, "Indiquez ce qu’il faut enlever"),
                new("Purpose", Hostile, "Indiquez ce qu’il faut enlever"),
                new("Reason", null, "Choisissez la raison de l’enlèvement"),
                new("Reason", Hostile, "Choisissez la raison de l’enlèvement"),
                new("RepairNumber", null, "Indiquez le dossier de réparation ou joignez le rapport") { With = ("Reason", "not-repairable") },
                new("RepairNumber", "26-0001234-2", "Ce numéro n’est celui d’aucune réparation que vous pouvez ouvrir") { With = ("Reason", "not-repairable") },
                new("RepairNumber", Hostile, "Ce numéro n’est celui d’aucune réparation que vous pouvez ouvrir") { With = ("Reason", "not-repairable") },
                new("DoaNumber", null, "Indiquez le numéro du DOA accepté") { With = ("Reason", "doa-accepted") },
                new("DoaNumber", Overlong, "Ce numéro n’est celui d’aucun DOA accepté que vous pouvez ouvrir") { With = ("Reason", "doa-accepted") },
                new("ReasonText", " ", "Expliquez la raison de l’enlèvement"),
                new("ReasonText", new string('x', 501), "500 caractères au plus"),
                new("BranchId", "999999999", "Choisissez un point de vente"),
                new("ContactName", null, "Indiquez qui le chauffeur doit demander"),
                new("ContactName", new string('x', 121), "120 caractères au plus"),
                new("ContactPhone", null, "Indiquez un numéro de téléphone pour le chauffeur"),
                new("ContactPhone", Hostile, "Le numéro de téléphone doit avoir 8 à 15 chiffres, avec l’indicatif du pays"),
                new("ReadyFrom", null, "Indiquez dès quelle date l’appareil est prêt"),
                new("ReadyFrom", "bientôt", "Cette date n’existe pas"),
                new("ReadyFrom", "2026-11-22", "Cette date est déjà passée"),
                new("Floor", new string('x', 41), "40 caractères au plus"),
                new("Lift", Hostile, "Choisissez oui ou non"),
                new("OpeningHours", new string('x', 201), "200 caractères au plus"),
                Reference,
            ],
            Shows =
            [
                "Enlèvement Gros blanc", "Raison de l’enlèvement Une autre raison", "Repris au client, hors garantie.", "Contact Jean Exemple, +32 470 00 00 10",
                "Prêt pour enlèvement dès le 25 novembre 2026", "Accès étage : 2, avec ascenseur, 9 h – 17 h",
            ],
            FreeText = "ReasonText",
        },
    ];
}
