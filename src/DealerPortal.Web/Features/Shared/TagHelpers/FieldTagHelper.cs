using System.Globalization;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Shared.TagHelpers;

/// <summary>
/// A labelled control with its hint and its error, tied together for screen readers. <c>class</c> goes to the
/// frame, every other unknown attribute to the control; content (buttons) stands in one group with the control.
/// </summary>
[HtmlTargetElement("field")]
public sealed class FieldTagHelper(IStringLocalizer<SharedTexts> shared) : TagHelper
{
    public required ModelExpression For { get; set; }
    public required string Label { get; set; }

    /// <summary>text, email, tel, password, search, date, time, number, textarea or select.</summary>
    public string Type { get; set; } = "text";
    public string? Hint { get; set; }

    /// <summary>A note under the control.</summary>
    public string? After { get; set; }
    public bool Required { get; set; }
    public bool Optional { get; set; }
    public IEnumerable<SelectListItem>? Options { get; set; }

    /// <summary>Classes of the control, such as <c>code</c>.</summary>
    public string? ControlClass { get; set; }

    /// <summary>Classes of the group around control and content.</summary>
    public string GroupClass { get; set; } = "input-group";

    [ViewContext]
    [HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var name = FieldIds.NameOf(ViewContext, For);
        var id = FieldIds.Of(name);
        var error = FieldIds.ErrorOf(ViewContext, name);
        var content = await output.GetChildContentAsync();

        var control = new TagBuilder(Type switch { "textarea" => "textarea", "select" => "select", _ => "input" });
        foreach (var attribute in output.Attributes.Where(a => a.Name != "class"))
            control.MergeAttribute(attribute.Name, attribute.Value?.ToString() ?? "");
        var frame = output.Attributes["class"]?.Value?.ToString();
        output.Attributes.Clear();

        Fill(control, id, name, ViewContext.ModelState.TryGetValue(name, out var entry) && entry.AttemptedValue is { } typed
            ? typed
            : Convert.ToString(For.Model, CultureInfo.CurrentCulture) ?? "");
        var describedBy = string.Join(' ', new[] { error is null ? null : $"{id}-e", Hint is null ? null : $"{id}-h", After is null ? null : $"{id}-a", control.Attributes.GetValueOrDefault("aria-describedby") }.Where(part => part is not null));
        if (describedBy.Length > 0)
            control.Attributes["aria-describedby"] = describedBy;
        if (error is not null)
            control.Attributes["aria-invalid"] = "true";

        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        var classes = string.Join(' ', new[] { frame, error is null ? null : "has-error" }.Where(part => part is not null));
        if (classes.Length > 0)
            output.Attributes.SetAttribute("class", classes);

        var html = output.Content;
        var help = FieldHelp.LinkOf(ViewContext, name, Label, shared);
        html.AppendHtml(help is null ? "" : "<div class=\"label-row\">")
            .AppendHtml($"<label class=\"form-label\" for=\"{id}\">").Append(Label).AppendHtml(Required ? " *" : "");
        if (Optional)
            html.AppendHtml(" <span class=\"muted\">").Append(shared["Optional"]).AppendHtml("</span>");
        html.AppendHtml("</label>");
        if (help is not null)
            html.AppendHtml(help).AppendHtml("</div>");
        FieldIds.WriteError(html, ViewContext, id, error, shared);
        if (Hint is not null)
            html.AppendHtml($"<p class=\"hint\" id=\"{id}-h\">").Append(Hint).AppendHtml("</p>");
        if (content.IsEmptyOrWhiteSpace)
            html.AppendHtml(control);
        else
            html.AppendHtml($"<div class=\"{GroupClass}\">").AppendHtml(control).AppendHtml(content).AppendHtml("</div>");
        if (After is not null)
            html.AppendHtml($"<p class=\"after\" id=\"{id}-a\">").Append(After).AppendHtml("</p>");
    }

    private void Fill(TagBuilder control, string id, string name, string value)
    {
        control.Attributes["id"] = id;
        control.Attributes["name"] = name;
        control.AddCssClass(ControlClass is null ? "" : ControlClass);
        control.AddCssClass(Type == "select" ? "form-select" : "form-control");
        if (Required)
            control.Attributes["required"] = "required";
        switch (Type)
        {
            case "textarea":
                // The line break is the parser's to eat, so that a text may begin with one.
                control.InnerHtml.AppendHtml("\n").Append(value);
                break;
            case "select":
                foreach (var option in Options ?? [])
                {
                    var item = new TagBuilder("option");
                    item.Attributes["value"] = option.Value;
                    if (option.Value == value)
                        item.Attributes["selected"] = "selected";
                    item.InnerHtml.Append(option.Text);
                    control.InnerHtml.AppendHtml(item);
                }

                break;
            default:
                control.TagRenderMode = TagRenderMode.SelfClosing;
                control.Attributes["type"] = Type;
                if (Type != "password")
                    control.Attributes["value"] = value;
                break;
        }
    }
}

