using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Deque.AxeCore.Commons;
using PuppeteerSharp;
using Xunit;

namespace MailDns.Integration.Tests.Report;

/// <summary>A report in the browser, and all that went wrong while it was open.</summary>
internal sealed class ReportPage : IAsyncDisposable
{
    // Before any script of the page: what the policy refuses, what a script of DNS would leave, what is copied.
    private const string Watch = """
        window.violations = [];
        document.addEventListener('securitypolicyviolation', e => window.violations.push(e.violatedDirective + ' ' + e.blockedURI + ' ' + e.sample));
        window.copied = [];
        navigator.clipboard.writeText = text => { window.copied.push(text); return window.refuseClipboard ? Promise.reject(new Error('no')) : Promise.resolve(); };
        """;

    private readonly IPage _page;
    private readonly List<string> _trouble = [];

    private ReportPage(IPage page) => _page = page;

    public IPage Page => _page;

    public static async Task<ReportPage> OpenAsync(IPage page, string file, PageSetting setting)
    {
        var report = new ReportPage(page);
        await page.SetViewportAsync(new ViewPortOptions { Width = setting.Width, Height = 900 });

        // Both at once: Puppeteer's two methods reset each other.
        await page.Client.SendAsync("Emulation.setEmulatedMedia", new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["media"] = setting.IsPrint ? "print" : "screen",
            ["features"] = new[] { new { name = "prefers-color-scheme", value = setting.IsDark ? "dark" : "light" } },
        });
        await page.SetJavaScriptEnabledAsync(setting.HasScript);
        await page.EvaluateExpressionOnNewDocumentAsync(Watch);
        page.Console += (_, e) => report._trouble.Add("console: " + e.Message.Text);
        page.PageError += (_, e) => report._trouble.Add("error: " + e.Message);
        page.Dialog += (_, e) => report._trouble.Add("dialog: " + e.Dialog.Message);
        string address = new Uri(file).AbsoluteUri;
        page.Request += (_, e) =>
        {
            if (e.Request.Url != address) report._trouble.Add("request: " + e.Request.Url);
        };
        await page.GoToAsync(address);
        return report;
    }

    public Task<T> EvaluateAsync<T>(string expression) => _page.EvaluateExpressionAsync<T>(expression);

    /// <summary>Nothing was asked for, refused, thrown or said.</summary>
    public async Task AssertQuietAsync()
    {
        Assert.Empty(_trouble);
        Assert.Empty(await EvaluateAsync<string[]>("window.violations"));
        Assert.Equal("undefined", await EvaluateAsync<string>("typeof window.pwned"));
    }

    /// <summary>Each element with the names of its attributes: what a text may never change.</summary>
    public Task<string[]> ElementsAsync() => EvaluateAsync<string[]>(
        "[...document.querySelectorAll('*')].map(e => e.localName + '[' + e.getAttributeNames().sort().join(' ') + ']')");

    /// <summary>What axe-core finds with everything on the page open; empty where nothing.</summary>
    public async Task<string[]> AxeAsync()
    {
        await EvaluateAsync<object>("document.querySelectorAll('details').forEach(d => { d.open = true; })");
        await _page.EvaluateExpressionAsync(new BundledAxeScriptProvider().GetScript());
        return await EvaluateAsync<string[]>(
            "axe.run(document, { resultTypes: ['violations'] }).then(r => r.violations.flatMap(v => v.nodes.map(n => v.id + ': ' + n.html.slice(0, 200) + ' ' + n.failureSummary)))");
    }

    public Task SavePictureAsync(string name) => _page.ScreenshotAsync(Path.Combine(BrowserFixture.Pictures, name + ".png"), new ScreenshotOptions { FullPage = true });

    /// <summary>What the focus stands on after each press of the tab key.</summary>
    public async Task<IReadOnlyList<string>> TabStopsAsync(int most)
    {
        var stops = new List<string>();
        for (int i = 0; i < most; i++)
        {
            await _page.Keyboard.PressAsync("Tab");
            string stop = await EvaluateAsync<string>("(e => e === document.body ? '' : (e.getAttribute('aria-label') || e.textContent.trim() || e.value || e.localName))(document.activeElement)");
            if (stop.Length == 0) break;

            stops.Add(stop);
        }

        return [.. stops.Select(stop => stop.Replace('\n', ' '))];
    }

    public async ValueTask DisposeAsync() => await _page.DisposeAsync();
}
