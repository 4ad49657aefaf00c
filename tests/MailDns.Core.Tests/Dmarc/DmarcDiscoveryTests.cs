using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using MailDns.Core.Tests.Support;
using MailDns.Dmarc;
using MailDns.Dns;
using Xunit;

namespace MailDns.Core.Tests.Dmarc;

public class DmarcDiscoveryTests
{
    private const string Rua = "; rua=mailto:d@example.com";

    // RFC 9989 section 4.10 and appendix B.4; section 5.1.8 for the deep zone cut.
    [Theory]
    [InlineData("example.com", "_dmarc.example.com _dmarc.com")]
    [InlineData("a.mail.example.com", "_dmarc.a.mail.example.com _dmarc.mail.example.com _dmarc.example.com _dmarc.com")]
    [InlineData(
        "a.b.c.d.e.f.g.h.i.j.mail.example.com",
        "_dmarc.a.b.c.d.e.f.g.h.i.j.mail.example.com _dmarc.g.h.i.j.mail.example.com _dmarc.h.i.j.mail.example.com _dmarc.i.j.mail.example.com _dmarc.j.mail.example.com _dmarc.mail.example.com _dmarc.example.com _dmarc.com")]
    [InlineData(
        "a.b.c.d.e.f.g.h.i.j.k.example.com",
        "_dmarc.a.b.c.d.e.f.g.h.i.j.k.example.com _dmarc.g.h.i.j.k.example.com _dmarc.h.i.j.k.example.com _dmarc.i.j.k.example.com _dmarc.j.k.example.com _dmarc.k.example.com _dmarc.example.com _dmarc.com")]
    [InlineData(
        "mail.a.b.c.d.e.f.g.example.com",
        "_dmarc.mail.a.b.c.d.e.f.g.example.com _dmarc.c.d.e.f.g.example.com _dmarc.d.e.f.g.example.com _dmarc.e.f.g.example.com _dmarc.f.g.example.com _dmarc.g.example.com _dmarc.example.com _dmarc.com")]
    [InlineData(
        "a.b.c.d.e.f.example.com",
        "_dmarc.a.b.c.d.e.f.example.com _dmarc.b.c.d.e.f.example.com _dmarc.c.d.e.f.example.com _dmarc.d.e.f.example.com _dmarc.e.f.example.com _dmarc.f.example.com _dmarc.example.com _dmarc.com")]
    [InlineData(
        "b.c.d.e.f.example.com",
        "_dmarc.b.c.d.e.f.example.com _dmarc.c.d.e.f.example.com _dmarc.d.e.f.example.com _dmarc.e.f.example.com _dmarc.f.example.com _dmarc.example.com _dmarc.com")]
    public async Task A_walk_asks_exactly_these_names(string domain, string names)
    {
        var resolver = new TableResolver();
        var walker = new DmarcTreeWalker(resolver);
        DmarcTreeWalk walk = await walker.WalkAsync(DomainName.Parse(domain), CancellationToken.None);
        Assert.Equal(names, string.Join(' ', resolver.Questions.Select(question => question.Name.Text)));
        Assert.All(resolver.Questions, question => Assert.Equal(DnsRecordType.Txt, question.Type));
        Assert.InRange(resolver.Questions.Count, 1, DmarcTreeWalk.MaxQueries);
        Assert.Equal(names, string.Join(' ', walker.QueriedNames));
        Assert.Equal(domain, walk.OrganizationalDomain!.Text);
    }

