using System.Buffers;
using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using MailDns.Dns;

namespace MailDns.Resolver.Pooled;

/// <summary>One TCP connection: two octets of length before each message (RFC 1035 section 4.2.2), so none is over 65,535 octets.</summary>
internal sealed class TcpConnection : IDisposable
{
    private const int PrefixLength = 2;

    /// <summary>Messages read for one query; a server that sends others without end is not listened to.</summary>
    private const int MaxMessages = 8;

    private readonly Socket _socket;

    private readonly string _server;

    private TcpConnection(Socket socket, IPEndPoint server)
    {
        _socket = socket;
        _server = MessageJudge.Show(server);
    }

    public static async Task<TcpConnection> OpenAsync(IPEndPoint server, CancellationToken cancellationToken)
    {
        var socket = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(server, cancellationToken).ConfigureAwait(false);
            return new TcpConnection(socket, server);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>One question; null where the server has closed the connection before it answered.</summary>
    public async Task<DnsResponse?> AskAsync(DnsQuestion question, byte[] name, ExchangeMode mode, ExchangeCounters counters, CancellationToken cancellationToken)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(PrefixLength + ushort.MaxValue);
        try
        {
            ushort id = (ushort)RandomNumberGenerator.GetInt32(ushort.MaxValue + 1);
            var query = new WireWriter();
            mode.Write(query, id, name, question.Type);
            BinaryPrimitives.WriteUInt16BigEndian(buffer, (ushort)query.Length);
            query.Buffer.AsSpan(0, query.Length).CopyTo(buffer.AsSpan(PrefixLength));
            await SendAsync(buffer.AsMemory(0, PrefixLength + query.Length), cancellationToken).ConfigureAwait(false);
            for (int i = 0; i < MaxMessages; i++)
            {
                int length = await ReadMessageAsync(buffer, cancellationToken).ConfigureAwait(false);
                if (length < 0) return null;
                if (Judge(new DnsMessage(buffer, 0, length), id, name, question) is { } answer) return answer;

                counters.AddWrongQuestion();
            }

            return MessageJudge.Malformed(question, "the answer is to another question");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public void Dispose() => _socket.Dispose();

    private DnsResponse? Judge(DnsMessage message, ushort expected, byte[] name, DnsQuestion question)
    {
        if (!message.HasHeader) return MessageJudge.Malformed(question, "the message ends early or a length is wrong");
        if (message.Id != expected || !message.IsFor(name, question.Type)) return null;
        if (message.IsTruncated) return DnsResponse.Failure(question, DnsResponseStatus.TruncatedNoTcp);

        return message.Read(question) is { } read
            ? MessageJudge.Judge(_server, question, read)
            : MessageJudge.Malformed(question, "the message ends early or a length is wrong");
    }

    private async Task SendAsync(ReadOnlyMemory<byte> octets, CancellationToken cancellationToken)
    {
        while (!octets.IsEmpty)
            octets = octets[await _socket.SendAsync(octets, SocketFlags.None, cancellationToken).ConfigureAwait(false)..];
    }

    /// <summary>The length of the next message, which is in the buffer then; -1 at the end of the stream.</summary>
    private async Task<int> ReadMessageAsync(byte[] buffer, CancellationToken cancellationToken)
    {
        if (!await ReadAsync(buffer.AsMemory(0, PrefixLength), cancellationToken).ConfigureAwait(false)) return -1;

        int length = BinaryPrimitives.ReadUInt16BigEndian(buffer);
        return await ReadAsync(buffer.AsMemory(0, length), cancellationToken).ConfigureAwait(false) ? length : -1;
    }

    private async Task<bool> ReadAsync(Memory<byte> octets, CancellationToken cancellationToken)
    {
        while (!octets.IsEmpty)
        {
            int read = await _socket.ReceiveAsync(octets, SocketFlags.None, cancellationToken).ConfigureAwait(false);
            if (read == 0) return false;

            octets = octets[read..];
        }

        return true;
    }
}
