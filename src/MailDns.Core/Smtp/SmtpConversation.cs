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
            using ISmtpConnection connection = await transport.ConnectAsync(endPoint, limit.Token).ConfigureAwait(false);
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

    private SmtpObservation Observe(SmtpException? failure) => new(endPoint.Address)
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

        _handshake = await connection.StartTlsAsync(host.Text, cancellationToken).ConfigureAwait(false);
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
            using ISmtpConnection connection = await transport.ConnectAsync(endPoint, limit.Token).ConfigureAwait(false);
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

            return goesOn && !reader.HasMore ? await OldTlsProbe.RunAsync(connection, host, limit.Token).ConfigureAwait(false) : null;
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

/// <summary>
/// Asks a server that refuses TLS 1.2 and 1.3 whether it knows TLS 1.1 or older. The client hello is written here because
/// systems do not let programs speak these versions any more; up to the server's answer nothing of them is secret.
/// </summary>
internal static class OldTlsProbe
{
    private const byte Handshake = 22;
    private const byte ClientHello = 1;
    private const byte ServerHello = 2;
    private const ushort Tls10 = 0x0301;
    private const ushort Tls11 = 0x0302;

    /// <summary>Longest record that is read; a server hello has about a hundred octets.</summary>
    private const int MaxRecord = 16 * 1024;

    // ECDHE and DHE, then RSA, with AES, 3DES and RC4, as servers of that time know them (RFC 4346, RFC 8422).
    private static readonly ushort[] s_suites = { 0xC00A, 0xC009, 0xC014, 0xC013, 0x0039, 0x0033, 0x0035, 0x002F, 0xC012, 0x0016, 0x000A, 0xC011, 0x0005, 0x0004, 0x00FF };

    /// <summary>The version that the server chooses, e.g. "TLS 1.0"; null where it chooses none.</summary>
    public static async Task<string?> RunAsync(ISmtpConnection connection, DomainName host, CancellationToken cancellationToken)
    {
        await connection.WriteAsync(WriteHello(host), cancellationToken).ConfigureAwait(false);
        var octets = new List<byte>();
        var buffer = new byte[1024];
        while (octets.Count < MaxRecord)
        {
            int count = await connection.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
            octets.AddRange(buffer.Take(count));
            if (count == 0 || octets.Count >= 11) break;
        }

        return ReadVersion(octets);
    }

    /// <summary>A record with a client hello (RFC 4346 sections 6.2.1 and 7.4.1.2).</summary>
    public static byte[] WriteHello(DomainName host)
    {
        byte[] name = Encoding.ASCII.GetBytes(host.Text);
        var body = new WireWriter();
        body.UInt16(Tls11);
        body.Octets(new byte[32]);
        body.UInt8(0);
        body.UInt16((ushort)(2 * s_suites.Length));
        foreach (ushort suite in s_suites)
            body.UInt16(suite);

        // No compression; then server_name, supported_groups with the curves of NIST, ec_point_formats.
        body.UInt8(1);
        body.UInt8(0);
        body.UInt16((ushort)(9 + name.Length + 12 + 6));
        body.UInt16(0x0000);
        body.UInt16((ushort)(5 + name.Length));
        body.UInt16((ushort)(3 + name.Length));
        body.UInt8(0);
        body.UInt16((ushort)name.Length);
        body.Octets(name);
        body.Octets(new byte[] { 0x00, 0x0A, 0x00, 0x08, 0x00, 0x06, 0x00, 0x17, 0x00, 0x18, 0x00, 0x19 });
        body.Octets(new byte[] { 0x00, 0x0B, 0x00, 0x02, 0x01, 0x00 });
        byte[] hello = body.ToArray();

        var record = new WireWriter();
        record.UInt8(Handshake);
        record.UInt16(Tls10);
        record.UInt16((ushort)(4 + hello.Length));
        record.UInt8(ClientHello);
        record.UInt8(0);
        record.UInt16((ushort)hello.Length);
        record.Octets(hello);
        return record.ToArray();
    }

