using System.Linq;
using MailDns.Spf;
using Xunit;

namespace MailDns.Core.Tests.Spf;

public class SpfParserTests
{
    [Fact]
    public void Terms_keep_order_place_and_spelling()
    {
        SpfRecord record = SpfParser.Parse("v=spf1  +A:Mail.Example.com/24//64 ~include:%{d}._spf.example.net -ALL exp=e.example.com ");

        Assert.Equal(4, record.Terms.Count);
        var a = Assert.IsType<SpfDirective>(record.Terms[0]);
        Assert.Equal(SpfMechanism.A, a.Mechanism);
        Assert.Equal(SpfQualifier.Pass, a.Qualifier);
        Assert.Equal(24, a.IPv4PrefixLength);
        Assert.Equal(64, a.IPv6PrefixLength);
        Assert.Equal("Mail.Example.com", a.DomainSpec!.Text);
        Assert.Equal(8, a.Offset);
        Assert.Equal("+A:Mail.Example.com/24//64", a.Text);
        Assert.Equal("a:mail.example.com/24//64", a.CanonicalText);
        var include = Assert.IsType<SpfDirective>(record.Terms[1]);
        Assert.True(include.DomainSpec!.HasMacros);
        Assert.Equal(SpfQualifier.SoftFail, include.Qualifier);
        Assert.Equal(SpfQualifier.Fail, record.All!.Qualifier);
        Assert.Equal("e.example.com", record.Explanation!.Value.Text);
        Assert.Null(record.Redirect);
        Assert.Equal("v=spf1  +A:Mail.Example.com/24//64 ~include:%{d}._spf.example.net -ALL exp=e.example.com ", record.ToString());
    }

    [Theory]
    [InlineData("v=spf1")]
    [InlineData("V=SPF1 ")]
    [InlineData("v=spf1 a/0 mx//0 a/24 mx/24//128 -all")]
    [InlineData("v=spf1 a:foo:bar/baz.example.com")]
    [InlineData("v=spf1 a:foo.example.xn--zckzah")]
    [InlineData("v=spf1 a:example.com.")]
    [InlineData("v=spf1 a:%{d}/24")]
    [InlineData("v=spf1 a:%{d/}/24//64")]
    [InlineData("v=spf1 exists:%{ir}.%{l1r+-}._spf.%{d2} -all")]
    [InlineData("v=spf1 a:macro%%percent%_%_space%-url.example.com")]
    [InlineData("v=spf1 ip6:::1.1.1.1/0 ip6:1:2:3:4:5:6:7:: ip6:::")]
    [InlineData("v=spf1 moo.cow-far_out=man:dog/cat x= mod=%{c}%{r}%{t}")]
    [InlineData("v=spf1 include=example.com")]
    [InlineData("v=spf1 all -all redirect=a.example.com")]
    [InlineData("v=spf1 a:1.1-1")]
    [InlineData("v=spf1 ptr ptr:example.com")]
    public void Right_records_parse(string text) => Assert.Equal(text, SpfParser.Parse(text).ToString());

