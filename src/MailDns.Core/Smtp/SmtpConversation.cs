using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MailDns.Smtp;

/// <summary>
/// One conversation with a mail server as far as TLS: greeting, EHLO, STARTTLS, handshake, QUIT. Nothing else is ever sent, so
/// no mail can come of it.
/// </summary>
/// <param name="transport">Connects.</param>
/// <param name="endPoint">The address and the port.</param>
/// <param name="host">The host's name, which the server is asked for.</param>
internal sealed class SmtpConversation(ISmtpTransport transport, IPEndPoint endPoint, DomainName host)
{
    private const string StartTlsKeyword = "STARTTLS";

    /// <summary>How long the server's answer to QUIT is awaited, out of politeness.</summary>
    private static readonly TimeSpan s_farewell = TimeSpan.FromSeconds(2);

    private readonly ISmtpTransport _transport = transport;
    private readonly IPEndPoint _endPoint = endPoint;
    private readonly DomainName _host = host;

    private SmtpReply? _greeting;
    private SmtpReply? _ehlo;
    private StartTlsState _state;
    private string? _fault;
    private string? _tampering;
    private SmtpHandshake? _handshake;
    private string? _oldProtocol;
    private bool _mayBeOld;

    /// <summary>Runs it. A server that fails the handshake is asked once more, for old versions of TLS.</summary>
    /// <param name="timeout">How long all of it may take.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public async Task<SmtpObservation> RunAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeout);
        SmtpException? failure = null;
        bool isConnected = false;
        try
        {
            using ISmtpConnection connection = await _transport.ConnectAsync(_endPoint, limit.Token).ConfigureAwait(false);
            isConnected = true;
            await TalkAsync(connection, limit.Token).ConfigureAwait(false);
        }
        catch (SmtpException exception)
        {
            failure = exception;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            string seconds = timeout.TotalSeconds.ToString(CultureInfo.InvariantCulture) + " seconds";
            failure = isConnected
                ? new SmtpException(SmtpFailureKind.Silent, (_greeting is null ? "it did not greet" : "it did not answer") + " within " + seconds)
                : new SmtpException(SmtpFailureKind.ConnectTimeout, "no connection within " + seconds);
        }

        if (_mayBeOld) _oldProtocol = await FindOldProtocolAsync(timeout, cancellationToken).ConfigureAwait(false);

