using System;
using MailDns.Dmarc;
using MailDns.Dns;
using Xunit;

namespace MailDns.Core.Tests.Dmarc;

public class PublicSuffixListTests
{
    internal static readonly PublicSuffixList List = PublicSuffixList.Parse(
        "// ===BEGIN ICANN DOMAINS===\r\n\r\ncom\r\nuk\nco.uk\n*.ck\n!www.ck\n\u5546\u6807 \n*.kawasaki.jp\njp\n!city.kawasaki.jp\n// ===BEGIN PRIVATE DOMAINS===\nblogspot.com and text after white space\n");

    // The vectors of publicsuffix.org's test list, on the rules above.
    [Theory]
    [InlineData("example.com", "example.com")]
    [InlineData("a.b.example.com", "example.com")]
    [InlineData("com", "com")]
    [InlineData("x.example.co.uk", "example.co.uk")]
    [InlineData("co.uk", "co.uk")]
    [InlineData("a.b.blogspot.com", "b.blogspot.com")]
    [InlineData("blogspot.com", "blogspot.com")]
    [InlineData("b.test.ck", "b.test.ck")]
    [InlineData("a.b.test.ck", "b.test.ck")]
    [InlineData("test.ck", "test.ck")]
    [InlineData("www.ck", "www.ck")]
    [InlineData("www.www.ck", "www.ck")]
    [InlineData("a.city.kawasaki.jp", "city.kawasaki.jp")]
    [InlineData("b.c.kawasaki.jp", "b.c.kawasaki.jp")]
    [InlineData("a.example.unlisted", "example.unlisted")]
    [InlineData("x.\u98df\u72ee.\u5546\u6807", "xn--85x722f.xn--czr694b")]
    public void The_organizational_domain_is_one_label_below_the_suffix(string name, string expected)
    {
        Assert.True(DomainName.TryParseRelative(name, out DomainName? domain, out _));
        Assert.Equal(expected, List.OrganizationalDomainOf(domain!).Text);
    }

    [Theory]
    [InlineData("co.uk", true)]
    [InlineData("example.co.uk", false)]
    [InlineData("www.ck", false)]
    [InlineData("other.ck", true)]
    public void A_suffix_is_told_from_a_domain(string name, bool suffix) => Assert.Equal(suffix, List.IsPublicSuffix(DomainName.Parse(name)));

    [Theory]
    [InlineData("", "contains no rule")]
    [InlineData("// only a comment\n", "contains no rule")]
    [InlineData("com\n<html>\n", "Line 2 of the Public Suffix List is not a rule: \"<html>\"")]
    [InlineData("com\n*..x\n", "Line 2")]
    public void What_is_no_list_is_refused(string text, string message) =>
        Assert.Contains(message, Assert.Throws<RecordParseException>(() => PublicSuffixList.Parse(text)).Message, StringComparison.Ordinal);
}
