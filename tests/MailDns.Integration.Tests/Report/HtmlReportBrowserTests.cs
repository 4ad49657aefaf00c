using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using MailDns.Report;
using MailDns.Core.Tests.Report;
using Xunit;

namespace MailDns.Integration.Tests.Report;

/// <summary>The page in Chromium: what a reader sees, hears and presses, and what hostile text cannot do.</summary>
public class HtmlReportBrowserTests : IClassFixture<BrowserFixture>
{
    private readonly BrowserFixture _browser;

    public HtmlReportBrowserTests(BrowserFixture browser) => _browser = browser;

    public static IEnumerable<object[]> HostileNames => HostileText.All;

    [BrowserTheory]
    [MemberData(nameof(HostileNames))]
    public async Task Hostile_text_stays_text(string name)
    {
        string text = HostileText.Of(name);

        // As long as the hostile one, and a link where that is one.
        string tame = text.StartsWith("https://", StringComparison.Ordinal) ? "https://" + new string('x', text.Length - 8) : new string('x', text.Length);
        await using ReportPage page = await _browser.OpenAsync(SampleReport.Everywhere(text));
        await using ReportPage twin = await _browser.OpenAsync(SampleReport.Everywhere(tame));
        await page.Page.Mouse.MoveAsync(300, 300);

        Assert.Equal(await twin.ElementsAsync(), await page.ElementsAsync());
        await page.AssertQuietAsync();
        Assert.Equal(VisibleText.Escape(HtmlFinding.Clip(text)), await page.EvaluateAsync<string>("document.querySelector('.finding .message').textContent"));
        Assert.Equal(VisibleText.Escape(text), await page.EvaluateAsync<string>("document.getElementById('d1-r1-v').textContent"));
    }

    // The twin of the test above: were a text written as it is, the policy would still refuse it, and this is seen.
    [BrowserTheory]
    [InlineData("<script>window.pwned = 1</script>", "script-src-elem inline")]
    [InlineData("<img src=x onerror=\"window.pwned = 1\">", "img-src")]
    [InlineData("<svg onload=window.pwned=1></svg>", "script-src-attr inline")]
    [InlineData("<p style=\"color: red\">", "style-src-attr inline")]
    [InlineData("<style>* { color: red }</style>", "style-src-elem inline")]
    [InlineData("<iframe src=https://example.net/></iframe>", "frame-src")]
    public async Task The_policy_refuses_what_is_not_ours(string markup, string violation)
    {
        using var text = new StringWriter();
        HtmlReport.Write(SampleReport.Full, text);
        await using ReportPage page = await _browser.OpenAsync(text.ToString().Replace("<footer", markup + "<footer", StringComparison.Ordinal));
        Assert.Contains(await page.EvaluateAsync<string[]>("window.violations"), found => found.StartsWith(violation, StringComparison.Ordinal));
        Assert.Equal("undefined", await page.EvaluateAsync<string>("typeof window.pwned"));
    }

