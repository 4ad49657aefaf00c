namespace MailDns.Dns;

/// <summary>
/// Asks DNS, a zone file or a table one question. Failures are responses with a failure status, never exceptions;
/// the only exception is <see cref="System.OperationCanceledException"/> when the token is cancelled.
/// </summary>
internal interface IDnsResolver
{
    Task<DnsResponse> QueryAsync(DnsQuestion question, CancellationToken cancellationToken);
}
