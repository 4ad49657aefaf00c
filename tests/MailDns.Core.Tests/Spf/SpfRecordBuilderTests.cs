using System;
using MailDns.Dns;
using MailDns.SenderId;
using MailDns.Spf;
using Xunit;

namespace MailDns.Core.Tests.Spf;

public class SpfRecordBuilderTests
{
    private static readonly DomainName s_domain = DomainName.FromDns("example.com");

    [Fact]
    public void Terms_without_lookups_come_first_and_all_last()
    {
        var options = new SpfRecordOptions
        {
            Include = new[] { "_spf.example.net", "%{d}._spf.example.net", "_SPF.example.net." },
            IPv4 = new[] { "192.0.2.0/24", "192.0.2.7" },
            IPv6 = new[] { "2001:db8::/32" },
            A = new[] { "", "@/24", "www.example.com//64", "bücher.example" },
            Mx = new[] { "@", "example.net/28" },
            Exists = new[] { "%{ir}.allow.example.net" },
            All = SpfQualifier.SoftFail,
        };

        Assert.Equal(
            "v=spf1 ip4:192.0.2.0/24 ip4:192.0.2.7 ip6:2001:db8::/32 a a/24 a:www.example.com//64 a:xn--bcher-kva.example mx mx:example.net/28 "
            + "include:_spf.example.net include:%{d}._spf.example.net exists:%{ir}.allow.example.net ~all",
            SpfRecordBuilder.BuildText(s_domain, options));
    }

    [Theory]
    [InlineData(null, "v=spf1 -all")]
    [InlineData(SpfQualifier.Fail, "v=spf1 -all")]
    [InlineData(SpfQualifier.SoftFail, "v=spf1 ~all")]
    [InlineData(SpfQualifier.Neutral, "v=spf1 ?all")]
    [InlineData(SpfQualifier.Pass, "v=spf1 +all")]
    public void All_is_fail_unless_said_otherwise(SpfQualifier? all, string text) =>
        Assert.Equal(text, SpfRecordBuilder.BuildText(s_domain, new SpfRecordOptions { All = all }));

    [Fact]
    public void Redirect_stands_in_for_all()
    {
        Assert.Equal("v=spf1 mx redirect=_spf.example.net", SpfRecordBuilder.BuildText(s_domain, new SpfRecordOptions { Mx = new[] { "" }, Redirect = "_spf.example.net" }));
        ArgumentException both = Assert.Throws<ArgumentException>(() => SpfRecordBuilder.BuildText(s_domain, new SpfRecordOptions { Redirect = "_spf.example.net", All = SpfQualifier.Fail }));
        Assert.Contains("exclude each other", both.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_record_goes_to_the_domain_in_its_zone()
    {
        TxtRecord record = SpfRecordBuilder.Create(DomainName.FromDns("mail.example.com"), s_domain, new SpfRecordOptions(), TimeSpan.FromHours(1));

        Assert.Equal(("mail", "example.com", RecordPurpose.Spf, "v=spf1 -all"), (record.Name, record.ZoneName, record.Purpose, record.Value));
    }

    public static TheoryData<string, string, string> Wrong => new()
    {
        { "IPv4", "192.0.2.256", "\"192.0.2.256\"" },
        { "IPv4", "2001:db8::1", "use ip6:" },
        { "IPv4", "192.0.2.1/24", "the network is 192.0.2.0/24" },
        { "IPv4", "", "valid IPv4 address" },
        { "IPv6", "192.0.2.1", "use ip4:" },
        { "IPv6", "2001:db8::1/32", "the network is 2001:db8::/32" },
        { "Include", "", "is not a" },
        { "Include", "localhost", "single label" },
        { "Include", "exa mple.com", "is not a" },
        { "Include", "_spf.example.net/24", "is not a" },
        { "Include", "%{z}.example.net", "no macro letter" },
        { "A", "192.0.2.1", "use ip4:" },
        { "A", "www.example.com/33", "valid IPv4 prefix length" },
        { "Exists", "example.123", "not a top-level label" },
        { "Redirect", "-all", "is not a" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_wrong_value_is_named(string option, string value, string message)
    {
        var options = new SpfRecordOptions
        {
            IPv4 = option == "IPv4" ? new[] { value } : Array.Empty<string>(),
            IPv6 = option == "IPv6" ? new[] { value } : Array.Empty<string>(),
            Include = option == "Include" ? new[] { value } : Array.Empty<string>(),
            A = option == "A" ? new[] { value } : Array.Empty<string>(),
            Exists = option == "Exists" ? new[] { value } : Array.Empty<string>(),
            Redirect = option == "Redirect" ? value : null,
        };

        RecordParseException error = Assert.Throws<RecordParseException>(() => SpfRecordBuilder.BuildText(s_domain, options));

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_receivers_would_refuse_is_not_made()
    {
        var eleven = new string[11];
        for (int i = 0; i < eleven.Length; i++)
            eleven[i] = "s" + i + ".example.net";

        Assert.Contains("11 terms", Assert.Throws<ArgumentException>(() => SpfRecordBuilder.BuildText(s_domain, new SpfRecordOptions { Include = eleven })).Message, StringComparison.Ordinal);
        Assert.Contains("never ends", Assert.Throws<ArgumentException>(() => SpfRecordBuilder.BuildText(s_domain, new SpfRecordOptions { Include = new[] { "Example.COM" } })).Message, StringComparison.Ordinal);
        Assert.Contains("never ends", Assert.Throws<ArgumentException>(() => SpfRecordBuilder.BuildText(s_domain, new SpfRecordOptions { Redirect = "example.com." })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Sender_ID_has_scopes_and_the_same_terms()
    {
        var options = new SpfRecordOptions { Include = new[] { "spf.example.net" } };

        Assert.Equal("spf2.0/pra include:spf.example.net -all", SenderIdRecordBuilder.BuildText(s_domain, new[] { SenderIdScope.Pra }, options));
        Assert.Equal("spf2.0/mfrom,pra include:spf.example.net -all", SenderIdRecordBuilder.BuildText(s_domain, new[] { SenderIdScope.Mfrom, SenderIdScope.Pra, SenderIdScope.Pra }, options));
        Assert.Throws<ArgumentException>(() => SenderIdRecordBuilder.BuildText(s_domain, Array.Empty<SenderIdScope>(), options));
        Assert.Equal(RecordPurpose.SenderId, SenderIdRecordBuilder.Create(s_domain, s_domain, new[] { SenderIdScope.Pra }, options, TimeSpan.Zero).Purpose);
    }
}
