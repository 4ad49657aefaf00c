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

    private readonly ISmtpTransport _transport = transport;
    private readonly bool _allowPrivateAddress = allowPrivateAddress;
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
        if (!_allowPrivateAddress && !PublicAddress.IsPublic(address))
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
            SmtpObservation observation = await new SmtpConversation(_transport, endPoint, host).RunAsync(Timeout, cancellationToken).ConfigureAwait(false);
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
