using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CsCheck;
using MailDns.Core.Tests.Support;
using MailDns.Diagnostics;
using MailDns.Dns;
using MailDns.Sending;
using Xunit;

namespace MailDns.Core.Tests.Sending;

/// <summary>A Pass means that somebody looked: no check passes whose subject is not there.</summary>
public sealed class LookedAtTests
{
    private const string Domain = "contoso.com";
    private const string Key = "v=DKIM1; k=rsa; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQC7Q5E0";

    // What looks for records that should not be there, or at the domain's name and the servers: their subject is always there.
    private static readonly string[] s_ofAnyDomain =
    [
        "DNS-NXDOMAIN", "DNS-LOOKUP-FAILED", "DNS-NAME-DOUBLED", "DNS-WILDCARD", "DNS-TCP-FAIL", "SPF-RRTYPE99", "SPF-IN-WRONG-PLACE", "SENDERID-HISTORIC",
        "SENDERID-TXT-BLOAT", "DKIM-WILDCARD", "DOMAINKEYS-POLICY", "ADSP-HISTORIC", "DMARC-WRONG-PLACE", "DMARC-SPF-AT-DMARC", "DMARC-WILDCARD",
    ];

    // What may be published, right, broken or empty.
    private static readonly (string Name, string[] Texts)[] s_published =
    [
        (Domain, ["v=spf1 -all", "v=spf1 ip4:192.0.2.0/24 -all", "v=spf1 include:spf.contoso.com -all", "v=spf1 include:%{ir}.%{d}._spf.contoso.com -all", "v=spf1 redirect=%{l1r+}._spf.%{d}", "v=spf1 redirect=spf.contoso.com", "v=spf10", "v=spf1 mx -all", "hello"]),
        ("spf.contoso.com", ["v=spf1 ip4:192.0.2.1 -all", "v=spf1 include:spf.contoso.com -all"]),
        ("_dmarc." + Domain, ["v=DMARC1; p=reject; rua=mailto:a@contoso.com", "v=DMARC1; p=none; rua=;", "v=DMARC1; p=", "v=DMARCl; p=reject", "p=reject", "hello"]),
        ("default._bimi." + Domain, ["v=BIMI1; l=https://contoso.com/l.svg", "v=BIMI; l=https://contoso.com/l.svg", "l=https://contoso.com/l.svg; v=BIMI1;", "v=BIMI1; l=; a=;"]),
        ("s1._domainkey." + Domain, [Key, "v=DKIM1; p=", "v=DKIM1", "hello"]),
        ("_mta-sts." + Domain, ["v=STSv1; id=1;", "v=STSv1; id=", "v=STSv2"]),
        ("_smtp._tls." + Domain, ["v=TLSRPTv1; rua=mailto:a@contoso.com", "v=TLSRPTv1; rua="]),
    ];

    private static readonly Gen<int[]> s_choices = Gen.Int[-8, 8].Array[7];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Where_nothing_is_published_only_that_is_said(bool exists)
    {
        CheckResult[] results = await Check(new TableResolver(), exists);

        string[] passed = [.. results.Where(result => result.Status == CheckStatus.Pass).Select(result => result.Id)];
        Assert.Empty(passed.Except(exists ? s_ofAnyDomain : ["DNS-LOOKUP-FAILED", "DNS-TCP-FAIL"]));
    }

    [Fact]
    public void No_check_passes_whose_subject_is_absent() => s_choices.Sample(
        choices =>
        {
            var texts = s_published.Select((item, i) => (item.Name, item.Texts, Choice: choices[i])).Where(item => item.Choice >= 0)
                .ToDictionary(item => item.Name, item => item.Texts[item.Choice % item.Texts.Length], StringComparer.Ordinal);
            var zone = new TableResolver();
            foreach ((string name, string text) in texts)
            {
                zone.Txt(name, text);
            }

            CheckResult[] results = Check(zone, exists: true).GetAwaiter().GetResult();
            foreach (string id in results.Where(result => result.Status == CheckStatus.Pass).Select(result => result.Id).Except(s_ofAnyDomain))
                Assert.True(IsThere(id, texts), id + " passed of " + string.Join(" | ", texts.Select(pair => pair.Key + " " + pair.Value)));
        },
        iter: 300,
        seed: "0000KOIRbXR3",
        threads: 1);

    // What one lookup shows, another that fails does not change: it makes no Pass of a fault and no fault of a Pass.
    [Fact]
    public async Task A_failed_lookup_makes_neither_a_pass_nor_a_fault()
    {
        DnsRecordType[] types = [DnsRecordType.Txt, DnsRecordType.Mx, DnsRecordType.A, DnsRecordType.Aaaa, DnsRecordType.Cname];
        foreach ((int[] choices, int[] failing) in FixedSamples.Of(Gen.Select(s_choices, Gen.Int[0, 1000].Array[1, 6]), 100))
        {
            TableResolver Zone()
            {
                var zone = new TableResolver();
                for (int i = 0; i < choices.Length; i++)
                {
                    if (choices[i] >= 0) zone.Txt(s_published[i].Name, s_published[i].Texts[choices[i] % s_published[i].Texts.Length]);
                }

                return zone;
            }

            TableResolver broken = Zone();
            foreach (int one in failing)
                broken.Fail(s_published[one % s_published.Length].Name, types[one / 10 % types.Length], one % 2 == 0 ? DnsResponseStatus.ServerFailure : DnsResponseStatus.Timeout);

            CheckResult[] before = await Check(Zone(), exists: true);
            CheckResult[] after = await Check(broken, exists: true);
            string said = string.Join(",", choices) + " failing " + string.Join(",", failing);
            foreach (IGrouping<string, CheckResult> check in after.GroupBy(result => result.Id))
            {
                CheckResult[] known = [.. before.Where(result => result.Id == check.Key)];
                Assert.False(check.All(result => result.Status == CheckStatus.Pass) && known.All(result => result.Status is CheckStatus.Fail or CheckStatus.Warning), check.Key + " passes: " + said);
                Assert.False(check.Any(result => result.Status is CheckStatus.Fail or CheckStatus.Warning) && known.All(result => result.Status == CheckStatus.Pass), check.Key + " fails: " + said);
            }

            Assert.All(FailedLookups.Joined(after), result => Assert.DoesNotContain(result.Id, result.NotJudged));
        }
    }

