using System.Net;

namespace MailDns.Smtp;

/// <summary>Connects to mail servers: a public class MailDns.Resolver.Smtp.SmtpSocketTransport with a parameterless constructor implements it. Failures are of <see cref="SmtpException"/>.</summary>
internal interface ISmtpTransport
{
    /// <summary>Opens a connection to exactly that address.</summary>
    Task<ISmtpConnection> ConnectAsync(IPEndPoint endPoint, CancellationToken cancellationToken);
}

/// <summary>One connection, in the clear until TLS is begun on it.</summary>
internal interface ISmtpConnection : IDisposable
{
    /// <summary>This machine's end.</summary>
    IPAddress LocalAddress { get; }

    /// <summary>Reads what there is; 0 where the server closed the connection.</summary>
    Task<int> ReadAsync(byte[] buffer, CancellationToken cancellationToken);

    Task WriteAsync(byte[] octets, CancellationToken cancellationToken);

    /// <summary>The TLS handshake, which accepts any certificate, since what is shown is what is wanted. Nothing is fetched for it.</summary>
    /// <param name="hostName">The name that the server is asked for (RFC 6066 section 3).</param>
    /// <param name="cancellationToken">Ends it.</param>
    Task<SmtpHandshake> StartTlsAsync(string hostName, CancellationToken cancellationToken);
}

/// <summary>What a handshake gave.</summary>
internal sealed class SmtpHandshake(string protocol, string cipher, IReadOnlyList<byte[]> sent)
{
    /// <summary>The version, e.g. "TLS 1.3".</summary>
    public string Protocol { get; } = protocol;

    public string Cipher { get; } = cipher;

    /// <summary>The certificates in DER, the server's own first.</summary>
    public IReadOnlyList<byte[]> Sent { get; } = sent;

    /// <summary>The path that this machine built, in DER.</summary>
    public IReadOnlyList<byte[]> Path { get; init; } = Array.Empty<byte[]>();

    /// <summary>Why this machine does not trust the chain, ending a sentence; null where it does.</summary>
    public string? TrustProblem { get; init; }
}

/// <summary>How a conversation with a mail server failed.</summary>
internal enum SmtpFailureKind
{
    /// <summary>Not asked, since its address is not of the public Internet.</summary>
    NotAllowed,

    /// <summary>The connection was refused.</summary>
    Refused,

    /// <summary>No route leads to the address.</summary>
    Unreachable,

    /// <summary>No connection came about in time.</summary>
    ConnectTimeout,

    /// <summary>The server said nothing, or not all, in time.</summary>
    Silent,

    /// <summary>The server closed the connection.</summary>
    Closed,

    /// <summary>What came is not SMTP, or more than is read.</summary>
    NotSmtp,

    /// <summary>The server refused to talk (RFC 5321 section 4.2: 4yz, 5yz).</summary>
    Rejected,

    /// <summary>The handshake failed.</summary>
    Tls,
}

/// <summary>A conversation with a mail server that failed; the message ends a sentence and is fit to be shown.</summary>
internal sealed class SmtpException(SmtpFailureKind kind, string message) : Exception(message)
{
    public SmtpFailureKind Kind { get; } = kind;
}