    [Theory]
    [InlineData("a.mail.example.com", "mail.example.com=n", "mail.example.com", "_dmarc.a.mail.example.com _dmarc.mail.example.com")]
    [InlineData("mail.example.com", "mail.example.com=n", "mail.example.com", "_dmarc.mail.example.com")]
    [InlineData("a.mail.example.com", "mail.example.com=u example.com=u", "example.com", "_dmarc.a.mail.example.com _dmarc.mail.example.com _dmarc.example.com _dmarc.com")]
    [InlineData("a.mail.example.com", "com=y", "example.com", "_dmarc.a.mail.example.com _dmarc.mail.example.com _dmarc.example.com _dmarc.com")]
    [InlineData("mail.example.com", "example.com=y", "mail.example.com", "_dmarc.mail.example.com _dmarc.example.com")]
    [InlineData("example.com", "example.com=y", "example.com", "_dmarc.example.com")]
    [InlineData("a.mail.example.com", "a.mail.example.com=u com=u", "com", "_dmarc.a.mail.example.com _dmarc.mail.example.com _dmarc.example.com _dmarc.com")]
    [InlineData("signing.example.com", "signing.example.com=u example.com=u", "example.com", "_dmarc.signing.example.com _dmarc.example.com _dmarc.com")]
    [InlineData("giant.bank.example", "giant.bank.example=u bank.example=y", "giant.bank.example", "_dmarc.giant.bank.example _dmarc.bank.example")]
    [InlineData("mail.giant.bank.example", "giant.bank.example=u bank.example=y", "giant.bank.example", "_dmarc.mail.giant.bank.example _dmarc.giant.bank.example _dmarc.bank.example")]
    [InlineData("mail.mega.bank.example", "giant.bank.example=u bank.example=y", "mega.bank.example", "_dmarc.mail.mega.bank.example _dmarc.mega.bank.example _dmarc.bank.example")]
    public async Task The_organizational_domain_follows_the_psd_tags(string domain, string records, string organizational, string names)
    {
        var resolver = new TableResolver();
        foreach (string record in records.Split(' '))
        {
            string[] parts = record.Split('=');
            resolver.Txt("_dmarc." + parts[0], "v=DMARC1; p=none; psd=" + parts[1]);
        }

        DmarcTreeWalk walk = await new DmarcTreeWalker(resolver).WalkAsync(DomainName.Parse(domain), CancellationToken.None);
        Assert.Equal(organizational, walk.OrganizationalDomain!.Text);
        Assert.Equal(names, string.Join(' ', resolver.Questions.Select(question => question.Name.Text)));
    }

    [Fact]
    public async Task Several_records_are_all_discarded_and_the_walk_goes_on()
    {
        var resolver = new TableResolver()
            .Txt("_dmarc.mail.example.com", "v=DMARC1; p=reject; psd=n", "v=DMARC1; p=none", "v=spf1 -all")
            .Txt("_dmarc.example.com", "v=DMARC1; p=quarantine", "v=dmarc1; p=none", "some text");
        DmarcDiscovery discovery = await Run(resolver, "mail.example.com");
        Assert.Equal("example.com", discovery.Walk.OrganizationalDomain!.Text);
        Assert.Equal(("example.com", DmarcPolicy.Quarantine), (discovery.Selection.Domain!.Text, discovery.Policy.Effective));
    }

    // domain, what exists, record of example.com: which tag applies and what it gives
    [Theory]
    [InlineData("example.com", true, "p=reject; sp=none; np=quarantine", "p", DmarcPolicy.Reject)]
    [InlineData("www.example.com", true, "p=reject; sp=quarantine; np=none", "sp", DmarcPolicy.Quarantine)]
    [InlineData("www.example.com", false, "p=reject; sp=quarantine; np=none", "np", DmarcPolicy.None)]
    [InlineData("www.example.com", false, "p=reject; sp=quarantine", "sp", DmarcPolicy.Quarantine)]
    [InlineData("www.example.com", true, "p=reject; np=quarantine", "p", DmarcPolicy.Reject)]
    [InlineData("www.example.com", false, "p=reject", "p", DmarcPolicy.Reject)]
    [InlineData("example.com", true, "p=reject; t=y", "p", DmarcPolicy.Quarantine)]
    [InlineData("example.com", true, "p=quarantine; t=y", "p", DmarcPolicy.None)]
    [InlineData("example.com", true, "p=none; t=y", "p", DmarcPolicy.None)]
    [InlineData("www.example.com", true, "p=none; sp=reject; t=y", "sp", DmarcPolicy.Quarantine)]
    [InlineData("example.com", true, "p=rejct", "", null)]
    [InlineData("example.com", true, "p=rejct" + Rua, "default", DmarcPolicy.None)]
    [InlineData("example.com", true, "sp=reject" + Rua, "default", DmarcPolicy.None)]
    [InlineData("example.com", true, "p=reject; sp=x", "", null)]
    [InlineData("example.com", true, "p=reject; np=x" + Rua, "default", DmarcPolicy.None)]
    [InlineData("www.example.com", true, "p=reject; np=x; rua=report@example.com", "", null)]
    public async Task The_policy_comes_from_the_right_tag(string domain, bool exists, string tags, string source, DmarcPolicy? policy)
    {
        var resolver = new TableResolver().Txt("_dmarc.example.com", "v=DMARC1; " + tags);
        if (exists) resolver.Address(domain, "192.0.2.1");

        DmarcDiscovery discovery = await Run(resolver, domain);
        Assert.Equal(DmarcOutcome.Found, discovery.Selection.Outcome);
        Assert.Equal((source, policy), (discovery.Policy.Source, discovery.Policy.Effective));
    }

