using System;
using System.Linq;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using MailDns.Dane;
using MailDns.Dns;
using MailDns.Dnssec;
using MailDns.Module.Tests.Engine;
using MailDns.Resolver;
using MailDns.TestSupport;
using Xunit;

namespace MailDns.Integration.Tests.Dnssec;

/// <summary>DNSSEC as BIND signs, serves and validates it, asked over both kinds of sockets.</summary>
public sealed class DnssecStatusTests(SignedZonesFixture fixture) : IClassFixture<SignedZonesFixture>
{
    private readonly SignedZonesFixture _fixture = fixture;

    private SignedZones Zones => _fixture.Zones!;

    // Each fault beside the zone that has none; a resolver that validates shows the same records as one that does not.
    [SignedTheory]
    [InlineData("good.example", "")]
    [InlineData("mail.good.example", "")]
    [InlineData("rsa.example", "")]
    [InlineData("large.example", "")]
    [InlineData("hashed.example", "")]
    [InlineData("unsigned.example", "")]
    [InlineData("expired.example", "DNSSEC-SIGNATURE-TIME=Fail")]
    [InlineData("future.example", "DNSSEC-SIGNATURE-TIME=Fail")]
    [InlineData("soon.example", "DNSSEC-SIGNATURE-ENDS=Warning")]
    [InlineData("brief.example", "DNSSEC-SIGNATURE-ENDS=Warning")]
    [InlineData("digest.example", "DNSSEC-DS-MISMATCH=Fail")]
    [InlineData("key.example", "DNSSEC-DS-MISMATCH=Fail")]
    [InlineData("stale.example", "DNSSEC-DS-STALE=Warning")]
    [InlineData("bare.example", "DNSSEC-KEYS-MISSING=Fail")]
    [InlineData("island.example", "DNSSEC-DS-MISSING=Info")]
    [InlineData("old.example", "DNSSEC-ALGORITHM=Fail")]
    [InlineData("sha1.example", "DNSSEC-DS-SHA1=Warning")]
    [InlineData("costly.example", "DNSSEC-NSEC3-ITERATIONS=Warning DNSSEC-NSEC3-SALT=Info")]
    [InlineData("excessive.example", "DNSSEC-NSEC3-EXCESSIVE=Fail")]
    public async Task A_zone_shows_what_is_wrong_with_it(string domain, string expected)
    {
        foreach (bool pooled in new[] { true, false })
        {
            DnssecStatus validating = await Read(domain, Zones.Validating, pooled);
            DnssecStatus plain = await Read(domain, Zones.Plain, pooled);
            Assert.Equal(expected, Found(validating));
            Assert.Equal(expected, Found(plain));
            Assert.Equal(validating.DelegationSigners, plain.DelegationSigners);
            Assert.Equal(validating.Keys, plain.Keys);
        }
    }

    // Which resolver validates is found out, each time from what it does.
    [SignedTheory]
    [InlineData("good.example", "it says that it validated good.example SOA", "it does not say of the root that it validated it")]
    [InlineData("expired.example", "it refuses expired.example SOA, and returns it when checking is disabled", "it returns expired.example SOA, which validating resolvers refuse")]
    [InlineData("digest.example", "it refuses digest.example SOA, and returns it when checking is disabled", "it returns digest.example SOA, which validating resolvers refuse")]
    [InlineData("bare.example", "it refuses bare.example SOA, and returns it when checking is disabled", "it returns bare.example SOA, which validating resolvers refuse")]
    public async Task Whether_the_resolver_validates_is_found_out(string domain, string validating, string plain)
    {
        DnssecStatus first = await Read(domain, Zones.Validating, pooled: true);
        Assert.Equal((true, validating), (first.ResolverValidates, first.ResolverEvidence));
        Assert.Equal(CheckStatus.Pass, first.Results.Single(result => result.Id == "DNSSEC-RESOLVER").Status);
        DnssecStatus second = await Read(domain, Zones.Plain, pooled: true);
        Assert.Equal((false, plain), (second.ResolverValidates, second.ResolverEvidence));
        Assert.Equal(CheckStatus.Info, second.Results.Single(result => result.Id == "DNSSEC-RESOLVER").Status);
    }