/// <summary>A box to tick, with its error above it.</summary>
[HtmlTargetElement("check-field", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class CheckFieldTagHelper(IStringLocalizer<SharedTexts> shared) : TagHelper
{
    public required ModelExpression For { get; set; }
    public required string Label { get; set; }
    public string? Hint { get; set; }
    public bool Required { get; set; }
    public bool Strong { get; set; }

    [ViewContext]
    [HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var name = FieldIds.NameOf(ViewContext, For);
        var id = FieldIds.Of(name);
        var error = FieldIds.ErrorOf(ViewContext, name);
        var isChecked = ViewContext.ModelState.TryGetValue(name, out var entry) && entry.AttemptedValue is { } typed
            ? typed.Split(',')[0] is "true" or "on"
            : For.Model is true or "true" or "on";
        var frame = output.Attributes["class"]?.Value?.ToString();
        output.Attributes.Clear();
        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        var classes = string.Join(' ', new[] { frame, error is null ? null : "has-error" }.Where(part => part is not null));
        if (classes.Length > 0)
            output.Attributes.SetAttribute("class", classes);
        var describedBy = string.Join(' ', new[] { error is null ? null : $"{id}-e", Hint is null ? null : $"{id}-h" }.Where(part => part is not null));

        var html = output.Content;
        FieldIds.WriteError(html, ViewContext, id, error, shared);
        html.AppendHtml($"<div class=\"form-check\"><input class=\"form-check-input\" type=\"checkbox\" id=\"{id}\" name=\"{name}\" value=\"true\"")
            .AppendHtml(isChecked ? " checked" : "")
            .AppendHtml(error is null ? "" : " aria-invalid=\"true\"")
            .AppendHtml(describedBy.Length == 0 ? "" : $" aria-describedby=\"{describedBy}\"")
            .AppendHtml($"><label for=\"{id}\">").AppendHtml(Strong ? "<strong>" : "").Append(Label).AppendHtml(Strong ? "</strong>" : "")
            .AppendHtml(Required ? " *" : "").AppendHtml("</label>");
        if (FieldHelp.LinkOf(ViewContext, name, Label, shared) is { } help)
            html.AppendHtml(help);
        html.AppendHtml("</div>");
        if (Hint is not null)
            html.AppendHtml($"<p class=\"hint ms-4 ps-2 mb-0\" id=\"{id}-h\">").Append(Hint).AppendHtml("</p>");
    }
}

/// <summary>
/// What stands at a field when it was refused: <c>&lt;field-error for="Sold" /&gt;</c> or <c>name="Sold"</c>, for controls a
/// view writes itself. All of it: each of several files has its own reason.
/// </summary>
[HtmlTargetElement("field-error", TagStructure = TagStructure.WithoutEndTag)]
public sealed class FieldErrorTagHelper(IStringLocalizer<SharedTexts> shared) : TagHelper
{
    public ModelExpression? For { get; set; }

    /// <summary>The posted name, where it is no property of the view's model.</summary>
    public string? Name { get; set; }

    [ViewContext]
    [HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = null;
        var name = For is null ? Name! : FieldIds.NameOf(ViewContext, For);
        var id = FieldIds.Of(name);
        var first = FieldIds.ErrorOf(ViewContext, name);
        var errors = ViewContext.ModelState.TryGetValue(name, out var entry) ? entry.Errors : [];
        if (errors.Count < 2)
        {
            FieldIds.WriteError(output.Content, ViewContext, id, first, shared);
            return;
        }

        output.Content.AppendHtml($"<div id=\"{id}-e\">");
        foreach (var error in errors)
            FieldIds.WriteError(output.Content, ViewContext, null, error.ErrorMessage, shared);
        output.Content.AppendHtml("</div>");
    }
}

/// <summary>All that must be corrected, each a link to its field; takes the focus when the page opens.</summary>
[HtmlTargetElement("error-summary", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class ErrorSummaryTagHelper(IStringLocalizer<SharedTexts> shared) : TagHelper
{
    /// <summary>What has not happened yet: «The request has not been sent yet».</summary>
    public string? Heading { get; set; }

    /// <summary>What was kept.</summary>
    public string? Note { get; set; }

    /// <summary>The fields in the order of the page; the model state keeps them by name.</summary>
    public IReadOnlyList<string> FieldOrder { get; set; } = [];

    [ViewContext]
    [HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var order = FieldOrder.Select((name, place) => (name, place)).ToDictionary(field => field.name, field => field.place);
        var errors = ViewContext.ModelState.Where(entry => entry.Value is { Errors.Count: > 0 })
            .OrderBy(entry => order.GetValueOrDefault(entry.Key, int.MaxValue)).ToList();
        if (errors.Count == 0)
        {
            output.SuppressOutput();
            return;
        }

        output.TagName = "section";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "error-summary");
        output.Attributes.SetAttribute("role", "alert");
        output.Attributes.SetAttribute("aria-labelledby", "es");
        output.Attributes.SetAttribute("tabindex", "-1");
        output.Attributes.SetAttribute("data-focus", "");
        output.Attributes.SetAttribute("autofocus", "autofocus");
        // The fields come after: only once the page is written is their order known.
        output.Content.SetHtmlContent(new Late(writer => Summary(errors).WriteTo(writer, HtmlEncoder.Default)));
    }

    private HtmlContentBuilder Summary(List<KeyValuePair<string, ModelStateEntry?>> errors)
    {
        var count = errors.Count == 1 ? shared["Summary.One"].Value : shared["Summary.Many", errors.Count].Value;
        var html = new HtmlContentBuilder();
        html.AppendHtml("<h2 id=\"es\">").Append(Heading is null ? count : $"{Heading}{(Core.Languages.Current == "fr" ? "\u00A0: " : ": ")}{char.ToLower(count[0], CultureInfo.CurrentCulture)}{count[1..]}").AppendHtml("</h2><ul>");
        var shown = FieldIds.Shown(ViewContext);
        foreach (var (name, entry) in errors.OrderBy(error => shown.IndexOf(error.Key) is var at and >= 0 ? at : int.MaxValue))
        {
            foreach (var error in entry!.Errors)
            {
                html.AppendHtml("<li>");
                if (name.Length > 0)
                    html.AppendHtml($"<a href=\"#{FieldIds.Of(name)}\">").Append(error.ErrorMessage).AppendHtml("</a>");
                else
                    html.Append(error.ErrorMessage);
                html.AppendHtml("</li>");
            }
        }

        html.AppendHtml("</ul>");
        if (Note is not null)
            html.AppendHtml("<p class=\"mb-0 mt-3 muted\">").Append(Note).AppendHtml("</p>");
        return html;
    }

    private sealed class Late(Action<TextWriter> write) : IHtmlContent
    {
        public void WriteTo(TextWriter writer, HtmlEncoder encoder) => write(writer);
    }
}

internal static class FieldIds
{
    public static string Of(string name) => TagBuilder.CreateSanitizedId(name, "_");

    /// <summary>The posted name, with the prefix of the partial view it stands in.</summary>
    public static string NameOf(ViewContext view, ModelExpression field) => view.ViewData.TemplateInfo.GetFullHtmlFieldName(field.Name);

    /// <summary>The fields of the page so far, in their order.</summary>
    public static List<string> Shown(ViewContext view)
    {
        if (view.HttpContext.Items[typeof(FieldIds)] is not List<string> names)
            view.HttpContext.Items[typeof(FieldIds)] = names = [];
        return names;
    }

    public static string? ErrorOf(ViewContext view, string name)
    {
        Shown(view).Add(name);
        return view.ViewData.ModelState.TryGetValue(name, out var entry) && entry.Errors.Count > 0 ? entry.Errors[0].ErrorMessage : null;
    }

    public static void WriteError(IHtmlContentBuilder html, ViewContext view, string? id, string? error, IStringLocalizer<SharedTexts> shared)
    {
        if (error is null)
            return;
        var mark = id is null ? "" : $" id=\"{id}-e\"";
        html.AppendHtml($"<p class=\"field-error\"{mark}>{IconTagHelper.Markup(view, "alert-circle")}<span><span class=\"visually-hidden\">")
            .Append(shared["ErrorPrefix"]).AppendHtml(" </span>").Append(error).AppendHtml("</span></p>");
    }
}