    [Fact]
    public async Task An_own_record_of_a_subdomain_has_p_only_and_its_children_follow_the_organizational_domain()
    {
        var resolver = new TableResolver()
            .Txt("_dmarc.mail.example.com", "v=DMARC1; p=none; sp=reject")
            .Txt("_dmarc.example.com", "v=DMARC1; p=quarantine; np=reject");
        DmarcDiscovery discovery = await Run(resolver, "mail.example.com");
        Assert.Equal(("p", DmarcPolicy.None), (discovery.Policy.Source, discovery.Policy.Effective));
        Assert.Equal(("p", DmarcPolicy.Quarantine), (discovery.SubdomainPolicy.Source, discovery.SubdomainPolicy.Effective));
        Assert.Equal(("np", DmarcPolicy.Reject), (discovery.NonexistentSubdomainPolicy.Source, discovery.NonexistentSubdomainPolicy.Effective));
        Assert.Equal("example.com", discovery.BelowSelection.Domain!.Text);
        Assert.Equal(3, resolver.Questions.Count);
    }

    [Fact]
    public async Task The_record_of_a_public_suffix_applies_where_the_organizational_domain_has_none()
    {
        var resolver = new TableResolver()
            .Txt("_dmarc.bank.example", "v=DMARC1; p=reject; sp=quarantine; np=reject; psd=y")
            .Txt("mega.bank.example", "x");
        DmarcDiscovery mega = await Run(resolver, "mega.bank.example");
        Assert.Equal(("mega.bank.example", "bank.example", "sp"), (mega.Walk.OrganizationalDomain!.Text, mega.Selection.Domain!.Text, mega.Policy.Source));
        DmarcDiscovery none = await Run(resolver, "none.bank.example");
        Assert.Equal(("np", DmarcPolicy.Reject), (none.Policy.Source, none.Policy.Effective));
        DmarcDiscovery suffix = await Run(resolver, "bank.example");
        Assert.Equal(("p", DmarcPolicy.Reject), (suffix.Policy.Source, suffix.Policy.Effective));
        Assert.Equal(("sp", DmarcPolicy.Quarantine), (suffix.SubdomainPolicy.Source, suffix.SubdomainPolicy.Effective));
    }

    [Fact]
    public async Task The_organizational_domain_with_a_record_keeps_out_the_public_suffix()
    {
        var resolver = new TableResolver()
            .Txt("_dmarc.bank.example", "v=DMARC1; p=reject; psd=y")
            .Txt("_dmarc.giant.bank.example", "v=DMARC1; p=none");
        DmarcDiscovery discovery = await Run(resolver, "mail.giant.bank.example");
        Assert.Equal(("giant.bank.example", DmarcPolicy.None), (discovery.Selection.Domain!.Text, discovery.Policy.Effective));
    }

    [Fact]
    public async Task Names_below_eight_labels_do_not_see_the_record_there()
    {
        var resolver = new TableResolver()
            .Txt("_dmarc.a.b.c.d.e.f.example.com", "v=DMARC1; p=none; psd=n")
            .Txt("_dmarc.example.com", "v=DMARC1; p=reject");
        DmarcDiscovery discovery = await Run(resolver, "a.b.c.d.e.f.example.com");
        Assert.Equal(DmarcPolicy.None, discovery.Policy.Effective);
        Assert.Equal(("example.com", DmarcPolicy.Reject), (discovery.BelowSelection.Domain!.Text, discovery.SubdomainPolicy.Effective));
        Assert.Equal("_dmarc.a.b.c.d.e.f.example.com", resolver.Questions[0].Name.Text);
        Assert.Equal("_dmarc.b.c.d.e.f.example.com", resolver.Questions[1].Name.Text);
    }

