using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using MailDns.Module.Tests.Engine;
using MailDns.TestSupport;
using Xunit;

namespace MailDns.Module.Tests.Mx;

public sealed class MxCommandTests : IClassFixture<EngineFixture>, IDisposable
{
    private const string Zone = """
        $ORIGIN contoso.net.
        $TTL 1h
        @      IN SOA ns1 hostmaster ( 1 4h 1h 2w 1h )
               IN NS  ns1
               IN MX  20 alias
               IN MX  10 mx
        ns1    IN A   192.0.2.53
        mx     IN A   192.0.2.25
        alias  IN CNAME mx
        $ORIGIN 2.0.192.in-addr.arpa.
        25     IN PTR mx.contoso.net.
        26     IN PTR mx.contoso.net.

        """;

    private readonly EngineFixture _engine;
    private readonly string _zone = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".zone");
    private readonly string _reverse = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".zone");

    public MxCommandTests(EngineFixture engine)
    {
        _engine = engine;
        string[] parts = Zone.Split("$ORIGIN 2.0.192.in-addr.arpa.");
        File.WriteAllText(_zone, parts[0]);
        File.WriteAllText(_reverse, "$ORIGIN 2.0.192.in-addr.arpa.\n$TTL 1h\n@ IN SOA ns1.contoso.net. hostmaster.contoso.net. ( 1 4h 1h 2w 1h )\n" + parts[1].Replace("\n        ", "\n", StringComparison.Ordinal));
    }

    public void Dispose()
    {
        File.Delete(_zone);
        File.Delete(_reverse);
    }

    [Theory]
    [InlineData("New-NullMxRecord contoso.net", "@ MX 0 . contoso.net 3600")]
    [InlineData("New-NullMxRecord old.contoso.net -ZoneName contoso.net -TimeToLive 300", "old MX 0 . contoso.net 300")]
    [InlineData("New-MxRecord contoso.net mx1.contoso.net, mx2.contoso.net", "@ MX 10 mx1.contoso.net contoso.net 3600|@ MX 20 mx2.contoso.net contoso.net 3600")]
    [InlineData("New-MxRecord news.contoso.net -ZoneName contoso.net -Exchange mx1.contoso.net -Preference 0", "news MX 0 mx1.contoso.net contoso.net 3600")]
    [InlineData("'a.net', 'b.net' | New-NullMxRecord", "@ MX 0 . a.net 3600|@ MX 0 . b.net 3600")]
    [InlineData("New-ParkedDomainRecord contoso.net -Rua dmarc@contoso.com", "@ TXT v=spf1 -all contoso.net 3600|@ MX 0 . contoso.net 3600|*._domainkey TXT v=DKIM1; p= contoso.net 3600|_dmarc TXT v=DMARC1; p=reject; sp=reject; np=reject; rua=mailto:dmarc@contoso.com contoso.net 3600")]
    [InlineData("New-ParkedDomainRecord old.contoso.net -ZoneName contoso.net -Exclude Mx, Dkim", "old TXT v=spf1 -all contoso.net 3600|_dmarc.old TXT v=DMARC1; p=reject contoso.net 3600")]
    [InlineData("'a.net', 'b.net' | New-ParkedDomainRecord -Exclude Dkim, Dmarc, Mx", "@ TXT v=spf1 -all a.net 3600|@ TXT v=spf1 -all b.net 3600")]
    public void A_record_says_what_was_asked(string script, string expected)
    {
        EngineResult result = _engine.Invoke(script + " | ForEach-Object { '{0} {1} {2} {3} {4}' -f $_.Name, $_.RecordType, $_, $_.ZoneName, $_.Ttl }").EnsureClean();
        Assert.Equal(expected, string.Join("|", result.Output.Select(line => line.ToString())));
    }

    [Theory]
    [InlineData("New-MxRecord contoso.net 192.0.2.1", "InvalidDomain", "an MX names a host")]
    [InlineData("New-MxRecord contoso.net .", "InvalidDomain", "New-NullMxRecord")]
    [InlineData("New-MxRecord contoso.net a.contoso.net, b.contoso.net -Preference 65530", "InvalidValue", "over 65535")]
    [InlineData("New-NullMxRecord contoso.net -ZoneName fabrikam.com", "InvalidDomain", "not within the zone")]
    [InlineData("New-ParkedDomainRecord contoso.net -Exclude Spf, Mx, Dkim, Dmarc", "InvalidValue", "no record to make")]
    [InlineData("New-ParkedDomainRecord contoso.net -Exclude Bimi", "ParameterArgumentValidationError", "Bimi")]
    [InlineData("Get-ReverseDnsStatus nonsense", "CannotConvertArgumentNoMessage", "nonsense")]
    public void A_wrong_value_is_an_error(string script, string id, string message)
    {
        EngineResult result = _engine.Invoke(script);
        Assert.Contains(id, Assert.Single(result.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains(message, result.Errors[0].ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-Provider Altcraft")]
    [InlineData("-BounceHost bounce")]
    [InlineData("-TrackingHost trk")]
    [InlineData("-IPAddress 192.0.2.25")]
    [InlineData("-HeloName mx")]
    public void A_parked_domain_has_no_sender(string sender)
    {
        EngineResult result = _engine.Invoke($"Test-SendingDomain contoso.net -Parked {sender} -ZoneFile '{_zone}'");
        Assert.Empty(result.Output);
        Assert.Equal("InvalidValue", Assert.Single(result.ErrorIds));
    }

    [Fact]
    public void Records_of_a_parked_domain_make_it_one()
    {
        string planned = $"$r = New-ParkedDomainRecord contoso.net -Rua dmarc@fabrikam.com; Test-SendingDomain contoso.net -PlannedRecord $r -ZoneFile '{_zone}' -IncludeNotApplicable";
        EngineResult result = _engine.Invoke(planned + " | Where-Object Id -in SPF-PARKED, DKIM-PARKED, DMARC-PARKED-WEAK, MX-NULL-SENDING | ForEach-Object { \"$($_.Id)=$($_.Status)\" }").EnsureClean();
        Assert.Equal(["DKIM-PARKED=Pass", "DMARC-PARKED-WEAK=Pass", "MX-NULL-SENDING=NotApplicable", "SPF-PARKED=Pass"], result.Output.Select(line => line.ToString()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_a_parked_domain_lacks_comes_as_records()
    {
        EngineResult result = _engine.Invoke($"(Test-SendingDomain contoso.net -Parked -ZoneFile '{_zone}' | Where-Object Id -eq SPF-PARKED).Record").EnsureClean();
        Assert.Equal("v=spf1 -all", result.Property<string>("Value"));
    }

    [Fact]
    public void Status_of_mx_and_its_copy_read_the_same()
    {
        string live = _engine.Invoke($"Get-MxStatus contoso.net -ZoneFile '{_zone}'").EnsureClean().Render(80);
        Assert.Contains("10 mx.contoso.net: 192.0.2.25", live, StringComparison.Ordinal);
        Assert.Contains("20 alias.contoso.net -> mx.contoso.net: 192.0.2.25", live, StringComparison.Ordinal);
        Assert.Contains("Fail MX-CNAME", live, StringComparison.Ordinal);
        Assert.Equal(live, _engine.Invoke(Sample.Copy($"Get-MxStatus contoso.net -ZoneFile '{_zone}'")).Render(80));
        Assert.All(live.Split('\n'), line => Assert.True(line.TrimEnd().Length <= 80, line));
    }

    [Fact]
    public void Names_of_addresses_keep_the_order_of_the_input()
    {
        string script = $"'192.0.2.25', '192.0.2.26', '192.0.2.27', '198.51.100.1' | Get-ReverseDnsStatus -ZoneFile '{_zone}', '{_reverse}'";
        EngineResult result = _engine.Invoke(script + " | ForEach-Object { \"$($_.IPAddress) $($_.HostNames) $($_.IsConfirmed)\" }").EnsureClean();
        Assert.Equal(["192.0.2.25 mx.contoso.net True", "192.0.2.26 mx.contoso.net False", "192.0.2.27  False", "198.51.100.1  "], result.Output.Select(line => line.ToString()));

        string live = _engine.Invoke(script).Render(80);
        Assert.Contains("IsConfirmed : Unknown", live, StringComparison.Ordinal);
        Assert.Equal(live, _engine.Invoke(Sample.Copy(script)).Render(80));
    }

    [Fact]
    public void Sending_addresses_and_helo_names_are_part_of_the_whole()
    {
        string script = $"Test-SendingDomain contoso.net -IPAddress 192.0.2.25, 192.0.2.26 -HeloName gone -ZoneFile '{_zone}', '{_reverse}' | Where-Object Area -eq Ptr";
        EngineResult result = _engine.Invoke(script + " | ForEach-Object { \"$($_.Id)=$($_.Status)\" }").EnsureClean();
        Assert.Equal(
            ["HELO-UNRESOLVED=Warning", "PTR-FORWARD=Fail", "PTR-FORWARD=Pass", "PTR-GENERIC=Pass", "PTR-GENERIC=Pass", "PTR-MISSING=Pass", "PTR-MISSING=Pass"],
            result.Output.Select(line => line.ToString()).Order(StringComparer.Ordinal));
    }

    // The module as a user runs it, against servers that fail: no domain is right, and nothing is missing.
    [Theory]
    [InlineData(DnsFaultKind.ServFail)]
    [InlineData(DnsFaultKind.Refused)]
    [InlineData(DnsFaultKind.LameDelegation)]
    [InlineData(DnsFaultKind.Timeout)]
    public async Task Where_dns_fails_a_domain_is_neither_right_nor_wrong(DnsFaultKind kind)
    {
        await using LoopbackDnsServer server = LoopbackDnsServer.Start(new TestZone().Txt("contoso.net", "v=spf1 -all").Mx("contoso.net", 0, "."));
        server.AddFault(new DnsFault(kind));
        string test = $"Test-SendingDomain contoso.net -IPAddress 192.0.2.25 -HeloName mx -Server {server.EndPoint} -TimeoutSec 1 -Retry 0";
        EngineResult states = _engine.Invoke("(" + test + ").Status | Sort-Object -Unique | ForEach-Object { \"$_\" }").EnsureClean();
        Assert.Equal(["Unknown"], states.Output.Select(state => state.ToString()));
        if (kind is DnsFaultKind.Timeout)
            return;
        Assert.Equal(false, Assert.Single(_engine.Invoke(test + " -Quiet").EnsureClean().Output).BaseObject);
        Assert.Equal("Unknown", _engine.Invoke($"(Get-MxStatus contoso.net -Server {server.EndPoint} -TimeoutSec 1 -Retry 0).Findings.Status | Sort-Object -Unique").EnsureClean().Text.Trim());
    }
}
