namespace DealerPortal.Core { public static class Formats { public static DateOnly Today(TimeProvider t) => DateOnly.FromDateTime(t.GetUtcNow().UtcDateTime); } }
namespace DealerPortal.Core.Dossiers { public static class DossierNumber { public static string Format(int y, long s) => $"{y}-{s}"; } }
