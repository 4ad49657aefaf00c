using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Text;
using MailDns.Module.Tests.Engine;
using Xunit;

namespace MailDns.Module.Tests;

/// <summary>The main job as users run it, and the table of the platform's page in the docs.</summary>
public class MainJobTests : IClassFixture<EngineFixture>
{
    private const string Sources = """
        param($root)
        $zones = "$root/examples/zones/*.zone"
        $page = "$root/examples/page/example.com.zone", "$root/examples/zones/ak*.zone"
        $key = [System.IO.File]::ReadAllText("$root/examples/ak.public.pem")
        $common = @{ Domain = 'example.com'; Provider = 'Altcraft'; PublicKey = $key; AggregateReportUri = 'report@example.com'; LogoUri = 'https://example.com/bimi/bimi.svg'; WarningAction = 'SilentlyContinue' }

        """;

    private readonly EngineFixture _engine;

    public MainJobTests(EngineFixture engine) => _engine = engine;

    [Fact]
    public void The_whole_set_pipes_into_windows_dns_set_by_set()
    {
        _engine.UseDnsServer("example.com");
        EngineResult result = _engine.Invoke(Sources + """
            $records = New-SendingDomainRecord @common -ZoneFile $zones
            $records | Where-Object RecordType -eq CNAME | Add-DnsServerResourceRecord -CName
            $records | Where-Object { $_.RecordType -eq 'TXT' -and $_.Value.Length -le 254 } | Add-DnsServerResourceRecord -Txt
            Get-StubCall | ForEach-Object { "$($_.ParameterSetName) $($_.Bound.ZoneName) $($_.Bound.Name) $($_.Bound.TimeToLive) $($_.Bound.DescriptiveText)$($_.Bound.HostNameAlias)" }
            """, TestPaths.Root);
        result.EnsureClean();
        Assert.Equal(
            new[]
            {
                "CNAME example.com trk 01:00:00 trk.aksend.net",
                "CNAME example.com ac-bounces 01:00:00 akmta.net",
                "TXT example.com @ 01:00:00 v=spf1 mx include:spf.akmta.net ~all",
                "TXT example.com _dmarc 01:00:00 v=DMARC1; p=none; rua=mailto:report@example.com",
                "TXT example.com default._bimi 01:00:00 v=BIMI1; l=https://example.com/bimi/bimi.svg",
            },
            result.Output.Select(item => item.ToString()));
    }

    [Fact]
    public void The_whole_set_pipes_into_azure_dns_in_one_pipeline()
    {
        _engine.UseAzDns("example.com");
        EngineResult result = _engine.Invoke(Sources + """
            $records = New-SendingDomainRecord @common -ZoneFile $zones
            $records | New-AzDnsRecordSet -ResourceGroupName dns -DnsRecords { $_ | New-AzDnsRecordConfig } |
                ForEach-Object { "$($_.Name) $($_.RecordType) $($_.Ttl) $($_.Records.Count)" }
            """, TestPaths.Root);
        result.EnsureClean();
        Assert.Equal(
            new[] { "@ TXT 3600 1", "ak._domainkey TXT 3600 1", "trk CNAME 3600 1", "ac-bounces CNAME 3600 1", "_dmarc TXT 3600 1", "default._bimi TXT 3600 1" },
            result.Output.Select(item => item.ToString()));
    }

    [Fact]
    public void Quiet_gives_one_bool_a_domain_and_a_bad_domain_does_not_stop_the_rest()
    {
        EngineResult result = _engine.Invoke(Sources + """
            $records = New-SendingDomainRecord @common -ZoneFile $zones
            'example.com' | Test-SendingDomain -Provider Altcraft -ZoneFile $zones -Quiet
            'not a domain', 'example.com', '' | Test-SendingDomain -Provider Altcraft -ZoneFile $zones -PlannedRecord $records -Quiet
            """, TestPaths.Root);
        Assert.Equal(new object[] { false, true }, result.Output.Select(item => item.BaseObject));
        Assert.Equal(2, result.Errors.Count);
        Assert.All(result.ErrorIds, id => Assert.Equal("InvalidDomain", id));
    }

