using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using System.Xml.Schema;
using MailDns.Report;
using Xunit;

namespace MailDns.Core.Tests.Report;

public class JUnitReportTests
{
    public static IEnumerable<object[]> Texts => HostileText.All;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_report_meets_the_schema(bool isMany) => Read(isMany ? SampleReport.Many : SampleReport.Full);

    [Theory]
    [InlineData(CheckStatus.Pass, false, null)]
    [InlineData(CheckStatus.Info, false, "system-out")]
    [InlineData(CheckStatus.Warning, false, "system-out")]
    [InlineData(CheckStatus.Warning, true, "failure")]
    [InlineData(CheckStatus.Fail, false, "failure")]
    [InlineData(CheckStatus.Unknown, false, "error")]
    [InlineData(CheckStatus.NotApplicable, false, "skipped")]
    public void A_status_is_an_outcome(CheckStatus status, bool failOnWarning, string? outcome)
    {
        XElement suites = Read(SampleReport.Build(title: null, builder => builder.Add(SampleReport.Check("a.example", "SPF-ALL", "Spf", status))), failOnWarning);
        XElement test = suites.Descendants("testcase").Single();
        Assert.Equal(outcome, test.Elements().SingleOrDefault()?.Name.LocalName);
        Assert.Equal(("a.example.Spf", "SPF-ALL What holds when SPF-ALL passes"), (test.Attribute("classname")!.Value, test.Attribute("name")!.Value));
        if (outcome is "failure" or "error" or "system-out")
            Assert.Contains("What to do: Put it right.", test.Elements().Single().Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Totals_are_those_of_the_cases()
    {
        XElement suites = Read(SampleReport.Many);
        foreach (XElement suite in suites.Elements("testsuite").Append(suites))
        {
            Assert.Equal(suite.Descendants("testcase").Count(), (int)suite.Attribute("tests")!);
            Assert.Equal(suite.Descendants("failure").Count(), (int)suite.Attribute("failures")!);
            Assert.Equal(suite.Descendants("error").Count(), (int)suite.Attribute("errors")!);
        }
    }

    // A check with several results is one case, whose name does not change with what DNS holds.
    [Fact]
    public void Names_are_stable_and_unique()
    {
        string[] one = Names(CheckStatus.Pass);
        string[] two = Names(CheckStatus.Pass, CheckStatus.Fail);
        Assert.Equal(one, two);
        Assert.Single(one);
        XElement suites = Read(SampleReport.Full);
        Assert.Equal(suites.Descendants("testcase").Count(), suites.Descendants("testcase").Select(test => test.Attribute("classname") + "|" + test.Attribute("name")).Distinct(StringComparer.Ordinal).Count());
    }

    [Theory]
    [InlineData(true, null)]
    [InlineData(false, "failure")]
    [InlineData(null, "error")]
    public void A_mail_path_is_a_case(bool? passed, string? outcome)
    {
        XElement suites = Read(SampleReport.Build(title: null, builder => builder.Add(new ReportMailPath { Domain = "a.example", Passed = passed, Reason = "Why.", BounceDomain = "b.a.example" })));
        XElement test = suites.Descendants("testcase").Single();
        Assert.Equal("Mail passes DMARC: Return-Path b.a.example, not signed", test.Attribute("name")!.Value);
        Assert.Equal(outcome, test.Elements().SingleOrDefault()?.Name.LocalName);
    }

    [Fact]
    public void A_domain_without_results_is_an_error_and_not_green()
    {
        XElement suites = Read(SampleReport.Build(title: null, builder => builder.AddDomain("a.example")));
        Assert.Equal("The domain was checked", Assert.Single(suites.Descendants("error")).Parent!.Attribute("name")!.Value);
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void Hostile_text_is_text_of_the_same_elements(string name)
    {
        string text = HostileText.Of(name);
        XElement hostile = Read(SampleReport.Everywhere(text));
        XElement tame = Read(SampleReport.Everywhere(new string('x', text.Length)));
        Assert.Equal(tame.DescendantsAndSelf().Select(element => element.Name.LocalName), hostile.DescendantsAndSelf().Select(element => element.Name.LocalName));
        Assert.Equal(MailDns.Report.XmlText.Escape(text), hostile.Attribute("name")!.Value);
    }

    private static string[] Names(params CheckStatus[] statuses) =>
        [.. Read(SampleReport.Build(title: null, builder =>
        {
            foreach (CheckStatus status in statuses)
                builder.Add(SampleReport.Check("a.example", "DKIM-KEY", "Dkim", status));
        })).Descendants("testcase").Select(test => test.Attribute("name")!.Value)];

    private static XElement Read(SendingDomainReport report, bool failOnWarning = false)
    {
        using var text = new StringWriter();
        JUnitReport.Write(report, failOnWarning, text);
        Assert.StartsWith("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n", text.ToString(), StringComparison.Ordinal);
        using var schema = XmlReader.Create(Path.Combine(AppContext.BaseDirectory, "junit.xsd"));
        var settings = new XmlReaderSettings { ValidationType = ValidationType.Schema, DtdProcessing = DtdProcessing.Prohibit };
        settings.Schemas.Add(null, schema);
        settings.ValidationEventHandler += (_, e) => Assert.Fail(e.Message);
        using var stream = new MemoryStream(new UTF8Encoding(false, throwOnInvalidBytes: true).GetBytes(text.ToString()));
        using var reader = XmlReader.Create(stream, settings);
        return XDocument.Load(reader).Root!;
    }
}
