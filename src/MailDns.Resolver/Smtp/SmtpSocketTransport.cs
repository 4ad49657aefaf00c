using System.IO;
using System.Net;
using System.Net.Sockets;
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
            new SmtpException(SmtpFailureKind.Unreachable, "no way leads to the address"),
        SocketError.AccessDenied => new SmtpException(SmtpFailureKind.Refused, "this machine does not permit the connection"),
        _ => new SmtpException(SmtpFailureKind.Unreachable, PrintableText.Escape(exception.Message.TrimEnd('.'))),
    };
}
