using System;
using System.Collections.Generic;
using System.Linq;
using MailDns.Dns;
using Xunit;

namespace MailDns.Core.Tests.Sending;

public class SendingProviderExpansionTests
{
    private static readonly SendingProvider s_sample = ProviderFixture.Read(ProviderFixture.Sample);

    [Fact]
    public void Required_records_are_made_and_others_left_out()
    {
        Assert.Equal(
            new[]
            {
                "example.com v=spf1 include:spf.example.net ~all",
                "s1._domainkey.example.com v=DKIM1; k=rsa; p=MIIBcw==",
                "bounce.example.com example-com.us.example.net",
            },
            Lines(ProviderFixture.Values("example.com", ("publicKey", "MIIBcw=="))));
    }

    [Fact]
    public void A_value_asks_for_the_records_that_hold_it()
    {
        string[] lines = Lines(ProviderFixture.Values("example.com", ("publicKey", "MIIB"), ("token", "x1"), ("region", "eu")));
        Assert.Contains("example.com sample-code=x1", lines);
        Assert.Contains("mail.example.com 10 mx.eu.example.net", lines);
        Assert.DoesNotContain(lines, line => line.StartsWith("send.", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.Contains("spf2.0", StringComparison.Ordinal));
    }

    [Fact]
    public void Legacy_records_come_on_request_only() =>
        Assert.Contains(
            "example.com spf2.0/pra include:spf.example.net -all",
            Lines(ProviderFixture.Values("example.com", ("publicKey", "MIIB")), includeLegacy: true));

    [Fact]
    public void Names_of_values_are_taken_in_any_case() =>
        Assert.Contains("s1._domainkey.example.com v=DKIM1; k=rsa; p=MIIB", Lines(ProviderFixture.Values("example.com", ("PublicKey", "MIIB"))));

    [Fact]
    public void A_selector_takes_the_place_of_the_profile_s()
    {
        var values = new SendingProviderValues(DomainName.Parse("example.com"), new[] { new KeyValuePair<string, string>("publicKey", "MIIB") }, new[] { "other" });
        Assert.Contains("other._domainkey.example.com v=DKIM1; k=rsa; p=MIIB", Lines(values));
    }

    [Theory]
    [InlineData("", "", "publicKey", "Profile sample needs a value for {publicKey}: The key. It looks like \"MIIB\".")]
    [InlineData("publicKey", "", "publicKey", "cannot be used: it is empty.")]
    [InlineData("publicKey", "a b", "publicKey", "\"a b\" does not look like it; a value looks like \"MIIB\".")]
    [InlineData("publicKey", "MIGf", "publicKey", "the sample that the provider's documentation prints")]
    [InlineData("publicKey", "{publicKey}", "publicKey", "still contains a placeholder in braces")]
    [InlineData("publicKey", "a\u001b[2J", "publicKey", "the character \"\\027\" is not allowed")]
    [InlineData("publickKey", "MIIB", "publickKey", "has no placeholder {publickKey}. Did you mean \"publicKey\"?")]
    public void A_missing_or_wrong_value_names_the_placeholder(string name, string value, string placeholder, string problem)
    {
        SendingProviderValues values = name.Length == 0 ? ProviderFixture.Values() : ProviderFixture.Values("example.com", (name, value));
        SendingProviderValueException error = Assert.Throws<SendingProviderValueException>(() => Lines(values));
        Assert.Equal(("sample", placeholder), (error.Provider, error.Placeholder));
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Selectors_are_as_many_as_the_profile_s_keys()
    {
        var values = new SendingProviderValues(DomainName.Parse("example.com"), new[] { new KeyValuePair<string, string>("publicKey", "MIIB") }, new[] { "a", "b" });
        SendingProviderValueException error = Assert.Throws<SendingProviderValueException>(() => Lines(values));
        Assert.Contains("1 DKIM record(s), and 2 selector(s)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_that_comes_out_wrong_is_refused() =>
        Assert.Throws<DomainNameException>(() => Lines(ProviderFixture.Values("example.com", ("publicKey", "MIIB"), ("server", "ns 1"))));

    [Fact]
    public void A_catalogue_finds_by_id_name_and_alias()
    {
        var catalog = new SendingProviderCatalog(new[] { s_sample });
        foreach (string name in new[] { "sample", "SAMPLE", "Sample Sender", "smp" })
            Assert.Same(s_sample, catalog.Get(name));

        Assert.Contains("Did you mean \"sample\"?", Assert.Throws<SendingProviderNotFoundException>(() => catalog.Get("sampel")).Message, StringComparison.Ordinal);
        Assert.Contains("Known: sample.", Assert.Throws<SendingProviderNotFoundException>(() => catalog.Get("quite else")).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => new SendingProviderCatalog(new[] { s_sample, ProviderFixture.Read(ProviderFixture.Sample) }));
    }

    [Theory]
    [InlineData("altcraft", false)]
    [InlineData("my.json", true)]
    [InlineData("MY.JSON", true)]
    [InlineData("./my", true)]
    [InlineData("C:\\profiles\\my", true)]
    public void A_separator_or_json_makes_a_path(string text, bool path) => Assert.Equal(path, SendingProviderCatalog.IsPath(text));

    private static string[] Lines(SendingProviderValues values, bool includeLegacy = false) =>
        SendingProviderExpansion.ExpandAll(s_sample, values, includeLegacy, includeOptional: false)
            .Select(record => record.Owner + " " + record.ToRecord(values.Domain, TimeSpan.FromHours(1)))
            .ToArray();
}
