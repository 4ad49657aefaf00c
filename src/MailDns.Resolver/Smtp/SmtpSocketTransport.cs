using System.IO;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MailDns.Smtp;
using MailDns.Text;

namespace MailDns.Resolver.Smtp;

/// <summary>Connections to mail servers over TCP, to exactly the address that was checked.</summary>
public sealed class SmtpSocketTransport : ISmtpTransport
{
    /// <summary>How long a connection may take; the system would wait for minutes.</summary>
    private static readonly TimeSpan s_connect = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    async Task<ISmtpConnection> ISmtpTransport.ConnectAsync(IPEndPoint endPoint, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(s_connect);
        TcpClient? client = null;
        try
        {
            client = new TcpClient(endPoint.AddressFamily) { NoDelay = true };
            using CancellationTokenRegistration stop = limit.Token.Register(client.Dispose);
#pragma warning disable CA2016 // .NET Framework has no such overload; the registration above ends the wait in both
            await client.ConnectAsync(endPoint.Address, endPoint.Port).ConfigureAwait(false);
#pragma warning restore CA2016
            return new SmtpSocketConnection(client);
        }
        catch (Exception exception) when (exception is SocketException or IOException or ObjectDisposedException or InvalidOperationException or NullReferenceException)
        {
            // A client that is disposed of while it connects throws any of these.
            client?.Dispose();
            cancellationToken.ThrowIfCancellationRequested();
            throw limit.IsCancellationRequested
                ? new SmtpException(SmtpFailureKind.ConnectTimeout, "no connection within " + s_connect.TotalSeconds + " seconds")
                : Describe(exception);
        }
    }

    private static SmtpException Describe(Exception exception) => (exception as SocketException)?.SocketErrorCode switch
    {
        SocketError.ConnectionRefused => new SmtpException(SmtpFailureKind.Refused, "the connection was refused"),
        SocketError.TimedOut => new SmtpException(SmtpFailureKind.ConnectTimeout, "no connection in time"),
        SocketError.NetworkUnreachable or SocketError.HostUnreachable or SocketError.NetworkDown or SocketError.HostDown or SocketError.AddressFamilyNotSupported or SocketError.AddressNotAvailable =>
            new SmtpException(SmtpFailureKind.Unreachable, "the address cannot be reached"),
        SocketError.AccessDenied => new SmtpException(SmtpFailureKind.Refused, "this machine does not permit the connection"),
        _ => new SmtpException(SmtpFailureKind.Unreachable, PrintableText.Escape(exception.Message.TrimEnd('.'))),
    };
}

/// <summary>One connection, in the clear and then in TLS. Cancelling closes it: that ends a wait in both editions.</summary>
internal sealed class SmtpSocketConnection(TcpClient client) : ISmtpConnection
{
    private readonly TcpClient _client = client;
    private readonly NetworkStream _plain = client.GetStream();
    private SslStream? _secure;

    public IPAddress LocalAddress { get; } = ((IPEndPoint)client.Client.LocalEndPoint!).Address;

    private Stream Current => _secure is { } secure ? secure : _plain;

    public void Dispose()
    {
        _secure?.Dispose();
        _client.Dispose();
    }

    public Task<int> ReadAsync(byte[] buffer, CancellationToken cancellationToken) =>
#pragma warning disable CA1835 // .NET Framework has arrays only
        WithinAsync(() => Current.ReadAsync(buffer, 0, buffer.Length, cancellationToken), cancellationToken);
#pragma warning restore CA1835

    public Task WriteAsync(byte[] octets, CancellationToken cancellationToken) => WithinAsync(
        async () =>
        {
#pragma warning disable CA1835 // .NET Framework has arrays only
            await Current.WriteAsync(octets, 0, octets.Length, cancellationToken).ConfigureAwait(false);
#pragma warning restore CA1835
            await Current.FlushAsync(cancellationToken).ConfigureAwait(false);
            return 0;
        },
        cancellationToken);

