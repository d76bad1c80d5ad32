namespace DealerPortal.Core.Credits;

/// <summary>What the accounts say of a credit; the key is its GRMS number.</summary>
public sealed record CreditData
{
    public required string GrmsNumber { get; init; }
    public required string CustomerNumber { get; init; }
    public required CreditKind Kind { get; init; }
    public required CreditState State { get; init; }
    public string? ModelCode { get; init; }
    public string? SerialNumber { get; init; }
    public string? Imei { get; init; }
    public string? Reference { get; init; }
    public required Beneficiary Beneficiary { get; init; }
    public string? BeneficiaryName { get; init; }
    public string? InvoiceNumber { get; init; }
    public DateOnly? InvoiceDate { get; init; }
    public required long AmountCents { get; init; }
    public long? ValueCents { get; init; }
    public decimal? Depreciation { get; init; }
    public required DateOnly RequestedOn { get; init; }
    public string? DossierNumber { get; init; }

    public static CreditData Of(Credit credit) => new()
    {
        GrmsNumber = credit.GrmsNumber,
        CustomerNumber = credit.CustomerNumber,
        Kind = credit.Kind,
        State = credit.State,
        ModelCode = credit.ModelCode,
        SerialNumber = credit.SerialNumber,
        Imei = credit.Imei,
        Reference = credit.Reference,
        Beneficiary = credit.Beneficiary,
        BeneficiaryName = credit.BeneficiaryName,
        InvoiceNumber = credit.InvoiceNumber,
        InvoiceDate = credit.InvoiceDate,
        AmountCents = credit.AmountCents,
        ValueCents = credit.ValueCents,
        Depreciation = credit.Depreciation,
        RequestedOn = credit.RequestedOn,
        DossierNumber = credit.DossierNumber,
    };

    public Credit ToCredit(int? organisationId, Guid importId, DateTime now)
    {
        var credit = new Credit
        {
            GrmsNumber = GrmsNumber,
            CustomerNumber = CustomerNumber,
            OrganisationId = organisationId,
            Kind = Kind,
            State = State,
            Beneficiary = Beneficiary,
            AmountCents = AmountCents,
            RequestedOn = RequestedOn,
            ImportId = importId,
            ChangedById = importId,
            CreatedAt = now,
            ChangedAt = now,
            DueSince = now,
            Stamp = Guid.NewGuid(),
        };
        ApplyTo(credit);
        return credit;
    }

    /// <summary>All but the key and the customer number, which stay.</summary>
    public void ApplyTo(Credit credit)
    {
        credit.Kind = Kind;
        credit.State = State;
        credit.ModelCode = ModelCode;
        credit.SerialNumber = SerialNumber;
        credit.Imei = Imei;
        credit.SetReference(Reference);
        credit.Beneficiary = Beneficiary;
        credit.BeneficiaryName = BeneficiaryName;
        credit.InvoiceNumber = InvoiceNumber;
        credit.InvoiceDate = InvoiceDate;
        credit.AmountCents = AmountCents;
        credit.ValueCents = ValueCents;
        credit.Depreciation = Depreciation;
        credit.RequestedOn = RequestedOn;
        credit.DossierNumber = DossierNumber;
    }
}
