using System.Linq;
using MailDns.Diagnostics;
using MailDns.Report;
using Xunit;

namespace MailDns.Core.Tests.Report;

public class ReportBuilderTests
{
    [Theory]
    [InlineData("Pass", CheckStatus.Pass, CheckStatus.Info, CheckStatus.NotApplicable)]
    [InlineData("Warning", CheckStatus.Pass, CheckStatus.Warning)]
    [InlineData("Unknown", CheckStatus.Warning, CheckStatus.Unknown, CheckStatus.Pass)]
    [InlineData("Fail", CheckStatus.Unknown, CheckStatus.Fail)]
    [InlineData("NotChecked", CheckStatus.NotApplicable)]
    [InlineData("NotChecked")]
    public void The_worst_result_is_the_verdict(string verdict, params CheckStatus[] statuses)
    {
        SendingDomainReport report = SampleReport.Build(title: null, builder =>
        {
            builder.AddDomain("a.example");
            foreach (CheckStatus status in statuses)
                builder.Add(SampleReport.Check("a.example", "ID-" + status, "Spf", status));
        });
        Assert.Equal(verdict, report.Verdict.ToString());
    }

    [Theory]
    [InlineData(true, "Pass", "No problem found")]
    [InlineData(null, "Unknown", "Not known: a lookup failed")]
    [InlineData(false, "Fail", "Mail will not pass DMARC")]
    public void The_mail_path_counts(bool? passed, string verdict, string headline)
    {
        ReportDomain domain = SampleReport.Build(title: null, builder =>
        {
            builder.Add(SampleReport.Check("a.example", "SPF-ALL", "Spf", CheckStatus.Pass));
            builder.Add(new ReportMailPath { Domain = "a.example", Passed = passed });
        }).Domains[0];
        Assert.Equal((verdict, headline), (domain.Verdict.ToString(), VerdictText.Headline(domain)));
    }

    [Fact]
    public void Words_say_how_many()
    {
        Assert.Equal("2 of 6 domains have errors to put right", VerdictText.Headline(SampleReport.Many));
        Assert.Equal("contoso.com: 2 errors to put right", VerdictText.Headline(SampleReport.Full));
        Assert.Equal("All 2 domains were not checked", VerdictText.Headline(Domains(status: null)));
        Assert.Equal("No errors; all 2 domains have warnings", VerdictText.Headline(Domains(CheckStatus.Warning)));
        Assert.Equal("No problem found in 2 domains", VerdictText.Headline(Domains(CheckStatus.Pass)));
        Assert.Equal("All 2 domains are not known: lookups failed", VerdictText.Headline(Domains(CheckStatus.Unknown)));
    }

    [Fact]
    public void A_result_given_twice_counts_once_and_domains_ignore_case()
    {
        ReportDomain domain = Assert.Single(SampleReport.Build(title: null, builder =>
        {
            builder.Add(SampleReport.Check("a.example", "SPF-ALL", "Spf", CheckStatus.Fail));
            builder.Add(SampleReport.Check("a.example", "SPF-ALL", "Spf", CheckStatus.Fail));
            builder.AddDomain("A.EXAMPLE");
        }).Domains);
        Assert.Equal(1, domain.Counts.Fail);
    }

    [Fact]
    public void Records_of_findings_are_what_to_publish_and_rivals_are_a_choice()
    {
        ReportDomain domain = SampleReport.Build(title: null, builder =>
        {
            builder.Add(SampleReport.Check("contoso.com", "SPF-A", "Spf", CheckStatus.Fail, SampleReport.Txt("@", "v=spf1 a -all", "Spf")));
            builder.Add(SampleReport.Check("contoso.com", "SPF-B", "Spf", CheckStatus.Warning, SampleReport.Txt("@", "v=spf1 mx -all", "Spf")));
            builder.Add(SampleReport.Check("contoso.com", "SPF-C", "Spf", CheckStatus.Warning, SampleReport.Txt("@", "v=spf1 mx -all", "Spf")));
            builder.Add(SampleReport.Check("contoso.com", "DMARC", "Dmarc", CheckStatus.Fail, SampleReport.Txt("_dmarc", "v=DMARC1; p=none", "Dmarc")));
            builder.Add(SampleReport.Check("contoso.com", "OK", "Dmarc", CheckStatus.Pass, SampleReport.Txt("no", "no", "Other")));
        }).Domains[0];
        Assert.Equal([("v=spf1 a -all", true), ("v=spf1 mx -all", true), ("v=DMARC1; p=none", false)], domain.Records.Select(record => (record.Value, record.IsChoice)));
    }

    [Fact]
    public void A_given_record_wins_over_those_of_findings()
    {
        ReportDomain domain = Assert.Single(SampleReport.Build(title: null, builder =>
        {
            builder.Add(SampleReport.Txt("_dmarc.mail", "v=DMARC1; p=none", "Dmarc"));
            builder.Add(SampleReport.Txt("@", "v=spf1 include:x.example -all", "Spf"));
            builder.Add(SampleReport.Check("contoso.com", "SPF-A", "Spf", CheckStatus.Fail, SampleReport.Txt("@", "v=spf1 a -all", "Spf")));
        }).Domains);
        Assert.Equal(["v=DMARC1; p=none", "v=spf1 include:x.example -all"], domain.Records.Select(record => record.Value));
    }

