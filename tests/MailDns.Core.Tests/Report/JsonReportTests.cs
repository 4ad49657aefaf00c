using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;
using MailDns.Core.Tests.Sending;
using MailDns.Report;
using Xunit;

namespace MailDns.Core.Tests.Report;

public class JsonReportTests
{
    private static readonly JsonSchema s_schema = JsonSchema.FromText(File.ReadAllText(Path.Combine(ProviderFixture.Folder, "..", "schemas", "report.schema.json")));

    public static IEnumerable<object[]> Texts => HostileText.All;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_report_is_valid_against_the_schema(bool isMany)
    {
        string json = Write(isMany ? SampleReport.Many : SampleReport.Full);
        Assert.Equal(string.Empty, Errors(JsonNode.Parse(json)!));
    }

    [Theory]
    [InlineData("formatVersion", "\"2.0\"")]
    [InlineData("verdict", "\"Fine\"")]
    [InlineData("created", "\"yesterday\"")]
    [InlineData("domains", "null")]
    [InlineData("more", "1")]
    public void A_broken_report_is_not_valid(string member, string value)
    {
        JsonNode report = JsonNode.Parse(Write(SampleReport.Full))!;
        report[member] = JsonNode.Parse(value);
        Assert.NotEqual(string.Empty, Errors(report));
    }

    [Fact]
    public void Changes_are_told_and_valid()
    {
        SendingDomainReport report = SampleReport.Full;
        report.CompareWith([SampleReport.Check("contoso.com", "SPF-ALL-MISSING", "Spf", CheckStatus.Fail)]);
        JsonNode json = JsonNode.Parse(Write(report))!;
        Assert.Equal(string.Empty, Errors(json));
        Assert.Contains(json["changes"]!.AsArray(), change => (string?)change!["change"] == "New");
        Assert.Null(JsonNode.Parse(Write(SampleReport.Full))!["changes"]);
    }

    [Fact]
    public void Members_tell_what_was_found()
    {
        JsonNode report = JsonNode.Parse(Write(SampleReport.Full))!;
        JsonNode domain = report["domains"]![0]!;
        Assert.Equal("2026-11-24T16:05:00Z", (string?)report["created"]);
        Assert.Equal(("contoso.com", "Fail"), ((string?)domain["domain"], (string?)domain["verdict"]));
        Assert.Equal("SPF-PROVIDER-MISSING", (string?)domain["checks"]![0]!["id"]);
        Assert.Equal([255, 163], domain["records"]![1]!["strings"]!.AsArray().Select(text => ((string)text!).Length));
        Assert.Equal(4, domain["spfTrees"]![0]!["children"]!.AsArray().Count);
        Assert.Equal([true, false], domain["mailPaths"]!.AsArray().Select(path => (bool)path!["passed"]!));
    }

    // What is read back is what was given; only half a surrogate pair has no JSON.
    [Theory]
    [MemberData(nameof(Texts))]
    public void Text_comes_back_as_it_was(string name)
    {
        string text = HostileText.Of(name);
        string json = Write(SampleReport.Everywhere(text));
        JsonNode report = JsonNode.Parse(json)!;
        Assert.Equal(string.Empty, Errors(report));
        string expected = text.Replace('\uD800', '\uFFFD');
        Assert.Equal(expected, (string?)report["domains"]!.AsArray().Select(domain => domain!["checks"]![0]!["message"]).First());
        Assert.DoesNotContain(json, c => c is '<' or '>' or '&' or '\u2028' or '\u2029' or '\u202E' || (char.IsControl(c) && c != '\n'));
    }

    private static string Write(SendingDomainReport report)
    {
        using var text = new StringWriter();
        JsonReport.Write(report, text);
        return text.ToString();
    }

    private static string Errors(JsonNode report)
    {
        using JsonDocument document = JsonDocument.Parse(report.ToJsonString());
        EvaluationResults results = s_schema.Evaluate(document.RootElement, new EvaluationOptions { OutputFormat = OutputFormat.List });
        return results.IsValid
            ? string.Empty
            : "invalid: " + string.Join("; ", (results.Details ?? []).Where(detail => detail.Errors is not null).SelectMany(detail => detail.Errors!.Select(error => detail.InstanceLocation + " " + error.Value)));
    }
}
