using System.Globalization;
using DealerPortal.Core;
using DealerPortal.Core.Accounts;
using DealerPortal.Core.Dossiers.Lists;
using DealerPortal.Core.Dossiers.Promises;
using DealerPortal.Core.Exports;
using DealerPortal.Web.Access;
using DealerPortal.Web.Features.Admin.Queue;
using DealerPortal.Web.Features.Dossiers.List;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace DealerPortal.Web.Features.Exports;

/// <summary>Turns a list's address into its export: at once, or for a long one as a page that offers to prepare the file.</summary>
public sealed class ListExports(
    DossierExports exports, ExportOrders orders, OrganisationLookUp organisations, DossierPromises promises, CurrentUser user, IOptions<ExportOptions> options, TimeProvider time)
{
    /// <summary>What the person's list with this query holds, as an export.</summary>
    public async Task<ExportOrder> OrderAsync(string? query, ExportFormat format, CancellationToken ct)
    {
        var person = user.Required;
        return new ExportOrder(person.Reader, person.Organisation?.Id, await FilterAsync(person, query, ct) with { Page = 1 }, format, Languages.Current);
    }

    public async Task<IActionResult> ExportAsync(string query, ExportFormat format, CancellationToken ct)
    {
        var order = await OrderAsync(query, format, ct);
        var list = await exports.OpenAsync(order.By, order.Filter, ct);
        if (list.Ids.Count > options.Value.DirectRows)
            return new RedirectResult(ExportsController.Path + "/new" + QueryString.Create([KeyValuePair.Create("format", (string?)NameOf(format)), KeyValuePair.Create("query", (string?)query)]));
        await orders.RecordAsync(order, list.Ids.Count, ct);
        return new StreamedList(exports, list, order, FileName(format, time.GetUtcNow().UtcDateTime));
    }

    public static string NameOf(ExportFormat format) => format == ExportFormat.Csv ? "csv" : "xlsx";

    public static ExportFormat? FormatOf(string? name) => name switch { "csv" => ExportFormat.Csv, "xlsx" => ExportFormat.Xlsx, _ => null };

    public static string ContentTypeOf(ExportFormat format) => format == ExportFormat.Csv ? CsvSheet.ContentType : XlsxSheet.ContentType;

    public static string FileName(ExportFormat format, DateTime at) =>
        string.Create(CultureInfo.InvariantCulture, $"dossiers-{Formats.ToBrussels(at):yyyy-MM-dd-HHmm}.{NameOf(format)}");

    private async Task<DossierFilter> FilterAsync(SessionSnapshot person, string? query, CancellationToken ct)
    {
        if (!person.IsStaff)
            return DossierListQuery.Parse(query).ToFilter();
        var asked = QueueQuery.Parse(query);
        var organisation = await organisations.FindAsync(asked.Org, ct);
        return asked.ToFilter(person.UserId, organisation.Chosen?.Id, await promises.ClockAsync(time, ct));
    }
}

/// <summary>A list that is written into the response as it is read.</summary>
internal sealed class StreamedList(DossierExports exports, ExportedList list, ExportOrder order, string fileName) : IActionResult
{
    public async Task ExecuteResultAsync(ActionContext context)
    {
        var response = context.HttpContext.Response;
        response.ContentType = ListExports.ContentTypeOf(order.Format);
        response.Headers.ContentDisposition = $"attachment; filename=\"{fileName}\"";
        await exports.WriteAsync(list, order.Format, order.Language, response.Body, written: null, context.HttpContext.RequestAborted);
    }
}