    [Theory]
    [InlineData("0 1 2 1 1 0 1", 0, "0(1(2) 1 1) 0(1)")]
    [InlineData("1 0 2 1", 2, "0(1)")]
    [InlineData("0 1 3 99999999 1", 2, "0(1 1)")]
    public void Trees_grow_from_depths(string depths, int lost, string trees)
    {
        var builder = new ReportTreeBuilder();
        var roots = new System.Collections.Generic.List<ReportTreeNode>();
        int refused = depths.Split(' ').Count(depth => !builder.TryAdd(new ReportTreeNode { Depth = int.Parse(depth, System.Globalization.CultureInfo.InvariantCulture) }, roots.Add));
        Assert.Equal((lost, trees), (refused, string.Join(' ', roots.Select(Text))));
    }

    [Theory]
    [InlineData(100, 100)]
    [InlineData(101, 0)]
    public void A_page_on_very_many_domains_counts_what_passed(int domains, int lists)
    {
        using var text = new System.IO.StringWriter();
        HtmlReport.Write(SampleReport.Build(title: null, builder => Enumerable.Range(0, domains).ToList().ForEach(i => builder.Add(SampleReport.Check("d" + i + ".example", "ID", "Spf", CheckStatus.Pass)))), text);
        Assert.Equal((lists, domains), (text.ToString().Split("<details class=\"passed").Length - 1, text.ToString().Split("1 check passed").Length - 1));
    }

    [Theory]
    [MemberData(nameof(HostileText.All), MemberType = typeof(HostileText))]
    public void What_is_packed_comes_out_as_it_went_in(string name)
    {
        string hostile = HostileText.Of(name);
        var store = new PackedChecks();
        ReportCheck[] checks = [.. Enumerable.Range(0, 40).Select(i => new ReportCheck
        {
            Domain = i % 3 == 0 ? "A.example" : "a.example",
            Id = "ID-" + (i % 5),
            Title = hostile,
            Area = i == 0 ? string.Empty : "Spf",
            Status = StatusOrder.All[i % StatusOrder.All.Length],
            Severity = "Error",
            Message = hostile + i,
            Expected = i % 2 == 0 ? null : hostile,
            Actual = i % 2 == 1 ? null : "v=spf1 \u00FC" + i,
            Recommendation = i % 7 == 0 ? hostile : string.Empty,
            Reference = "RFC 7208 section " + i,
            DaysLeft = i % 4 == 0 ? null : i - 20,
            File = i % 2 == 0 ? null : "zones/" + hostile,
            Line = i * 1000,
            IsImplied = i % 6 == 0,
            Records = i % 3 == 0 ? [SampleReport.Txt("_dmarc", hostile, "Dmarc"), SampleReport.Txt("@", string.Empty, string.Empty)] : [],
            NotJudged = i % 8 == 0 ? [SampleReport.Check("a.example", "OTHER", "Spf", CheckStatus.Unknown)] : [],
        })];
        byte[][] packed = [.. checks.Chunk(7).Select(chunk => store.Pack("a.example", chunk))];
        Assert.Equivalent(checks, packed.SelectMany(one => store.Unpack("a.example", one)).ToArray(), strict: true);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(50)]
    public void A_report_is_the_same_whatever_was_packed(int mostWhole)
    {
        foreach (ReportFormat format in System.Enum.GetValues<ReportFormat>())
            Assert.Equal(Write(new ReportBuilder(), format), Write(new ReportBuilder(mostWhole), format));
    }

    // Results of domains in turn and twice, so that one is packed in several parts.
    private static string Write(ReportBuilder builder, ReportFormat format)
    {
        for (int i = 0; i < 200; i++)
        {
            string domain = (i % 2 == 0 ? "d" : "D") + (i % 5) + ".example";
            builder.Add(SampleReport.Check(domain, "ID-" + (i % 60), "Spf", StatusOrder.All[i % (2 + (i % 5))], i % 9 == 0 ? [SampleReport.Txt("@", "v=spf1 -all", "Spf", domain)] : []));
        }

        builder.AddDomain("unchecked.example");
        SendingDomainReport report = builder.Build(title: null, SampleReport.Created, "0.1.0");
        report.CompareWith([SampleReport.Check("d1.example", "ID-1", "Spf", CheckStatus.Fail), SampleReport.Check("d2.example", "ID-7", "Spf", CheckStatus.Pass)]);
        using var text = new System.IO.StringWriter();
        ReportWriter.Write(report, format, failOnWarning: true, text);
        return text.ToString();
    }

    private static string Text(ReportTreeNode node) => node.Depth + (node.Children.Count == 0 ? string.Empty : "(" + string.Join(' ', node.Children.Select(Text)) + ")");

    private static SendingDomainReport Domains(CheckStatus? status) => SampleReport.Build(title: null, builder =>
    {
        foreach (string domain in new[] { "a.example", "b.example" })
        {
            builder.AddDomain(domain);
            if (status is { } known) builder.Add(SampleReport.Check(domain, "ID", "Spf", known));
        }
    });
}
