using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using MailDns.Module.Tests.Engine;
using MailDns.TestSupport;
using Xunit;

namespace MailDns.Module.Tests.Transport;

/// <summary>MTA-STS, TLS-RPT, TLSA and CAA as their users meet them.</summary>
public sealed class TransportCommandTests : IClassFixture<EngineFixture>
{
    private static readonly string s_certificate = Path.Combine(TestPaths.Root, "examples", "mx1.pem");

    private readonly EngineFixture _engine;

    public TransportCommandTests(EngineFixture engine) => _engine = engine;

    [Theory]
    [InlineData("New-MtaStsRecord contoso.com -Id 20260101", "_mta-sts TXT v=STSv1; id=20260101")]
    [InlineData("New-TlsRptRecord contoso.com -Rua tls@contoso.com, https://reports.example.net/v1", "_smtp._tls TXT v=TLSRPTv1; rua=mailto:tls@contoso.com,https://reports.example.net/v1")]
    [InlineData("New-CaaRecord contoso.com letsencrypt.org", "@ CAA 0 issue \"letsencrypt.org\"")]
    [InlineData("New-CaaRecord contoso.com -IssueMail '' -Critical", "@ CAA 128 issuemail \";\"")]
    [InlineData("New-CaaRecord contoso.com -Tag contactemail -Value a@contoso.com", "@ CAA 0 contactemail \"a@contoso.com\"")]
    [InlineData("New-TlsaRecord news.contoso.com -ZoneName contoso.com -HostName mx1 -AssociationData ('ab' * 32)", "_25._tcp.mx1.news TLSA 3 1 1 abababababababababababababababababababababababababababababababab")]
    [InlineData("New-TlsaRecord contoso.com -Port 465 -Usage 2 -Selector 0 -MatchingType 2 -AssociationData ('AB:' * 63 + 'AB')", "_465._tcp TLSA 2 0 2 abababababababababababababababababababababababababababababababababababababababababababababababababababababababababababababababab")]
    public void A_record_says_what_was_asked(string script, string expected)
    {
        EngineResult result = _engine.Invoke(script + " | ForEach-Object { $_.Name + ' ' + $_.RecordType + ' ' + $_ }").EnsureClean();
        Assert.Equal(expected, result.Output.Single().ToString());
    }

    // The digest is what openssl says of the same file.
    [Fact]
    public void A_certificate_gives_its_digest()
    {
        EngineResult result = _engine.Invoke("New-TlsaRecord contoso.com -HostName mx1 -CertificatePath $args[0]", s_certificate).EnsureClean();
        Assert.Equal("bf499bda1567f54e20767552a3cc5e51cae7fbd8afa04d3584b7d871012996a7", result.Property<string>("CertificateAssociationData"));
    }

