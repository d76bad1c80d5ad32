using System.Globalization;
using DealerPortal.Core;
using DealerPortal.Core.Catalogue;
using FluentValidation;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Admin.Catalogue;

/// <summary>A name in four languages and what goes with it, as typed.</summary>
public abstract class NamedForm
{
    public string? Stamp { get; set; }
    public string? Fr { get; set; }
    public string? Nl { get; set; }
    public string? De { get; set; }
    public string? En { get; set; }
    public string? Offer { get; set; }
    public string? LeadTime { get; set; }

    public Guid StampOrEmpty => Guid.TryParse(Stamp, out var stamp) ? stamp : Guid.Empty;
    public ServiceOffer? ServiceOffer => Enum.GetValues<ServiceOffer>().Where(offer => offer.ToString() == Offer).Select(offer => (ServiceOffer?)offer).FirstOrDefault();

    public int? LeadTimeDays =>
        int.TryParse(LeadTime?.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days <= ProductModel.MaxLeadTimeDays ? days : null;

    protected LocalizedText Name => new() { Fr = TypedText.SingleLine(Fr), Nl = TypedText.SingleLine(Nl), De = TypedText.SingleLine(De), En = TypedText.SingleLine(En) };

    protected void Take(LocalizedText name) => (Fr, Nl, De, En) = (name.Fr, name.Nl, name.De, name.En);
}

/// <summary>A model as typed.</summary>
public sealed class ModelForm : NamedForm
{
    public string? Code { get; set; }

    /// <summary>The category's id.</summary>
    public string? Category { get; set; }

    public int? CategoryId => int.TryParse(Category, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    public static ModelForm Of(ProductModel model)
    {
        var form = new ModelForm
        {
            Stamp = model.Stamp.ToString(),
            Code = model.Code,
            Category = model.CategoryId.ToString(CultureInfo.InvariantCulture),
            Offer = model.ServiceOffer.ToString(),
            LeadTime = model.LeadTimeDays.ToString(CultureInfo.InvariantCulture),
        };
        form.Take(model.Name);
        return form;
    }

    /// <summary>Once it is valid.</summary>
    public ModelData ToData(ProductCategory category, bool isActive) => new(
        ModelCode.TryParse(Code, out var code) ? code : throw new InvalidOperationException("The form was not judged."),
        category.Id, Name, ServiceOffer ?? category.DefaultServiceOffer, LeadTimeDays ?? category.DefaultLeadTimeDays, isActive);
}

/// <summary>A category as typed.</summary>
public sealed class CategoryForm : NamedForm
{
    /// <summary>Of a new one alone: it never changes.</summary>
    public string? Code { get; set; }
    public string? Group { get; set; }
    public string? SerialMayBeOmitted { get; set; }
    public string? HasImei { get; set; }

    public ProductGroup? ProductGroup => Enum.GetValues<ProductGroup>().Where(group => group.ToString() == Group).Select(group => (ProductGroup?)group).FirstOrDefault();

    public static CategoryForm Of(ProductCategory category)
    {
        var form = new CategoryForm
        {
            Stamp = category.Stamp.ToString(),
            Code = category.Code,
            Group = category.Group.ToString(),
            SerialMayBeOmitted = category.SerialMayBeOmitted ? "true" : null,
            HasImei = category.HasImei ? "true" : null,
            Offer = category.DefaultServiceOffer.ToString(),
            LeadTime = category.DefaultLeadTimeDays.ToString(CultureInfo.InvariantCulture),
        };
        form.Take(category.Name);
        return form;
    }

    /// <summary>Once it is valid.</summary>
    public CategoryData ToData() => new(ProductGroup!.Value, Name, SerialMayBeOmitted == "true", HasImei == "true", ServiceOffer!.Value, LeadTimeDays!.Value);
}

public abstract class NamedValidator<TForm> : AbstractValidator<TForm>
    where TForm : NamedForm
{
    protected NamedValidator(IStringLocalizer<CatalogueTexts> texts)
    {
        Texts = texts;
        RuleLevelCascadeMode = CascadeMode.Stop;
        Name(RuleFor(f => f.Fr), "Name.Fr");
        Name(RuleFor(f => f.Nl), "Name.Nl");
        Name(RuleFor(f => f.De), "Name.De");
        Name(RuleFor(f => f.En), "Name.En");
    }

    protected IStringLocalizer<CatalogueTexts> Texts { get; }

    private void Name(IRuleBuilderInitial<TForm, string?> rule, string label) => rule
        .Must(name => TypedText.SingleLine(name).Length > 0).WithMessage(_ => Texts["Name.Missing", Texts[label].Value])
        .Must(name => TypedText.SingleLine(name).Length <= LocalizedText.MaxLength).WithMessage(_ => Texts["Name.TooLong", Texts[label].Value, LocalizedText.MaxLength]);
}

public sealed class ModelValidator : NamedValidator<ModelForm>
{
    public ModelValidator(IStringLocalizer<CatalogueTexts> texts)
        : base(texts)
    {
        RuleFor(f => f.Code)
            .NotEmpty().WithMessage(_ => texts["Code.Missing"])
            .Must(code => ModelCode.TryParse(code, out _)).WithMessage(_ => texts["Code.Wrong"]);
        RuleFor(f => f.Category).Must((f, _) => f.CategoryId is not null).WithMessage(_ => texts["Category.Missing"]);
        RuleFor(f => f.Offer).Must((f, offer) => string.IsNullOrEmpty(offer) || f.ServiceOffer is not null).WithMessage(_ => texts["Offer.Missing"]);
        RuleFor(f => f.LeadTime).Must((f, days) => string.IsNullOrWhiteSpace(days) || f.LeadTimeDays is not null).WithMessage(_ => texts["LeadTime.Wrong", ProductModel.MaxLeadTimeDays]);
    }
}

public sealed class CategoryValidator : NamedValidator<CategoryForm>
{
    private const int MinCode = 2;

    public CategoryValidator(IStringLocalizer<CatalogueTexts> texts)
        : base(texts)
    {
        RuleFor(f => f.Code)
            .NotEmpty().WithMessage(_ => texts["Code.Missing"])
            .Must(code => code is { Length: >= MinCode and <= ProductCategory.CodeMaxLength } && code.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'))
            .WithMessage(_ => texts["CategoryCode.Wrong", ProductCategory.CodeMaxLength]);
        RuleFor(f => f.Group).Must((f, _) => f.ProductGroup is not null).WithMessage(_ => texts["Group.Missing"]);
        RuleFor(f => f.Offer).Must((f, _) => f.ServiceOffer is not null).WithMessage(_ => texts["Offer.Missing"]);
        RuleFor(f => f.LeadTime).Must((f, _) => f.LeadTimeDays is not null).WithMessage(_ => texts["LeadTime.Wrong", ProductModel.MaxLeadTimeDays]);
    }
}
