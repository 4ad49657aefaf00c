using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using MailDns.Dns;

namespace MailDns.Resolver;

/// <summary>
/// Asks one question with checking disabled (CD, RFC 4035 section 3.2.2) and reads the header of the answer alone: whether the
/// resolver has an answer that it keeps back because DNSSEC validation fails. DnsClient cannot set the bit.
/// </summary>
internal static class UncheckedQuery
{
    private const int MaxStrays = 16;

    /// <summary>True where the server answers NOERROR or NXDOMAIN; false where it answers anything else, cuts the answer short, or gives none in time.</summary>
    public static async Task<bool> IsAnsweredAsync(IPEndPoint server, DnsQuestion question, TimeSpan timeout, CancellationToken cancellationToken)
    {
        if (DnsMessage.WriteName(question.Name) is not { } name)
        {
            return false;
        }

        byte[] query = Write(name, question.Type, out ushort id);
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
                var message = new DnsMessage(received.Buffer, 0, received.Buffer.Length);
                if (message.HasHeader && message.Id == id && message.IsFor(name, question.Type))
                {
                    return !message.IsTruncated && (message.Code is 0 or 3);
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

    private static byte[] Write(byte[] name, DnsRecordType type, out ushort id)
    {
        byte[] random = new byte[2];
        using (var generator = RandomNumberGenerator.Create())
        {
            generator.GetBytes(random);
        }

        id = (ushort)((random[0] << 8) | random[1]);
        var query = new WireWriter();
        DnsMessage.WriteQuery(query, id, name, type, DnsMessage.RecursionDesired | DnsMessage.CheckingDisabled, hasEdns: true);
        return query.ToArray();
    }
}
