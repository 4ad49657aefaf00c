using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using MailDns.Report;
using PuppeteerSharp;
using Xunit;

namespace MailDns.Integration.Tests.Report;

/// <summary>One headless browser for a class of tests. It opens files only, and its profile is a folder of its own.</summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    public const string Missing = "Chromium is not installed.";

    private readonly string _folder = Directory.CreateTempSubdirectory("maildns-report-").FullName;
    private IBrowser? _browser;

    public static string? Executable { get; } = FindExecutable();

    /// <summary>Pictures for people: made by the tests, compared by nobody, because fonts differ between machines.</summary>
    public static string Pictures { get; } = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "report-pictures")).FullName;

    public async Task InitializeAsync()
    {
        if (Executable is null) return;

        _browser = await Puppeteer.LaunchAsync(new LaunchOptions
        {
            ExecutablePath = Executable,
            Headless = true,
            UserDataDir = Path.Combine(_folder, "profile"),

            // The sandbox needs rights that containers lack; the pages are our own. Nothing listens at the proxy: no page gets out.
            Args = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking", "--proxy-server=127.0.0.1:9"],
        });
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.CloseAsync();
            await _browser.DisposeAsync();
        }

        try
        {
            Directory.Delete(_folder, recursive: true);
        }
        catch (IOException)
        {
            // The browser's last process may still write its profile.
        }
    }

    internal async Task<ReportPage> OpenAsync(SendingDomainReport report, PageSetting? setting = null)
    {
        using var text = new StringWriter();
        HtmlReport.Write(report, text);
        return await OpenAsync(text.ToString(), setting);
    }

    internal async Task<ReportPage> OpenAsync(string html, PageSetting? setting = null)
    {
        string file = Path.Combine(_folder, Guid.NewGuid().ToString("N") + ".html");
        await File.WriteAllTextAsync(file, html);
        return await ReportPage.OpenAsync(await _browser!.NewPageAsync(), file, setting ?? new PageSetting());
    }

    private static string? FindExecutable()
    {
        IEnumerable<string> folders = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator);
        return Environment.GetEnvironmentVariable("MAILDNS_TEST_BROWSER") is { Length: > 0 } named && File.Exists(named)
            ? named
            : folders.SelectMany(folder => new[] { "chromium", "chromium-browser", "google-chrome" }, (folder, name) => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
    }
}
