using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using MailDns.Core.Tests.Dkim;
using MailDns.Core.Tests.Publishing;
using MailDns.Diagnostics;
using MailDns.Dns;
using MailDns.Publishing;
using MailDns.Sending;
using Xunit;

namespace MailDns.Core.Tests.Corrections;

/// <summary>
/// Every check that offers a corrected record: laid over the zone as a planned record, and planned and published in it, the record
/// removes the finding that it came with, and brings no new error.
/// </summary>
public class CarriedOutTests
{
    private const string Head = "$ORIGIN contoso.com.\n$TTL 3600\n@ SOA ns1 h 1 3600 600 86400 60\n@ NS ns1\nns1 A 203.0.113.53\n";

    private static readonly string s_half = TestKeys.Rsa2048[..200];

    // What a well-kept zone has, by name.
    private static readonly (string Name, string Lines)[] s_well =
    [
        ("@", "@ MX 10 mail\n@ TXT \"v=spf1 mx -all\""),
        ("mail", "mail A 203.0.113.25\nmail AAAA 2001:db8::25\nmail TXT \"v=spf1 a -all\""),
        ("_dmarc", "_dmarc TXT \"v=DMARC1; p=reject; rua=mailto:d@contoso.com\""),
        ("s1._domainkey", "s1._domainkey TXT \"v=DKIM1; k=rsa; p=\" \"" + s_half + "\" \"" + TestKeys.Rsa2048[200..] + "\""),
        ("default._bimi", "default._bimi TXT \"v=BIMI1; l=https://contoso.com/logo.svg; a=https://contoso.com/vmc.pem\""),
        ("_mta-sts", "_mta-sts TXT \"v=STSv1; id=1\"\nmta-sts A 203.0.113.26\nmta-sts TXT \"v=spf1 -all\""),
        ("_smtp._tls", "_smtp._tls TXT \"v=TLSRPTv1; rua=mailto:d@contoso.com\""),
        ("ns1", "ns1 TXT \"v=spf1 -all\""),
    ];

