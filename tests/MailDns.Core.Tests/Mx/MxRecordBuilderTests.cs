using System;
using MailDns.Dns;
using MailDns.Mx;
using Xunit;

namespace MailDns.Core.Tests.Mx;

public class MxRecordBuilderTests
{
    private static readonly DomainName s_domain = DomainName.Parse("contoso.com");

    [Fact]
    public void The_null_mx_is_the_root_with_preference_0()
    {
        MxRecord record = MxRecordBuilder.CreateNull(DomainName.Parse("news.contoso.com"), s_domain, TimeSpan.FromHours(1));
        Assert.Equal("news MX 0 .", record.Name + " " + record.RecordType + " " + record);
        Assert.Equal(RecordPurpose.Mx, record.Purpose);
    }

    [Theory]
    [InlineData("mx.contoso.com", "10 mx.contoso.com")]
    [InlineData("MX.Contoso.com.", "10 mx.contoso.com")]
    [InlineData("m\u00fcnchen.example", "10 xn--mnchen-3ya.example")]
    public void An_exchanger_is_a_host_name(string exchange, string expected) =>
        Assert.Equal(expected, MxRecordBuilder.Create(s_domain, s_domain, 10, exchange, TimeSpan.FromHours(1)).ToString());

    [Theory]
    [InlineData(".")]
    [InlineData("")]
    [InlineData("mx")]
    [InlineData("192.0.2.25")]
    [InlineData("[192.0.2.25]")]
    [InlineData("2001:db8::25")]
    [InlineData("my_host.contoso.com")]
    [InlineData("mx..contoso.com")]
    public void What_its_own_checks_would_call_an_error_is_refused(string exchange) =>
        Assert.Throws<DomainNameException>(() => MxRecordBuilder.Create(s_domain, s_domain, 10, exchange, TimeSpan.FromHours(1)));
}
