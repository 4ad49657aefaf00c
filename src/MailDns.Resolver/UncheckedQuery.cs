using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using MailDns.Dns;

namespace MailDns.Resolver;

/// <summary>
/// Asks with checking disabled (CD, RFC 4035 section 3.2.2): whether the resolver has an answer that it keeps back because DNSSEC validation fails, and
/// for records with their signatures. DnsClient cannot set the bit.
/// </summary>
internal static class UncheckedQuery
{
    private const int MaxStrays = 16;

    /// <summary>True where the server answers NOERROR or NXDOMAIN; false where it answers anything else, cuts the answer short, or gives none in time.</summary>
    public static async Task<bool> IsAnsweredAsync(IPEndPoint server, DnsQuestion question, TimeSpan timeout, CancellationToken cancellationToken)
    {
        if (DnsMessage.WriteName(question.Name) is not { } name) return false;

        byte[] query = Write(writer => DnsMessage.WriteQuery(writer, NewId(), name, question.Type, DnsMessage.RecursionDesired | DnsMessage.CheckingDisabled, hasEdns: true));
        byte[]? answer = await ExchangeAsync(server, question, name, query, overTcp: false, timeout, cancellationToken).ConfigureAwait(false);
        return answer is not null && new DnsMessage(answer, 0, answer.Length) is { IsTruncated: false, Code: 0 or 3 };
    }

    /// <summary>The answer to a question for records with their signatures.</summary>
    public static async Task<DnsResponse> AskAsync(IPEndPoint server, DnsQuestion question, ExchangeMode mode, TimeSpan timeout, CancellationToken cancellationToken)
    {
        if (DnsMessage.WriteName(question.Name) is not { } name)
            return DnsResponse.Failure(question, DnsResponseStatus.OtherError, "the name cannot be written into a query");

        byte[] query = Write(writer => mode.Write(writer, NewId(), name, question.Type));
        byte[]? answer = await ExchangeAsync(server, question, name, query, (mode & ExchangeMode.Tcp) != ExchangeMode.None, timeout, cancellationToken).ConfigureAwait(false);
        if (answer is null) return DnsResponse.Failure(question, DnsResponseStatus.Timeout);

        var message = new DnsMessage(answer, 0, answer.Length);
        return message.IsTruncated
            ? DnsResponse.Failure(question, DnsResponseStatus.TruncatedNoTcp)
            : message.Read(question) is { } read
                ? MessageJudge.Judge(MessageJudge.Show(server), question, read)
                : MessageJudge.Malformed(question, "the message ends early or a length is wrong");
    }

    // The message for the query; null where none comes in time.
    private static async Task<byte[]?> ExchangeAsync(IPEndPoint server, DnsQuestion question, byte[] name, byte[] query, bool overTcp, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeout);
        try
        {
            return overTcp
                ? await ExchangeTcpAsync(server, question, name, query, limit.Token).ConfigureAwait(false)
                : await ExchangeUdpAsync(server, question, name, query, limit.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is SocketException or IOException or ObjectDisposedException or InvalidOperationException or OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return null;
        }
    }

    private static async Task<byte[]?> ExchangeUdpAsync(IPEndPoint server, DnsQuestion question, byte[] name, byte[] query, CancellationToken limit)
    {
        using var client = new UdpClient(server.AddressFamily);
        using CancellationTokenRegistration stop = limit.Register(client.Dispose);

        // A connected socket takes datagrams of that server only.
        client.Connect(server);
        await client.SendAsync(query, query.Length).ConfigureAwait(false);
        for (int i = 0; i < MaxStrays; i++)
        {
#pragma warning disable CA2016 // .NET Framework has no such overload; the registration above ends the wait in both
            UdpReceiveResult received = await client.ReceiveAsync().ConfigureAwait(false);
#pragma warning restore CA2016
            if (IsFor(received.Buffer, question, name, query)) return received.Buffer;
        }

        return null;
    }

    private static async Task<byte[]?> ExchangeTcpAsync(IPEndPoint server, DnsQuestion question, byte[] name, byte[] query, CancellationToken limit)
    {
        using var client = new TcpClient(server.AddressFamily);
        using CancellationTokenRegistration stop = limit.Register(client.Dispose);
#pragma warning disable CA2016 // .NET Framework has no such overload; the registration above ends the wait in both
        await client.ConnectAsync(server.Address, server.Port).ConfigureAwait(false);
#pragma warning restore CA2016
        NetworkStream stream = client.GetStream();
        byte[] framed = new byte[query.Length + 2];
        framed[0] = (byte)(query.Length >> 8);
        framed[1] = (byte)query.Length;
        Buffer.BlockCopy(query, 0, framed, 2, query.Length);
        await stream.WriteAsync(framed, 0, framed.Length, limit).ConfigureAwait(false);
        byte[] prefix = new byte[2];
        if (!await FillAsync(stream, prefix, limit).ConfigureAwait(false)) return null;

        byte[] answer = new byte[(prefix[0] << 8) | prefix[1]];
        return await FillAsync(stream, answer, limit).ConfigureAwait(false) && IsFor(answer, question, name, query) ? answer : null;
    }

    private static async Task<bool> FillAsync(NetworkStream stream, byte[] octets, CancellationToken limit)
    {
        int read = 0;
        while (read < octets.Length)
        {
            int count = await stream.ReadAsync(octets, read, octets.Length - read, limit).ConfigureAwait(false);
            if (count == 0) return false;

            read += count;
        }

        return true;
    }

    private static bool IsFor(byte[] answer, DnsQuestion question, byte[] name, byte[] query)
    {
        var message = new DnsMessage(answer, 0, answer.Length);
        return message.HasHeader && message.Id == ((query[0] << 8) | query[1]) && message.IsFor(name, question.Type);
    }

    private static ushort NewId()
    {
        byte[] random = new byte[2];
        using var generator = RandomNumberGenerator.Create();
        generator.GetBytes(random);
        return (ushort)((random[0] << 8) | random[1]);
    }

    private static byte[] Write(Action<WireWriter> write)
    {
        var query = new WireWriter();
        write(query);
        return query.ToArray();
    }
}