        return Observe(_state == StartTlsState.Unknown ? failure : null);
    }

    private SmtpObservation Observe(SmtpException? failure) => new(_endPoint.Address)
    {
        Failure = failure,
        Greeting = _greeting,
        Ehlo = _ehlo,
        StartTls = _state,
        TlsFault = _fault,
        Tampering = _tampering,
        Handshake = _handshake,
        OldProtocol = _oldProtocol,
    };

    private async Task TalkAsync(ISmtpConnection connection, CancellationToken cancellationToken)
    {
        var reader = new SmtpReplyReader(connection);
        _greeting = await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        await RequireAsync(connection, _greeting, 220, "greets with", cancellationToken).ConfigureAwait(false);
        await SendAsync(connection, "EHLO " + Literal(connection.LocalAddress), cancellationToken).ConfigureAwait(false);
        SmtpReply ehlo = await reader.ReadAsync(cancellationToken).ConfigureAwait(false);

        // A server of the time before extensions says that it does not know the command (RFC 5321 section 4.2.4).
        bool isKnown = ehlo.Code is not (500 or 502);
        if (isKnown)
        {
            await RequireAsync(connection, ehlo, 250, "answers EHLO with", cancellationToken).ConfigureAwait(false);
            _ehlo = ehlo;
        }

        string[] keywords = isKnown ? ehlo.Lines.Skip(1).Select(line => line.Split(' ', '\t')[0]).ToArray() : Array.Empty<string>();
        bool isOffered = keywords.Contains(StartTlsKeyword, StringComparer.OrdinalIgnoreCase);
        _tampering = Masked(_greeting, keywords, isOffered);
        _state = isOffered ? StartTlsState.Failed : StartTlsState.NotOffered;
        try
        {
            await SendAsync(connection, StartTlsKeyword, cancellationToken).ConfigureAwait(false);
            SmtpReply reply = await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
            if (reply.Code == 220)
            {
                // Who would do TLS offers it; where the offer did not arrive, something took it out.
                _tampering = isOffered ? _tampering : "the answer to EHLO does not offer STARTTLS, yet the host accepts it";
                _state = isOffered ? StartTlsState.Failed : StartTlsState.Stripped;
                await ShakeHandsAsync(connection, reader, cancellationToken).ConfigureAwait(false);
                return;
            }

            _state = isOffered ? StartTlsState.Refused : StartTlsState.NotOffered;
            _fault = reply.ToString();
        }
        catch (SmtpException exception)
        {
            _fault = exception.Message;
            _mayBeOld = exception.Kind == SmtpFailureKind.Tls;
            return;
        }
        catch (OperationCanceledException)
        {
            _fault = "it does not answer in time";
            throw;
        }

        await LeaveAsync(connection, reader, cancellationToken).ConfigureAwait(false);
    }

    private async Task ShakeHandsAsync(ISmtpConnection connection, SmtpReplyReader reader, CancellationToken cancellationToken)
    {
        if (reader.HasMore)
        {
            _fault = "more text follows the answer to STARTTLS in the clear, which may be an attacker's";
            return;
        }

        _handshake = await connection.StartTlsAsync(_host.Text, cancellationToken).ConfigureAwait(false);
        _state = _state == StartTlsState.Stripped ? _state : StartTlsState.Succeeded;
        await LeaveAsync(connection, new SmtpReplyReader(connection), cancellationToken).ConfigureAwait(false);
    }

    // A second conversation, as far as the first message of the handshake.
    private async Task<string?> FindOldProtocolAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeout);
        try
        {
            using ISmtpConnection connection = await _transport.ConnectAsync(_endPoint, limit.Token).ConfigureAwait(false);
            var reader = new SmtpReplyReader(connection);
            bool goesOn = (await reader.ReadAsync(limit.Token).ConfigureAwait(false)).Code == 220;
            foreach (string command in new[] { "EHLO " + Literal(connection.LocalAddress), StartTlsKeyword })
            {
                if (goesOn)
                {
                    await SendAsync(connection, command, limit.Token).ConfigureAwait(false);
                    goesOn = (await reader.ReadAsync(limit.Token).ConfigureAwait(false)).IsPositive;
                }
            }

            return goesOn && !reader.HasMore ? await OldTlsProbe.RunAsync(connection, _host, limit.Token).ConfigureAwait(false) : null;
        }
        catch (SmtpException)
        {
            return null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    // 4yz and 5yz may be meant for this machine's address alone: they tell nothing of the server.
    private static async Task RequireAsync(ISmtpConnection connection, SmtpReply reply, int code, string what, CancellationToken cancellationToken)
    {
        if (reply.Code == code) return;

        bool isRefusal = reply.Code >= 400;
        if (isRefusal) await SendAsync(connection, "QUIT", cancellationToken).ConfigureAwait(false);

        throw new SmtpException(isRefusal ? SmtpFailureKind.Rejected : SmtpFailureKind.NotSmtp, "it " + what + " " + PrintableText.Quote(reply.ToString()));
    }

    // Cisco's inspection writes X over what it does not let through, and asterisks over the greeting.
    private static string? Masked(SmtpReply greeting, string[] keywords, bool isOffered)
    {
        string? masked = isOffered ? null : keywords.FirstOrDefault(keyword => keyword.Length >= 4 && keyword.Take(keyword.Length - 1).All(c => c is 'X' or 'x' or '*'));
        return masked is not null ? "the answer to EHLO has " + PrintableText.Quote(masked) + " in place of an extension"
            : greeting.Lines[0].Count(c => c == '*') >= 10 ? "the greeting is written over with asterisks"
            : null;
    }

    private static async Task LeaveAsync(ISmtpConnection connection, SmtpReplyReader reader, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(s_farewell);
        try
        {
            await SendAsync(connection, "QUIT", limit.Token).ConfigureAwait(false);
            await reader.ReadAsync(limit.Token).ConfigureAwait(false);
        }
        catch (SmtpException)
        {
            // Whatever it says to the end changes nothing.
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // It says nothing.
        }
    }

    private static Task SendAsync(ISmtpConnection connection, string line, CancellationToken cancellationToken) =>
        connection.WriteAsync(Encoding.ASCII.GetBytes(line + "\r\n"), cancellationToken);

    // The address in place of a name, which a client without one says (RFC 5321 sections 4.1.1.1 and 4.1.3).
    private static string Literal(IPAddress address)
    {
        IPAddress bare = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : new IPAddress(address.GetAddressBytes());
        return bare.AddressFamily == AddressFamily.InterNetwork ? "[" + bare + "]" : "[IPv6:" + bare + "]";
    }
}
