using DealerPortal.Core.Accounts;
using DealerPortal.Core.Data;
using DealerPortal.Core.Search;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DealerPortal.Core.Content.Dealercards;

/// <summary>What a dealercard is written in.</summary>
[Flags]
public enum CardLanguages
{
    None = 0,
    Fr = 1,
    Nl = 2,
    De = 4,
    En = 8,
}

/// <summary>Whose dealers a dealercard is for.</summary>
[Flags]
public enum CardCountries
{
    None = 0,
    Belgium = 1,
    Luxembourg = 2,
    Belux = Belgium | Luxembourg,
}

/// <summary>The families of goods a dealercard is about.</summary>
[Flags]
public enum CardGoods
{
    None = 0,
    BrownGoods = 1,
    WhiteGoods = 2,
    Mobile = 4,
}

/// <summary>
/// What dealers look up beside the shelf: prices, ranges, conditions. A subject with a title; what is read are its versions,
/// each a PDF with its time. Every change of it or of a version gives it another stamp.
/// </summary>
public sealed class Dealercard : IStamped
{
    public const int TitleMaxLength = 120;
    public const int WordsMaxLength = 400;

    public int Id { get; init; }

    /// <summary>As the PDF itself says it, in its own language.</summary>
    public required string Title
    {
        get;
        set
        {
            field = value;
            Words = WordsOf(value);
        }
    }

    /// <summary>The title's words as they are searched: each as a token with a space before it.</summary>
    public string Words { get; private set; } = "";

    public required CardLanguages Languages { get; set; }
    public required CardCountries Countries { get; set; }
    public required CardGoods Goods { get; set; }
    public required DateTime UpdatedAt { get; set; }
    public required int UpdatedById { get; set; }
    public List<DealercardVersion> Versions { get; } = [];
    public Guid Stamp { get; set; }

    private static string WordsOf(string title)
    {
        var words = "";
        foreach (var token in SearchTokens.OfText(title).Where(token => words.Length + token.Length < WordsMaxLength))
            words += $" {token}";
        return words;
    }

    internal sealed class Configuration : IEntityTypeConfiguration<Dealercard>
    {
        public void Configure(EntityTypeBuilder<Dealercard> builder)
        {
            builder.ToTable("Dealercards");
            builder.Property(c => c.Title).HasMaxLength(TitleMaxLength);
            builder.Property(c => c.Words).HasMaxLength(WordsMaxLength);
            builder.HasOne<User>().WithMany().HasForeignKey(c => c.UpdatedById);
        }
    }
}
