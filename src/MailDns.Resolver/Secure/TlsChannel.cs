using System.Collections.Concurrent;
using System.IO;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using MailDns.Dns;

namespace MailDns.Resolver.Secure;

/// <summary>
/// DNS over TLS (RFC 7858): one connection that many questions share without waiting for each other (RFC 7766 section 6.2.1.1), strict as RFC
/// 8310 section 5 has it: the certificate has to be valid for the name or the address that was given. The name is resolved once.
/// </summary>
/// <param name="host">The name or the address.</param>
/// <param name="port">The port, 853 by default.</param>
/// <param name="validate">Judges certificates in place of the system; null outside tests.</param>
internal sealed class TlsChannel(string host, int port, RemoteCertificateValidationCallback? validate) : ISecureChannel
{
    private readonly string _host = host;
    private readonly int _port = port;
    private readonly RemoteCertificateValidationCallback? _validate = validate;
    private readonly SemaphoreSlim _gate = new(1);
    private IPAddress[]? _addresses;
    private TlsConnection? _connection;
    private bool _isDisposed;

    public void Dispose()
    {
        _isDisposed = true;
        _connection?.Dispose();
    }

    public async Task<byte[]> ExchangeAsync(byte[] query, CancellationToken cancellationToken)
    {
        TlsConnection connection = await ConnectAsync(cancellationToken).ConfigureAwait(false);
        return await connection.ExchangeAsync(query, cancellationToken).ConfigureAwait(false);
    }

    private async Task<TlsConnection> ConnectAsync(CancellationToken cancellationToken)
    {
        if (_connection is { IsOpen: true } open) return open;

        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_connection is not { IsOpen: true })
            {
                _connection?.Dispose();
                _connection = null;
                if (_isDisposed)
                    throw new SecureChannelException(DnsResponseStatus.Unreachable, "the resolver is closed", isFinal: true);

                _connection = await OpenAsync(cancellationToken).ConfigureAwait(false);
            }

            return _connection;
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task<TlsConnection> OpenAsync(CancellationToken cancellationToken)
    {
        SecureChannelException? failure = null;
        foreach (IPAddress address in (await ResolveAsync(cancellationToken).ConfigureAwait(false)).Take(4))
        {
            try
            {
                return await OpenAsync(address, cancellationToken).ConfigureAwait(false);
            }
            catch (SecureChannelException exception)
            {
                failure = exception;
            }
        }

        throw failure ?? new SecureChannelException(DnsResponseStatus.Unreachable, "the name " + Text.PrintableText.Escape(_host) + " has no address", isFinal: true);
    }

    private async Task<IPAddress[]> ResolveAsync(CancellationToken cancellationToken)
    {
        if (_addresses is null)
        {
            try
            {
                // The system's lookup cannot be cancelled; it is left to end by itself.
#pragma warning disable CA2016 // .NET Framework has no such overload
                Task<IPAddress[]> lookup = IPAddress.TryParse(_host, out IPAddress? literal) ? Task.FromResult(new[] { literal }) : System.Net.Dns.GetHostAddressesAsync(_host);
#pragma warning restore CA2016
                await Task.WhenAny(lookup, Task.Delay(Timeout.Infinite, cancellationToken)).ConfigureAwait(false);
                cancellationToken.ThrowIfCancellationRequested();
                _addresses = await lookup.ConfigureAwait(false);
            }
            catch (SocketException exception)
            {
                throw new SecureChannelException(DnsResponseStatus.Unreachable, "the name " + Text.PrintableText.Escape(_host) + " cannot be resolved: " + Text.PrintableText.Escape(exception.Message));
            }
        }

        return _addresses;
    }

    private async Task<TlsConnection> OpenAsync(IPAddress address, CancellationToken cancellationToken)
    {
        var client = new TcpClient(address.AddressFamily) { NoDelay = true };
        SslStream? stream = null;
        bool isConnected = false;
        using CancellationTokenRegistration stop = cancellationToken.Register(client.Dispose);
        try
        {
#pragma warning disable CA2016 // .NET Framework has no such overload; the registration above ends the wait in both
            await client.ConnectAsync(address, _port).ConfigureAwait(false);
            isConnected = true;
            stream = new SslStream(client.GetStream(), leaveInnerStreamOpen: false, _validate);
            await stream.AuthenticateAsClientAsync(_host, clientCertificates: null, SslProtocols.None, checkCertificateRevocation: false).ConfigureAwait(false);
#pragma warning restore CA2016
            return new TlsConnection(client, stream);
        }
        catch (Exception exception) when (exception is SocketException or IOException or AuthenticationException or ObjectDisposedException or InvalidOperationException)
        {
            stream?.Dispose();
            client.Dispose();
            cancellationToken.ThrowIfCancellationRequested();
            string what = isConnected ? "the server's certificate or TLS is not valid: " : "no connection to " + address + ": ";
            throw new SecureChannelException(DnsResponseStatus.Unreachable, what + Text.PrintableText.Escape((exception.InnerException ?? exception).Message), isFinal: exception is AuthenticationException);
        }
    }

