using System;
using System.Threading;
using System.Threading.Tasks;
using MailDns.Core.Tests.Support;
using MailDns.Dns;
using Xunit;

namespace MailDns.Core.Tests.Dns;

public sealed class OverlayResolverTests
{
    private const string Zone = "example.com";

    private static ResourceRecord Txt(string name, string text) => new TxtRecord(Zone, name, text, TimeSpan.FromHours(1), RecordPurpose.Other);

    private static ResourceRecord Cname(string name, string target) => new CnameRecord(Zone, name, target, TimeSpan.FromHours(1), RecordPurpose.Other);

    private static ResourceRecord Mx(string name, ushort preference, string exchange) => new MxRecord(Zone, name, preference, exchange, TimeSpan.FromHours(1), RecordPurpose.Mx);

    private static Task<DnsResponse> AskAsync(IDnsResolver inner, string name, DnsRecordType type, params ResourceRecord[] planned) =>
        new OverlayResolver(inner, planned).QueryAsync(new DnsQuestion(DomainName.FromDns(name), type), CancellationToken.None);

    [Fact]
    public async Task Without_a_plan_the_answer_is_the_inner_ones()
    {
        TableResolver inner = new TableResolver().Txt("example.com", "v=spf1 -all").Cname("a.example.com", "b.example.net").Txt("b.example.net", "x");
        Assert.Equal(["v=spf1 -all"], (await AskAsync(inner, "example.com", DnsRecordType.Txt)).Texts);
        DnsResponse aliased = await AskAsync(inner, "a.example.com", DnsRecordType.Txt);
        Assert.Equal(["x"], aliased.Texts);
        Assert.True(aliased.IsAliased);
        Assert.Equal(DnsResponseStatus.NxDomain, (await AskAsync(inner, "no.example.com", DnsRecordType.Txt)).Status);
    }

    [Fact]
    public async Task A_planned_text_replaces_its_kind_and_leaves_the_rest()
    {
        TableResolver inner = new TableResolver().Txt("example.com", "v=spf1 ~all", "MS=ms1", "spf2.0/pra ~all", "v=spf1 ?all");
        DnsResponse response = await AskAsync(inner, "example.com", DnsRecordType.Txt, Txt("@", "v=spf1 -all"));
        Assert.Equal(["v=spf1 -all", "MS=ms1", "spf2.0/pra ~all"], response.Texts);

        response = await AskAsync(inner, "example.com", DnsRecordType.Txt, Txt("@", "spf2.0/pra -all"));
        Assert.Equal(["spf2.0/pra -all", "v=spf1 ~all", "MS=ms1", "v=spf1 ?all"], response.Texts);
    }

    [Fact]
    public async Task Several_planned_texts_of_a_kind_all_stand()
    {
        // Two SPF records are an error, and checks of the plan must see it.
        TableResolver inner = new TableResolver().Txt("example.com", "v=spf1 ~all");
        DnsResponse response = await AskAsync(inner, "example.com", DnsRecordType.Txt, Txt("@", "v=spf1 -all"), Txt("@", "v=spf1 mx -all"));
        Assert.Equal(["v=spf1 -all", "v=spf1 mx -all"], response.Texts);
    }

    [Fact]
    public async Task Proofs_of_ownership_add_up_without_doubles()
    {
        TableResolver inner = new TableResolver().Txt("example.com", "MS=ms1", "v=spf1 -all");
        DnsResponse response = await AskAsync(inner, "example.com", DnsRecordType.Txt, Txt("@", "MS=ms1"), Txt("@", "google-site-verification=x"));
        Assert.Equal(["MS=ms1", "google-site-verification=x", "v=spf1 -all"], response.Texts);
    }

    [Fact]
    public async Task A_planned_set_of_another_type_replaces_the_whole_set_without_asking()
    {
        TableResolver inner = new TableResolver().Mx("example.com", 10, "old.example.com");
        DnsResponse response = await AskAsync(inner, "example.com", DnsRecordType.Mx, Mx("@", 5, "a.example.net"), Mx("@", 6, "b.example.net"));
        Assert.Equal(2, response.Records.Count);
        Assert.Equal("a.example.net", ((MxData)response.Records[0].Data).Exchange.Text);
        Assert.Empty(inner.Questions);
    }

    [Fact]
    public async Task Other_types_at_a_planned_name_come_from_below()
    {
        TableResolver inner = new TableResolver().Mx("example.com", 10, "mx.example.com");
        Assert.Equal(DnsResponseStatus.Success, (await AskAsync(inner, "example.com", DnsRecordType.Mx, Txt("@", "v=spf1 -all"))).Status);
        Assert.Equal(DnsResponseStatus.NoData, (await AskAsync(inner, "example.com", DnsRecordType.A, Txt("@", "v=spf1 -all"))).Status);
    }

