using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using MailDns.Caa;
using MailDns.Core.Tests.Catalogue;
using MailDns.Core.Tests.Support;
using MailDns.Dns;
using Xunit;

namespace MailDns.Core.Tests.Caa;

public class CaaTests
{
    [Theory]
    [InlineData("letsencrypt.org", "letsencrypt.org")]
    [InlineData(" CA.Example ; account=230123 ", "ca.example")]
    [InlineData("ca1.example.net; account=1; policy=ev", "ca1.example.net")]
    [InlineData("ca.example;", "ca.example")]
    [InlineData(";", "")]
    [InlineData("", "")]
    [InlineData("; a=b", "")]
    [InlineData("%%%%%", null)]
    [InlineData("ca.example.", null)]
    [InlineData("https://ca.example", null)]
    [InlineData("-ca.example", null)]
    [InlineData("ca.example; account", null)]
    [InlineData("ca.example; a=b c", null)]
    [InlineData("ca1.example ca2.example", null)]
    public void An_issuer_is_read(string value, string? issuer) => Assert.Equal(issuer, CaaProperty.IssuerOf(value));

    [Theory]
    [InlineData("CAA-SYNTAX", 0, "issue", "https://letsencrypt.org", "Fail")]
    [InlineData("CAA-SYNTAX", 0, "iodef", "security@contoso.com", "Fail")]
    [InlineData("CAA-SYNTAX", 0, "ISSUEVMC", "a b", "Fail")]
    [InlineData("CAA-CRITICAL", 128, "isue", "letsencrypt.org", "Fail")]
    [InlineData("CAA-FLAGS", 1, "issue", "letsencrypt.org", "Warning")]
    [InlineData("CAA-ISSUEMAIL", 0, "issue", "letsencrypt.org", "Info")]
    public async Task A_fault_fires_and_the_twin_does_not(string id, byte flags, string tag, string value, string expected)
    {
        TableResolver bad = Caa(new TableResolver(), "contoso.com", value, tag, flags);
        Assert.Equal(expected, Result(await Read(bad), id).Status.ToString());
        TableResolver good = Caa(Caa(Caa(new TableResolver(), "contoso.com", "letsencrypt.org", flags: 128), "contoso.com", "ca.example", "issuemail"), "contoso.com", "mailto:s@contoso.com", "iodef");
        CaaStatus status = await Read(good);
        Assert.Equal(CheckStatus.Pass, Result(status, id).Status);
        Assert.True(status.IsValid);
        Assert.Empty(status.Findings);
        Assert.Equal(CaaChecks.All.Select(check => check.Id).Order(), status.Results.Select(result => result.Id).Order());
    }

    // RFC 8659 section 3: the name, where its aliases lead, then the names above the name itself.
    [Fact]
    public async Task The_tree_is_climbed()
    {
        TableResolver zone = Caa(Caa(new TableResolver(), "contoso.com", "above.example"), "platform.example", "nobody.example")
            .Address("a.b.contoso.com", "192.0.2.1").Cname("alias.contoso.com", "host.platform.example").Cname("own.contoso.com", "caa.platform.example");
        Caa(zone, "caa.platform.example", "target.example").Address("host.platform.example", "192.0.2.2");
        Assert.Equal(("contoso.com", "above.example"), await Find("a.b.contoso.com"));
        Assert.Equal(("contoso.com", "above.example"), await Find("alias.contoso.com"));
        Assert.Equal(("own.contoso.com", "target.example"), await Find("own.contoso.com"));
        Assert.Equal((null, string.Empty), await Find("a.example.org"));

        async Task<(string? Owner, string Issuers)> Find(string name)
        {
            CaaSet set = await CaaSet.FindAsync(DomainName.Parse(name), zone, CancellationToken.None);
            return (set.Owner?.Text, string.Join(' ', set.Issuers("issue") ?? []));
        }
    }

    [Fact]
    public async Task A_failed_lookup_on_the_way_is_unknown()
    {
        CaaStatus status = await Read(new TableResolver().Fail("com", DnsRecordType.Caa, DnsResponseStatus.ServerFailure));
        Assert.All(status.Results, result => Assert.Equal(CheckStatus.Unknown, result.Status));
        Assert.Equal(CaaChecks.All.Count, status.Results.Count);
    }