    public async Task<SmtpHandshake> StartTlsAsync(string hostName, CancellationToken cancellationToken)
    {
        ShownCertificates? shown = null;
#pragma warning disable CA5359 // Any certificate is accepted, because it is looked at and nothing is sent after it but EHLO and QUIT
        var stream = new SslStream(_plain, leaveInnerStreamOpen: false, (_, certificate, chain, _) =>
        {
            shown = ShownCertificates.Of(certificate, chain);
            return true;
        });
#pragma warning restore CA5359
        using CancellationTokenRegistration stop = cancellationToken.Register(_client.Dispose);
        try
        {
            await AuthenticateAsync(stream, hostName, cancellationToken).ConfigureAwait(false);
            _secure = stream;
            return new SmtpHandshake(ProtocolOf(stream.SslProtocol), CipherOf(stream), shown?.Sent ?? Array.Empty<byte[]>())
            {
                Path = shown?.Path ?? Array.Empty<byte[]>(),
                TrustProblem = shown is null ? "no certificate was shown" : shown.Problem,
            };
        }
        catch (Exception exception) when (exception is AuthenticationException or IOException or SocketException or ObjectDisposedException or InvalidOperationException or CryptographicException or NotSupportedException)
        {
            stream.Dispose();
            cancellationToken.ThrowIfCancellationRequested();
            throw new SmtpException(SmtpFailureKind.Tls, PrintableText.Escape(Innermost(exception).Message.Trim().TrimEnd('.')));
        }
    }

    // Chains are judged by what was sent: nothing is fetched that a certificate names, where the platform lets us say so.
    private static Task AuthenticateAsync(SslStream stream, string hostName, CancellationToken cancellationToken) =>
#if NET
        stream.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = hostName,
                CertificateChainPolicy = new X509ChainPolicy { RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true },
            },
            cancellationToken);
#else
        stream.AuthenticateAsClientAsync(hostName, clientCertificates: null, SslProtocols.None, checkCertificateRevocation: false);
#endif

    private static string CipherOf(SslStream stream) =>
#if NET
        stream.NegotiatedCipherSuite.ToString();
#else
        stream.CipherAlgorithm + " " + stream.CipherStrength;
#endif

    private static string ProtocolOf(SslProtocols protocol) => (int)protocol switch
    {
        12288 => "TLS 1.3",
        3072 => "TLS 1.2",
        768 => "TLS 1.1",
        192 => "TLS 1.0",
        _ => protocol.ToString(),
    };

    private async Task<int> WithinAsync(Func<Task<int>> act, CancellationToken cancellationToken)
    {
        using CancellationTokenRegistration stop = cancellationToken.Register(_client.Dispose);
        try
        {
            return await act().ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new SmtpException(SmtpFailureKind.Closed, "the connection was lost: " + PrintableText.Escape(Innermost(exception).Message.Trim().TrimEnd('.')));
        }
    }

    private static Exception Innermost(Exception exception) => exception.InnerException is { } inner ? Innermost(inner) : exception;

    /// <summary>What the platform says of the certificates of a handshake, copied out before it frees them.</summary>
    private sealed class ShownCertificates(IReadOnlyList<byte[]> sent, IReadOnlyList<byte[]> path, string? problem)
    {
        public IReadOnlyList<byte[]> Sent { get; } = sent;

        public IReadOnlyList<byte[]> Path { get; } = path;

        public string? Problem { get; } = problem;

        // The store beside the chain holds what the server sent with its own certificate, in its order.
        public static ShownCertificates? Of(X509Certificate? certificate, X509Chain? chain)
        {
            if (certificate is null)
            {
                return null;
            }

            byte[] leaf = certificate.GetRawCertData();
            var sent = new List<byte[]> { leaf };
            IEnumerable<byte[]> others = chain?.ChainPolicy.ExtraStore.Cast<X509Certificate2>().Select(other => other.RawData) ?? Array.Empty<byte[]>();
            sent.AddRange(others.Where(other => !other.SequenceEqual(leaf)));
            X509ChainElement[] path = chain?.ChainElements.Cast<X509ChainElement>().ToArray() ?? Array.Empty<X509ChainElement>();
            return new ShownCertificates(sent, path.Select(element => element.Certificate.RawData).ToArray(), ProblemOf(path, chain));
        }

        private static string? ProblemOf(X509ChainElement[] path, X509Chain? chain)
        {
            X509ChainStatusFlags all = chain?.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, (flags, status) => flags | status.Status) ?? X509ChainStatusFlags.NoError;
            all &= ~(X509ChainStatusFlags.RevocationStatusUnknown | X509ChainStatusFlags.OfflineRevocation);
            if (all == X509ChainStatusFlags.NoError)
            {
                return path.Length > 0 ? null : SmtpTrust.Incomplete;
            }

            return (all & X509ChainStatusFlags.PartialChain) != X509ChainStatusFlags.NoError ? SmtpTrust.Incomplete
                : (all & X509ChainStatusFlags.UntrustedRoot) != X509ChainStatusFlags.NoError ? path.Length == 1 ? SmtpTrust.SelfSigned : SmtpTrust.UnknownRoot
                : all == X509ChainStatusFlags.NotTimeValid ? SmtpTrust.Dates
                : "the platform says " + all;
        }
    }
}