    [BrowserTheory]
    [InlineData("full-light", 1180, false, false, false)]
    [InlineData("full-dark", 1180, true, false, false)]
    [InlineData("full-narrow", 380, false, false, false)]
    [InlineData("full-narrow-dark", 380, true, false, false)]
    [InlineData("full-print", 720, false, true, false)]
    [InlineData("many-light", 1180, false, false, true)]
    [InlineData("many-dark", 1180, true, false, true)]
    [InlineData("many-narrow", 380, false, false, true)]
    public async Task The_page_is_accessible_quiet_and_fits(string name, int width, bool isDark, bool isPrint, bool isMany)
    {
        await using ReportPage page = await _browser.OpenAsync(isMany ? SampleReport.Many : SampleReport.Full, new PageSetting(width, isDark, IsPrint: isPrint));
        await page.SavePictureAsync(name);
        Assert.Equal(isDark, await page.EvaluateAsync<int>("Number(getComputedStyle(document.body).backgroundColor.match(/\\d+/)[0])") < 128);
        Assert.Equal(width, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        Assert.Empty(await page.AxeAsync());
        Assert.Equal(width, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        await page.AssertQuietAsync();
    }

    [BrowserFact]
    public async Task Headings_and_landmarks_make_an_outline()
    {
        await using ReportPage page = await _browser.OpenAsync(SampleReport.Many);
        int[] levels = await page.EvaluateAsync<int[]>("[...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].map(h => Number(h.localName[1]))");
        Assert.Equal(1, levels[0]);
        Assert.Single(levels, level => level == 1);
        Assert.All(levels.Zip(levels.Skip(1)), pair => Assert.True(pair.Second <= pair.First + 1));
        Assert.Equal(3, await page.EvaluateAsync<int>("document.querySelectorAll('header, main, footer').length"));
        Assert.Equal("ltr en", await page.EvaluateAsync<string>("getComputedStyle(document.body).direction + ' ' + document.documentElement.lang"));
    }

    [BrowserFact]
    public async Task The_tab_key_reaches_every_button_in_order()
    {
        await using ReportPage page = await _browser.OpenAsync(SampleReport.Full);
        IReadOnlyList<string> stops = await page.TabStopsAsync(60);
        Assert.Equal("Skip to the report", stops[0]);
        string[] expected =
        [
            "Copy the name of contoso.com", "Copy the value of contoso.com",
            "Copy the name of s1._domainkey.contoso.com", "Copy the value of s1._domainkey.contoso.com",
        ];
        Assert.Equal(expected, stops.Where(stop => stop.StartsWith("Copy", StringComparison.Ordinal)));
        Assert.Contains("Picture of the SPF tree", stops);
        await page.AssertQuietAsync();
    }

    [BrowserFact]
    public async Task A_button_copies_its_value_and_says_so()
    {
        await using ReportPage page = await _browser.OpenAsync(SampleReport.Full);
        await page.Page.FocusAsync("[data-copy=d1-r1-v]");
        Assert.NotEqual("none", await page.EvaluateAsync<string>("getComputedStyle(document.activeElement).outlineStyle"));
        await page.Page.Keyboard.PressAsync("Enter");
        await page.Page.WaitForFunctionAsync("() => document.getElementById('announce').textContent === 'Copied to the clipboard.'");
        Assert.Equal(["v=spf1 mx include:spf.example.net ~all"], await page.EvaluateAsync<string[]>("window.copied"));
        Assert.Equal("polite", await page.EvaluateAsync<string>("document.getElementById('announce').getAttribute('aria-live')"));
    }

    [BrowserFact]
    public async Task A_long_value_is_copied_whole_and_as_strings()
    {
        await using ReportPage page = await _browser.OpenAsync(SampleReport.Full);
        await page.EvaluateAsync<object>("document.querySelectorAll('details').forEach(d => { d.open = true; })");
        await page.Page.ClickAsync("[data-copy=d1-r2-v]");
        await page.Page.ClickAsync("[data-copy=d1-r2-s]");
        string[] copied = await page.EvaluateAsync<string[]>("window.copied");
        Assert.Equal(418, copied[0].Length);
        Assert.Equal("\"" + copied[0][..255] + "\" \"" + copied[0][255..] + "\"", copied[1]);
    }

    [BrowserFact]
    public async Task Without_a_clipboard_the_text_is_copied_by_selection()
    {
        await using ReportPage page = await _browser.OpenAsync(SampleReport.Full);
        await page.EvaluateAsync<object>("window.refuseClipboard = true; document.addEventListener('copy', () => { window.selected = String(getSelection()); })");
        await page.Page.ClickAsync("[data-copy=d1-r1-v]");
        await page.Page.WaitForFunctionAsync("() => document.getElementById('announce').textContent.length > 0");
        Assert.Equal("v=spf1 mx include:spf.example.net ~all", await page.EvaluateAsync<string>("window.selected"));
    }

    [BrowserFact]
    public async Task Boxes_hide_results_by_severity()
    {
        await using ReportPage page = await _browser.OpenAsync(SampleReport.Many);
        Assert.Equal(9, await VisibleAsync(page, ".finding"));
        foreach (string status in new[] { "Warning", "Info", "Pass", "Unknown" })
            await page.Page.ClickAsync("#filter input[value=" + status + "]");

        Assert.Equal(3, await VisibleAsync(page, ".finding"));
        Assert.Equal(2, await VisibleAsync(page, "tbody tr[data-has]:not([data-has=Always])"));
        Assert.Equal(0, await VisibleAsync(page, ".passed"));
        await page.Page.WaitForFunctionAsync("() => document.getElementById('announce').textContent === '3 findings are shown.'");
        await page.Page.ClickAsync("#filter input[value=Pass]");
        Assert.Equal(3, await VisibleAsync(page, "tbody tr[data-has]:not([data-has=Always])"));
    }

    [BrowserFact]
    public async Task The_overview_sorts_by_its_heads()
    {
        await using ReportPage page = await _browser.OpenAsync(SampleReport.Many);
        Assert.Equal(["contoso.com", "bad.example", "unknown.example", "fair.example", "unchecked.example", "good.example"], await RowsAsync(page));
        await page.Page.ClickAsync(".sortable th:nth-child(1) button");
        Assert.Equal(["bad.example", "contoso.com", "fair.example", "good.example", "unchecked.example", "unknown.example"], await RowsAsync(page));
        await page.Page.ClickAsync(".sortable th:nth-child(5) button");
        Assert.Equal("descending", await page.EvaluateAsync<string>("document.querySelector('.sortable th:nth-child(5)').getAttribute('aria-sort')"));
        Assert.Equal(0, await page.EvaluateAsync<int>("document.querySelectorAll('.sortable th:nth-child(1)[aria-sort]').length"));
        Assert.Equal(2, (await RowsAsync(page)).Take(2).Intersect(["contoso.com", "fair.example"]).Count());
        Assert.Empty(await page.AxeAsync());
        await page.AssertQuietAsync();
    }

    [BrowserFact]
    public async Task Without_script_the_page_is_whole_and_has_no_dead_buttons()
    {
        await using ReportPage page = await _browser.OpenAsync(SampleReport.Full, new PageSetting(HasScript: false));
        await page.SavePictureAsync("full-no-script");
        await page.Page.SetJavaScriptEnabledAsync(true);
        Assert.Equal(0, await VisibleAsync(page, "button"));
        Assert.Equal(0, await VisibleAsync(page, "#filter"));
        Assert.Equal(2, await VisibleAsync(page, ".record"));
        Assert.Equal(5, await VisibleAsync(page, ".finding"));
    }

    [BrowserFact]
    public async Task Print_has_no_buttons_and_becomes_pdf()
    {
        await using ReportPage page = await _browser.OpenAsync(SampleReport.Many, new PageSetting(IsPrint: true));
        Assert.Equal(0, await page.EvaluateAsync<int>("[...document.querySelectorAll('.copy, #filter, .skip')].filter(e => getComputedStyle(e).display !== 'none').length"));
        string file = Path.Combine(BrowserFixture.Pictures, "many.pdf");
        await page.Page.PdfAsync(file, new PuppeteerSharp.PdfOptions { PreferCSSPageSize = true, PrintBackground = false });
        Assert.StartsWith("%PDF-", await File.ReadAllTextAsync(file, System.Text.Encoding.Latin1), StringComparison.Ordinal);
    }

    [BrowserTheory]
    [MemberData(nameof(HostileNames))]
    public async Task Hostile_text_of_reports_stays_text(string name)
    {
        string text = HostileText.Of(name);
        await using ReportPage page = await _browser.OpenAsync(SampleReport.Senders(30, text));
        await using ReportPage twin = await _browser.OpenAsync(SampleReport.Senders(30, new string('x', text.Length)));
        Assert.Equal(await twin.ElementsAsync(), await page.ElementsAsync());
        await page.AssertQuietAsync();
        Assert.Contains(VisibleText.Escape(HtmlFinding.Clip(text)), await page.EvaluateAsync<string[]>("[...document.querySelectorAll('.sources tbody th')].map(e => e.textContent)"));
    }

    [BrowserTheory]
    [InlineData("senders-light", 1180, false, false)]
    [InlineData("senders-dark", 1180, true, false)]
    [InlineData("senders-narrow", 380, false, false)]
    [InlineData("senders-narrow-dark", 380, true, false)]
    [InlineData("senders-print", 720, false, true)]
    public async Task What_receivers_report_is_accessible_quiet_and_fits(string name, int width, bool isDark, bool isPrint)
    {
        await using ReportPage page = await _browser.OpenAsync(SampleReport.Senders(60), new PageSetting(width, isDark, IsPrint: isPrint));
        await page.SavePictureAsync(name);
        Assert.Empty(await page.AxeAsync());
        Assert.Equal(width, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        Assert.Equal(isPrint ? 0 : 1, await VisibleAsync(page, ".pager"));
        Assert.Equal(60, await VisibleAsync(page, ".sources tbody tr:has(.badge)"));
        await page.AssertQuietAsync();
    }

    // What a browser has to do before it paints is bounded by what is in the document, not by how many sources there are.
    [BrowserFact]
    public async Task Ten_thousand_sources_are_paged_searched_and_sorted()
    {
        using var text = new StringWriter();
        HtmlReport.Write(SampleReport.Senders(10_000), text);
        Assert.InRange(text.ToString().Length, 1_000_000, 10_000_000);
        int elements;
        await using (ReportPage few = await _browser.OpenAsync(SampleReport.Senders(400)))
        {
            elements = await few.EvaluateAsync<int>("document.querySelectorAll('*').length");
        }

        await using ReportPage page = await _browser.OpenAsync(text.ToString());
        Assert.Equal(elements, await page.EvaluateAsync<int>("document.querySelectorAll('*').length"));
        Assert.InRange(await page.EvaluateAsync<int>("document.querySelectorAll('*').length"), 1, 8000);
        Assert.Equal("1 to 200 of 10000", await WhereAsync(page));
        Assert.Equal(200, await VisibleAsync(page, "table.paged tbody tr"));
        Assert.Equal(0, await VisibleAsync(page, "tbody.waiting, tbody.rest"));

        await page.Page.ClickAsync(".pager button:last-of-type");
        Assert.Equal("201 to 400 of 10000", await WhereAsync(page));
        Assert.Equal("201 to 400 of 10000", await SaidAsync(page, "201 to 400 of 10000"));

        // By keyboard alone: the search, then a head of the table.
        await page.Page.FocusAsync(".pager input");
        await page.Page.Keyboard.TypeAsync("10.0.39. own,");
        Assert.Equal(7, await VisibleAsync(page, "table.paged tbody tr"));
        await page.Page.Keyboard.PressAsync("Escape");
        await page.Page.Keyboard.PressAsync("Escape");
        await page.Page.EvaluateExpressionAsync("document.querySelector('.pager input').value = ''; document.querySelector('.pager input').dispatchEvent(new Event('input'))");
        await page.Page.FocusAsync(".sources th:nth-child(3) button");
        await page.Page.Keyboard.PressAsync("Enter");
        Assert.Equal("1 to 200 of 10000", await WhereAsync(page));
        int[] messages = await page.EvaluateAsync<int[]>("[...document.querySelectorAll('table.paged tbody:not(.rest):not(.waiting) td:nth-child(3)')].slice(0, 200).map(e => Number(e.dataset.value))");
        Assert.Equal(messages.OrderDescending(), messages);
        Assert.Equal(10_007, messages[0]);

        // The last page: the button that has nothing to do hands the focus on.
        await page.EvaluateAsync<object>("{ const on = document.querySelector('.pager button:last-of-type'); on.focus(); for (let i = 0; i < 60; i++) { on.click(); } }");
        Assert.Equal("9801 to 10000 of 10000", await WhereAsync(page));
        Assert.Equal("Previous", await page.EvaluateAsync<string>("document.activeElement.textContent"));
        Assert.Empty(await page.AxeAsync());
        await page.AssertQuietAsync();
    }

    [BrowserFact]
    public async Task Without_script_the_sources_are_counted_to_the_last()
    {
        await using ReportPage page = await _browser.OpenAsync(SampleReport.Senders(10_000), new PageSetting(HasScript: false));
        await page.Page.SetJavaScriptEnabledAsync(true);
        Assert.Equal(0, await VisibleAsync(page, ".pager"));
        Assert.Equal(207, await VisibleAsync(page, ".sources tbody tr:has(.badge)"));
        long shown = await page.EvaluateAsync<long>("[...document.querySelectorAll('.sources tbody td:nth-child(3)[data-value]')].reduce((sum, e) => sum + Number(e.dataset.value), 0)");
        Assert.Equal(Enumerable.Range(0, 10_000).Sum(i => 1 + (i * 7919L % 10_007)), shown);
    }

    private static Task<string> WhereAsync(ReportPage page) => page.EvaluateAsync<string>("document.querySelector('.where').textContent");

    private static async Task<string> SaidAsync(ReportPage page, string expected)
    {
        await page.Page.WaitForFunctionAsync("expected => document.getElementById('announce').textContent === expected", expected);
        return expected;
    }

    private static Task<int> VisibleAsync(ReportPage page, string selector) =>
        page.EvaluateAsync<int>("[...document.querySelectorAll('" + selector + "')].filter(e => e.checkVisibility()).length");

    private static Task<string[]> RowsAsync(ReportPage page) => page.EvaluateAsync<string[]>("[...document.querySelectorAll('.sortable tbody th')].map(e => e.textContent)");
}
