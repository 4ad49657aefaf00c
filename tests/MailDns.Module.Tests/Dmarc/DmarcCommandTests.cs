using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using MailDns.Module.Tests.Engine;
using MailDns.TestSupport;
using Xunit;

namespace MailDns.Module.Tests.Dmarc;

public sealed class DmarcCommandTests : IClassFixture<EngineFixture>, IDisposable
{
    // The source page's record, in a zone of its own.
    private const string Zone = """
        $ORIGIN example.com.
        $TTL 1h
        @      IN SOA ns1 hostmaster ( 1 4h 1h 2w 1h )
               IN NS  ns1
               IN A   192.0.2.1
        ns1    IN A   192.0.2.53
        www    IN A   192.0.2.1
        _dmarc IN TXT "v=DMARC1; p=reject; sp=reject; mailto:report@example.com"

        """;

    private readonly EngineFixture _engine;
    private readonly string _zone = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".zone");

    public DmarcCommandTests(EngineFixture engine)
    {
        _engine = engine;
        File.WriteAllText(_zone, Zone);
    }

    public void Dispose() => File.Delete(_zone);

    [Theory]
    [InlineData("New-DmarcRecord example.com -Rua report@example.com", "v=DMARC1; p=none; rua=mailto:report@example.com")]
    [InlineData("New-DmarcRecord example.com -Policy Reject -AggregateReportUri report@example.com", "v=DMARC1; p=reject; rua=mailto:report@example.com")]
    [InlineData("New-DmarcRecord example.com -P quarantine -Sp reject -Np none -Rua a@example.com, b@example.com", "v=DMARC1; p=quarantine; sp=reject; np=none; rua=mailto:a@example.com,mailto:b@example.com")]
    [InlineData("New-DmarcRecord example.com -NoReport", "v=DMARC1; p=none")]
    [InlineData("New-DmarcRecord example.com -Rua a@example.com -Ruf f@example.com -Fo 1,d,s -Adkim Strict -Aspf Strict -Testing", "v=DMARC1; p=none; adkim=s; aspf=s; rua=mailto:a@example.com; ruf=mailto:f@example.com; fo=1:d:s; t=y")]
    [InlineData("New-DmarcRecord example.com -Rua a@example.com -Ruf f@example.com -FailureOption AnyFails, Spf", "v=DMARC1; p=none; rua=mailto:a@example.com; ruf=mailto:f@example.com; fo=1:s")]
    public void A_record_says_what_was_asked(string script, string text)
    {
        EngineResult result = _engine.Invoke(script).EnsureClean();
        Assert.Equal((text, "_dmarc", "example.com"), (result.Property<string>("Value"), result.Property<string>("Name"), result.Property<string>("ZoneName")));
    }

    [Fact]
    public void A_public_suffix_is_warned_about()
    {
        EngineResult result = _engine.Invoke("New-DmarcRecord bank.example -Rua a@bank.example -PublicSuffix").EnsureClean();
        Assert.Equal("v=DMARC1; p=none; rua=mailto:a@bank.example; psd=y", result.Property<string>("Value"));
        Assert.Contains("public suffixes only", Assert.Single(result.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("New-DmarcRecord example.com", "InvalidValue", "-AggregateReportUri is required")]
    [InlineData("New-DmarcRecord example.com -Rua nonsense", "InvalidValue", "neither an address")]
    [InlineData("New-DmarcRecord example.com -Rua a@example.com -Fo 1", "InvalidValue", "without FailureReportUri")]
    [InlineData("New-DmarcRecord example -Rua a@example.com", "InvalidDomain", "single label")]
    [InlineData("New-DmarcRecord example.com -ZoneName example.net -Rua a@example.com", "InvalidDomain", "not within the zone")]
    [InlineData("New-DmarcReportAuthorizationRecord example.com -ReportDomain x", "InvalidDomain", "single label")]
    public void A_wrong_value_is_an_error_that_ends_nothing(string script, string id, string message)
    {
        EngineResult result = _engine.Invoke(script + "; 'goes on'");
        Assert.Equal(id, Assert.Single(result.ErrorIds));
        Assert.Contains(message, result.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.Equal("goes on", result.Output.Single().BaseObject);
    }

    [Fact]
    public void The_rest_of_the_pipeline_is_done()
    {
        EngineResult result = _engine.Invoke("'example.com', '', 'b\u00fccher.example' | New-DmarcRecord -Rua a@example.com");
        Assert.Equal(new[] { "_dmarc.example.com", "_dmarc.xn--bcher-kva.example" }, result.Properties<string>("Fqdn"));
        Assert.Equal("InvalidDomain", Assert.Single(result.ErrorIds));
    }

    [Theory]
    [InlineData("New-DmarcReportAuthorizationRecord example.com -ReportDomain thirdparty.example.net", "example.com._report._dmarc", "thirdparty.example.net")]
    [InlineData("New-DmarcReportAuthorizationRecord example.com d@thirdparty.example.net", "example.com._report._dmarc", "thirdparty.example.net")]
    [InlineData("New-DmarcReportAuthorizationRecord example.com -ReportDomain thirdparty.example.net -ZoneName example.net", "example.com._report._dmarc.thirdparty", "example.net")]
    [InlineData("[pscustomobject]@{ ZoneName = 'example.com' } | New-DmarcReportAuthorizationRecord -ReportDomain thirdparty.example.net", "example.com._report._dmarc", "thirdparty.example.net")]
    public void Consent_stands_in_the_zone_of_the_receiver(string script, string name, string zone)
    {
        EngineResult result = _engine.Invoke(script).EnsureClean();
        Assert.Equal((name, zone, "v=DMARC1;"), (result.Property<string>("Name"), result.Property<string>("ZoneName"), result.Property<string>("Value")));
    }

    [Fact]
    public void The_source_pages_record_is_judged_offline()
    {
        EngineResult result = _engine.Invoke("param($zones) Get-DmarcStatus example.com -ZoneFile $zones", _zone).EnsureClean();
        Assert.Equal("v=DMARC1; p=reject; sp=reject; mailto:report@example.com", result.Property<string>("Record"));
        Assert.Equal(("Reject", "example.com", "example.com"), (result.Property<string>("EffectivePolicy"), result.Property<string>("OrganizationalDomain"), result.Property<string>("RecordDomain")));
        Assert.Contains("_dmarc.example.com", result.Property<string[]>("QueriedNames")!);
        EngineResult findings = _engine.Invoke("param($zones) (Get-DmarcStatus example.com -ZoneFile $zones).Findings", _zone).EnsureClean();
        Assert.Equal(
            new[] { "DMARC-JUNK-SEGMENT", "DMARC-P-REJECT-USERS", "DMARC-RUA-MISSING", "DMARC-SP-REDUNDANT" },
            findings.Properties<string>("Id").Order(StringComparer.Ordinal));
        Assert.Contains("DMARC-JUNK-SEGMENT", result.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_corrected_record_laid_over_the_zone_ends_the_findings()
    {
        EngineResult result = _engine.Invoke(
            "param($zones) $fix = (Get-DmarcStatus example.com -ZoneFile $zones).Findings.Record | Select-Object -First 1; "
            + "(Get-DmarcStatus example.com -ZoneFile $zones -PlannedRecord $fix).Findings.Id",
            _zone).EnsureClean();
        Assert.Equal("DMARC-P-REJECT-USERS", result.Single<string>());
    }

    [Fact]
    public void The_view_of_rfc_7489_needs_a_list_that_is_one()
    {
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            File.WriteAllText(path, "com\nexample.com\n");
            EngineResult result = _engine.Invoke("param($zones, $list) Get-DmarcStatus www.example.com -ZoneFile $zones -PublicSuffixListPath $list", _zone, path).EnsureClean();
            Assert.Equal(("example.com", "www.example.com"), (result.Property<string>("OrganizationalDomain"), result.Property<string>("Rfc7489OrganizationalDomain")));
            Assert.Contains("DMARC-TREEWALK-DIFFERS", result.Text, StringComparison.Ordinal);

            File.WriteAllText(path, "com\n<html>\n");
            EngineResult broken = _engine.Invoke("param($list) Get-DmarcStatus example.com -PublicSuffixListPath $list", path);
            Assert.Equal("InvalidRecord", Assert.Single(broken.ErrorIds));
            Assert.Empty(broken.Output);
            EngineResult missing = _engine.Invoke("param($list) Get-DmarcStatus example.com -PublicSuffixListPath $list", path + ".none");
            Assert.Equal("FileNotFound", Assert.Single(missing.ErrorIds));
            Assert.Empty(missing.Output);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public async Task Over_sockets_the_walk_asks_its_names_and_wildcards_are_seen()
    {
        await using LoopbackDnsServer server = LoopbackDnsServer.Start(new TestZone()
            .Txt("_dmarc.example.com", "v=DMARC1; p=quarantine; np=reject; rua=mailto:d@reports.example.net")
            .Txt("*.example.com", "v=spf1 -all")
            .Mx("reports.example.net", 10, "mx.example.net")
            .Txt("*._report._dmarc.reports.example.net", "v=DMARC1;"));
        EngineResult result = _engine.Invoke("param($server) Get-DmarcStatus example.com -Server $server", server.Address).EnsureClean();
        Assert.Equal(new[] { "_dmarc.example.com", "_dmarc.com" }, result.Property<string[]>("QueriedNames"));
        EngineResult findings = _engine.Invoke("param($status) $status.Findings", result.Output[0]).EnsureClean();
        Assert.Equal(new[] { "DMARC-WILDCARD", "DMARC-RUA-WILDCARD-AUTH" }, findings.Properties<string>("Id"));
        Assert.Contains(server.Log, entry => entry.Name == "example.com._report._dmarc.reports.example.net.");
    }

    [Fact]
    public async Task Over_sockets_a_server_failure_is_unknown()
    {
        await using LoopbackDnsServer server = LoopbackDnsServer.Start(new TestZone().Txt("_dmarc.example.com", "v=DMARC1; p=reject"));
        server.AddFault(DnsFault.ServFail);
        EngineResult result = _engine.Invoke("param($server) Get-DmarcStatus example.com -Server $server", server.Address).EnsureClean();
        Assert.Equal("Unknown", result.Property<string>("Outcome"));
        Assert.Null(result.Property<string?>("EffectivePolicy"));
        Assert.Contains("SERVFAIL", result.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_status_survives_export_and_import()
    {
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            EngineResult result = _engine.Invoke(
                "param($zones, $path) Get-DmarcStatus example.com -ZoneFile $zones | Export-Clixml $path; $copy = Import-Clixml $path; "
                + "($copy.Policy -eq 'Reject'), ($copy.ParsedRecord.Policy -eq 'Reject'), $copy.Findings[0].Record[0].Value, $copy.QueriedNames[0]",
                _zone,
                path).EnsureClean();
            Assert.Equal(
                new[] { "True", "True", "v=DMARC1; p=reject; rua=mailto:report@example.com", "_dmarc.example.com" },
                result.Output.Select(item => item.ToString()));
        }
        finally
        {
            File.Delete(path);
        }
    }
}
