using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace DealerPortal.Core.Data;

/// <summary>Databases forget the kind of a date; every stored instant is UTC and comes back as UTC.</summary>
public sealed class UtcDateTimeConverter() : ValueConverter<DateTime, DateTime>(
    value => value.Kind == DateTimeKind.Local ? value.ToUniversalTime() : value,
    value => DateTime.SpecifyKind(value, DateTimeKind.Utc));
