using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using MailDns.Core.Tests.Catalogue;
using MailDns.Core.Tests.Support;
using MailDns.Dns;
using MailDns.Spf;
using Xunit;

namespace MailDns.Core.Tests.Spf;

public class SpfStatusReaderTests
{
    private static Task<SpfStatus> Read(TableResolver dns) =>
        Seen.In(SpfStatusReader.ReadAsync(DomainName.FromDns("example.com"), dns, CancellationToken.None));

    private static TableResolver Zone(params string[] records) => new TableResolver().Txt("example.com", records)
        .Address("example.com", "8.8.8.8", "2606:4700::8")
        .Txt("good.example.net", "v=spf1 ip4:8.8.4.4 -all");

    private static CheckResult Of(SpfStatus status, string id) => status.Results.First(result => result.Id == id);

    [Fact]
    public async Task A_good_record_passes_every_check()
    {
        SpfStatus status = await Read(Zone("v=spf1 a include:good.example.net ~all"));

        Assert.True(status.IsValid);
        Assert.Empty(status.Findings);
        Assert.Equal("v=spf1 a include:good.example.net ~all", status.Record);
        Assert.Equal((2, 0, SpfQualifier.SoftFail), (status.LookupCount, status.VoidLookupCount, status.All));
        Assert.Equal(SpfChecks.All.Select(check => check.Id).OrderBy(id => id), status.Results.Select(result => result.Id).Distinct().OrderBy(id => id));
        Assert.DoesNotContain(status.Results, result => result.Status == CheckStatus.Unknown);
    }

    public static TheoryData<string, string> Trees => new()
    {
        { "v=spf1 include:none.example.net ~all", "SPF-INCLUDE-NONE" },
        { "v=spf1 include:gone.example.net ~all", "SPF-INCLUDE-NONE" },
        { "v=spf1 include:a..example.net ~all", "SPF-INCLUDE-NONE" },
        { "v=spf1 redirect=none.example.net", "SPF-REDIRECT-NONE" },
        { "v=spf1 include:bad.example.net ~all", "SPF-INCLUDE-PERMERROR" },
        { "v=spf1 include:two.example.net ~all", "SPF-INCLUDE-PERMERROR" },
        { "v=spf1 redirect=two.example.net", "SPF-INCLUDE-PERMERROR" },
        { "v=spf1 include:deep.example.net ~all", "SPF-INCLUDE-PERMERROR" },
        { "v=spf1 include:example.com ~all", "SPF-INCLUDE-SELF" },
        { "v=spf1 include:loop.example.net ~all", "SPF-INCLUDE-LOOP" },
        { "v=spf1 include:open.example.net ~all", "SPF-INCLUDE-ALLPASS" },
        { "v=spf1 a include:nine.example.net include:good.example.net ~all", "SPF-LOOKUPS" },
        { "v=spf1 include:nine.example.net include:good.example.net ~all", "SPF-LOOKUPS-NEAR" },
        { "v=spf1 include:nine.example.net ~all", "SPF-LOOKUPS-NEAR" },
        { "v=spf1 include:seven.example.net ~all", "" },
        { "v=spf1 a:x.example.org a:y.example.org a:z.example.org ~all", "SPF-VOID" },
        { "v=spf1 a:x.example.org a:y.example.org ~all", "" },
        { "v=spf1 mx:many.example.net ~all", "SPF-MX-COST SPF-MX-ADDRESSES" },
        { "v=spf1 mx:ten.example.net ~all", "SPF-MX-COST" },
        { "v=spf1 ~all exp=gone.example.net", "SPF-EXP-TARGET" },
        { "v=spf1 ~all exp=two.example.net", "SPF-EXP-TARGET" },
        { "v=spf1 ~all exp=wrong.example.net", "SPF-EXP-TARGET" },
        { "v=spf1 ~all exp=why.example.net", "" },
        { "v=spf1 include:%{l}.example.net ~all", "" },
    };