    [Theory]
    [InlineData("new.example.com", DnsRecordType.Mx, DnsResponseStatus.NoData)]
    [InlineData("b.c.example.com", DnsRecordType.Txt, DnsResponseStatus.NoData)]
    [InlineData("c.example.com", DnsRecordType.Txt, DnsResponseStatus.NoData)]
    [InlineData("d.c.example.com", DnsRecordType.Txt, DnsResponseStatus.NxDomain)]
    [InlineData("a.b.c.example.com", DnsRecordType.Txt, DnsResponseStatus.Success)]
    [InlineData("below.new.example.com", DnsRecordType.Txt, DnsResponseStatus.NxDomain)]
    internal async Task Names_exist_because_of_the_plan(string name, DnsRecordType type, DnsResponseStatus expected)
    {
        TableResolver inner = new TableResolver().Txt("example.com", "x");
        Assert.Equal(expected, (await AskAsync(inner, name, type, Txt("new", "a"), Txt("a.b.c", "b"))).Status);
    }

    [Fact]
    public async Task A_planned_alias_hides_every_other_type_and_is_followed()
    {
        TableResolver inner = new TableResolver().Txt("bounce.example.com", "v=spf1 ~all").Mx("bounce.example.com", 1, "mx.example.com").Txt("mail.example.net", "v=spf1 -all");
        DnsResponse response = await AskAsync(inner, "bounce.example.com", DnsRecordType.Txt, Cname("bounce", "mail.example.net"));
        Assert.Equal(["v=spf1 -all"], response.Texts);
        Assert.Equal("mail.example.net", response.CanonicalName.Text);
        Assert.Equal(DnsResponseStatus.NoData, (await AskAsync(inner, "bounce.example.com", DnsRecordType.Mx, Cname("bounce", "mail.example.net"))).Status);
        DnsResponse alias = await AskAsync(inner, "bounce.example.com", DnsRecordType.Cname, Cname("bounce", "mail.example.net"));
        Assert.Equal(DnsResponseStatus.Success, alias.Status);
        Assert.Single(alias.Records);
    }

    [Fact]
    public async Task A_planned_alias_hides_planned_texts_at_its_name_too()
    {
        TableResolver inner = new TableResolver().Txt("mail.example.net", "there");
        DnsResponse response = await AskAsync(inner, "bounce.example.com", DnsRecordType.Txt, Txt("bounce", "here"), Cname("bounce", "mail.example.net"));
        Assert.Equal(["there"], response.Texts);
    }

    [Theory]
    [InlineData("Missing", DnsResponseStatus.NxDomain)]
    [InlineData("Failing", DnsResponseStatus.Timeout)]
    internal async Task A_planned_alias_has_the_status_of_its_target(string target, DnsResponseStatus expected)
    {
        TableResolver inner = new TableResolver().FailName("failing.example.net");
        DnsResponse response = await AskAsync(inner, "trk.example.com", DnsRecordType.A, Cname("trk", target + ".example.net"));
        Assert.Equal(expected, response.Status);
        Assert.Equal(target + ".example.net", response.CanonicalName.Text, ignoreCase: true);
    }

    [Fact]
    public async Task A_planned_alias_may_lead_to_a_planned_name_and_a_circle_is_seen()
    {
        var inner = new TableResolver();
        Assert.Equal(["x"], (await AskAsync(inner, "a.example.com", DnsRecordType.Txt, Cname("a", "b.example.com"), Txt("b", "x"))).Texts);
        Assert.Equal(DnsResponseStatus.AliasLoop, (await AskAsync(inner, "a.example.com", DnsRecordType.Txt, Cname("a", "b.example.com"), Cname("b", "a.example.com"))).Status);
    }

    [Fact]
    public async Task An_existing_alias_under_a_planned_text_gives_way()
    {
        TableResolver inner = new TableResolver().Cname("bounce.example.com", "mail.example.net").Txt("mail.example.net", "v=spf1 ~all").Mx("mail.example.net", 1, "mx.example.net");
        Assert.Equal(["v=spf1 -all"], (await AskAsync(inner, "bounce.example.com", DnsRecordType.Txt, Txt("bounce", "v=spf1 -all"))).Texts);

        // The alias is gone with it, so what it led to is not there any more.
        Assert.Equal(DnsResponseStatus.NoData, (await AskAsync(inner, "bounce.example.com", DnsRecordType.Mx, Txt("bounce", "v=spf1 -all"))).Status);
        Assert.Equal(DnsResponseStatus.NoData, (await AskAsync(inner, "bounce.example.com", DnsRecordType.Cname, Txt("bounce", "v=spf1 -all"))).Status);
    }

    [Fact]
    public async Task An_existing_alias_that_leads_to_a_planned_name_gets_the_planned_answer()
    {
        TableResolver inner = new TableResolver().Cname("www.example.net", "a.example.com").Cname("a.example.com", "b.example.com").Txt("b.example.com", "v=spf1 ~all");
        DnsResponse response = await AskAsync(inner, "www.example.net", DnsRecordType.Txt, Txt("b", "v=spf1 -all"));
        Assert.Equal(["v=spf1 -all"], response.Texts);
        Assert.Equal("b.example.com", response.CanonicalName.Text);

        response = await AskAsync(inner, "www.example.net", DnsRecordType.Txt, Cname("a", "c.example.com"), Txt("c", "planned"));
        Assert.Equal(["planned"], response.Texts);
        Assert.Equal("c.example.com", response.CanonicalName.Text);
    }

