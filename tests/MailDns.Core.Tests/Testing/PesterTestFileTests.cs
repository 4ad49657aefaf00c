using MailDns.Diagnostics;
using MailDns.Dns;
using MailDns.Sending;
using MailDns.Testing;
using MailDns.Text;
using Xunit;

namespace MailDns.Core.Tests.Testing;

public sealed class PesterTestFileTests
{
    private static readonly DomainName Domain = DomainName.Parse("example.com");

    [Theory]
    [InlineData("plain", "'plain'")]
    [InlineData("it's", "'it''s'")]
    [InlineData("a\u2019b\u2018c", "'a\u2019\u2019b\u2018\u2018c'")]
    [InlineData("$(Get-Date) `n \"x\"", "'$(Get-Date) `n \"x\"'")]
    public void A_value_is_a_string_in_which_nothing_is_expanded(string value, string source) => Assert.Equal(source, PowerShellText.Quote(value));

    [Fact]
    public void There_is_a_test_for_each_check_that_can_be_judged()
    {
        string text = PesterTestFile.Write([new PesterTestOptions(Domain)]);
        foreach (CheckDefinition check in CheckCatalog.All)
        {
            bool expected = check.Severity != CheckSeverity.Information && check.Needs is not CheckNeeds.PrivateKey and not CheckNeeds.Https and not CheckNeeds.Message;
            Assert.Equal(expected, text.Contains("Confirm-SendingDomainCheck '" + check.Id + "'", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Names_are_the_same_whatever_is_asked()
    {
        string[] names = Names(new PesterTestOptions(Domain));
        Assert.Equal(names, Names(new PesterTestOptions(DomainName.Parse("example.net")) { Providers = ["Altcraft"], Selectors = ["a", "b"] }));
        Assert.Equal(names.Length, names.Distinct(StringComparer.Ordinal).Count());
        Assert.All(names, name => Assert.DoesNotContain("<", name, StringComparison.Ordinal));
    }

    [Fact]
    public void Only_the_asked_severities_and_HTTPS_where_asked()
    {
        Assert.DoesNotContain(PesterTestFile.Checks(new PesterTestOptions(Domain) { Severities = [CheckSeverity.Error] }), check => check.Severity != CheckSeverity.Error);
        Assert.Contains(PesterTestFile.Checks(new PesterTestOptions(Domain) { IncludeHttps = true }), check => check.Needs == CheckNeeds.Https);
    }

    [Fact]
    public void What_is_asked_stands_in_the_file_quoted()
    {
        string text = PesterTestFile.Write([new PesterTestOptions(Domain)
        {
            Providers = ["it's $(evil)"],
            Selectors = ["s1", "s'2"],
            ProviderValues = [new KeyValuePair<string, string>("region", "eu'; Remove-Item /")],
        }]);
        Assert.Contains("Provider             = 'it''s $(evil)'", text, StringComparison.Ordinal);
        Assert.Contains("Selector             = 's1', 's''2'", text, StringComparison.Ordinal);
        Assert.Contains("@{ 'region' = 'eu''; Remove-Item /' }", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Many_domains_are_data_and_asked_in_as_few_queries_as_their_options_allow()
    {
        PesterTestOptions[] domains = [.. Enumerable.Range(0, 300).Select(i => new PesterTestOptions(DomainName.Parse("d" + i + ".example")) { Providers = i % 2 == 0 ? ["it's"] : [] })];
        string text = PesterTestFile.Write(domains);
        Assert.Equal(2, text.Split("    @{\n").Length - 1);
        Assert.Equal(2, text.Split("\n        It '").Length - 1);
        Assert.Contains("Provider             = 'it''s'", text, StringComparison.Ordinal);
        Assert.All(domains, domain => Assert.Single(text.Split('\n'), line => line.Trim() == "'" + domain.Domain.Text + "'"));
    }

    private static string[] Names(PesterTestOptions options) =>
        [.. PesterTestFile.Write([options]).Split('\n').Where(line => line.TrimStart().StartsWith("It ", StringComparison.Ordinal)).Select(line => line.Split('\'')[1])];
}
