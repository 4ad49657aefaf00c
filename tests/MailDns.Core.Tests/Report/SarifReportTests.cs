using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;
using MailDns.Report;
using Xunit;

namespace MailDns.Core.Tests.Report;

/// <summary>SARIF against the schema of the standard, as the package of its SDK has it.</summary>
public sealed class SarifReportTests
{
    private static readonly JsonSchema s_schema = ReadSchema();

    public static IEnumerable<object[]> Texts => HostileText.All;

    [Theory]
    [InlineData("Full")]
    [InlineData("Many")]
    [InlineData("Empty")]
    public void A_report_is_valid_against_the_schema(string kind)
    {
        JsonNode report = Write(kind switch { "Full" => SampleReport.Full, "Many" => SampleReport.Many, _ => SampleReport.Build(title: null, _ => { }) });
        Assert.Equal(string.Empty, Errors(report));
        Assert.Equal(kind == "Empty", Results(report).Length == 0);
    }

    [Theory]
    [InlineData("level", "\"loud\"")]
    [InlineData("kind", "\"broken\"")]
    [InlineData("message", "null")]
    [InlineData("baselineState", "\"older\"")]
    [InlineData("ruleIndex", "-7")]
    [InlineData("more", "1")]
    public void A_broken_result_is_not_valid(string member, string value)
    {
        JsonNode report = Write(SampleReport.Full);
        Results(report)[0]![member] = JsonNode.Parse(value);
        Assert.NotEqual(string.Empty, Errors(report));
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void Hostile_text_stays_text(string name)
    {
        JsonNode report = Write(SampleReport.Everywhere(HostileText.Of(name)));
        Assert.Equal(string.Empty, Errors(report));
    }

    // A path of each system, and what its URI has to be (RFC 3986, RFC 8089).
    [Theory]
    [InlineData("zones/contoso.com.zone", "zones/contoso.com.zone")]
    [InlineData("zones\\contoso com.zone", "zones/contoso%20com.zone")]
    [InlineData("/srv/zones/\u00e9#1.zone", "file:///srv/zones/%C3%A9%231.zone")]
    [InlineData("C:\\zones\\contoso.com.zone", "file:///C:/zones/contoso.com.zone")]
    public void A_finding_is_at_its_file_and_line(string file, string uri)
    {
        JsonNode report = Write(SampleReport.Build(title: null, builder => builder.Add(new ReportCheck { Domain = "contoso.com", Id = "SPF-MISSING", Title = "t", Area = "Spf", Status = CheckStatus.Fail, Message = "m", File = file, Line = 7 })));
        JsonNode place = Assert.Single(Results(report))!["locations"]![0]!["physicalLocation"]!;
        Assert.Equal((uri, 7), ((string?)place["artifactLocation"]!["uri"], (int)place["region"]!["startLine"]!));
        Assert.Equal(string.Empty, Errors(report));
    }

    [Fact]
    public void Findings_say_what_has_become_of_them_since_the_reference()
    {
        static ReportCheck Check(string id, CheckStatus status, string message) => new() { Domain = "contoso.com", Id = id, Title = "t", Area = "Spf", Status = status, Message = message };
        SendingDomainReport report = SampleReport.Build(title: null, builder =>
        {
            builder.Add(Check("A", CheckStatus.Fail, "same"));
            builder.Add(Check("B", CheckStatus.Fail, "now"));
            builder.Add(Check("C", CheckStatus.Warning, "other"));
        });
        report.CompareWith([Check("A", CheckStatus.Fail, "same"), Check("B", CheckStatus.Pass, "ok"), Check("C", CheckStatus.Warning, "one")]);
        JsonNode sarif = Write(report);
        Assert.Equal(string.Empty, Errors(sarif));
        Assert.Equal("A unchanged, B new, C updated", string.Join(", ", Results(sarif).Select(result => result!["ruleId"] + " " + result["baselineState"]).Order(StringComparer.Ordinal)));
    }

    private static JsonNode?[] Results(JsonNode report) => [.. report["runs"]![0]!["results"]!.AsArray()];

    private static JsonNode Write(SendingDomainReport report)
    {
        using var text = new StringWriter();
        SarifReport.Write(report, text);
        return JsonNode.Parse(text.ToString())!;
    }

    private static JsonSchema ReadSchema()
    {
        using var reader = new StreamReader(typeof(SarifReportTests).Assembly.GetManifestResourceStream("sarif-2.1.0.json")!);
        return JsonSchema.FromText(reader.ReadToEnd());
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