    /// <summary>A check, the name whose lines are replaced, and the lines.</summary>
    public static TheoryData<string, string, string> Cases => new()
    {
        { "SPF-VERSION", "@", Spf("v=spf1-all") },
        { "SPF-VERSION", "@", "@ MX 10 mail\n@ TXT \"v=spf1\" \"mx\" \"-all\"" },
        { "SPF-VERSION", "@", Spf("\\\"v=spf1 mx -all\\\"") },
        { "SPF-SYNTAX", "@", Spf("v=spf1 mx, -all") },
        { "SPF-UNKNOWN-MECH", "@", Spf("v=spf1 mx ipv4:203.0.113.5 -all") },
        { "SPF-IP-SYNTAX", "@", Spf("v=spf1 ip4:203.0.113.5ip4:203.0.113.6 -all") },
        { "SPF-IP-HOSTBITS", "@", Spf("v=spf1 mx ip4:8.8.8.8/24 -all") },
        { "SPF-MULTIPLE", "@", Spf("v=spf1 mx -all") + "\n@ TXT \"v=spf1 ip4:8.8.8.8 -all\"" },
        { "SPF-SUBDOMAIN-GAP", "mail", "mail A 203.0.113.25\nmail AAAA 2001:db8::25" },
        { "DKIM-MULTIPLE", "s1._domainkey", "s1._domainkey TXT \"v=DKIM1; k=rsa; p=" + s_half + "\"\ns1._domainkey TXT \"" + TestKeys.Rsa2048[200..300] + "\" \"" + TestKeys.Rsa2048[300..] + "\"" },
        { "DKIM-VERSION", "s1._domainkey", Key("v=DKIM2; k=rsa; p=") },
        { "DKIM-KEYTYPE", "s1._domainkey", Key("v=DKIM1; k=RSA; p=") },
        { "DMARC-VERSION", "_dmarc", Dmarc("v=DMARCl; p=reject; rua=mailto:d@contoso.com") },
        { "DMARC-VERSION", "_dmarc", Dmarc("v=DMARC1\\\\; p=reject\\\\; rua=mailto:d@contoso.com") },
        { "DMARC-VERSION", "_dmarc", Dmarc("p=reject; v=DMARC1; rua=mailto:d@contoso.com") },
        { "DMARC-JUNK-SEGMENT", "_dmarc", Dmarc("v=DMARC1; p=reject; rua mailto:d@contoso.com") },
        { "DMARC-P-MISSING", "_dmarc", Dmarc("v=DMARC1; policy=reject; rua=mailto:d@contoso.com") },
        { "DMARC-P-INVALID", "_dmarc", Dmarc("v=DMARC1; p=rejct; rua=mailto:d@contoso.com") },
        { "DMARC-SP-INVALID", "_dmarc", Dmarc("v=DMARC1; p=reject; sp=quarentine; rua=mailto:d@contoso.com") },
        { "DMARC-ALIGN-INVALID", "_dmarc", Dmarc("v=DMARC1; p=reject; adkim=strict; rua=mailto:d@contoso.com") },
        { "DMARC-RUA-SCHEME", "_dmarc", Dmarc("v=DMARC1; p=reject; rua=d@contoso.com") },
        { "DMARC-URI-INVALID", "_dmarc", Dmarc("v=DMARC1; p=reject; rua=mailto://d@contoso.com") },
        { "DMARC-TAG-EMPTY", "_dmarc", Dmarc("v=DMARC1; p=reject; sp=; rua=mailto:d@contoso.com") },
        { "DMARC-PCT-REMOVED", "_dmarc", Dmarc("v=DMARC1; p=reject; pct=50%; rua=mailto:d@contoso.com") },
        { "BIMI-VERSION", "default._bimi", Bimi("v=BIMI; l=https://contoso.com/logo.svg; a=https://contoso.com/vmc.pem") },
        { "BIMI-SYNTAX", "default._bimi", Bimi("\\\"v=BIMI1; l=https://contoso.com/logo.svg; a=https://contoso.com/vmc.pem\\\"") },
        { "BIMI-URI-COMMA", "default._bimi", Bimi("v=BIMI1; l=https://contoso.com/a,b.svg; a=https://contoso.com/vmc.pem") },
        { "MTASTS-TXT-SYNTAX", "_mta-sts", "_mta-sts TXT \"id=1; v=STSv1\"\nmta-sts A 203.0.113.26\nmta-sts TXT \"v=spf1 -all\"" },
        { "TLSRPT-SYNTAX", "_smtp._tls", "_smtp._tls TXT \"v=TLSRPT1; rua=mailto:d@contoso.com\"" },
        { "TLSRPT-RUA", "_smtp._tls", "_smtp._tls TXT \"v=TLSRPTv1; rua=d@contoso.com\"" },
        { "DNS-NAME-DOUBLED", "_dmarc", "_dmarc.contoso.com TXT \"v=DMARC1; p=reject; rua=mailto:d@contoso.com\"" },
        { "DNS-NAME-DOUBLED", "_smtp._tls", "_smtp._tls.contoso.com TXT \"v=TLSRPTv1; rua=mailto:d@contoso.com\"" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_corrected_record_removes_its_finding(string id, string name, string lines)
    {
        List<DnsRecord> zone = [.. ZoneFileParser.Parse(Head + string.Join('\n', s_well.Where(item => item.Name != name).Select(item => item.Lines)) + "\n" + lines + "\n", "contoso.com.zone", defaultOrigin: null).Records.Where(record => record.Type is not (DnsRecordType.Soa or DnsRecordType.Ns))];
        IReadOnlyList<CheckResult> before = await CheckAsync(Resolver(zone));
        CheckResult[] findings = before.Where(result => result.Record.Length > 0 && result.Record.All(record => record.ZoneName == "contoso.com")).ToArray();
        Assert.Contains(findings, finding => finding.Id == id);
        foreach (CheckResult finding in findings)
        {
            AssertGone(before, finding, await CheckAsync(new OverlayResolver(Resolver(zone), finding.Record)), "laid over");

            IReadOnlyList<RecordChange> plan = await RecordPlanner.PlanAsync(finding.Record, Resolver(zone), new RecordPlanOptions(), CancellationToken.None);
            Assert.All(plan, change => Assert.True(change.IsChange, finding.Id + ": " + change.Action + " " + change + " " + change.Reason));
            using var target = new ZoneTarget(zone);
            var publisher = new PlanPublisher(target);
            publisher.Publish(RecordSetChange.Group(plan), _ => { });
            Assert.Empty(publisher.Failures);
            AssertGone(before, finding, await CheckAsync(Resolver(target.Zone)), "published");
        }
    }

    // The twin: a zone that is well has nothing to correct.
    [Fact]
    public async Task A_well_kept_zone_has_nothing_to_correct() =>
        Assert.DoesNotContain(await CheckAsync(Resolver(ZoneFileParser.Parse(Head + string.Join('\n', s_well.Select(item => item.Lines)) + "\n", "contoso.com.zone", defaultOrigin: null).Records)), result => result.Record.Length > 0);

    private static void AssertGone(IReadOnlyList<CheckResult> before, CheckResult finding, IReadOnlyList<CheckResult> after, string how)
    {
        CheckResult? left = after.FirstOrDefault(result => result.Id == finding.Id && result.Status is CheckStatus.Fail or CheckStatus.Warning);
        Assert.True(left is null, finding.Id + " " + how + ": " + left?.Message + " (" + string.Join(" and ", finding.Record.Select(record => record.Fqdn + " " + record)) + ")");
        string[] failed = before.Where(result => result.Status == CheckStatus.Fail).Select(result => result.Id).ToArray();
        CheckResult? fresh = after.FirstOrDefault(result => result.Status == CheckStatus.Fail && !failed.Contains(result.Id));
        Assert.True(fresh is null, finding.Id + " " + how + " brings " + fresh?.Id + ": " + fresh?.Message);
    }

    private static IDnsResolver Resolver(IReadOnlyList<DnsRecord> zone) => new AliasFollowingResolver(new ZoneFileResolver(
    [
        new ZoneFile("contoso.com.zone", PlannedZone.Apex, zone),
        ZoneFileParser.Parse("$ORIGIN com.\n$TTL 3600\n@ SOA ns h 1 3600 600 86400 60\n@ NS ns\nns A 192.0.2.1\n", "com.zone", defaultOrigin: null),
    ]));

    private static async Task<IReadOnlyList<CheckResult>> CheckAsync(IDnsResolver resolver) =>
        (await SendingDomainChecker.CheckAsync(new SendingDomainRequest(PlannedZone.Apex) { Selectors = ["s1"] }, resolver, CancellationToken.None)).Results;

    private static string Spf(string text) => "@ MX 10 mail\n@ TXT \"" + text + "\"";

    private static string Dmarc(string text) => "_dmarc TXT \"" + text + "\"";

    private static string Bimi(string text) => "default._bimi TXT \"" + text + "\"";

    private static string Key(string start) => "s1._domainkey TXT \"" + start + "\" \"" + s_half + "\" \"" + TestKeys.Rsa2048[200..] + "\"";
}
