using System;
using System.IO;
using System.Linq;
using System.Text;
using MailDns.Module.Tests.Engine;
using Xunit;

namespace MailDns.Module.Tests;

/// <summary>Three domains of examples/: what Test-SendingDomain shows of each is kept as docs/example-domains.md, and approved there.</summary>
public sealed class ExampleDomainTests : IClassFixture<EngineFixture>
{
    private readonly EngineFixture _engine;

    public ExampleDomainTests(EngineFixture engine) => _engine = engine;

    [Fact]
    public void What_the_documents_show_is_what_comes_out()
    {
        string path = Path.Combine(TestPaths.Root, "docs", "example-domains.md");
        var text = new StringBuilder("# Three domains\n\nMade by a test from the zones in `examples/`; what passed is left out. Set MAILDNS_UPDATE_DOCS=1 to write it anew.\n");
        text.Append(Section("A domain set up well", "example.org", "clean"));
        text.Append(Section("The platform's page, followed to the letter", "example.com", "page"));
        text.Append(Section("A domain where much has gone wrong", "example.net", "broken"));
        if (Environment.GetEnvironmentVariable("MAILDNS_UPDATE_DOCS") == "1")
            File.WriteAllText(path, text.ToString());

        Assert.Equal(text.ToString(), File.ReadAllText(path).ReplaceLineEndings("\n"));
    }

    [Theory]
    [InlineData("example.org", "clean", 0, 0)]
    [InlineData("example.com", "page", 3, 0)]
    [InlineData("example.net", "broken", 10, 0)]
    public void Nothing_is_unknown_and_errors_are_where_they_belong(string domain, string folder, int leastErrors, int unknown)
    {
        EngineResult result = _engine.Invoke(Command(domain, folder), TestPaths.Root).EnsureClean();
        int Count(string status) => result.Output.Count(item => item.Properties["Status"].Value.ToString() == status);
        Assert.Equal(unknown, Count("Unknown"));
        Assert.True(leastErrors == 0 ? Count("Fail") == 0 : Count("Fail") >= leastErrors);
    }

    private static string Command(string domain, string folder) =>
        "param($root) $zones = \"$root/examples/zones/a*.zone\", \"$root/examples/" + folder + "/*.zone\"" + (folder == "page" ? ", \"$root/examples/zones/com.zone\"" : string.Empty)
        + "; Test-SendingDomain " + domain + " -Provider Altcraft -ZoneFile $zones";

    private string Section(string title, string domain, string folder)
    {
        EngineResult result = _engine.Invoke(Command(domain, folder) + " | Where-Object Status -ne Pass", TestPaths.Root).EnsureClean();
        string zones = "examples/zones/a*.zone, examples/" + folder + "/*.zone" + (folder == "page" ? ", examples/zones/com.zone" : string.Empty);
        string[] lines = [.. result.Render(100).ReplaceLineEndings("\n").Trim('\n').Split('\n').Select(line => line.TrimEnd())];
        return "\n## " + title + "\n\n```\n> Test-SendingDomain " + domain + " -Provider Altcraft -ZoneFile " + zones + " |\n    Where-Object Status -ne Pass\n\n" + string.Join('\n', lines) + "\n```\n";
    }
}