    [Theory]
    [InlineData("New-MtaStsRecord contoso.com -Id a-b", "InvalidValue", "32 letters")]
    [InlineData("New-TlsRptRecord contoso.com -Rua ftp://contoso.com", "InvalidValue", "is not a reporting UR")]
    [InlineData("New-CaaRecord contoso.com", "InvalidValue", "Specify at least one of")]
    [InlineData("New-CaaRecord contoso.com -Issue https://letsencrypt.org", "InvalidValue", "is not an")]
    [InlineData("New-TlsaRecord contoso.com -AssociationData abcd", "InvalidValue", "takes 32 octets")]
    [InlineData("New-TlsaRecord contoso.com -CertificatePath nothing.pem", "FileNotFound", "nothing.pem")]
    [InlineData("New-TlsaRecord contoso.com -FromHost -Server nothing!", "InvalidValue", "is not a valid DNS server")]
    [InlineData("New-TlsaRecord contoso.com -FromHost -Server 127.0.0.1:1", "CertificateNotShown", "The TLSA record cannot be made. The lookup of contoso.com A failed")]
    [InlineData("Get-SmtpTlsStatus -HostName a..b", "InvalidDomain", "a..b")]
    [InlineData("New-MtaStsPolicy contoso.com -Mode Enforce", "InvalidValue", "-Mx is missing")]
    [InlineData("New-MtaStsPolicy contoso -Mx mx.contoso.com", "InvalidDomain", "single label")]
    public void A_wrong_value_is_an_error_that_ends_nothing(string script, string id, string message)
    {
        EngineResult result = _engine.Invoke(script + "; 'goes on'");
        Assert.Equal(id, Assert.Single(result.ErrorIds));
        Assert.Contains(message, result.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.Equal("goes on", result.Output.Single().BaseObject);
    }

    [Fact]
    public void A_policy_is_its_file()
    {
        EngineResult result = _engine.Invoke("$p = New-MtaStsPolicy contoso.com -Mode Enforce -Mx mx1.contoso.com, '*.contoso.net' -MaxAge 604800; \"$p\"; $p.Uri; $p.Mode -eq 'Enforce'").EnsureClean();
        Assert.Equal(
            ["version: STSv1\r\nmode: enforce\r\nmx: mx1.contoso.com\r\nmx: *.contoso.net\r\nmax_age: 604800\r\n", "https://mta-sts.contoso.com/.well-known/mta-sts.txt", "True"],
            result.Output.Select(item => item.ToString()));
        Assert.Single(_engine.Invoke("New-MtaStsPolicy contoso.com -Mx mx1.contoso.com -MaxAge 60").Warnings);
        Assert.Single(_engine.Invoke("New-TlsaRecord contoso.com -Usage 1 -AssociationData ('ab' * 32)").Warnings);
    }

    [Fact]
    public async Task Readers_tell_what_is_there_and_who_validated_it()
    {
        await using LoopbackDnsServer server = LoopbackDnsServer.Start(new TestZone()
            .Mx("contoso.com", 10, "mx1.contoso.com")
            .A("mx1.contoso.com", "192.0.2.1")
            .A("mta-sts.contoso.com", "127.0.0.1")
            .Txt("_mta-sts.contoso.com", "v=STSv1; id=1")
            .Txt("_smtp._tls.contoso.com", "v=TLSRPTv1; rua=mailto:tls@contoso.com")
            .Lines("_25._tcp.mx1.contoso.com. 300 IN TLSA 3 1 1 " + string.Concat(Enumerable.Repeat("AB", 32)), "contoso.com. 300 IN CAA 0 issue \";\""));
        server.AddFault(DnsFault.Validated);
        EngineResult result = _engine.Invoke(
            """
            $server = $args[0]
            $m = Get-MtaStsStatus contoso.com -Server $server -IncludeHttps
            $m.Id; ($m.Findings | Where-Object Id -eq MTASTS-HTTPS).Status
            (Get-TlsRptStatus contoso.com -Server $server).AggregateReportUri
            $t = Get-TlsaStatus contoso.com -Server $server
            $t.HostName; $t.IsAuthenticated; $t.Resolver -eq $server; $t.IsValid
            $c = Get-CaaStatus www.contoso.com -Server $server
            $c.RecordName; $c.Issue
            (Test-SendingDomain contoso.com -Server $server | Where-Object Id -in DNS-DNSSEC-UNSIGNED, DANE-INSECURE, CAA-BLOCKS-MTASTS | Sort-Object Id).Status
            """,
            server.EndPoint.ToString()).EnsureClean();
        Assert.Equal(
            ["1", "Unknown", "mailto:tls@contoso.com", "mx1.contoso.com", "True", "True", "True", "contoso.com", ";", "Warning", "Pass", "Pass"],
            result.Output.Select(item => item.ToString()));
    }

    [Theory]
    [InlineData("Get-MtaStsStatus contoso.com -ZoneFile $args[0]", "v=STSv1; id=1")]
    [InlineData("Get-TlsRptStatus contoso.com -ZoneFile $args[0]", "mailto:t@contoso.com")]
    [InlineData("Get-TlsaStatus contoso.com -ZoneFile $args[0]", "_25._tcp")]
    [InlineData("Get-CaaStatus contoso.com -ZoneFile $args[0]", "letsencrypt.org")]
    [InlineData("New-MtaStsPolicy contoso.com -Mx mx1.contoso.com", "mx1.contoso.com")]
    public void A_copy_looks_the_same_and_fits_80_columns(string script, string text)
    {
        string zone = Path.GetTempFileName();
        File.WriteAllText(zone, "$ORIGIN contoso.com.\n$TTL 1h\n@ IN SOA ns1 host ( 1 4h 1h 2w 1h )\n IN NS ns1\n IN MX 10 mx1\n IN CAA 0 issue \"letsencrypt.org\"\nns1 IN A 192.0.2.53\nmx1 IN A 192.0.2.1\n_25._tcp.mx1 IN TLSA 3 1 1 " + string.Concat(Enumerable.Repeat("ab", 32)) + "\n_mta-sts IN TXT \"v=STSv1; id=1\"\n_smtp._tls IN TXT \"v=TLSRPTv1; rua=mailto:t@contoso.com\"\n");
        try
        {
            string live = _engine.Invoke(script, zone).EnsureClean().Render(80);
            Assert.Contains(text, live, StringComparison.Ordinal);
            Assert.All(live.Split('\n'), line => Assert.True(line.TrimEnd().Length <= 80, line));
            Assert.Equal(live, _engine.Invoke(Sample.Copy(script.Replace("$args[0]", "'" + zone + "'", StringComparison.Ordinal))).Render(80));
        }
        finally
        {
            File.Delete(zone);
        }
    }
}