    [Theory]
    [InlineData("v=spf10 -all", "", 6, 1, "version")]
    [InlineData(" v=spf1 -all", "white space before", 0, 1, "version")]
    [InlineData("spf1 -all", "does not begin with", 0, 4, "version")]
    [InlineData("", "does not begin with", 0, 0, "version")]
    [InlineData("v=spf1 all.", "\"all.\" is not a mechanism", 7, 4, "mechanism")]
    [InlineData("v=spf1 all:x", "all takes no argument", 10, 2, "5.1")]
    [InlineData("v=spf1 -all/8", "all takes no argument", 11, 2, "5.1")]
    [InlineData("v=spf1 ipv4:192.0.2.1", "\"ipv4\" is not a mechanism", 7, 4, "mechanism")]
    [InlineData("v=spf1 redirect:example.com", "\"redirect\" is not a mechanism", 7, 8, "mechanism")]
    [InlineData("v=spf1 -redirect=example.com", "takes no qualifier", 7, 1, "terms")]
    [InlineData("v=spf1 --all", "expected, found \"-\"", 8, 1, "terms")]
    [InlineData("v=spf1 +", "found nothing", 8, 0, "terms")]
    [InlineData("v=spf1 =all", "found \"=\"", 7, 1, "terms")]
    [InlineData("v=spf1 1up=foo", "found \"1\"", 7, 1, "terms")]
    [InlineData("v=spf1 mx;", "Unexpected \";\"", 9, 1, "terms")]
    [InlineData("v=spf1 ip4", "ip4 needs", 10, 0, "ip4-network")]
    [InlineData("v=spf1 ip4:1.2.3", "\"1.2.3\" is not a valid IPv4 address", 16, 0, "ip4-network")]
    [InlineData("v=spf1 ip4:1.2.3.4:80", "is not a valid IPv4 address", 18, 3, "ip4-network")]
    [InlineData("v=spf1 ip4:1.2.3.256", "is not a valid IPv4 address", 17, 3, "ip4-network")]
    [InlineData("v=spf1 ip4:01.2.3.4", "is not a valid IPv4 address", 11, 8, "ip4-network")]
    [InlineData("v=spf1 ip4:2001:db8::1", "use ip6:", 11, 11, "ip4-network")]
    [InlineData("v=spf1 ip6:192.0.2.1", "use ip4:", 11, 9, "ip6-network")]
    [InlineData("v=spf1 ip6::CAFE::BABE", "is not a valid IPv6 address", 11, 11, "ip6-network")]
    [InlineData("v=spf1 ip6:1::2::3", "is not a valid IPv6 address", 15, 3, "ip6-network")]
    [InlineData("v=spf1 ip6:12345::", "is not a valid IPv6 address", 15, 3, "ip6-network")]
    [InlineData("v=spf1 ip6:fe80::1%eth0", "is not a valid IPv6 address", 18, 5, "ip6-network")]
    [InlineData("v=spf1 ip6:1:2:3:4:5:6:7:8::", "is not a valid IPv6 address", 28, 0, "ip6-network")]
    [InlineData("v=spf1 ip4:1.2.3.4/33", "\"33\" is not a valid IPv4 prefix length", 19, 2, "cidr")]
    [InlineData("v=spf1 ip4:1.2.3.4/032", "\"032\" is not a valid IPv4 prefix length", 19, 3, "cidr")]
    [InlineData("v=spf1 ip4:1.2.3.4/", "is not a valid IPv4 prefix length", 19, 0, "cidr")]
    [InlineData("v=spf1 ip6:::1.1.1.1//33", "\"/33\" is not a valid IPv6 prefix length", 21, 3, "cidr")]
    [InlineData("v=spf1 a//129", "\"129\" is not a valid IPv6 prefix length", 10, 3, "cidr")]
    [InlineData("v=spf1 a/24/64", "\"64\" is not a valid IPv4 prefix length", 12, 2, "cidr")]
    [InlineData("v=spf1 a/24/32", "\"/24\" is not a prefix length", 8, 3, "cidr")]
    [InlineData("v=spf1 a/x", "\"/x\" is not a prefix length", 8, 2, "cidr")]
    [InlineData("v=spf1 a:", "A domain is missing", 9, 0, "domain-spec")]
    [InlineData("v=spf1 include", "include needs", 14, 0, "domain-spec")]
    [InlineData("v=spf1 exists/24", "exists takes no prefix", 13, 3, "cidr")]
    [InlineData("v=spf1 ptr/0", "ptr takes no prefix", 10, 2, "cidr")]
    [InlineData("v=spf1 include:example.com/24", "is followed by a path or prefix length", 26, 3, "toplabel")]
    [InlineData("v=spf1 a:museum", "not a domain with a dot", 9, 6, "domain-spec")]
    [InlineData("v=spf1 a:museum.", "not a domain with a dot", 9, 7, "domain-spec")]
    [InlineData("v=spf1 a:%{d}.", "not a domain with a dot", 13, 1, "domain-spec")]
    [InlineData("v=spf1 a:abc.123", "\"123\" is not a top-level label", 13, 3, "toplabel")]
    [InlineData("v=spf1 a:192.0.2.1", "use ip4:", 17, 1, "toplabel")]
    [InlineData("v=spf1 a:example.-com", "\"-com\" is not a top-level label", 17, 4, "toplabel")]
    [InlineData("v=spf1 a:example.com:8080", "\"com:8080\" is not a top-level label", 17, 8, "toplabel")]
    [InlineData("v=spf1 a:exämple.com", "is not allowed", 11, 1, "macro-literal")]
    [InlineData("v=spf1 a:b\t.com", "is not allowed", 10, 1, "macro-literal")]
    [InlineData("v=spf1 exp=-all", "not a domain with a dot", 11, 4, "domain-spec")]
    [InlineData("v=spf1 redirect=", "A domain is missing", 16, 0, "domain-spec")]
    [InlineData("v=spf1 foo=%abc", "a percent sign itself is written %%", 11, 2, "macro-expand")]
    [InlineData("v=spf1 a:%", "is not a macro", 9, 1, "macro-expand")]
    [InlineData("v=spf1 a:%{a}.example.com", "no macro letter", 9, 3, "macro-expand")]
    [InlineData("v=spf1 a:%{c}.example.com", "for explanation texts only", 9, 3, "macro-expand")]
    [InlineData("v=spf1 a:%{d0}.example.com", "at least 1", 9, 4, "macro-expand")]
    [InlineData("v=spf1 a:%{d1x}.example.com", "is not closed", 9, 5, "macro-expand")]
    [InlineData("v=spf1 a:%{d", "is not closed", 9, 3, "macro-expand")]
    [InlineData("v=spf1 redirect=a.example redirect=b.example", "a second time", 26, 18, "section 6")]
    [InlineData("v=spf1 exp=a.example -all EXP=a.example", "a second time", 26, 13, "section 6")]
    public void Wrong_records_say_where(string text, string message, int offset, int length, string rule)
    {
        Assert.False(SpfParser.TryParse(text, out SpfRecord? record, out RecordParseException? error));
        Assert.Null(record);
        Assert.Contains(message, error!.Message, System.StringComparison.Ordinal);
        Assert.Contains(rule, error.Rule, System.StringComparison.Ordinal);
        Assert.Equal((offset, length), (error.Offset, error.Length));
        Assert.Equal(error.Message, Assert.Throws<RecordParseException>(() => SpfParser.Parse(text)).Message);
    }

