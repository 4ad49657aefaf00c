using System.Collections.Generic;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using MailDns.Dns;
using MailDns.Resolver.Tests.Support;

namespace MailDns.Resolver.Tests.Spf;

/// <summary>
/// The adapter at a server on loopback. Questions that the server leaves unanswered are asked with a short timeout; all
/// others with one so long that a busy machine cannot turn an answer into a timeout.
/// </summary>
internal sealed class LoopbackClient(IPEndPoint server, IReadOnlySet<DnsQuestion> silent) : IDnsResolver
{
    private readonly IDnsResolver _patient = new Ask(ExchangeKind.Pooled).Resolver(seconds: 60, retries: 8, server);
    private readonly IDnsResolver _impatient = new Ask(ExchangeKind.Pooled).Resolver(seconds: 0.2, retries: 0, server);

    public Task<DnsResponse> QueryAsync(DnsQuestion question, CancellationToken cancellationToken) =>
        (silent.Contains(question) ? _impatient : _patient).QueryAsync(question, cancellationToken);
}
