using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DealerPortal.Core.Calendar;

/// <summary>A day on which the house is closed although the calendar says otherwise.</summary>
public sealed class ClosingDay
{
    public const int NoteMaxLength = 120;

    public required DateOnly Date { get; init; }

    /// <summary>Why, for staff alone.</summary>
    public string Note { get; init; } = "";

    internal sealed class Configuration : IEntityTypeConfiguration<ClosingDay>
    {
        public void Configure(EntityTypeBuilder<ClosingDay> builder)
        {
            builder.ToTable("ClosingDays");
            builder.HasKey(d => d.Date);
            builder.Property(d => d.Note).HasMaxLength(NoteMaxLength);
        }
    }
}
