using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;
using Json.Schema;
using Xunit;

namespace MailDns.Core.Tests.Sending;

public class ShippedProviderTests
{
    private static readonly JsonSchema s_schema = JsonSchema.FromText(File.ReadAllText(Path.Combine(ProviderFixture.Folder, "provider.schema.json")));

    public static IEnumerable<object[]> Ids => ProviderFixture.Files.Select(file => new object[] { Path.GetFileNameWithoutExtension(file) });

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_shipped_profile_is_valid_against_the_schema(string id) =>
        Assert.Equal(string.Empty, Errors(File.ReadAllText(Path.Combine(ProviderFixture.Folder, id + ".json"))));

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_shipped_profile_is_read_and_named_as_its_file(string id)
    {
        SendingProvider provider = ProviderFixture.Shipped(id);
        Assert.Equal(id, provider.Id);
        Assert.Equal(SendingProviderConfidence.High, provider.Confidence);

        // Values that only published zones show are alternatives that nobody gets without choosing them.
        Assert.All(provider.Records.Where(record => record.Confidence != SendingProviderConfidence.High), record => Assert.False(provider.Groups.Single(group => group.Name == record.Group).IsDefault));
        Assert.All(provider.Sources, source => Assert.NotNull(source.Date));
        Assert.Contains(provider.Sources, source => source.FirstParty);
    }

    [Fact]
    public void The_sample_is_valid_against_the_schema_too() => Assert.Equal(string.Empty, Errors(ProviderFixture.Sample));

    // What the schema can tell, it tells.
    [Theory]
    [InlineData("\"kind\": \"esp\"", "\"kind\": \"ESP\"")]
    [InlineData("\"aliases\"", "\"alias\"")]
    [InlineData("\"id\": \"sample\",", "")]
    [InlineData("\"host\": \"{domain}\", \"type\": \"TXT\", \"include\"", "\"host\": \"example.com\", \"type\": \"TXT\", \"include\"")]
    [InlineData("\"include\": [\"spf.example.net\"], ", "")]
    [InlineData("\"bounce.{domain}\"", "\"{domain}\"")]
    [InlineData("\"preference\": 10, ", "")]
    [InlineData("\"preference\": 10", "\"preference\": 65536")]
    [InlineData(", \"selector\": \"s1\"", "")]
    [InlineData("\"legacy\": true", "\"legacy\": true, \"required\": true")]
    [InlineData("\"publicKey\":", "\"domain\":")]
    [InlineData("[A-Za-z0-9+/]+={0,2}", "^[A-Z]+")]
    [InlineData("\"exclusive\": true", "\"delegates\": [\"mx\"]")]
    [InlineData("\"type\": \"NS\"", "\"type\": \"CNAME\"")]
    [InlineData("\"https://example.net/\"", "\"javascript:alert(1)\"")]
    public void A_broken_profile_is_not_valid(string old, string replacement)
    {
        Assert.Contains(old, ProviderFixture.Sample, StringComparison.Ordinal);
        Assert.NotEqual(string.Empty, Errors(ProviderFixture.Sample.Replace(old, replacement, StringComparison.Ordinal)));
    }

    // MAILDNS_UPDATE_DOCS=1 writes the document.
    [Fact]
    public void The_platforms_are_documented()
    {
        string file = Path.Combine(ProviderFixture.Folder, "..", "..", "docs", "platforms.md");
        string text = PlatformTable.Write(ProviderFixture.Catalog);
        if (Environment.GetEnvironmentVariable("MAILDNS_UPDATE_DOCS") == "1") File.WriteAllText(file, text);

        Assert.Equal(text, File.ReadAllText(file).ReplaceLineEndings("\n"));
    }

    [Theory]
    [InlineData("google-workspace")]
    [InlineData("exchange-server")]
    [InlineData("microsoft365")]
    [InlineData("yandex-360")]
    [InlineData("altcraft")]
    public void Some_platforms_are_not_to_be_missed(string id) => Assert.Contains(ProviderFixture.Catalog.All, provider => provider.Id == id);

