using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using MailDns.Dns;
using MailDns.Text;

namespace MailDns.Resolver;

/// <summary>
/// Asks one question with checking disabled (CD, RFC 4035 section 3.2.2) and reads the header of the answer alone: whether the
/// resolver has an answer that it keeps back because DNSSEC validation fails. DnsClient cannot set the bit.
/// </summary>
internal static class UncheckedQuery
{
    private const int HeaderLength = 12;
    private const int MaxStrays = 16;

    // RD and CD.
    private const ushort QueryFlags = 0x0110;

    // An OPT record for 1232 octets, which pass everywhere (RFC 6891, RFC 9715 section 3.2).
    private static readonly byte[] s_edns = { 0, 0, 41, 0x04, 0xD0, 0, 0, 0, 0, 0, 0 };

    /// <summary>True where the server answers NOERROR or NXDOMAIN; false where it answers anything else, cuts the answer short, or gives none in time.</summary>
    public static async Task<bool> IsAnsweredAsync(IPEndPoint server, DnsQuestion question, TimeSpan timeout, CancellationToken cancellationToken)
    {
        byte[] query = Write(question);
        using var client = new UdpClient(server.AddressFamily);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeout);
        using CancellationTokenRegistration stop = limit.Token.Register(client.Dispose);
        try
        {
            // A connected socket takes datagrams of that server only.
            client.Connect(server);
            await client.SendAsync(query, query.Length).ConfigureAwait(false);
            for (int i = 0; i < MaxStrays; i++)
            {
#pragma warning disable CA2016 // .NET Framework has no such overload; the registration above ends the wait in both
                UdpReceiveResult received = await client.ReceiveAsync().ConfigureAwait(false);
#pragma warning restore CA2016
                if (IsFor(query, received.Buffer))
                {
                    bool isTruncated = (received.Buffer[2] & 0x02) != 0;
                    return !isTruncated && ((received.Buffer[3] & 0xF) is 0 or 3);
                }
            }

            return false;
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return false;
        }
    }

    private static byte[] Write(DnsQuestion question)
    {
        byte[] id = new byte[2];
        using (var random = RandomNumberGenerator.Create())
        {
            random.GetBytes(id);
        }

        var message = new List<byte> { id[0], id[1], QueryFlags >> 8, QueryFlags & 0xFF, 0, 1, 0, 0, 0, 0, 0, 1 };
        foreach (string label in question.Name.Labels)
        {
            message.Add((byte)label.Length);
            message.AddRange(CharacterStrings.GetOctets(label));
        }

        message.Add(0);
        message.Add((byte)((int)question.Type >> 8));
        message.Add((byte)question.Type);
        message.Add(0);
        message.Add(1);
        message.AddRange(s_edns);
        return message.ToArray();
    }

    // The ID, the response bit, and the question as it was asked, letters in any case (RFC 5452 section 9.1).
    private static bool IsFor(byte[] query, byte[] answer)
    {
        int end = query.Length - s_edns.Length;
        if (answer.Length < end || answer[0] != query[0] || answer[1] != query[1] || (answer[2] & 0x80) == 0)
        {
            return false;
        }

        for (int i = HeaderLength; i < end; i++)
        {
            if (Lower(query[i]) != Lower(answer[i]))
            {
                return false;
            }
        }

        return true;
    }

    private static int Lower(byte octet) => octet is >= (byte)'A' and <= (byte)'Z' ? octet | 0x20 : octet;
}