    [Theory]
    [MemberData(nameof(Trees))]
    public async Task The_tree_is_judged(string record, string ids)
    {
        TableResolver dns = Zone(record)
            .Txt("none.example.net", "hello").Txt("bad.example.net", "v=spf1 foo").Txt("two.example.net", "v=spf1 -all", "v=spf1 ~all")
            .Txt("deep.example.net", "v=spf1 include:bad.example.net ~all").Txt("loop.example.net", "v=spf1 include:example.com ~all")
            .Txt("open.example.net", "v=spf1 +all")
            .Txt("nine.example.net", "v=spf1 " + string.Join(" ", Enumerable.Repeat("a:example.com", 8)) + " ~all")
            .Txt("seven.example.net", "v=spf1 " + string.Join(" ", Enumerable.Repeat("a:example.com", 7)) + " ~all")
            .Txt("wrong.example.net", "100 %").Txt("why.example.net", "See %{d}.");
        for (int i = 0; i < 11; i++)
            dns.Mx("many.example.net", 10, "example.com");

        for (int i = 0; i < 10; i++)
            dns.Mx("ten.example.net", 10, "example.com");

        SpfStatus status = await Read(dns);

        Assert.Equal(ids, string.Join(" ", status.Findings.Select(finding => finding.Id).Distinct()));
        Assert.Equal(!status.Findings.Any(finding => finding.Status == CheckStatus.Fail), status.IsValid);
    }

    [Fact]
    public async Task Nothing_published_is_missing_and_the_rest_does_not_apply()
    {
        SpfStatus status = await Read(new TableResolver().Txt("example.com", "something else"));

        Assert.Equal("SPF-MISSING", Assert.Single(status.Findings).Id);
        Assert.False(status.IsValid);
        Assert.Null(status.Record);
        Assert.Null(status.LookupCount);
        Assert.Equal(CheckStatus.NotApplicable, Of(status, "SPF-LOOKUPS").Status);
        Assert.Equal(CheckStatus.NotApplicable, Of(status, "SPF-SYNTAX").Status);
    }

    [Fact]
    public async Task A_record_with_a_wrong_version_is_missing_and_corrected()
    {
        SpfStatus status = await Read(new TableResolver().Txt("example.com", "v=spf1; include:good.example.net ~all"));

        Assert.Contains("is not one", Of(status, "SPF-MISSING").Message, StringComparison.Ordinal);
        Assert.Equal("v=spf1 include:good.example.net ~all", Of(status, "SPF-VERSION").Record.Single().ToString());
    }

    [Fact]
    public async Task Two_records_are_merged()
    {
        SpfStatus status = await Read(Zone("v=spf1 include:good.example.net -all", "v=spf1 a include:good.example.net"));

        CheckResult finding = Of(status, "SPF-MULTIPLE");
        Assert.Equal("v=spf1 include:good.example.net a -all", finding.Record.Single().ToString());
        Assert.Equal(CheckStatus.Fail, finding.Status);
        Assert.Equal(2, status.Records.Length);
        Assert.Null(status.Record);
        Assert.False(status.IsValid);
    }

    [Theory]
    [InlineData("v=spf1 redirect=good.example.net")]
    [InlineData("v=spf1 +all")]
    [InlineData("v=spf1 -ip4:8.8.8.8 ~all")]
    [InlineData("v=spf1 foo ~all")]
    [InlineData("v=spf1 a ~all")]
    [InlineData("v=spf1 -all a")]
    [InlineData("v=spf1 a a:1.example.net a:2.example.net a:3.example.net a:4.example.net a:5.example.net a:6.example.net a:7.example.net a:8.example.net a:9.example.net ~all")]
    public async Task Records_that_cannot_be_merged_safely_are_not(string other)
    {
        SpfStatus status = await Read(Zone("v=spf1 include:good.example.net -all", other));

        Assert.Empty(Of(status, "SPF-MULTIPLE").Record);
    }

    [Fact]
    public async Task A_failed_lookup_is_Unknown_and_never_Missing()
    {
        SpfStatus status = await Read(new TableResolver().FailName("example.com"));

        Assert.Null(status.IsValid);
        Assert.Null(status.LookupCount);
        Assert.All(status.Results, result => Assert.Equal(CheckStatus.Unknown, result.Status));
        Assert.Equal(SpfChecks.All.Count, status.Results.Count);
    }

    [Fact]
    public async Task A_failed_include_makes_what_depends_on_it_Unknown()
    {
        SpfStatus status = await Read(Zone("v=spf1 include:down.example.net ~all").FailName("down.example.net"));

        Assert.Null(status.IsValid);
        Assert.Null(status.LookupCount);
        foreach (string id in new[] { "SPF-LOOKUPS", "SPF-LOOKUPS-NEAR", "SPF-VOID", "SPF-INCLUDE-NONE", "SPF-INCLUDE-LOOP", "SPF-MX-ADDRESSES" })
            Assert.Equal(CheckStatus.Unknown, Of(status, id).Status);

        Assert.Equal(CheckStatus.Pass, Of(status, "SPF-SYNTAX").Status);
    }

