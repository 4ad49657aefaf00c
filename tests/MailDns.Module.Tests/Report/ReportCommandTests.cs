using System;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using MailDns.Module.Tests.Engine;
using Xunit;

namespace MailDns.Module.Tests.Report;

public sealed class ReportCommandTests : IClassFixture<EngineFixture>, IDisposable
{
    private const string Everything =
        "param($zones, $path) & { Test-SendingDomain example.com -ZoneFile $zones -Provider Altcraft; Get-SpfTree example.com -ZoneFile $zones; "
        + "Test-DmarcAlignment example.com -Provider Altcraft -ZoneFile $zones; New-DmarcRecord example.com -Rua d@example.com; Get-SpfStatus example.com -ZoneFile $zones } ";

    private static readonly string s_zones = Path.Combine(TestPaths.Root, "examples", "zones", "*.zone");

    private readonly EngineFixture _engine;
    private readonly string _folder = Directory.CreateTempSubdirectory("maildns-report-").FullName;

    public ReportCommandTests(EngineFixture engine) => _engine = engine;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("a.html", "", "<!DOCTYPE html>")]
    [InlineData("a.htm", "", "<!DOCTYPE html>")]
    [InlineData("a.JSON", "", "{")]
    [InlineData("a.xml", "", "<?xml ")]
    [InlineData("a.txt", "", "<!DOCTYPE html>")]
    [InlineData("a.html", "-Format Json", "{")]
    [InlineData("a", "-Format JUnit", "<?xml ")]
    public void The_extension_decides_unless_told(string file, string parameters, string start)
    {
        _engine.Invoke(Everything + "| Export-SendingDomainReport $path " + parameters, s_zones, FileOf(file)).EnsureClean();
        byte[] bytes = File.ReadAllBytes(FileOf(file));
        Assert.Equal(start, System.Text.Encoding.UTF8.GetString(bytes, 0, start.Length));
        Assert.Equal([FileOf(file)], Directory.GetFiles(_folder));
    }

    [Fact]
    public void All_kinds_of_input_are_in_the_report()
    {
        JsonNode domain = Json(Everything);
        Assert.Equal(("example.com", "Fail"), ((string?)domain["domain"], (string?)domain["verdict"]));
        Assert.Contains(domain["checks"]!.AsArray(), check => (string?)check!["id"] == "DMARC-MISSING" && (string?)check["status"] == "Fail");
        Assert.Contains(domain["records"]!.AsArray(), record => (string?)record!["value"] == "v=DMARC1; p=none; rua=mailto:d@example.com");
        Assert.Equal("example.com", (string?)Assert.Single(domain["spfTrees"]!.AsArray())!["domain"]);
        Assert.False((bool?)Assert.Single(domain["mailPaths"]!.AsArray())!["passed"]);

        // Given twice, by Test-SendingDomain and by Get-SpfStatus.
        Assert.Single(domain["checks"]!.AsArray(), check => (string?)check!["id"] == "SPF-MX-COST");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public void Copies_give_the_same_report(int depth)
    {
        JsonNode live = Json(Everything);
        JsonNode copy = Json(Everything + "| ForEach-Object { " + Sample.Copy("$_", depth) + " } ");

        // Behind a live status stand checks with nothing to look at, which its copy lacks.
        foreach (JsonNode domain in new[] { live, copy })
        {
            domain["counts"]!.AsObject().Remove("notApplicable");
            domain["checks"]!.AsArray().RemoveAll(check => (string?)check!["status"] == "NotApplicable");
        }

        Assert.Equal(live.ToJsonString(), copy.ToJsonString());
    }

    [Fact]
    public void A_status_alone_is_a_report_and_no_wrong_pass()
    {
        JsonNode live = Json("param($zones, $path) Get-SpfStatus akmta.net -ZoneFile $zones ");
        Assert.True((int)live["counts"]!["pass"]! > 0);

        // A copy has findings only. Without one nothing says that anybody looked.
        JsonNode copy = Json("param($zones, $path) [pscustomobject]@{ PSTypeName = 'Deserialized.MailDns.SpfStatus'; Domain = 'a.example'; Findings = @() } ");
        Assert.Equal("NotChecked", (string?)copy["verdict"]);
    }

    [Fact]
    public void A_status_that_is_missing_is_unknown()
    {
        JsonNode domain = Json("param($zones, $path) Test-SendingDomain example.com -ZoneFile $zones | Where-Object Status -eq Fail | Select-Object -First 1 | Select-Object Domain, Id, Message ");
        Assert.Equal("Unknown", (string?)domain["checks"]![0]!["status"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-Provider Altcraft")]
    public void A_live_status_of_a_whole_domain_is_every_check_once(string parameters)
    {
        JsonNode status = Json("param($zones, $path) Get-SendingDomainStatus example.com -ZoneFile $zones " + parameters);
        JsonNode results = Json("param($zones, $path) Test-SendingDomain example.com -IncludeNotApplicable -ZoneFile $zones " + parameters);
        Assert.Equal(results["counts"]!.ToJsonString(), status["counts"]!.ToJsonString());
        Assert.Equal(results["verdict"]!.ToJsonString(), status["verdict"]!.ToJsonString());
    }

    [Fact]
    public void A_status_of_a_whole_domain_gives_its_parts()
    {
        JsonNode domain = Json("param($zones, $path) [pscustomobject]@{ PSTypeName = 'MailDns.SendingDomainStatus'; Domain = 'example.com'; Findings = @(" + Sample.Check("Warning", domain: "example.com")
            + "); Spf = Get-SpfStatus example.com -ZoneFile $zones; SpfTree = Get-SpfTree example.com -ZoneFile $zones; Dkim = @(Get-DkimStatus example.com -Selector a, b -ZoneFile $zones) } ");
        string[] areas = [.. domain["checks"]!.AsArray().Select(check => (string)check!["area"]!).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        Assert.Equal(["Dkim", "Spf"], areas);
        Assert.Single(domain["spfTrees"]!.AsArray());
    }

    [Fact]
    public void A_file_that_is_there_stays_without_force()
    {
        File.WriteAllText(FileOf("a.html"), "mine");
        EngineResult refused = _engine.Invoke(Everything + "| Export-SendingDomainReport $path", s_zones, FileOf("a.html"));
        Assert.Equal("FileExists", Assert.Single(refused.ErrorIds));
        Assert.Equal("mine", File.ReadAllText(FileOf("a.html")));

        EngineResult forced = _engine.Invoke(Everything + "| Export-SendingDomainReport $path -Force -PassThru -Title 'Mail & more'", s_zones, FileOf("a.html")).EnsureClean();
        Assert.Equal(FileOf("a.html"), forced.Property<string>("FullName"));
        Assert.Contains("<title>Mail &amp; more</title>", File.ReadAllText(FileOf("a.html")), StringComparison.Ordinal);
        Assert.Single(Directory.GetFiles(_folder));
    }

    [Fact]
    public void WhatIf_writes_nothing()
    {
        EngineResult result = _engine.Invoke(Everything + "| Export-SendingDomainReport $path -WhatIf", s_zones, FileOf("a.html")).EnsureClean();
        Assert.Contains("Write a report as Html", result.HostText, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Theory]
    [InlineData("@() | Export-SendingDomainReport $path", "NothingToReport")]
    [InlineData("'text' | Export-SendingDomainReport $path", "UnsupportedInput NothingToReport")]
    [InlineData("$true, $null, (Get-SendingProvider altcraft) | Export-SendingDomainReport $path", "UnsupportedInput UnsupportedInput UnsupportedInput NothingToReport")]
    [InlineData("New-DmarcRecord a.example -NoReport | Export-SendingDomainReport ($path + '/none/a.html')", "FileNotFound")]
    [InlineData("New-DmarcRecord a.example -NoReport | Export-SendingDomainReport ([System.IO.Path]::GetDirectoryName($path))", "InvalidValue")]
    [InlineData("New-DmarcRecord a.example -NoReport | Export-SendingDomainReport env:path", "InvalidValue")]
    public void What_cannot_be_done_is_an_error_and_leaves_no_file(string script, string ids)
    {
        EngineResult result = _engine.Invoke("param($path) " + script, FileOf("a.html"));
        Assert.Equal(ids.Split(' '), result.ErrorIds);
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public void One_wrong_object_does_not_end_the_rest()
    {
        EngineResult result = _engine.Invoke(Everything + "| ForEach-Object { 'text'; $_ } | Export-SendingDomainReport $path", s_zones, FileOf("a.xml"));
        Assert.All(result.ErrorIds, id => Assert.Equal("UnsupportedInput", id));
        Assert.Equal("example.com", XDocument.Load(FileOf("a.xml")).Root!.Element("testsuite")!.Attribute("name")!.Value);
    }

    [Fact]
    public void Nodes_without_their_root_are_named()
    {
        EngineResult result = _engine.Invoke(
            "param($path) & { " + Sample.Check("Pass") + "; [pscustomobject]@{ PSTypeName = 'MailDns.SpfTreeNode'; Domain = 'a.example'; Depth = 2; Status = 'Found' } } | Export-SendingDomainReport $path",
            FileOf("a.html")).EnsureClean();
        Assert.Contains("1 nodes", Assert.Single(result.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Warnings_fail_on_demand()
    {
        string check = "param($path) " + Sample.Check("Warning") + " | Export-SendingDomainReport $path -Force ";
        _engine.Invoke(check, FileOf("a.xml")).EnsureClean();
        Assert.Equal("0", XDocument.Load(FileOf("a.xml")).Root!.Attribute("failures")!.Value);
        _engine.Invoke(check + "-FailOnWarning", FileOf("a.xml")).EnsureClean();
        Assert.Equal("1", XDocument.Load(FileOf("a.xml")).Root!.Attribute("failures")!.Value);
    }

    private string FileOf(string name) => Path.Combine(_folder, name);

    // The only domain of the report that the script's output makes.
    private JsonNode Json(string script)
    {
        _engine.Invoke(script + "| Export-SendingDomainReport $path -Format Json -Force", s_zones, FileOf("a.json")).EnsureClean();
        return Assert.Single(JsonNode.Parse(File.ReadAllText(FileOf("a.json")))!["domains"]!.AsArray())!;
    }
}
