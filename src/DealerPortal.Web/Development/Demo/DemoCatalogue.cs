using System.Globalization;
using DealerPortal.Core;
using DealerPortal.Core.Calendar;
using DealerPortal.Core.Catalogue;

namespace DealerPortal.Web.Development.Demo;

/// <summary>Invented models: each line is a category, its sizes and its series give the models.</summary>
internal static class DemoCatalogue
{
    // category | group | in-home from size | working days | code pattern | sizes, code=shown | series | fr | nl | de | en, each: category ; model ({n} size, {c} code)
    private const string Table = """
        washing-machine|White|0|3|LW{s}{x}/BE|70=7,80=8,90=9,11=11|T554,E2,K3,M6|Lave-linge;Lave-linge frontal {n} kg|Wasmachine;Wasmachine voorlader {n} kg|Waschmaschine;Waschmaschine Frontlader {n} kg|Washing machine;Front-loading washing machine {n} kg
        dryer|White|0|3|SL{s}{x}/BE|70=7,80=8,90=9|K60,H2,T7,A5,E1|Sèche-linge;Sèche-linge pompe à chaleur {n} kg|Droogkast;Droogkast met warmtepomp {n} kg|Wäschetrockner;Wärmepumpentrockner {n} kg|Tumble dryer;Heat pump dryer {n} kg
        washer-dryer|White|0|4|LS{s}{x}/BE|80=8,90=9,10=10|D5,D7,H6|Lave-linge séchant;Lave-linge séchant {n} kg|Was-droogcombinatie;Was-droogcombinatie {n} kg|Waschtrockner;Waschtrockner {n} kg|Washer dryer;Washer dryer {n} kg
        dishwasher|White|0|3|DW{s}{x}|45=45,60=60|M5,M7,B3,B9,R4,T2,X8|Lave-vaisselle;Lave-vaisselle {n} cm|Vaatwasser;Vaatwasser {n} cm|Geschirrspüler;Geschirrspüler {n} cm|Dishwasher;Dishwasher {n} cm
        fridge|White|0|2|RF{s}{x}/BE|38=380,48=480,65=650|A9,B4,C6,N2,W1|Réfrigérateur;Réfrigérateur combiné {n} l|Koelkast;Koel-vriescombinatie {n} l|Kühlschrank;Kühl-Gefrier-Kombination {n} l|Fridge;Fridge freezer {n} l
        freezer|White|0|2|CG{s}{x}/BE|20=200,31=310,45=450|F1,F3,F6,F8|Congélateur;Congélateur armoire {n} l|Diepvriezer;Diepvrieskast {n} l|Gefrierschrank;Gefrierschrank {n} l|Freezer;Upright freezer {n} l
        oven|White|0|4|FO{s}{x}/BE|68=68,75=75|P1,P3,S5,S7,V2,V9|Four;Four encastrable {n} l|Oven;Inbouwoven {n} l|Backofen;Einbaubackofen {n} l|Oven;Built-in oven {n} l
        hob|White|0|4|PI{s}{x}/BE|60=60,80=80,90=90|N2,N4,N6,N8|Table de cuisson;Table à induction {n} cm|Kookplaat;Inductiekookplaat {n} cm|Kochfeld;Induktionskochfeld {n} cm|Hob;Induction hob {n} cm
        microwave|White|9999|5|MO{s}{x}|20=20,25=25,32=32|G1,G4,C3,C8|Micro-ondes;Micro-ondes {n} l|Magnetron;Magnetron {n} l|Mikrowelle;Mikrowelle {n} l|Microwave;Microwave {n} l
        vacuum-cleaner|White|9999|5|VB{s}{x}|35=350,55=550,75=750|K1,K2,J5,J8|Aspirateur;Aspirateur-balai {n} W|Stofzuiger;Steelstofzuiger {n} W|Staubsauger;Stielstaubsauger {n} W|Vacuum cleaner;Cordless vacuum cleaner {n} W
        television|Brown|55|3|TV{s}{x}/BE|43=43,50=50,55=55,65=65,75=75|QD8,QD6,UL5,UL7,NE9|Téléviseur;Téléviseur {n}″|Televisie;Televisie {n}″|Fernseher;Fernseher {n}″|Television;Television {n}″
        soundbar|Brown|9999|5|SB-{x}{s}|30=300,50=500,70=700,90=900|Q,S,B|Barre de son;Barre de son {n} W|Soundbar;Soundbar {n} W|Soundbar;Soundbar {n} W|Soundbar;Soundbar {n} W
        monitor|Brown|9999|5|EC{s}{x}/BE|24=24,27=27,32=32,34=34|V1,V4,G5,G9|Écran;Écran {n}″|Beeldscherm;Beeldscherm {n}″|Bildschirm;Bildschirm {n}″|Monitor;Monitor {n}″
        smartphone|Mobile|9999|2|GM-{x}{s}|14=14,24=24,34=34,54=54,74=74|A,M,S,X|Smartphone;Smartphone {c}|Smartphone;Smartphone {c}|Smartphone;Smartphone {c}|Smartphone;Smartphone {c}
        tablet|Mobile|9999|4|GT-{x}{s}|08=8,10=10,11=11,12=12|P,L,N|Tablette;Tablette {n}″|Tablet;Tablet {n}″|Tablet;Tablet {n}″|Tablet;Tablet {n}″
        smartwatch|Mobile|9999|4|GW-{x}{s}|40=40,44=44,46=46|F,C,R|Montre connectée;Montre connectée {n} mm|Smartwatch;Smartwatch {n} mm|Smartwatch;Smartwatch {n} mm|Smartwatch;Smartwatch {n} mm
        """;

