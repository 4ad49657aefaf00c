using System;
using System.Net;
using System.Net.Sockets;
using Xunit;

namespace MailDns.Resolver.Tests.Support;

/// <summary>A fact that is skipped, and says so, where there is no IPv6 loopback.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class IPv6FactAttribute : FactAttribute
{
    public IPv6FactAttribute()
    {
        if (!IsAvailable())
            Skip = "There is no IPv6 loopback address.";
    }

    private static bool IsAvailable()
    {
        try
        {
            using var socket = new Socket(AddressFamily.InterNetworkV6, SocketType.Dgram, ProtocolType.Udp);
            socket.Bind(new IPEndPoint(IPAddress.IPv6Loopback, 0));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