    [Fact]
    public void Lenient_reading_gives_every_fault_and_the_terms_that_are_right()
    {
        SpfReading reading = SpfParser.Read("v=spf1 ipv4:192.0.2.1 mx a:%{z}.example.com ip4:1.2.3 -all");

        Assert.Equal(new[] { "mx", "-all" }, reading.Record.Terms.Select(term => term.Text));
        Assert.Equal(
            new[] { SpfChecks.UnknownMechanism, SpfChecks.MacroSyntax, SpfChecks.AddressSyntax },
            reading.Faults.Select(fault => fault.Check));
        Assert.Equal("ipv4:192.0.2.1", reading.Faults[0].Part);
        Assert.False(reading.IsValid);
    }

    [Fact]
    public void A_wrong_version_does_not_hide_the_terms()
    {
        SpfReading reading = SpfParser.Read("v=spf1; mx -all");

        Assert.Equal(SpfChecks.Version, Assert.Single(reading.Faults).Check);
        Assert.Equal(new[] { "mx", "-all" }, reading.Record.Terms.Select(term => term.Text));
    }

    [Theory]
    [InlineData("v=spf1 +a/32 -all", "V=SPF1  A   -ALL ")]
    [InlineData("v=spf1 ip6:2001:DB8:0::/32", "v=spf1 ip6:2001:db8::/32")]
    [InlineData("v=spf1 ip6:::192.0.2.1", "v=spf1 ip6:0:0:0:0:0:0:c000:201/128")]
    [InlineData("v=spf1 include:Example.com.", "v=spf1 include:example.com")]
    [InlineData("v=spf1 a:%{d}.Example.com", "v=spf1 a:%{d}.example.com")]
    public void Records_that_say_the_same_are_equal(string one, string other)
    {
        Assert.Equal(SpfParser.Parse(one), SpfParser.Parse(other));
        Assert.Equal(SpfParser.Parse(one).GetHashCode(), SpfParser.Parse(other).GetHashCode());
    }

    [Theory]
    [InlineData("v=spf1 a", "v=spf1 -a")]
    [InlineData("v=spf1 a", "v=spf1 a/31")]
    [InlineData("v=spf1 a/24", "v=spf1 a//24")]
    [InlineData("v=spf1 a mx", "v=spf1 mx a")]
    [InlineData("v=spf1 a:%{d}.example.com", "v=spf1 a:%{D}.example.com")]
    [InlineData("v=spf1 x=Y", "v=spf1 x=y")]
    [InlineData("v=spf1 ip4:192.0.2.1", "v=spf1 ip4:192.0.2.2")]
    public void Records_that_differ_are_not_equal(string one, string other) =>
        Assert.NotEqual(SpfParser.Parse(one), SpfParser.Parse(other));

    [Theory]
    [InlineData("::", "::")]
    [InlineData("1::", "1::")]
    [InlineData("::1", "::1")]
    [InlineData("1:0:0:2:0:0:0:3", "1:0:0:2::3")]
    [InlineData("1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8")]
    [InlineData("1:2:3::7:8", "1:2:3::7:8")]
    [InlineData("1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0")]
    [InlineData("::2:3:4:5:6:7:8", "0:2:3:4:5:6:7:8")]
    [InlineData("1:2:3:4:5::8", "1:2:3:4:5::8")]
    [InlineData("::ffff:192.0.2.1", "::ffff:c000:201")]
    [InlineData("64:ff9b::192.0.2.33", "64:ff9b::c000:221")]
    public void IPv6_addresses_read_as_RFC_4291_says(string text, string canonical)
    {
        var term = (SpfDirective)SpfParser.ParseTerm("ip6:" + text);

        Assert.Equal(canonical, term.NetworkBits.ToString());
        Assert.Equal(System.Net.IPAddress.Parse(text), term.Network);
        Assert.Equal(AddressBits.From(term.Network!, unmap: false), term.NetworkBits);
    }
}
