using System.Diagnostics;
using MailDns.Dns;

namespace MailDns.Resolver.Secure;

/// <summary>Carries one message to a server over an encrypted connection, and the answer back.</summary>
internal interface ISecureChannel : IDisposable
{
    /// <summary>The octets of the answer, which may be to another question.</summary>
    /// <exception cref="SecureChannelException">There is no answer.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    Task<byte[]> ExchangeAsync(byte[] query, CancellationToken cancellationToken);
}

/// <summary>Why there is no answer over an encrypted connection.</summary>
internal sealed class SecureChannelException(DnsResponseStatus status, string detail, bool isFinal = false) : Exception(detail)
{
    public DnsResponseStatus Status { get; } = status;

    /// <summary>True where asking again gives the same: a certificate that is not valid, an answer that is not DNS.</summary>
    public bool IsFinal { get; } = isFinal;
}

/// <summary>
/// Asks one server over TLS or HTTPS. A connection that was lost is opened again and the question asked again, within the timeout and the
/// number of retries. Truncation is a fault here: these transports have no limit that would need it.
/// </summary>
internal sealed class SecureResolver(ServerAddress server, ISecureChannel channel, TimeSpan timeout, int retries, bool recursionDesired) : IDnsResolver, IDisposable
{
    private readonly ServerSilence _silence = new();
    private readonly ushort _flags = (ushort)(DnsMessage.AuthenticData | (recursionDesired ? DnsMessage.RecursionDesired : 0));

    /// <summary>Closes the connections.</summary>
    public void Dispose() => channel.Dispose();

    public async Task<DnsResponse> QueryAsync(DnsQuestion question, CancellationToken cancellationToken)
    {
        if (DnsMessage.WriteName(question.Name) is not { } name)
            return DnsResponse.Failure(question, DnsResponseStatus.OtherError, "the name cannot be written into a query");

        return _silence.IsSilent
            ? await _silence.AskAsync(question, token => AskAsync(question, name, token), cancellationToken).ConfigureAwait(false)
            : await AskAsync(question, name, cancellationToken).ConfigureAwait(false);
    }

    private async Task<DnsResponse> AskAsync(DnsQuestion question, byte[] name, CancellationToken cancellationToken)
    {
        long started = Stopwatch.GetTimestamp();
        DnsResponse response = await AskAndExplainAsync(question, name, cancellationToken).ConfigureAwait(false);
        _silence.Note(response, started);
        return response;
    }

    private async Task<DnsResponse> AskAndExplainAsync(DnsQuestion question, byte[] name, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeout);
        var clock = Stopwatch.StartNew();
        ushort flags = question.WithSignatures ? (ushort)((_flags & ~DnsMessage.AuthenticData) | DnsMessage.CheckingDisabled) : _flags;
        DnsResponse response = await AskAsync(question, name, flags, limit.Token, cancellationToken).ConfigureAwait(false);
        if (response.Status != DnsResponseStatus.ServerFailure || question.WithSignatures || (_flags & DnsMessage.RecursionDesired) == 0 || clock.Elapsed >= timeout)
            return response;

        // A validating resolver says SERVFAIL for data that fails validation, and gives it to those that disable checking (RFC 4035 section 5.5).
        DnsResponse unchecked_ = await AskAsync(question, name, (ushort)(_flags | DnsMessage.CheckingDisabled), limit.Token, cancellationToken).ConfigureAwait(false);
        return unchecked_.IsFailure ? response : DnsResponse.Failure(question, DnsResponseStatus.Bogus).AnsweredBy(server.Text, isAuthenticated: false);
    }

    private async Task<DnsResponse> AskAsync(DnsQuestion question, byte[] name, ushort flags, CancellationToken limit, CancellationToken cancellationToken)
    {
        // ID 0, so that HTTP caches may keep answers (RFC 8484 section 4.1); a channel over TLS gives each message its own.
        var writer = new WireWriter();
        DnsMessage.WriteQuery(writer, id: 0, name, question.Type, flags, hasEdns: true, question.WithSignatures);
        byte[] query = writer.ToArray();
        DnsResponse? failure = null;
        for (int attempt = 0; attempt <= retries; attempt++)
        {
            try
            {
                byte[] answer = await channel.ExchangeAsync(query, limit).ConfigureAwait(false);
                return Judge(question, name, answer);
            }
            catch (OperationCanceledException)
            {
                cancellationToken.ThrowIfCancellationRequested();
                return failure ?? Fail(question, DnsResponseStatus.Timeout, "no answer within " + timeout.TotalSeconds.ToString(CultureInfo.InvariantCulture) + " s");
            }
            catch (SecureChannelException exception)
            {
                failure = Fail(question, exception.Status, exception.Message);
                if (exception.IsFinal) return failure;
            }
        }

        return failure!;
    }

    private DnsResponse Fail(DnsQuestion question, DnsResponseStatus status, string detail) => DnsResponse.Failure(question, status, server.Text + ": " + detail);

    private DnsResponse Judge(DnsQuestion question, byte[] name, byte[] answer)
    {
        var message = new DnsMessage(answer, 0, answer.Length);
        if (!message.HasHeader || !message.IsFor(name, question.Type))
            return Fail(question, DnsResponseStatus.Malformed, "the answer is not a DNS message for the question");

        if (message.IsTruncated) return Fail(question, DnsResponseStatus.Malformed, "the answer is truncated");

        return message.Read(question) is { } read
            ? MessageJudge.Judge(server.Text, question, read)
            : Fail(question, DnsResponseStatus.Malformed, "the message ends early or a length is wrong");
    }
}