    public static IEnumerable<ProductModel> Models() => Table.Split('\n', StringSplitOptions.RemoveEmptyEntries).SelectMany(line => ModelsOf(line.Split('|')));

    /// <summary>On which this invented house is closed.</summary>
    public static IEnumerable<ClosingDay> ClosingDays(int year) =>
    [
        new() { Date = new DateOnly(year, 12, 24), Note = "Veille de Noël, atelier fermé" },
        new() { Date = new DateOnly(year, 12, 31), Note = "Inventaire du dépôt" },
        new() { Date = new DateOnly(year + 1, 5, 7), Note = "Pont de l’Ascension" },
    ];

    private static IEnumerable<ProductModel> ModelsOf(string[] cells)
    {
        var group = cells[1] switch { "White" => ProductGroup.WhiteGoods, "Brown" => ProductGroup.BrownGoods, _ => ProductGroup.Mobile };
        var names = cells[7..].Select(name => name.Split(';')).ToList();
        var category = new ProductCategory
        {
            Code = cells[0],
            Group = group,
            Name = TextOf(names, 0, name => name),
            HasImei = cells[0] == "smartphone",
            SerialMayBeOmitted = group != ProductGroup.Mobile,
            DefaultServiceOffer = cells[2] == "0" ? ServiceOffer.InHome : ServiceOffer.PickUp,
            DefaultLeadTimeDays = int.Parse(cells[3], CultureInfo.InvariantCulture),
        };
        foreach (var size in cells[5].Split(',').Select(size => size.Split('=')))
        {
            var inHome = int.Parse(size[1], CultureInfo.InvariantCulture) >= int.Parse(cells[2], CultureInfo.InvariantCulture);
            foreach (var series in cells[6].Split(','))
            {
                var text = cells[4].Replace("{s}", size[0], StringComparison.Ordinal).Replace("{x}", series, StringComparison.Ordinal);
                if (!ModelCode.TryParse(text, out var code))
                    throw new InvalidOperationException($"{text} is no model code.");
                yield return new ProductModel
                {
                    Code = code.Value,
                    Key = code.Key,
                    CategoryId = 0,
                    Category = category,
                    Name = TextOf(names, 1, name => name
                        .Replace("{n}", size[1], StringComparison.Ordinal)
                        .Replace("{c}", series + size[0], StringComparison.Ordinal)),
                    ServiceOffer = inHome ? ServiceOffer.InHome : ServiceOffer.PickUp,
                    LeadTimeDays = int.Parse(cells[3], CultureInfo.InvariantCulture),
                };
            }
        }
    }

    private static LocalizedText TextOf(List<string[]> names, int part, Func<string, string> fill) =>
        new() { Fr = fill(names[0][part]), Nl = fill(names[1][part]), De = fill(names[2][part]), En = fill(names[3][part]) };
}
