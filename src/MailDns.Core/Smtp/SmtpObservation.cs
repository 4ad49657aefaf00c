using System.Net;
using MailDns.Certificates;

namespace MailDns.Smtp;

/// <summary>What one address of a mail host showed. Texts of the server are foreign and not escaped.</summary>
internal sealed class SmtpObservation(IPAddress address)
{
    public IPAddress Address { get; } = address;

    /// <summary>How the conversation failed before TLS was reached; null where it did not.</summary>
    public SmtpException? Failure { get; init; }

    public SmtpReply? Greeting { get; init; }

    /// <summary>The reply to EHLO: its first line begins with the server's name, the others are its extensions (RFC 5321 section 4.1.1.1).</summary>
    public SmtpReply? Ehlo { get; init; }

    /// <summary>Whether the server offers STARTTLS, and what became of it.</summary>
    public StartTlsState StartTls { get; init; }

    /// <summary>What the server says in answer to STARTTLS, or why TLS failed, ending a sentence; null where all went well.</summary>
    public string? TlsFault { get; init; }

    /// <summary>What shows that something on the way changes the conversation, as a sentence's end; null where nothing does.</summary>
    public string? Tampering { get; init; }

    public SmtpHandshake? Handshake { get; init; }

    /// <summary>The version of TLS that a server chose that knows no newer one, e.g. "TLS 1.0"; null where it was not found out.</summary>
    public string? OldProtocol { get; init; }

    /// <summary>The certificates; null where none was shown or the server's own cannot be read.</summary>
    public ShownChain? Chain { get; private set; }

    /// <summary>Adds the certificates of the handshake.</summary>
    public SmtpObservation With(ShownChain? chain)
    {
        Chain = chain;
        return this;
    }

    /// <summary>The name that the server says of itself in answer to EHLO; null where there is none.</summary>
    public string? Name => Ehlo?.Lines[0].Split(' ', '\t')[0] is { Length: > 0 } name ? name : null;

    /// <summary>True where a connection came about.</summary>
    public bool IsReached => Failure is null or { Kind: not (SmtpFailureKind.NotAllowed or SmtpFailureKind.Refused or SmtpFailureKind.Unreachable or SmtpFailureKind.ConnectTimeout) };

    /// <summary>True where the way to the server failed, as it does where a network lets nobody out to the port.</summary>
    public bool IsBlocked => !IsReached && Failure!.Kind != SmtpFailureKind.NotAllowed;
}