    [Theory]
    [InlineData("Get-SpfStatus example.com -Server 'nonsense'", "InvalidValue")]
    [InlineData("Get-SpfStatus example.com -Server '127.0.0.1:99999'", "InvalidValue")]
    [InlineData("Get-SpfStatus example.com -ZoneFile /no/such/file.zone", "FileNotFound")]
    [InlineData("Test-SendingDomain example.com -Provider NoSuchProvider -ZoneFile /no/such/file.zone", "ProviderNotFound")]
    public void Bad_settings_end_the_cmdlet_with_a_stable_id(string script, string id)
    {
        // Only a terminating error reaches catch.
        EngineResult result = _engine.Invoke("try { " + script + " } catch { $_.FullyQualifiedErrorId }");
        Assert.StartsWith(id + ",", result.Single<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_broken_zone_file_is_told_by_file_line_and_column()
    {
        string path = Path.Combine(Path.GetTempPath(), "maildns-" + Guid.NewGuid().ToString("N") + ".zone");
        File.WriteAllText(path, "$ORIGIN example.com.\n$INCLUDE other.zone\n");
        try
        {
            EngineResult result = _engine.Invoke("param($path) Get-SpfStatus example.com -ZoneFile $path", path);
            Assert.Equal("InvalidZoneFile", Assert.Single(result.ErrorIds));
            Assert.Contains("(2,", result.Errors[0].ToString(), StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void The_docs_table_of_the_platforms_page_is_what_comes_out()
    {
        string path = Path.Combine(TestPaths.Root, "docs", "source-page.md");
        string expected = PageTable();
        if (Environment.GetEnvironmentVariable("MAILDNS_UPDATE_DOCS") == "1")
            File.WriteAllText(path, expected);

        Assert.Equal(expected, File.ReadAllText(path).ReplaceLineEndings("\n"));
    }

    private string PageTable()
    {
        PSObject[] made = _engine.Invoke(Sources + "New-SendingDomainRecord @common -IncludeLegacy", TestPaths.Root).Output.ToArray();
        PSObject[] merged = _engine.Invoke(Sources + "New-SendingDomainRecord @common -ZoneFile $zones", TestPaths.Root).Output.ToArray();
        PSObject[] found = _engine.Invoke(Sources + "Test-SendingDomain example.com -Provider Altcraft -ZoneFile $page", TestPaths.Root).Output.ToArray();
        var text = new StringBuilder();
        text.Append("# The platform's page, and what MailDns makes of it\n\n");
        text.Append("Made by a test from `examples/page/example.com.zone` (the page's eight records as printed) and `New-SendingDomainRecord example.com -Provider Altcraft`. Set MAILDNS_UPDATE_DOCS=1 to write it anew.\n\n");
        text.Append("| the page | MailDns | only with -IncludeLegacy | what Test-SendingDomain says of the page's record |\n|---|---|---|---|\n");
        foreach ((string row, string purpose, string[] ids) in Rows())
        {
            PSObject record = made.First(item => Text(item, "Purpose") == purpose);
            bool legacy = purpose is "SenderId" or "DomainKeysPolicy";
            string output = "`" + Short(Text(record, "Fqdn") + " " + Text(record, "RecordType") + " " + record) + "`";
            string said = string.Join("<br>", ids.Select(id => Said(found, id)));
            text.Append("| `" + row + "` | " + (legacy ? "-" : output) + " | " + (legacy ? output : "-") + " | " + said + " |\n");
        }

        text.Append("\nWhere the domain has an SPF record already (`v=spf1 mx ~all` in `examples/zones`), that record gets the include: `");
        text.Append(merged.First(item => Text(item, "Purpose") == "Spf")).Append("`.\n");
        return text.ToString();
    }

    private static IEnumerable<(string Row, string Purpose, string[] Ids)> Rows()
    {
        yield return ("example.com. TXT v=spf1 include:spf.akmta.net -all", "Spf", ["SPF-NOT-EVALUATED", "SPF-SHARED-INCLUDE", "SPF-ALL-HARDFAIL-EARLY"]);
        yield return ("example.com. TXT spf2.0/pra include:spf.akmta.net -all", "SenderId", ["SENDERID-HISTORIC", "SENDERID-TXT-BLOAT"]);
        yield return ("ak._domainkey.example.com. TXT v=DKIM1; k=rsa; p=MIGf...", "Dkim", ["DKIM-SAMPLE-KEY", "DKIM-RSA-1024"]);
        yield return ("_domainkey.example.com. TXT o=-;", "DomainKeysPolicy", ["DOMAINKEYS-POLICY"]);
        yield return ("_dmarc.example.com. TXT v=DMARC1; p=reject; sp=reject; mailto:report@example.com", "Dmarc", ["DMARC-JUNK-SEGMENT", "DMARC-RUA-MISSING", "DMARC-SP-REDUNDANT", "DMARC-P-REJECT-USERS"]);
        yield return ("default._bimi.example.com TXT v=BIMI1; l=https://example.com/bimi/bimi.svg", "Bimi", ["BIMI-A-MISSING"]);
        yield return ("trk.example.com. CNAME trk.aksend.net", "Tracking", ["TRACK-TARGET"]);
        yield return ("ac-bounces.example.com IN CNAME akmta.net", "Bounce", ["BOUNCE-DELEGATES-SPF", "DMARC-ASPF-S-BOUNCE"]);
    }

    private static string Said(PSObject[] found, string id)
    {
        PSObject result = found.First(item => Text(item, "Id") == id);
        return Text(result, "Status") + " " + id + ": " + Text(result, "Message").Replace("|", "\\|", StringComparison.Ordinal);
    }

    private static string Text(PSObject item, string property) => item.Properties[property].Value?.ToString() ?? string.Empty;

    private static string Short(string text) => text.Length <= 100 ? text : string.Concat(text.AsSpan(0, 97), "...");
}