    [Fact]
    public async Task A_failed_host_lookup_makes_only_the_void_count_Unknown()
    {
        SpfStatus status = await Read(Zone("v=spf1 a:down.example.net ~all").FailName("down.example.net"));

        Assert.Equal(CheckStatus.Unknown, Of(status, "SPF-VOID").Status);
        Assert.Equal(CheckStatus.Pass, Of(status, "SPF-LOOKUPS").Status);
        Assert.Equal((1, null), (status.LookupCount, status.VoidLookupCount));
    }

    [Fact]
    public async Task What_an_include_with_macros_holds_is_not_claimed_to_be_known()
    {
        SpfStatus status = await Read(Zone("v=spf1 include:%{l}.example.net ~all"));

        Assert.Equal(CheckStatus.NotApplicable, Of(status, "SPF-LOOKUPS").Status);
        Assert.Contains("depends on the message", Of(status, "SPF-LOOKUPS").Message, StringComparison.Ordinal);
        Assert.Equal(1, status.LookupCount);
    }

    [Fact]
    public async Task A_record_of_type_99_is_found_and_a_failure_is_not_one()
    {
        SpfStatus found = await Read(Zone("v=spf1 ~all").Add("example.com", DnsRecordType.Spf, new TxtData("v=spf1 ~all")));
        SpfStatus failed = await Read(Zone("v=spf1 ~all").Fail("example.com", DnsRecordType.Spf, DnsResponseStatus.Refused));

        Assert.Equal(CheckStatus.Warning, Of(found, "SPF-RRTYPE99").Status);
        Assert.Equal(CheckStatus.Unknown, Of(failed, "SPF-RRTYPE99").Status);
        Assert.True(found.IsValid == true && failed.IsValid == true);
    }

    [Fact]
    public async Task A_record_in_the_wrong_place_is_moved_where_there_is_none()
    {
        SpfStatus missing = await Read(new TableResolver().Txt("_spf.example.com", "v=spf1 ip4:8.8.8.8 ~all"));
        SpfStatus dmarc = await Read(Zone("v=spf1 ~all").Txt("_dmarc.example.com", "v=spf1 ~all"));
        SpfStatus own = await Read(Zone("v=spf1 include:_spf.example.com ~all").Txt("_spf.example.com", "v=spf1 ip4:8.8.8.8 ~all"));

        Assert.Equal("v=spf1 ip4:8.8.8.8 ~all", Of(missing, "SPF-IN-WRONG-PLACE").Record.Single().ToString());
        Assert.Equal(CheckStatus.Warning, Of(dmarc, "SPF-IN-WRONG-PLACE").Status);
        Assert.Empty(Of(dmarc, "SPF-IN-WRONG-PLACE").Record);
        Assert.Equal(CheckStatus.Pass, Of(own, "SPF-IN-WRONG-PLACE").Status);
    }

    [Fact]
    public async Task The_record_of_an_alias_is_not_this_domains_to_correct()
    {
        TableResolver dns = new TableResolver().Cname("example.com", "platform.example.net").Txt("platform.example.net", "v=spf1 ipv4:8.8.8.8 ~all");

        Assert.Empty(Of(await Read(dns), "SPF-UNKNOWN-MECH").Record);
    }

    [Fact]
    public async Task All_is_that_of_the_redirect_target()
    {
        Assert.Equal(SpfQualifier.Fail, (await Read(Zone("v=spf1 redirect=good.example.net"))).All);
        Assert.Null((await Read(Zone("v=spf1 a"))).All);
    }

    [Fact]
    public void Every_title_is_a_statement_without_placeholders()
    {
        IEnumerable<CheckDefinition> checks = SpfChecks.All.Concat(SpfChecks.Sending);

        Assert.All(checks, check => Assert.DoesNotContain('{', check.Title.Replace("%{p}", string.Empty, StringComparison.Ordinal)));
        Assert.Equal(checks.Count(), checks.Select(check => check.Id).Distinct().Count());
    }
}
