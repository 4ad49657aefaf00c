using MailDns.Dns;
using Xunit;

namespace MailDns.Core.Tests.Dns;

/// <summary>What -Server takes: addresses, names, tls:// and https://.</summary>
public sealed class ServerAddressTests
{
    [Theory]
    [InlineData("10.0.0.53", "Plain 10.0.0.53 10.0.0.53:53 inside")]
    [InlineData("10.0.0.53:5353", "Plain 10.0.0.53:5353 10.0.0.53:5353 inside")]
    [InlineData("9.9.9.9", "Plain 9.9.9.9 9.9.9.9:53 outside")]
    [InlineData("2620:fe::fe", "Plain 2620:fe::fe [2620:fe::fe]:53 outside")]
    [InlineData("[2620:fe::fe]:54", "Plain [2620:fe::fe]:54 [2620:fe::fe]:54 outside")]
    [InlineData("dc1", "Plain dc1 - inside")]
    [InlineData("DC1.contoso.com:5353", "Plain DC1.contoso.com:5353 - inside")]
    [InlineData("localhost:53", "Plain localhost - inside")]
    [InlineData("tls://dns.example", "Tls tls://dns.example - outside")]
    [InlineData("tls://dns.example:8853/", "Tls tls://dns.example:8853 - outside")]
    [InlineData("TLS://9.9.9.9", "Tls tls://9.9.9.9 - outside")]
    [InlineData("tls://[2620:fe::fe]", "Tls tls://[2620:fe::fe] - outside")]
    [InlineData("tls://9.9.9.9:53", "Tls tls://9.9.9.9:53 - outside")]
    [InlineData("https://dns.example/dns-query", "Https https://dns.example/dns-query - outside")]
    [InlineData("https://dns.example/dns-query{?dns}", "Https https://dns.example/dns-query - outside")]
    [InlineData("https://dns.example", "Https https://dns.example/dns-query - outside")]
    [InlineData("https://dns.example:8443/a?b=c", "Https https://dns.example:8443/a?b=c - outside")]
    public void A_server_is_understood(string text, string expected)
    {
        Assert.True(ServerAddress.TryParse(text, out ServerAddress? server, out string reason), reason);
        Assert.Equal(expected, $"{server!.Transport} {server.Text} {(server.EndPoint is null ? "-" : server.EndPoint)} {(server.IsOutside ? "outside" : "inside")}");
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("http://dns.example/dns-query")]
    [InlineData("ftp://dns.example")]
    [InlineData("udp://9.9.9.9")]
    [InlineData("https://")]
    [InlineData("https://user:secret@dns.example/dns-query")]
    [InlineData("https://dns.example/dns-query#x")]
    [InlineData("https://dns.example/{name}")]
    [InlineData("tls://")]
    [InlineData("tls://dns.example:0")]
    [InlineData("tls://dns.example:65536")]
    [InlineData("tls://dns.example/path")]
    [InlineData("1.2.3")]
    [InlineData("010.0.0.1")]
    [InlineData("0x7f.1")]
    [InlineData("1.2.3.4.5")]
    [InlineData("dc 1")]
    [InlineData("dc1:dns")]
    [InlineData("-dc1")]
    [InlineData("a..b")]
    [InlineData("dc1\u001b[2J")]
    public void What_is_not_a_server_is_refused_with_a_reason(string? text)
    {
        Assert.False(ServerAddress.TryParse(text, out _, out string reason));
        Assert.NotEmpty(reason);
        Assert.DoesNotContain('\u001b', reason);
    }
}
