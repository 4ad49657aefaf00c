using System.Net;
using MailDns.Https;
using Xunit;

namespace MailDns.Core.Tests.Https;

public class PublicAddressTests
{
    [Theory]
    [InlineData("0.0.0.1", "1.0.0.0")]
    [InlineData("10.255.255.255", "11.0.0.0")]
    [InlineData("100.64.0.0", "100.63.255.255")]
    [InlineData("100.127.255.255", "100.128.0.0")]
    [InlineData("127.0.0.1", "128.0.0.1")]
    [InlineData("169.254.169.254", "169.253.255.255")]
    [InlineData("172.16.0.0", "172.15.255.255")]
    [InlineData("172.31.255.255", "172.32.0.0")]
    [InlineData("192.0.0.8", "192.0.1.1")]
    [InlineData("192.0.2.1", "192.0.3.1")]
    [InlineData("192.168.0.1", "192.169.0.1")]
    [InlineData("198.19.255.255", "198.20.0.0")]
    [InlineData("198.51.100.1", "198.51.101.1")]
    [InlineData("203.0.113.1", "203.0.114.1")]
    [InlineData("224.0.0.1", "223.255.255.255")]
    [InlineData("255.255.255.255", "8.8.8.8")]
    [InlineData("::", "2600::1")]
    [InlineData("::1", "2a00::1")]
    [InlineData("::ffff:8.8.8.8", "2606:4700::1")]
    [InlineData("64:ff9b::10.0.0.1", "64:ff9b::8.8.8.8")]
    [InlineData("64:ff9b:1::1", "2001:4860::1")]
    [InlineData("2001:db8::1", "2001:db7::1")]
    [InlineData("2001::1", "2001:200::1")]
    [InlineData("2002:a00:1::1", "2002:808:808::1")]
    [InlineData("3fff::1", "3fff:1000::1")]
    [InlineData("fc00::1", "2400::1")]
    [InlineData("fd12::1", "2800::1")]
    [InlineData("fe80::1", "2c00::1")]
    [InlineData("ff02::1", "2003::1")]
    [InlineData("5f00::1", "2620::1")]
    public void A_special_address_is_told_from_its_public_neighbour(string special, string neighbour)
    {
        Assert.False(PublicAddress.IsPublic(IPAddress.Parse(special)));
        Assert.True(PublicAddress.IsPublic(IPAddress.Parse(neighbour)));
    }
}