    [Fact]
    public async Task No_record_anywhere_is_missing()
    {
        DmarcDiscovery discovery = await Run(new TableResolver(), "www.example.com");
        Assert.Equal(DmarcOutcome.Missing, discovery.Selection.Outcome);
        Assert.Null(discovery.Policy.Effective);
        Assert.Equal("www.example.com", discovery.Walk.OrganizationalDomain!.Text);
    }

    [Fact]
    public async Task A_failure_at_the_domain_is_unknown_and_ends_the_walk()
    {
        var resolver = new TableResolver().Txt("_dmarc.example.com", "v=DMARC1; p=reject").FailName("_dmarc.www.example.com");
        DmarcDiscovery discovery = await Run(resolver, "www.example.com");
        Assert.Equal((DmarcOutcome.Unknown, "www.example.com"), (discovery.Selection.Outcome, discovery.Selection.Failure!.Domain.Text));
        Assert.Null(discovery.Walk.OrganizationalDomain);
        Assert.Null(discovery.Policy.Effective);
    }

    [Fact]
    public async Task A_failure_above_an_own_record_leaves_the_policy_known()
    {
        var resolver = new TableResolver().Txt("_dmarc.mail.example.com", "v=DMARC1; p=reject").Fail("_dmarc.example.com", DnsRecordType.Txt, DnsResponseStatus.ServerFailure);
        DmarcDiscovery discovery = await Run(resolver, "mail.example.com");
        Assert.Equal(DmarcPolicy.Reject, discovery.Policy.Effective);
        Assert.Null(discovery.Walk.OrganizationalDomain);
        Assert.Equal("example.com", discovery.BelowSelection.Failure!.Domain.Text);
    }

    [Fact]
    public async Task A_failure_at_the_top_level_leaves_nothing_open_below_a_record()
    {
        var resolver = new TableResolver().Txt("_dmarc.example.com", "v=DMARC1; p=reject").Fail("_dmarc.com", DnsRecordType.Txt, DnsResponseStatus.OutOfZone);
        DmarcDiscovery discovery = await Run(resolver, "www.example.com");
        Assert.Equal(("example.com", DmarcPolicy.Reject), (discovery.Walk.OrganizationalDomain!.Text, discovery.Policy.Effective));
        DmarcDiscovery other = await Run(new TableResolver().Fail("_dmarc.com", DnsRecordType.Txt, DnsResponseStatus.Timeout), "www.example.com");
        Assert.Equal(DmarcOutcome.Unknown, other.Selection.Outcome);
    }

    [Fact]
    public async Task A_failed_existence_matters_only_where_sp_and_np_differ()
    {
        DmarcDiscovery differs = await Run(new TableResolver().Txt("_dmarc.example.com", "v=DMARC1; p=none; np=reject").FailName("www.example.com"), "www.example.com");
        Assert.Equal((null, "www.example.com"), (differs.Policy.Effective, differs.ExistenceFailure!.Question.Name.Text));
        DmarcDiscovery same = await Run(new TableResolver().Txt("_dmarc.example.com", "v=DMARC1; p=reject").FailName("www.example.com"), "www.example.com");
        Assert.Equal(DmarcPolicy.Reject, same.Policy.Effective);
        Assert.Null(same.ExistenceFailure);
    }

    [Fact]
    public async Task An_alias_exists_although_its_target_does_not()
    {
        var resolver = new TableResolver().Txt("_dmarc.example.com", "v=DMARC1; p=none; np=reject").Cname("www.example.com", "gone.example.net");
        Assert.True((await Run(resolver, "www.example.com")).Exists);
    }

