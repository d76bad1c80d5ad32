namespace DealerPortal.Bench.Generation;

/// <summary>Words of which names, places and models are made.</summary>
internal static class Vocabulary
{
    public static readonly string[] FirstNames =
    [
        "Jean", "Marie", "Luc", "Anne", "Pierre", "Sophie", "Marc", "Nathalie", "Philippe", "Isabelle", "Jan", "Els", "Wim", "An", "Koen", "Ingrid", "Bart", "Griet",
        "Tom", "Sarah", "Ahmed", "Fatima", "Youssef", "Leïla", "Mehmet", "Zoé", "Chloé", "Noé", "François", "Hélène", "Günther", "Jürgen", "Käthe", "Björn", "Łukasz", "Agnieszka",
        "Giuseppe", "Maria", "João", "Inês",
    ];

    public static readonly string[] LastNames =
    [
        "Peeters", "Janssens", "Maes", "Jacobs", "Mertens", "Willems", "Claes", "Goossens", "Wouters", "De Smet", "Dubois", "Lambert", "Dupont", "Martin", "Simon", "Dumont",
        "Leclercq", "Denis", "Lejeune", "Laurent", "Vermeulen", "Pauwels", "Hermans", "Aerts", "Michiels", "Van den Broeck", "De Clercq", "Desmet", "Van Damme", "Verhaegen", "Bogaerts",
        "Lemmens", "Smets", "De Backer", "Cools", "Stevens", "Thys", "Servais", "Renard", "Collard", "Gérard", "Noël", "Bodart", "François", "Mathieu", "Henrard", "Delvaux", "Schmitz",
        "Müller", "Weber", "Hoffmann", "Wagner", "Thill", "Reuter", "Kremer", "Yılmaz", "Demir", "El Amrani", "Benali", "Nguyen", "Rossi", "Russo", "Da Silva", "Ferreira", "Kowalski",
        "Nowak", "Popescu", "Ivanova", "Dierckx", "Van Hove", "Verbeke", "Declercq", "Vandenberghe", "Lefèvre", "Leroy", "Bastin", "Marchal", "Poncelet", "Piron", "Thiry", "Adam", "Baert",
        "Cuypers", "De Wilde", "Eeckhout", "Fierens", "Geerts", "Hendrickx", "Impens", "Joris", "Kesteloot", "Lauwers", "Moens", "Nys", "Ooms", "Pieters", "Quintens", "Raes", "Segers",
        "Timmermans", "Urbain", "Verlinden", "Wuyts", "Xhonneux", "Ysebaert", "Zeevaert", "Absil", "Bertrand", "Carlier", "Dardenne", "Evrard", "Fontaine", "Gillet", "Hubert", "Istace",
        "Jadot", "Kaiser", "Louis", "Maréchal", "Nicolas", "Oger", "Petit",
    ];

    public static readonly (string PostalCode, string Town)[] Towns =
    [
        ("1000", "Bruxelles"), ("2000", "Antwerpen"), ("9000", "Gent"), ("4000", "Liège"), ("5000", "Namur"), ("7000", "Mons"), ("6000", "Charleroi"), ("8000", "Brugge"), ("3000", "Leuven"),
        ("3500", "Hasselt"), ("1300", "Wavre"), ("6700", "Arlon"), ("4800", "Verviers"), ("8500", "Kortrijk"), ("8400", "Oostende"), ("9300", "Aalst"), ("2800", "Mechelen"), ("7500", "Tournai"),
        ("4700", "Eupen"), ("6600", "Bastogne"), ("5500", "Dinant"), ("3600", "Genk"), ("8800", "Roeselare"), ("2300", "Turnhout"), ("9100", "Sint-Niklaas"),
    ];

    public static readonly string[] Streets = ["Rue de la Gare", "Kerkstraat", "Grand-Place", "Stationsstraat", "Chaussée de l’Exemple", "Marktplein", "Rue du Modèle", "Molenweg", "Quai de la Démo", "Hoogstraat"];

    public static readonly string[] ShopNames = ["Électro", "Elektro", "Multimedia", "Ménager", "Witgoed", "Image et Son", "Keukens", "Télé", "Service", "Techno"];

    public static readonly string[] Faults =
    [
        "L’appareil ne s’allume plus depuis hier, le voyant reste éteint.", "Het toestel maakt veel lawaai tijdens het centrifugeren.", "Das Gerät zeigt den Fehler E18 und pumpt nicht ab.",
        "Écran noir après quelques minutes, le son reste.", "De deur sluit niet meer goed.", "Fuite d’eau sous l’appareil au premier rinçage.",
    ];

    public static readonly string[] Answers = ["Le technicien a remplacé la pièce.", "De aanvraag is goedgekeurd.", "Ihre Frage ist beantwortet.", "La demande est close à la demande du client."];

    public static T Of<T>(this Random random, IReadOnlyList<T> all) => all[random.Next(all.Count)];

    public static bool Chance(this Random random, double share) => random.NextDouble() < share;
}
