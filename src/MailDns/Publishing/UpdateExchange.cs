using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace MailDns.Publishing;

/// <summary>Sends one message over TCP and reads one answer (RFC 1035 section 4.2.2, RFC 2136 section 2.1).</summary>
internal sealed class UpdateExchange(IPEndPoint server, TimeSpan timeout) : IMessageExchange
{
    public string Server => server.ToString();

    /// <summary>A number for a message that nobody can guess.</summary>
    public static ushort NewId()
    {
        var octets = new byte[2];
        using var random = RandomNumberGenerator.Create();
        random.GetBytes(octets);
        return (ushort)((octets[0] << 8) | octets[1]);
    }

    public async Task<byte[]> SendAsync(byte[] message, CancellationToken cancellationToken)
    {
        using var client = new TcpClient(server.AddressFamily);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeout);

        // Closing the socket is what ends a wait on it on every edition.
        using CancellationTokenRegistration close = limit.Token.Register(client.Dispose);
        try
        {
            await client.ConnectAsync(server.Address, server.Port).ConfigureAwait(false);
            NetworkStream stream = client.GetStream();
            byte[] framed = TcpFrame.Wrap(message);
            await stream.WriteAsync(framed, 0, framed.Length, limit.Token).ConfigureAwait(false);
            byte[] header = await ReadAsync(stream, TcpFrame.HeaderLength, limit.Token).ConfigureAwait(false);
            return await ReadAsync(stream, TcpFrame.LengthOf(header), limit.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (limit.IsCancellationRequested)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new TimeoutException("no answer within " + timeout.TotalSeconds + " s.", exception);
        }
        catch (SocketException exception)
        {
            throw new IOException(exception.Message, exception);
        }
    }

    private static async Task<byte[]> ReadAsync(NetworkStream stream, int count, CancellationToken cancellationToken)
    {
        var octets = new byte[count];
        for (int read = 0; read < count;)
        {
            int more = await stream.ReadAsync(octets, read, count - read, cancellationToken).ConfigureAwait(false);
            read += more > 0 ? more : throw new IOException("the server closed the connection.");
        }

        return octets;
    }
}
