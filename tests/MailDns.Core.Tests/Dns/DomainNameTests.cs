using MailDns.Dns;
using Xunit;

namespace MailDns.Core.Tests.Dns;

public class DomainNameTests
{
    [Theory]
    [InlineData("example.com", "example.com")]
    [InlineData("Example.COM.", "example.com")]
    [InlineData(" example.com ", "example.com")]
    [InlineData("_dmarc.example.com", "_dmarc.example.com")]
    [InlineData("bücher.example", "xn--bcher-kva.example")]
    [InlineData("BÜCHER.example", "xn--bcher-kva.example")]
    [InlineData("xn--bcher-kva.example", "xn--bcher-kva.example")]
    [InlineData("почта.рф", "xn--80a1acny.xn--p1ai")]
    public void Parse_reads_what_people_type(string text, string expected) => Assert.Equal(expected, DomainName.Parse(text).Text);

    [Theory]
    [InlineData("", "empty")]
    [InlineData("   ", "empty")]
    [InlineData(null, "empty")]
    [InlineData("localhost", "single label")]
    [InlineData("com.", "single label")]
    [InlineData("a..b", "empty label")]
    [InlineData(".example.com", "empty label")]
    [InlineData("exa mple.com", "not allowed")]
    [InlineData("-bad.example", "hyphen")]
    [InlineData("bad-.example", "hyphen")]
    [InlineData("http://example.com", "not allowed")]
    [InlineData("user@example.com", "not allowed")]
    [InlineData("exam\u001b[31mple.com", "not allowed")]
    [InlineData("a123456789012345678901234567890123456789012345678901234567890123.example", "63 octets")]
    [InlineData("xn--\u0fff.example", "IDNA")]
    [InlineData("\ud800.example", "IDNA")]
    public void Parse_says_what_is_wrong(string? text, string reason)
    {
        DomainNameException exception = Assert.Throws<DomainNameException>(() => DomainName.Parse(text));
        Assert.Contains(reason, exception.Message, System.StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', exception.Message);
    }

    [Fact]
    public void Parse_refuses_a_name_over_253_octets()
    {
        string name = string.Join(".", System.Linq.Enumerable.Repeat("abcdefghij", 24)) + ".example";
        Assert.False(DomainName.TryParse(name, out _, out string reason));
        Assert.Contains("253", reason, System.StringComparison.Ordinal);
        Assert.True(DomainName.TryParse(name.Substring(22), out _, out _));
    }

    [Theory]
    [InlineData("a.example.com", "example.com", true)]
    [InlineData("example.com", "example.com", true)]
    [InlineData("notexample.com", "example.com", false)]
    [InlineData("com", "example.com", false)]
    public void IsSameOrBelow_compares_whole_labels(string name, string ancestor, bool expected) =>
        Assert.Equal(expected, DomainName.FromDns(name).IsSameOrBelow(DomainName.FromDns(ancestor)));

    [Theory]
    [InlineData("_dmarc.example.com", "example.com", "_dmarc")]
    [InlineData("example.com", "example.com", "@")]
    [InlineData("a.b.example.com", "example.com", "a.b")]
    public void RelativeTo_gives_the_name_within_the_zone(string name, string zone, string expected) =>
        Assert.Equal(expected, DomainName.FromDns(name).RelativeTo(DomainName.FromDns(zone)));

    [Theory]
    [InlineData("%{weird}!.example.com", true)]
    [InlineData("", true)]
    [InlineData(".", true)]
    [InlineData("a..b", false)]
    [InlineData("..", false)]
    public void TryParseDns_takes_any_octets_and_checks_lengths(string text, bool expected) =>
        Assert.Equal(expected, DomainName.TryParseDns(text, out _));
}