    // one, other, records, failing names: same Organizational Domain?
    [Theory]
    [InlineData("example.com", "bounce.example.com", "example.com", "", true)]
    [InlineData("example.com", "example.net", "example.com example.net", "", false)]
    [InlineData("giant.bank.example", "mail.giant.bank.example", "giant.bank.example bank.example=y", "", true)]
    [InlineData("giant.bank.example", "mail.mega.bank.example", "giant.bank.example bank.example=y", "", false)]
    [InlineData("mail.example.com", "bounce.example.com", "example.com mail.example.com=n", "", false)]
    [InlineData("news.example.com", "bounce.example.com", "", "", false)]
    [InlineData("mail.corp.example.com", "x.corp.example.com", "corp.example.com", "example.com", true)]
    [InlineData("example.com", "example.net", "", "com net", false)]
    [InlineData("a.example.com", "b.example.com", "", "example.com", null)]
    [InlineData("mail.example.com", "bounce.example.com", "example.com", "bounce.example.com", null)]
    [InlineData("example.com", "mail.vendor.com", "example.com", "com", false)]
    public async Task Two_walks_compare(string one, string other, string records, string failing, bool? same)
    {
        var resolver = new TableResolver();
        foreach (string record in records.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] parts = record.Split('=');
            resolver.Txt("_dmarc." + parts[0], "v=DMARC1; p=none" + (parts.Length > 1 ? "; psd=" + parts[1] : string.Empty));
        }

        foreach (string name in failing.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            resolver.FailName("_dmarc." + name);

        var walker = new DmarcTreeWalker(resolver);
        DmarcTreeWalk first = await walker.WalkAsync(DomainName.Parse(one), CancellationToken.None);
        DmarcTreeWalk second = await walker.WalkAsync(DomainName.Parse(other), CancellationToken.None);
        Assert.Equal(same, DmarcTreeWalk.HaveSameOrganizationalDomain(first, second));
        Assert.Equal(same, DmarcTreeWalk.HaveSameOrganizationalDomain(second, first));
        Assert.Equal(resolver.Questions.Count, resolver.Questions.Distinct().Count());
    }

    [Theory]
    [InlineData("www.example.com", "example.com", DmarcPolicy.Quarantine)]
    [InlineData("example.com", "example.com", DmarcPolicy.Reject)]
    [InlineData("shop.example.co.uk", "example.co.uk", null)]
    public async Task The_view_of_rfc_7489_asks_the_list(string domain, string organizational, DmarcPolicy? policy)
    {
        var resolver = new TableResolver().Txt("_dmarc.example.com", "v=DMARC1; p=reject; sp=quarantine; np=none; t=y");
        DmarcDiscovery discovery = await Run(resolver, domain, PublicSuffixListTests.List);
        Assert.Equal((organizational, policy), (discovery.Rfc7489!.OrganizationalDomain.Text, discovery.Rfc7489.Policy.Effective));
    }

    [Fact]
    public async Task The_view_of_rfc_7489_is_unknown_when_its_lookup_fails()
    {
        var resolver = new TableResolver().FailName("_dmarc.example.com");
        DmarcDiscovery discovery = await Run(resolver, "www.example.com", PublicSuffixListTests.List);
        Assert.Equal("example.com", discovery.Rfc7489!.Failure!.Domain.Text);
        Assert.Null(discovery.Rfc7489.Policy.Effective);
    }

    [Fact]
    public async Task A_random_tree_never_takes_more_than_eight_queries()
    {
        var random = new Random(4710);
        for (int round = 0; round < 500; round++)
        {
            string domain = string.Join('.', Enumerable.Range(0, random.Next(1, 14)).Select(i => "l" + i)) + ".example";
            DomainName name = DomainName.Parse(domain);
            var resolver = new TableResolver();
            for (int count = 1; count <= name.LabelCount; count++)
            {
                string[] psd = { string.Empty, "; psd=u", "; psd=n", "; psd=y" };
                if (random.Next(3) == 0)
                    resolver.Txt("_dmarc." + name.LastLabels(count), "v=DMARC1; p=none" + psd[random.Next(psd.Length)]);
            }

            DmarcTreeWalk walk = await new DmarcTreeWalker(resolver).WalkAsync(name, CancellationToken.None);
            Assert.InRange(resolver.Questions.Count, 1, 8);
            Assert.True(name.IsSameOrBelow(walk.OrganizationalDomain!));
        }
    }

    private static Task<DmarcDiscovery> Run(TableResolver resolver, string domain, PublicSuffixList? suffixes = null) =>
        DmarcDiscovery.RunAsync(DomainName.Parse(domain), new DmarcTreeWalker(resolver), resolver, suffixes, CancellationToken.None);
}
