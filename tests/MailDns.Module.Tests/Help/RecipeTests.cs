using System;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using MailDns.Module.Tests.Engine;
using Xunit;

namespace MailDns.Module.Tests.Help;

/// <summary>Runs the PowerShell blocks of each page for administrators, one after the other in one session.</summary>
public sealed class RecipeTests : IClassFixture<EngineFixture>
{
    private readonly EngineFixture _engine;

    public RecipeTests(EngineFixture engine) => _engine = engine;

    [Theory]
    [InlineData("docs/quick-start.md")]
    [InlineData("docs/recipes/new-domain-windows-dns.md")]
    [InlineData("docs/recipes/new-domain-azure-dns.md")]
    [InlineData("docs/recipes/add-platform.md")]
    [InlineData("docs/recipes/none-to-reject.md")]
    [InlineData("docs/recipes/parked-domain.md")]
    [InlineData("docs/recipes/nightly-check.md")]
    [InlineData("docs/recipes/did-it-work.md")]
    [InlineData("docs/recipes/pull-request.md")]
    [InlineData("docs/recipes/mail-host-tls.md")]
    [InlineData("docs/recipes/many-machines.md")]
    [InlineData("docs/recipes/are-we-listed.md")]
    public async Task Page_runs(string page)
    {
        string text = await File.ReadAllTextAsync(Path.Combine(TestPaths.Root, page));
        string[] blocks = [.. Regex.Matches(text, "^```powershell\n(?<code>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5)).Select(match => match.Groups["code"].Value)];
        Assert.NotEmpty(blocks);
        await using var session = new ExampleSession(_engine);
        session.Run(string.Join("\n", blocks));
    }

    [Fact]
    public void Every_recipe_is_run()
    {
        string[] pages = [.. Directory.GetFiles(Path.Combine(TestPaths.Root, "docs", "recipes"), "*.md").Select(path => Path.GetFileName(path)).Where(name => name != "README.md")];
        string list = File.ReadAllText(Path.Combine(TestPaths.Root, "docs", "recipes", "README.md"));
        Assert.All(pages, page => Assert.Contains("(" + page + ")", list, StringComparison.Ordinal));
        Assert.Equal(pages.Length, typeof(RecipeTests).GetMethod(nameof(Page_runs))!.GetCustomAttributes(typeof(InlineDataAttribute), inherit: false).Length - 1);
    }
}
