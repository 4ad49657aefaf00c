using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using MailDns.Core.Tests.Catalogue;
using MailDns.Core.Tests.Support;
using MailDns.Dane;
using MailDns.Dns;
using Xunit;

namespace MailDns.Core.Tests.Dane;

public class TlsaStatusReaderTests
{
    private static readonly string s_sha256 = new('a', 64);
    private static readonly string s_sha512 = new('b', 128);
    private static readonly string[] s_all = ["contoso.com", "mx1.contoso.com", "_25._tcp.mx1.contoso.com", "."];

    public static TheoryData<byte, byte, byte, string, string, string?> Faults => new()
    {
        { 3, 1, 1, s_sha512, "DANE-SYNTAX=Fail", null },
        { 3, 1, 2, s_sha256, "DANE-SYNTAX=Fail", null },
        { 3, 1, 0, "ffff", "DANE-SYNTAX=Fail", null },
        { 4, 1, 1, s_sha256, "DANE-SYNTAX=Fail", null },
        { 3, 2, 1, s_sha256, "DANE-SYNTAX=Fail", null },
        { 3, 1, 3, s_sha256, "DANE-SYNTAX=Fail", null },
        { 0, 0, 1, s_sha256, "DANE-USAGE=Warning", "2 0 1 " + s_sha256 },
        { 1, 1, 2, s_sha512, "DANE-USAGE=Warning", "3 1 2 " + s_sha512 },
        { 3, 1, 1, s_sha256, "", null },
        { 2, 0, 2, s_sha512, "", null },
        { 3, 1, 0, "3003020100", "", null },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_record_is_judged(byte usage, byte selector, byte matching, string data, string expected, string? corrected)
    {
        TlsaStatus status = Assert.Single(await Read(Zone(new TlsaData(usage, selector, matching, data)).By("192.0.2.53", s_all)));
        Assert.Equal(expected, string.Join(' ', status.Findings.Select(finding => finding.Id + "=" + finding.Status)));
        Assert.Equal(corrected, status.Findings.SelectMany(finding => finding.Record).SingleOrDefault()?.ToString());
        Assert.Equal(DaneChecks.All.Select(check => check.Id).Order(), status.Results.Select(result => result.Id).Order());
    }

    // Who validated what, and what is said of TLSA records there.
    [Theory]
    [InlineData(". contoso.com _25._tcp.mx1.contoso.com", "Pass")]
    [InlineData(". contoso.com", "Fail")]
    [InlineData(". _25._tcp.mx1.contoso.com", "Fail")]
    [InlineData(".", "Fail")]
    [InlineData("", "Unknown")]
    public async Task Dnssec_is_the_word_of_a_resolver_that_validates(string validated, string expected)
    {
        TlsaStatus status = Assert.Single(await Read(Zone().By("192.0.2.53", validated.Split(' ', StringSplitOptions.RemoveEmptyEntries))));
        CheckResult result = status.Results.Single(item => item.Id == "DANE-INSECURE");
        Assert.Equal(expected, result.Status.ToString());
        Assert.Contains("192.0.2.53", result.Message, StringComparison.Ordinal);
        Assert.Equal(("192.0.2.53", validated.Contains("_25", StringComparison.Ordinal)), (status.Resolver, status.IsAuthenticated));
    }

    [Fact]
    public async Task Zone_files_do_not_show_dnssec()
    {
        TlsaStatus status = Assert.Single(await Read(Zone()));
        Assert.Equal((CheckStatus.Unknown, false, null), (status.Results.Single(item => item.Id == "DANE-INSECURE").Status, status.IsAuthenticated, status.Resolver));
        Assert.Null(status.IsValid);
    }

    [Theory]
    [InlineData(". contoso.com mx1.contoso.com", "Pass")]
    [InlineData(". contoso.com", "Fail")]
    public async Task Planned_records_are_as_signed_as_their_zone(string validated, string expected)
    {
        var planned = new TlsaRecord("contoso.com", "_25._tcp.mx1", TlsaCertificateUsage.DomainIssuedCertificate, TlsaSelector.SubjectPublicKeyInfo, TlsaMatchingType.Sha256Hash, s_sha256, TimeSpan.FromHours(1), RecordPurpose.Tlsa);
        TableResolver zone = new TableResolver().Mx("contoso.com", 10, "mx1.contoso.com").Address("mx1.contoso.com", "192.0.2.1").By("192.0.2.53", validated.Split(' '));
        TlsaStatus status = Assert.Single(await Read(new OverlayResolver(zone, [planned])));
        Assert.False(status.IsAuthenticated);
        Assert.Equal(expected, status.Results.Single(item => item.Id == "DANE-INSECURE").Status.ToString());
    }

    [Fact]
    public async Task No_record_is_nothing_to_judge_and_a_failed_lookup_is_unknown()
    {
        TableResolver plain() => new TableResolver().Mx("contoso.com", 10, "mx1.contoso.com").Mx("contoso.com", 20, "mx2.contoso.com");
        Assert.All((await Read(plain())).SelectMany(status => status.Results), result => Assert.Equal(CheckStatus.NotApplicable, result.Status));
        Assert.Equal(2, (await Read(plain())).Count);
        Assert.All((await Read(plain().FailName("_25._tcp.mx1.contoso.com")))[0].Results, result => Assert.Equal(CheckStatus.Unknown, result.Status));
        Assert.All((await Read(plain().Fail("contoso.com", DnsRecordType.Mx, DnsResponseStatus.Timeout)))[0].Results, result => Assert.Equal(CheckStatus.Unknown, result.Status));
        Assert.All((await Read(new TableResolver().Mx("contoso.com", 0, ".")))[0].Results, result => Assert.Equal(CheckStatus.NotApplicable, result.Status));
    }

    [Theory]
    [InlineData("mx.example.net", "NotApplicable")]
    [InlineData("mx1.contoso.com", "Unknown")]
    public async Task A_host_outside_the_zone_files_is_unknown_where_it_is_the_domains(string host, string expected)
    {
        TableResolver zone = new TableResolver().Mx("contoso.com", 10, host).Fail("_25._tcp." + host, DnsRecordType.Tlsa, DnsResponseStatus.OutOfZone);
        Assert.All((await Read(zone))[0].Results, result => Assert.Equal(expected, result.Status.ToString()));
    }

    private static TableResolver Zone(TlsaData? record = null) => new TableResolver()
        .Mx("contoso.com", 10, "mx1.contoso.com")
        .Address("mx1.contoso.com", "192.0.2.1")
        .Add("_25._tcp.mx1.contoso.com", DnsRecordType.Tlsa, record ?? new TlsaData(3, 1, 1, s_sha256));

    private static Task<System.Collections.Generic.IReadOnlyList<TlsaStatus>> Read(IDnsResolver resolver) =>
        Seen.In(TlsaStatusReader.ReadAsync(DomainName.Parse("contoso.com"), [], 25, resolver, CancellationToken.None));
}
