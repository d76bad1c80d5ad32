using System.Globalization;
using DealerPortal.Core;
using DealerPortal.Core.Credits;
using DealerPortal.Core.Data;
using DealerPortal.Core.Tables;
using DealerPortal.Core.Work;

namespace DealerPortal.Web.Development.Demo;

/// <summary>Credits as if the accounts had sent them: of two dealers over some months, and some of a customer number that nobody has yet.</summary>
internal static class DemoCredits
{
    private static readonly (string Model, string Serial, int Value)[] _devices =
    [
        ("LW90T554/BE", "7D6M5AB1800045N", 450), ("TV55QD8/BE", "0F4X3CD2200117K", 612), ("SB-Q70", "R2T9918K4LP", 144), ("RF65A9/BE", "4B8J7MN3310092C", 1473),
        ("DW60M9/BE", "5C2K8QP4410033D", 529), ("MW32X4/BE", "8H1L2RS5510071E", 219),
    ];

    private static readonly int[] _losses = [43, 0, 10, 25, 0, 15];

    public static void Add(WriteScope write, DemoPeople people, DateTime now)
    {
        var import = new CreditImport
        {
            Id = Guid.CreateVersion7(now.AddDays(-1)),
            OwnerId = people.Support[0].Id,
            FileName = "credits-demo.csv",
            Format = TableFormat.Csv,
            CreatedAt = now.AddDays(-1),
            Phase = ImportPhase.Write,
            State = WorkState.Done,
            OrderedAt = now.AddDays(-1).AddMinutes(2),
            CheckedAt = now.AddDays(-1).AddMinutes(1),
            WrittenAt = now.AddDays(-1).AddMinutes(3),
        };
        var today = DateOnly.FromDateTime(Formats.ToBrussels(now));
        var credits = new List<Credit>();
        // What the demo's own return was credited under.
        credits.Add(Made(0, "DEMO-2611-0007", people.Organisations[0].Row.CustomerNumber!, people.Organisations[0].Row.Id, today.AddDays(-2)));
        for (var i = 1; i <= 48; i++)
        {
            var owner = people.Organisations[i % 4 == 0 ? 1 : 0].Row;
            credits.Add(Made(i, Number(i), owner.CustomerNumber!, owner.Id, today.AddDays(-2 - i * 4)));
        }

        for (var i = 49; i <= 51; i++)
            credits.Add(Made(i, Number(i), "D-104599", null, today.AddDays(-i)));
        import.Added = credits.Count;
        import.NewRows = credits.Count;
        write.Db.Add(import);
        write.Db.AddRange(credits);

        string Number(int i) => (4_001_900 + i * 7).ToString(CultureInfo.InvariantCulture);

        Credit Made(int i, string grms, string customer, int? owner, DateOnly requested)
        {
            var (model, serial, value) = _devices[i % _devices.Length];
            var loss = _losses[i % _losses.Length];
            var isIssued = i == 0 || i > 3;
            var toDistributor = i % 9 == 5;
            var data = new CreditData
            {
                GrmsNumber = grms,
                CustomerNumber = customer,
                Kind = i % 16 == 11 ? CreditKind.Correction : CreditKind.Credit,
                State = isIssued ? CreditState.Issued : CreditState.InProcess,
                ModelCode = model,
                SerialNumber = $"{serial[..^3]}{i:000}",
                Reference = string.Create(CultureInfo.InvariantCulture, $"COMPTOIR-{120 - i:000}"),
                Beneficiary = toDistributor ? Beneficiary.Distributor : Beneficiary.Shop,
                BeneficiaryName = toDistributor ? "Démo Distribution" : null,
                InvoiceNumber = isIssued ? string.Create(CultureInfo.InvariantCulture, $"DEMO-{requested.Year}-{900 - i:00000}") : null,
                InvoiceDate = isIssued ? requested.AddDays(6) > today ? today : requested.AddDays(6) : null,
                AmountCents = value * (100 - loss),
                ValueCents = value * 100,
                Depreciation = loss,
                RequestedOn = requested,
            };
            return data.ToCredit(owner, import.Id, now.AddDays(-1));
        }
    }
}
