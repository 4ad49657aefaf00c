using System.Net;
using MailDns.Dns;
using Xunit;

namespace MailDns.Core.Tests.Dns;

public sealed class ServerEndpointTests
{
    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1", 53)]
    [InlineData(" 192.0.2.1 ", "192.0.2.1", 53)]
    [InlineData("192.0.2.1:5353", "192.0.2.1", 5353)]
    [InlineData("192.0.2.1:1", "192.0.2.1", 1)]
    [InlineData("192.0.2.1:65535", "192.0.2.1", 65535)]
    [InlineData("[2001:db8::1]:5353", "2001:db8::1", 5353)]
    [InlineData("[2001:db8::1]", "2001:db8::1", 53)]
    [InlineData("2001:db8::1", "2001:db8::1", 53)]
    [InlineData("::1", "::1", 53)]
    [InlineData("[::ffff:192.0.2.1]:53", "::ffff:192.0.2.1", 53)]
    public void An_address_with_or_without_a_port_is_read(string text, string address, int port)
    {
        Assert.True(ServerEndpoint.TryParse(text, out IPEndPoint? endpoint, out string reason), reason);
        Assert.Equal(new IPEndPoint(IPAddress.Parse(address), port), endpoint);
    }

    [Theory]
    [InlineData(null, "empty")]
    [InlineData("", "empty")]
    [InlineData("  ", "empty")]
    [InlineData("dns.example.com", "is not a valid IP address")]
    [InlineData("localhost:53", "is not a valid IP address")]
    [InlineData("1", "is not a valid IP address")]
    [InlineData("127.1", "is not a valid IP address")]
    [InlineData("0x7f.0.0.1", "is not a valid IP address")]
    [InlineData("010.0.0.1", "is not a valid IP address")]
    [InlineData("256.0.0.1", "is not a valid IP address")]
    [InlineData("192.0.2.1.", "is not a valid IP address")]
    [InlineData("192.0.2.1/24", "is not a valid IP address")]
    [InlineData("[192.0.2.1]:53", "is not a valid IP address")]
    [InlineData("[::1", "is not a valid IP address")]
    [InlineData("[::1]53", "is not a valid IP address")]
    [InlineData("::1]:53", "is not a valid IP address")]
    [InlineData("a[::1]", "is not a valid IP address")]
    [InlineData("192.0.2.1:", "not a valid port")]
    [InlineData("192.0.2.1:0", "not a valid port")]
    [InlineData("192.0.2.1:65536", "not a valid port")]
    [InlineData("192.0.2.1:+53", "not a valid port")]
    [InlineData("192.0.2.1: 53", "not a valid port")]
    [InlineData("[::1]:dns", "not a valid port")]
    public void Anything_else_is_refused_with_a_reason(string? text, string expected)
    {
        Assert.False(ServerEndpoint.TryParse(text, out IPEndPoint? endpoint, out string reason));
        Assert.Null(endpoint);
        Assert.Contains(expected, reason, System.StringComparison.Ordinal);
    }

    [Fact]
    public void A_control_character_is_escaped_in_the_reason()
    {
        Assert.False(ServerEndpoint.TryParse("1.2.3.\u001b[31m", out _, out string reason));
        Assert.DoesNotContain('\u001b', reason);
    }
}