    [Theory]
    [InlineData("_dmarc.contoso.com", nameof(DnsResponseStatus.ServerFailure), "DNS-LOOKUP-FAILED", CheckStatus.Unknown)]
    [InlineData("contoso.com", nameof(DnsResponseStatus.Timeout), "DNS-LOOKUP-FAILED", CheckStatus.Unknown)]
    [InlineData("_dmarc.contoso.com", nameof(DnsResponseStatus.AliasLoop), "DNS-CNAME-LOOP", CheckStatus.Fail)]
    public async Task One_failed_lookup_is_one_result_that_names_what_it_leaves_open(string name, string failure, string id, CheckStatus expected)
    {
        TableResolver zone = new TableResolver().Txt(Domain, "v=spf1 -all").Txt("_dmarc." + Domain, "v=DMARC1; p=reject; rua=mailto:a@contoso.com").Fail(name, DnsRecordType.Txt, Enum.Parse<DnsResponseStatus>(failure));
        CheckResult[] all = await Check(zone, exists: true);
        CheckResult[] shown = [.. FailedLookups.Joined(all)];

        CheckResult one = Assert.Single(shown, result => result.NotJudged.Length > 0);
        Assert.Equal((id, expected), (one.Id, one.Status));
        Assert.Contains(name, one.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(shown, result => result.Status == CheckStatus.Unknown && result != one);
        Assert.Equal(
            all.Where(result => result.Status == CheckStatus.Unknown && result.Id != FailedLookups.Id).Select(result => result.Id).Distinct().Order(),
            one.NotJudged.Order());
    }

    // The record that a check judges, and the term in it.
    private static bool IsThere(string id, Dictionary<string, string> texts)
    {
        string Of(string name) => texts.GetValueOrDefault(name, string.Empty);
        string spf = Of(Domain);
        bool leads = spf.Contains(":spf.", StringComparison.Ordinal) || spf.Contains("=spf.", StringComparison.Ordinal);
        return id switch
        {
            "SPF-INCLUDE-NONE" => spf.Contains("include:spf.", StringComparison.Ordinal) || (leads && Of("spf.contoso.com").Contains("include:", StringComparison.Ordinal)),
            "SPF-REDIRECT-NONE" => spf.Contains("redirect=spf.", StringComparison.Ordinal),
            "SPF-INCLUDE-PERMERROR" or "SPF-INCLUDE-LOOP" or "SPF-INCLUDE-SELF" or "SPF-INCLUDE-ALLPASS" => leads,
            "CAA-BLOCKS-MTASTS" => Of("_mta-sts." + Domain).Length > 0,
            "CAA-ISSUEVMC" => Of("default._bimi." + Domain).Length > 0,
            "SPF-MX-ADDRESSES" or "SPF-EXP-TARGET" or "SPF-SUBDOMAIN-GAP" => false,
            "DMARC-RUA-MISSING" => Of("_dmarc." + Domain).Contains("rua=mailto:", StringComparison.Ordinal),
            _ when id.StartsWith("SPF-", StringComparison.Ordinal) => spf.StartsWith("v=spf", StringComparison.Ordinal),
            _ when id.StartsWith("DMARC-", StringComparison.Ordinal) => Of("_dmarc." + Domain) is { Length: > 0 } dmarc && dmarc != "hello",
            _ when id.StartsWith("BIMI-", StringComparison.Ordinal) => Of("default._bimi." + Domain).Length > 0,
            _ when id.StartsWith("DKIM-", StringComparison.Ordinal) => Of("s1._domainkey." + Domain).Length > 0,
            _ when id.StartsWith("MTASTS-", StringComparison.Ordinal) => Of("_mta-sts." + Domain).Length > 0,
            _ when id.StartsWith("TLSRPT-", StringComparison.Ordinal) => Of("_smtp._tls." + Domain).Length > 0,
            _ when id.StartsWith("DNS-", StringComparison.Ordinal) => texts.Count > 0,
            _ => false,
        };
    }

    private static async Task<CheckResult[]> Check(TableResolver zone, bool exists)
    {
        if (exists)
        {
            // The name itself is there, with nothing that anybody judges.
            zone.Address("ns." + Domain, "192.0.2.1");
        }

        DomainName domain = DomainName.Parse(Domain);
        SendingDomainStatus report = await SendingDomainChecker.CheckAsync(new SendingDomainRequest(domain) { Selectors = ["s1"], Today = new DateTime(2026, 11, 24) }, zone, CancellationToken.None);
        return [.. report.Results];
    }
}
