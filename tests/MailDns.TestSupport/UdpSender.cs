using System;
using System.Net;
using System.Net.Sockets;

namespace MailDns.TestSupport;

internal static class UdpSender
{
    /// <summary>A client that is gone, or a server that is closing, is no error here.</summary>
    public static void Send(Socket socket, ReadOnlySpan<byte> datagram, SocketAddress remote)
    {
        try
        {
            socket.SendTo(datagram, SocketFlags.None, remote);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
        }
    }
}
