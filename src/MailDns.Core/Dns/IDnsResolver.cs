using System.Net;
using System.Net.Security;

namespace MailDns.Dns;

/// <summary>
/// Asks DNS, a zone file or a table one question. Failures are responses with a failure status, never exceptions;
/// the only exception is <see cref="System.OperationCanceledException"/> when the token is cancelled.
/// </summary>
internal interface IDnsResolver
{
    Task<DnsResponse> QueryAsync(DnsQuestion question, CancellationToken cancellationToken);
}

/// <summary>Short forms of the common questions.</summary>
internal static class DnsResolverExtensions
{
    public static Task<DnsResponse> QueryAsync(this IDnsResolver resolver, DomainName name, DnsRecordType type, CancellationToken cancellationToken) =>
        resolver.QueryAsync(new DnsQuestion(name, type), cancellationToken);

    public static Task<DnsResponse> QueryTxtAsync(this IDnsResolver resolver, DomainName name, CancellationToken cancellationToken) =>
        resolver.QueryAsync(new DnsQuestion(name, DnsRecordType.Txt), cancellationToken);

    /// <summary>The texts at a name far below another: where that does not exist, nothing does below it (RFC 8020 section 2), and its answer is enough for all such names.</summary>
    public static async Task<DnsResponse> QueryTxtBelowAsync(this IDnsResolver resolver, DomainName above, DomainName name, CancellationToken cancellationToken)
    {
        DnsResponse answer = await resolver.QueryTxtAsync(above, cancellationToken).ConfigureAwait(false);
        return answer.Status == DnsResponseStatus.NxDomain && !answer.IsAliased ? answer : await resolver.QueryTxtAsync(name, cancellationToken).ConfigureAwait(false);
    }
}

/// <summary>What the network adapter offers: a public class MailDns.Resolver.DnsClientResolverFactory with a parameterless constructor implements it.</summary>
internal interface IDnsResolverFactory
{
    IDnsResolver Create(DnsClientOptions options);
}

/// <summary>How a network resolver asks.</summary>
internal sealed class DnsClientOptions
{
    /// <summary>The servers to ask, in order; empty: the system's resolvers.</summary>
    public IReadOnlyList<IPEndPoint> Servers { get; init; } = Array.Empty<IPEndPoint>();

    /// <summary>A server over TLS or HTTPS that is asked in place of <see cref="Servers"/>; null for those.</summary>
    public ServerAddress? Secure { get; init; }

    /// <summary>Judges certificates in place of the system; null outside tests.</summary>
    public RemoteCertificateValidationCallback? Validate { get; init; }

    /// <summary>The whole time that one question may take, all tries together.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How often a question without an answer is sent again.</summary>
    public int Retries { get; init; } = 3;

    /// <summary>False for name servers that are asked for their own zones: they are not to ask others (RD, RFC 1035 section 4.1.1).</summary>
    public bool RecursionDesired { get; init; } = true;
}