    [Fact]
    public async Task An_existing_dangling_alias_is_mended_by_the_plan()
    {
        TableResolver inner = new TableResolver().Cname("www.example.net", "new.example.com").Cname("ftp.example.net", "parent.example.com");
        Assert.Equal(DnsResponseStatus.NxDomain, (await AskAsync(inner, "www.example.net", DnsRecordType.Txt)).Status);
        Assert.Equal(["x"], (await AskAsync(inner, "www.example.net", DnsRecordType.Txt, Txt("new", "x"))).Texts);
        Assert.Equal(DnsResponseStatus.NoData, (await AskAsync(inner, "ftp.example.net", DnsRecordType.Txt, Txt("a.parent", "x"))).Status);
    }

    [Theory]
    // What replaces everything, and what serves one purpose, is known whatever the lookup says.
    [InlineData("_dmarc", "v=DMARC1; p=reject", "_dmarc.example.com", DnsResponseStatus.Success)]
    [InlineData("s1._domainkey", "v=DKIM1; p=MIG", "s1._domainkey.example.com", DnsResponseStatus.Success)]
    [InlineData("@", "v=spf1 -all", "example.com", DnsResponseStatus.Success)]
    // At a shared name the text that is asked for may be one of those that are not known.
    [InlineData("@", "MS=ms1", "example.com", DnsResponseStatus.Timeout)]
    [InlineData("@", "spf2.0/pra -all", "example.com", DnsResponseStatus.Timeout)]
    // Nothing planned of the type: the failure stands.
    [InlineData("_dmarc", "v=DMARC1; p=reject", "example.com", DnsResponseStatus.Timeout)]
    internal async Task A_failed_lookup_under_planned_texts(string owner, string text, string asked, DnsResponseStatus expected)
    {
        TableResolver inner = new TableResolver().FailName("example.com").FailName("_dmarc.example.com").FailName("s1._domainkey.example.com");
        DnsResponse response = await AskAsync(inner, asked, DnsRecordType.Txt, Txt(owner, text));
        Assert.Equal(expected, response.Status);
        if (expected is DnsResponseStatus.Success)
            Assert.Equal([text], response.Texts);
    }

    [Fact]
    public async Task A_failed_lookup_of_another_type_beside_planned_records_stays_failed()
    {
        TableResolver inner = new TableResolver().FailName("example.com");
        Assert.Equal(DnsResponseStatus.Timeout, (await AskAsync(inner, "example.com", DnsRecordType.Mx, Txt("@", "v=spf1 -all"))).Status);
        Assert.Equal(DnsResponseStatus.Success, (await AskAsync(inner, "example.com", DnsRecordType.Mx, Mx("@", 0, "."))).Status);
    }

    [Theory]
    [InlineData("x.example.com", DnsResponseStatus.Success)]
    [InlineData("y.x.example.com", DnsResponseStatus.Success)]
    [InlineData("www.example.com", DnsResponseStatus.NoData)]
    [InlineData("below.www.example.com", DnsResponseStatus.NxDomain)]
    [InlineData("below.mail.example.com", DnsResponseStatus.NxDomain)]
    [InlineData("other.example.net", DnsResponseStatus.NxDomain)]
    [InlineData("example.com", DnsResponseStatus.Success)]
    [InlineData("*.example.com", DnsResponseStatus.Success)]
    [InlineData("below.failing.example.com", DnsResponseStatus.Timeout)]
    internal async Task A_planned_wildcard_answers_what_does_not_exist(string name, DnsResponseStatus expected)
    {
        TableResolver inner = new TableResolver().Txt("example.com", "apex").Address("www.example.com", "192.0.2.1").FailName("failing.example.com");
        DnsResponse response = await AskAsync(inner, name, DnsRecordType.Txt, Txt("*", "v=spf1 -all"), Txt("mail", "v=spf1 mx -all"));
        Assert.Equal(expected, response.Status);
        if (name is "x.example.com" or "y.x.example.com")
        {
            Assert.Equal(["v=spf1 -all"], response.Texts);
            Assert.Equal(name, response.Records[0].Owner.Text);
        }
    }

    [Fact]
    public async Task A_planned_wildcard_makes_other_types_no_data_and_may_be_an_alias()
    {
        TableResolver inner = new TableResolver().Txt("example.com", "apex").Txt("t.example.net", "target");
        Assert.Equal(DnsResponseStatus.NoData, (await AskAsync(inner, "x.example.com", DnsRecordType.Mx, Txt("*", "a"))).Status);
        Assert.Equal(["target"], (await AskAsync(inner, "x.example.com", DnsRecordType.Txt, Cname("*", "t.example.net"))).Texts);
    }

    [Fact]
    public async Task Cancellation_goes_through()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new OverlayResolver(new TableResolver(), [Txt("@", "x")])
            .QueryAsync(new DnsQuestion(DomainName.FromDns("example.com"), DnsRecordType.Txt), new CancellationToken(canceled: true)));
    }
}