    /// <summary>One connection; two octets of length before each message (RFC 1035 section 4.2.2).</summary>
    private sealed class TlsConnection : IDisposable
    {
        private readonly TcpClient _client;
        private readonly SslStream _stream;
        private readonly SemaphoreSlim _writing = new(1);
        private readonly ConcurrentDictionary<ushort, TaskCompletionSource<byte[]>> _waiting = new();
        private int _lastId = new Random().Next(ushort.MaxValue);
        private volatile SecureChannelException? _end;

        public TlsConnection(TcpClient client, SslStream stream)
        {
            _client = client;
            _stream = stream;
            _ = Task.Run(ReadAllAsync);
        }

        public bool IsOpen => _end is null;

        public void Dispose() => End("the connection was closed");

        public async Task<byte[]> ExchangeAsync(byte[] query, CancellationToken cancellationToken)
        {
            var answer = new TaskCompletionSource<byte[]>(TaskCreationOptions.RunContinuationsAsynchronously);
            ushort id = Register(answer);
            using CancellationTokenRegistration stop = cancellationToken.Register(() => answer.TrySetCanceled(cancellationToken));
            try
            {
                byte[] framed = TcpFrame.Wrap(query);
                framed[TcpFrame.HeaderLength] = (byte)(id >> 8);
                framed[TcpFrame.HeaderLength + 1] = (byte)id;
                await WriteAsync(framed, cancellationToken).ConfigureAwait(false);
                return await answer.Task.ConfigureAwait(false);
            }
            finally
            {
                _waiting.TryRemove(id, out _);
            }
        }

        private ushort Register(TaskCompletionSource<byte[]> answer)
        {
            if (_waiting.Count < ushort.MaxValue / 2)
            {
                for (int i = 0; i < ushort.MaxValue; i++)
                {
                    ushort id = (ushort)Interlocked.Increment(ref _lastId);
                    if (_waiting.TryAdd(id, answer))
                    {
                        if (_end is { } end)
                        {
                            _waiting.TryRemove(id, out _);
                            throw end;
                        }

                        return id;
                    }
                }
            }

            throw new SecureChannelException(DnsResponseStatus.OtherError, "too many questions are waiting for an answer");
        }

        // A message that is half written would spoil all others, so a write is never cut short by one question's token.
        private async Task WriteAsync(byte[] octets, CancellationToken cancellationToken)
        {
            await _writing.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
#pragma warning disable CA1835, CA2016 // .NET Framework has arrays only; the token must not cut the message
                await _stream.WriteAsync(octets, 0, octets.Length).ConfigureAwait(false);
#pragma warning restore CA1835, CA2016
            }
            catch (Exception exception) when (exception is IOException or ObjectDisposedException or InvalidOperationException)
            {
                End("the connection was lost: " + Text.PrintableText.Escape((exception.InnerException ?? exception).Message));
                throw _end!;
            }
            finally
            {
                _writing.Release();
            }
        }

        private async Task ReadAllAsync()
        {
            var header = new byte[TcpFrame.HeaderLength];
            try
            {
                while (await FillAsync(header).ConfigureAwait(false))
                {
                    var message = new byte[TcpFrame.LengthOf(header)];
                    if (!await FillAsync(message).ConfigureAwait(false)) break;

                    if (message.Length >= DnsMessage.HeaderLength && _waiting.TryRemove((ushort)((message[0] << 8) | message[1]), out TaskCompletionSource<byte[]>? answer))
                        answer.TrySetResult(message);
                }

                End("the server closed the connection");
            }
            catch (Exception exception) when (exception is IOException or ObjectDisposedException or InvalidOperationException)
            {
                End("the connection was lost: " + Text.PrintableText.Escape((exception.InnerException ?? exception).Message));
            }
        }

        private async Task<bool> FillAsync(byte[] octets)
        {
            for (int count = 0; count < octets.Length;)
            {
#pragma warning disable CA1835 // .NET Framework has arrays only
                int read = await _stream.ReadAsync(octets, count, octets.Length - count).ConfigureAwait(false);
#pragma warning restore CA1835
                if (read == 0) return false;

                count += read;
            }

            return true;
        }

        private void End(string reason)
        {
            _end ??= new SecureChannelException(DnsResponseStatus.Unreachable, reason);
            _stream.Dispose();
            _client.Dispose();
            foreach (ushort id in _waiting.Keys)
            {
                if (_waiting.TryRemove(id, out TaskCompletionSource<byte[]>? answer)) answer.TrySetException(_end);
            }
        }
    }
}
