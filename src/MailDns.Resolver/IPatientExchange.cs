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