    [Fact]
    public void Altcraft_asks_for_what_its_page_asks_for()
    {
        SendingProvider altcraft = ProviderFixture.Shipped("altcraft");
        IReadOnlyList<SendingProviderExpandedRecord> records = SendingProviderExpansion.ExpandAll(
            altcraft,
            ProviderFixture.Values("example.com", ("publicKey", "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A"), ("policy", "reject"), ("aggregateReportUri", "mailto:report@example.com"), ("logoUri", "https://example.com/bimi/bimi.svg")),
            includeLegacy: true,
            includeOptional: false);
        Assert.Equal(
            new[]
            {
                "example.com TXT v=spf1 include:spf.akmta.net -all",
                "example.com TXT spf2.0/pra include:spf.akmta.net -all",
                "ak._domainkey.example.com TXT v=DKIM1; k=rsa; p=MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A",
                "_domainkey.example.com TXT o=-;",
                "_dmarc.example.com TXT v=DMARC1; p=reject; rua=mailto:report@example.com",
                "default._bimi.example.com TXT v=BIMI1; l=https://example.com/bimi/bimi.svg",
                "trk.example.com CNAME trk.aksend.net",
                "ac-bounces.example.com CNAME akmta.net",
            },
            records.Select(record => Line(record)));
    }

    [Fact]
    public void The_sample_key_of_the_page_is_refused()
    {
        SendingProvider altcraft = ProviderFixture.Shipped("altcraft");
        string sample = altcraft.FindParameter("publicKey")!.Samples.Single();
        SendingProviderValueException error = Assert.Throws<SendingProviderValueException>(
            () => SendingProviderExpansion.CheckValues(altcraft, ProviderFixture.Values("example.com", ("publicKey", sample))));
        Assert.Contains("the sample that the provider's documentation prints", error.Message, StringComparison.Ordinal);
        Assert.Contains("team@altcraft.com", error.Message, StringComparison.Ordinal);
    }

    // Filled in with its examples, every shipped record becomes a record object.
    [Theory]
    [MemberData(nameof(Ids))]
    public void Every_shipped_record_becomes_a_record_object(string id)
    {
        SendingProvider provider = ProviderFixture.Shipped(id);
        var values = ProviderFixture.Values("news.example.com", provider.Parameters.Select(parameter => (parameter.Name, parameter.Example)).ToArray());
        foreach (SendingProviderExpandedRecord expanded in SendingProviderExpansion.ExpandAll(provider, values, includeLegacy: true, includeOptional: true))
        {
            ResourceRecord record = expanded.ToRecord(MailDns.Dns.DomainName.Parse("example.com"), TimeSpan.FromHours(1));
            Assert.Equal(expanded.Template.Role, record.Purpose);
            Assert.Equal(expanded.Template.RecordType, record.RecordType);
            Assert.DoesNotMatch(new Regex("(?<!%)[{]|(?<!%[{].)[}]", RegexOptions.None, TimeSpan.FromSeconds(1)), record + record.Fqdn);
        }
    }

    private static string Line(SendingProviderExpandedRecord expanded)
    {
        ResourceRecord record = expanded.ToRecord(MailDns.Dns.DomainName.Parse("example.com"), TimeSpan.FromHours(1));
        return record.Fqdn + " " + record.RecordType + " " + record;
    }

    private static string Errors(string text)
    {
        using JsonDocument document = JsonDocument.Parse(text);
        EvaluationResults results = s_schema.Evaluate(document.RootElement, new EvaluationOptions { OutputFormat = OutputFormat.List });
        return results.IsValid
            ? string.Empty
            : "invalid: " + string.Join("; ", (results.Details ?? new List<EvaluationResults>()).Where(detail => detail.Errors is not null).SelectMany(detail => detail.Errors!.Select(error => detail.InstanceLocation + " " + error.Value)));
    }
}