    [Theory]
    [InlineData(";", "Warning")]
    [InlineData("a b", "Warning")]
    [InlineData("letsencrypt.org", "Pass")]
    [InlineData(null, "Pass")]
    public async Task The_host_of_the_policy_needs_an_authority(string? issue, string expected)
    {
        TableResolver zone = Caa(new TableResolver().Txt("_mta-sts.contoso.com", "v=STSv1; id=1"), "contoso.com", "ca.example", "issuewild");
        zone = issue is null ? zone : Caa(zone, "contoso.com", issue);
        Assert.Equal(expected, Result(await Read(zone), "CAA-BLOCKS-MTASTS").Status.ToString());
        Assert.Equal(CheckStatus.NotApplicable, Result(await Read(Caa(new TableResolver(), "contoso.com", ";")), "CAA-BLOCKS-MTASTS").Status);
        Assert.Equal(CheckStatus.Pass, Result(await Read(Caa(Caa(new TableResolver().Txt("_mta-sts.contoso.com", "v=STSv1; id=1"), "contoso.com", ";"), "mta-sts.contoso.com", "ca.example")), "CAA-BLOCKS-MTASTS").Status);
    }

    [Theory]
    [InlineData(";", "Warning")]
    [InlineData("digicert.com", "Pass")]
    [InlineData(null, "Pass")]
    public async Task The_mark_certificate_needs_an_authority(string? vmc, string expected)
    {
        TableResolver with(string bimi) => Caa(new TableResolver().Txt("default._bimi.contoso.com", bimi), "contoso.com", vmc ?? "ca.example", vmc is null ? "issue" : "issuevmc");
        Assert.Equal(expected, Result(await Read(with("v=BIMI1; l=https://contoso.com/l.svg; a=https://contoso.com/v.pem")), "CAA-ISSUEVMC").Status.ToString());
        Assert.Equal(CheckStatus.NotApplicable, Result(await Read(with("v=BIMI1; l=https://contoso.com/l.svg; a=;")), "CAA-ISSUEVMC").Status);
    }

    [Fact]
    public void Records_are_built_one_a_value()
    {
        var records = Build(new CaaRecordOptions { Issue = ["letsencrypt.org", "digicert.com; account=1"], IssueMail = [""], IssueVmc = [";"], Iodef = ["s@contoso.com"], Critical = true });
        Assert.Equal(
            ["128 issue \"letsencrypt.org\"", "128 issue \"digicert.com; account=1\"", "128 issuemail \";\"", "128 issuevmc \";\"", "128 iodef \"mailto:s@contoso.com\""],
            records.Select(record => record.ToString()));
        Assert.All(records, record => Assert.Equal(("@", RecordPurpose.Caa), (record.Name, record.Purpose)));
    }

    [Fact]
    public void What_the_checks_would_refuse_is_not_built()
    {
        Assert.ThrowsAny<ArgumentException>(() => Build(new CaaRecordOptions()));
        Assert.ThrowsAny<ArgumentException>(() => Build(new CaaRecordOptions { Issue = ["https://letsencrypt.org"] }));
        Assert.ThrowsAny<ArgumentException>(() => Build(new CaaRecordOptions { Issue = [";", "letsencrypt.org"] }));
        Assert.ThrowsAny<ArgumentException>(() => Build(new CaaRecordOptions { Iodef = ["ftp://contoso.com"] }));
        Assert.ThrowsAny<ArgumentException>(() => Build(new CaaRecordOptions { Tag = "isue", Value = "x", Critical = true }));
        Assert.ThrowsAny<ArgumentException>(() => Build(new CaaRecordOptions { Tag = "a-b", Value = "x" }));
        Assert.Single(Build(new CaaRecordOptions { Tag = "contactemail", Value = "a@contoso.com" }));
    }

    private static System.Collections.Generic.IReadOnlyList<CaaRecord> Build(CaaRecordOptions options) =>
        CaaRecordBuilder.Create(DomainName.Parse("contoso.com"), DomainName.Parse("contoso.com"), options, TimeSpan.FromHours(1));

    private static TableResolver Caa(TableResolver zone, string name, string value, string tag = "issue", byte flags = 0) =>
        zone.Add(name, DnsRecordType.Caa, new CaaData(flags, tag, value));

    private static CheckResult Result(CaaStatus status, string id) => status.Results.Single(result => result.Id == id);

    private static Task<CaaStatus> Read(TableResolver resolver) => Seen.In(CaaStatusReader.ReadAsync(DomainName.Parse("contoso.com"), resolver, CancellationToken.None));
}
