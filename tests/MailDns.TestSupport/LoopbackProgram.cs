using System;
using System.Buffers.Binary;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Threading;

namespace MailDns.TestSupport;

/// <summary>What every name server that a test starts needs: a port of its own, and a look whether it answers yet.</summary>
internal static class LoopbackProgram
{
    /// <summary>A port of 127.0.0.1 that is free for UDP and TCP.</summary>
    public static int FreePort()
    {
        for (int attempt = 0; ; attempt++)
        {
            using var tcp = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            using var udp = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            tcp.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            try
            {
                udp.Bind(tcp.LocalEndPoint!);
                return ((IPEndPoint)tcp.LocalEndPoint!).Port;
            }
            catch (SocketException) when (attempt < 50)
            {
                // That number is taken for UDP: draw another.
            }
        }
    }

    /// <summary>Asks for the SOA record of a zone until the server answers; false where it ends or does not answer within 20 seconds.</summary>
    /// <param name="server">The program.</param>
    /// <param name="endPoint">Where it is to answer.</param>
    /// <param name="zone">The zone; "." for the root.</param>
    /// <param name="recursionDesired">True for a resolver.</param>
    /// <param name="hasRecord">True where only an answer with a record will do.</param>
    public static bool WaitUntilAnswering(Process server, IPEndPoint endPoint, string zone, bool recursionDesired = false, bool hasRecord = true)
    {
        byte[] query = [0x12, 0x34, (byte)(recursionDesired ? 1 : 0), 0, 0, 1, 0, 0, 0, 0, 0, 0, .. WireName.Parse(zone), 0, 6, 0, 1];
        byte[] answer = new byte[4096];
        long started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(20) && !server.HasExited)
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ReceiveTimeout = 500 };
            try
            {
                socket.Connect(endPoint);
                socket.Send(query);
                int length = socket.Receive(answer);
                if (length > 12 && BinaryPrimitives.ReadUInt16BigEndian(answer) is 0x1234 && (!hasRecord || ((answer[3] & 0xF) is 0 && answer[7] > 0)))
                    return true;
            }
            catch (SocketException)
            {
                // Not listening yet.
            }

            Thread.Sleep(50);
        }

        return false;
    }
}
