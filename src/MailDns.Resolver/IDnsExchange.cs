using System;
using System.Collections.Generic;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using MailDns.Dns;

namespace MailDns.Resolver;

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
