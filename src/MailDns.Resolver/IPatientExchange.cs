using System.Net;
using MailDns.Dns;

namespace MailDns.Resolver;

/// <summary>An exchange that says by itself when an answer has been waited for long enough to send the question again.</summary>
internal interface IPatientExchange : IDnsExchange
{
    /// <summary>As <see cref="IDnsExchange.AskAsync"/>, with a sign when patience is over.</summary>
    IFirstTry Start(IPEndPoint server, DnsQuestion question, ExchangeMode mode, TimeSpan timeout, TimeSpan patience, CancellationToken cancellationToken);
}

/// <summary>Sends one query to one server and reads one answer.</summary>
internal interface IDnsExchange
{
    /// <summary>The servers the system asks; empty when it names none.</summary>
    IReadOnlyList<IPEndPoint> FindSystemServers();

    /// <summary>
    /// One message each way. A truncated answer is <see cref="DnsResponseStatus.TruncatedNoTcp"/>; every other failure
    /// has its own status. Throws only <see cref="OperationCanceledException"/>, and only for the caller's token.
    /// </summary>
    Task<DnsResponse> AskAsync(IPEndPoint server, DnsQuestion question, ExchangeMode mode, TimeSpan timeout, CancellationToken cancellationToken);
}

/// <summary>The first message for a question.</summary>
internal interface IFirstTry
{
    /// <summary>The answer, a failure too; null when patience is over before.</summary>
    Task<DnsResponse?> Sign { get; }

    /// <summary>The answer, however late, or the timeout. Asked for when <see cref="Sign"/> has ended.</summary>
    Task<DnsResponse> Answer { get; }
}

/// <summary>How one message is sent.</summary>
[Flags]
internal enum ExchangeMode
{
    /// <summary>UDP with an OPT record (RFC 6891).</summary>
    None = 0,

    /// <summary>TCP (RFC 7766).</summary>
    Tcp = 1,

    /// <summary>Without an OPT record, for servers older than EDNS (RFC 6891 section 7).</summary>
    NoEdns = 2,

    /// <summary>Recursion is not desired: the server answers from its own zones (RFC 1035 section 4.1.1).</summary>
    NoRecursion = 4,

    /// <summary>With signatures, and without the server checking them: DO (RFC 3225) and CD (RFC 4035 section 3.2.2).</summary>
    Signatures = 8,
}

/// <summary>Queries as a mode has them.</summary>
internal static class ExchangeQuery
{
    public static void Write(this ExchangeMode mode, WireWriter writer, ushort id, byte[] name, DnsRecordType type) => DnsMessage.WriteQuery(
        writer,
        id,
        name,
        type,
        (ushort)(((mode & ExchangeMode.Signatures) == ExchangeMode.None ? DnsMessage.AuthenticData : DnsMessage.CheckingDisabled) | ((mode & ExchangeMode.NoRecursion) == ExchangeMode.None ? DnsMessage.RecursionDesired : 0)),
        hasEdns: (mode & ExchangeMode.NoEdns) == ExchangeMode.None,
        wantsSignatures: (mode & ExchangeMode.Signatures) != ExchangeMode.None);
}

/// <summary>A first try of an exchange that has no patience of its own.</summary>
internal sealed class WatchedTry : IFirstTry
{
    /// <summary>Watches a try.</summary>
    /// <param name="answer">The try.</param>
    /// <param name="patience">Ends when the question is to be sent again; null where it never is.</param>
    public WatchedTry(Task<DnsResponse> answer, Task? patience)
    {
        Answer = answer;
        if (patience is null || answer.IsCompleted)
            Sign = answer!;
        else
            Sign = WatchAsync(answer, patience);
    }

    public Task<DnsResponse?> Sign { get; }

    public Task<DnsResponse> Answer { get; }

    private static async Task<DnsResponse?> WatchAsync(Task<DnsResponse> answer, Task patience)
    {
        await Task.WhenAny(answer, patience).ConfigureAwait(false);
        return answer.IsCompleted ? await answer.ConfigureAwait(false) : null;
    }
}