    // The server that holds the zone and the one above it has the DS record; its word is no validation.
    [SignedTheory]
    [InlineData("good.example", "DNSSEC-RESOLVER=Info")]
    [InlineData("bare.example", "DNSSEC-KEYS-MISSING=Fail DNSSEC-RESOLVER=Info")]
    public async Task A_name_server_does_not_validate(string domain, string expected) =>
        Assert.Equal(expected, string.Join(" ", Seen(await Read(domain, Zones.Authority, pooled: true)).Order(StringComparer.Ordinal)));

    [SignedTheory]
    [InlineData("good.example", true, CheckStatus.Pass, "validated _25._tcp.mx.good.example TLSA by DNSSEC. The DS record of good.example (")]
    [InlineData("unsigned.example", true, CheckStatus.Fail, "(unsigned.example is not signed: it has no DNSKEY record, and the parent zone has no DS record for it)")]
    [InlineData("island.example", true, CheckStatus.Fail, "(island.example is signed, but the parent zone has no DS record for it)")]
    [InlineData("good.example", false, CheckStatus.Unknown, "ask a validating resolver with -Server. The DS record of good.example (")]
    public async Task What_dane_rests_on_is_told_with_its_evidence(string domain, bool validating, CheckStatus expected, string message)
    {
        using var resolver = new DnsClientResolver(Options(validating ? Zones.Validating : Zones.Plain));
        TlsaStatus status = Assert.Single(await TlsaStatusReader.ReadAsync(DomainName.Parse(domain), [], 25, resolver, CancellationToken.None));
        CheckResult result = status.Results.Single(item => item.Id == "DANE-INSECURE");
        Assert.Equal(expected, result.Status);
        Assert.Contains(message, result.Message, StringComparison.Ordinal);
    }

    [SignedTheory]
    [InlineData("digest.example", "DNSSEC-DS-MISMATCH=Fail DNS-DNSSEC-BOGUS=Fail")]
    [InlineData("good.example", "")]
    public async Task The_check_of_a_domain_has_it(string domain, string expected)
    {
        PowerShellResult result = await PowerShellProcess.RunCommandAsync(
            "Import-Module " + PowerShellProcess.Quote(TestPaths.Manifest) + $"; Test-SendingDomain {domain} -Server {Zones.Validating} | Where-Object {{ $_.Id -like '*DNSSEC-*' -and $_.Status -in 'Fail', 'Warning' }} | ForEach-Object {{ \"$($_.Id)=$($_.Status)\" }}");
        Assert.Equal(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal), result.Output.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal));
    }

    private static string Found(DnssecStatus status) => string.Join(" ", Seen(status).Where(text => !text.StartsWith("DNSSEC-RESOLVER=", StringComparison.Ordinal)).Order(StringComparer.Ordinal));

    private static string[] Seen(DnssecStatus status) => [.. status.Results.Where(result => result.Status is not (CheckStatus.Pass or CheckStatus.NotApplicable)).Select(result => result.Id + "=" + result.Status)];

    private static DnsClientOptions Options(IPEndPoint server) => new() { Servers = [server], Timeout = TimeSpan.FromSeconds(10), Retries = 3 };

    private static async Task<DnssecStatus> Read(string domain, IPEndPoint server, bool pooled)
    {
        using var resolver = pooled ? new DnsClientResolver(Options(server)) : new DnsClientResolver(Options(server), new DnsClientExchange());
        return await DnssecStatusReader.ReadAsync(DomainName.Parse(domain), resolver, DateTime.UtcNow, CancellationToken.None);
    }
}
