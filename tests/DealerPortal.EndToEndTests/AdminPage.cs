using System.Globalization;
using Microsoft.Playwright;

namespace DealerPortal.EndToEndTests;

/// <summary>What an agent does on a dossier's page.</summary>
internal static class AdminPage
{
    public static async Task AnswerAsync(this IPage page, string text)
    {
        await page.Locator("#Answer_Text").FillAsync(text);
        await page.Locator("#answer button[value=stay]").ClickAsync();
    }

    public static async Task ScheduleAsync(this IPage page, DateOnly date, string from, string until)
    {
        var form = page.Locator("#repair");
        await form.Locator("input[value=AppointmentScheduled]").CheckAsync();
        await form.Locator("#Repair_Date").FillAsync(date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        await form.Locator("#Repair_From").FillAsync(from);
        await form.Locator("#Repair_Until").FillAsync(until);
        await form.GetByRole(AriaRole.Button).ClickAsync();
    }
}