    /// <summary>The version of a server hello; null for an alert and anything else.</summary>
    public static string? ReadVersion(IReadOnlyList<byte> octets) =>
        octets.Count >= 11 && octets[0] == Handshake && octets[5] == ServerHello
            ? ((octets[9] << 8) | octets[10]) switch
            {
                0x0300 => "SSL 3.0",
                Tls10 => "TLS 1.0",
                Tls11 => "TLS 1.1",
                _ => null,
            }
            : null;
}

/// <summary>A reply of a mail server (RFC 5321 section 4.2). Its lines are foreign and not escaped.</summary>
internal sealed class SmtpReply(int code, IReadOnlyList<string> lines)
{
    public int Code { get; } = code;

    /// <summary>The text of each line behind the code.</summary>
    public IReadOnlyList<string> Lines { get; } = lines;

    public bool IsPositive => Code / 100 == 2;

    /// <summary>Code and first lines, escaped and short enough to be shown.</summary>
    public override string ToString()
    {
        string text = PrintableText.Escape(Code + " " + string.Join(" ", Lines.Take(3)).Trim()).Trim();
        return text.Length > 160 ? text.Substring(0, 157) + "..." : text;
    }
}

/// <summary>
/// Reads replies from a connection within bounds. A line has 512 octets at most (RFC 5321 section 4.5.3.1.5); servers that
/// say somewhat more are understood, those that do not end are left.
/// </summary>
internal sealed class SmtpReplyReader(ISmtpConnection connection)
{
    /// <summary>Longest line that is read.</summary>
    public const int MaxLine = 2048;

    /// <summary>Most lines of one reply.</summary>
    public const int MaxLines = 100;
    private readonly byte[] _buffer = new byte[1024];
    private int _start;
    private int _end;

    /// <summary>Octets that came and belong to no reply yet: after the reply to STARTTLS an attacker's, which may not be believed (CVE-2011-0411).</summary>
    public bool HasMore => _start < _end;

    /// <summary>The next reply, of one line or several.</summary>
    /// <exception cref="SmtpException">It is none, is too long, or does not come.</exception>
    public async Task<SmtpReply> ReadAsync(CancellationToken cancellationToken)
    {
        var lines = new List<string>();
        int code = 0;
        while (true)
        {
            string line = await ReadLineAsync(cancellationToken).ConfigureAwait(false);
            if (!TryReadCode(line, out int found) || (lines.Count > 0 && found != code))
            {
                throw new SmtpException(SmtpFailureKind.NotSmtp, "it says " + PrintableText.Quote(line.Length > 60 ? line.Substring(0, 60) + "..." : line) + ", which is not an SMTP reply");
            }

            code = found;
            lines.Add(line.Length > 4 ? line.Substring(4) : string.Empty);
            if (line.Length == 3 || line[3] == ' ') return new SmtpReply(code, lines);

            if (lines.Count == MaxLines)
                throw new SmtpException(SmtpFailureKind.NotSmtp, "a reply has more than " + MaxLines + " lines");
        }
    }

    private static bool TryReadCode(string line, out int code)
    {
        code = 0;
        bool valid = line.Length >= 3 && line[0] is >= '2' and <= '5' && line[1] is >= '0' and <= '5' && line[2] is >= '0' and <= '9' && (line.Length == 3 || line[3] is ' ' or '-');
        code = valid ? (100 * (line[0] - '0')) + (10 * (line[1] - '0')) + line[2] - '0' : 0;
        return valid;
    }

    private async Task<string> ReadLineAsync(CancellationToken cancellationToken)
    {
        var line = new StringBuilder();
        while (line.Length < MaxLine)
        {
            if (_start == _end)
            {
                _start = 0;
                _end = await connection.ReadAsync(_buffer, cancellationToken).ConfigureAwait(false);
                if (_end == 0)
                    throw new SmtpException(SmtpFailureKind.Closed, "it closes the connection " + (line.Length > 0 ? "within a reply" : "without a reply"));
            }

            char c = (char)_buffer[_start++];
            if (c == '\n') return line.ToString().TrimEnd('\r');

            line.Append(c);
        }

        throw new SmtpException(SmtpFailureKind.NotSmtp, "a line has more than " + MaxLine + " octets");
    }
}
