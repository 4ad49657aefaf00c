using System.Net;
using MailDns.Certificates;
using MailDns.Https;

namespace MailDns.Smtp;

/// <summary>That mail hosts may be spoken to, how, and which. Many domains share a host, so what an address showed is kept for all of them.</summary>
/// <param name="transport">Connects.</param>
/// <param name="certificates">Reads certificates and follows their signatures.</param>
/// <param name="now">UTC.</param>
/// <param name="allowPrivateAddress">Whether addresses that are not of the public Internet may be connected to.</param>
internal sealed class SmtpAccess(ISmtpTransport transport, ICertificateReader certificates, DateTime now, bool allowPrivateAddress)
{
    /// <summary>Most addresses of which it is kept what they showed.</summary>
    private const int MostKept = 2048;

    /// <summary>Most connections of the process at the same time.</summary>
    private static readonly SemaphoreSlim s_connections = new(64);
    private readonly Dictionary<string, Task<SmtpObservation>> _kept = new(StringComparer.Ordinal);

    public ICertificateReader Certificates { get; } = certificates;
    public DateTime Now { get; } = now;

    /// <summary>How long one conversation may take where nobody says otherwise.</summary>
    public static TimeSpan UsualTimeout { get; } = TimeSpan.FromSeconds(30);

    /// <summary>How long one conversation may take.</summary>
    public TimeSpan Timeout { get; init; } = UsualTimeout;

    /// <summary>What the host shows at that address.</summary>
    public Task<SmtpObservation> ObserveAsync(DomainName host, IPAddress address, int port, CancellationToken cancellationToken)
    {
        if (!allowPrivateAddress && !PublicAddress.IsPublic(address))
        {
            var refused = new SmtpException(SmtpFailureKind.NotAllowed, address + " is not an address of the public Internet, so it was not connected to");
            return Task.FromResult(new SmtpObservation(address) { Failure = refused });
        }

        string key = host.Text + " " + address + " " + port;
        lock (_kept)
        {
            if (!_kept.TryGetValue(key, out Task<SmtpObservation>? seen))
            {
                seen = TalkAsync(host, new IPEndPoint(address, port), cancellationToken);
                if (_kept.Count < MostKept) _kept.Add(key, seen);
            }

            return seen;
        }
    }

    private async Task<SmtpObservation> TalkAsync(DomainName host, IPEndPoint endPoint, CancellationToken cancellationToken)
    {
        await s_connections.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            SmtpObservation observation = await new SmtpConversation(transport, endPoint, host).RunAsync(Timeout, cancellationToken).ConfigureAwait(false);
            return observation.Handshake is { } handshake ? observation.With(Read(handshake)) : observation;
        }
        finally
        {
            s_connections.Release();
        }
    }

    private ShownChain? Read(SmtpHandshake handshake)
    {
        CertificateData?[] sent = handshake.Sent.Take(CertificateData.MaxCount).Select(Certificates.ReadEncoded).ToArray();
        return sent.Length > 0 && sent[0] is not null ? new ShownChain(sent.OfType<CertificateData>().ToArray(), handshake.Path, handshake.TrustProblem) : null;
    }
}

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
