using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace MailDns.TestSupport;

/// <summary>A mail server on the loopback as far as TLS, with a fault of choice. It keeps every line that it was sent.</summary>
public sealed class SmtpTestServer : IDisposable
{
    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _stop = new();
    private readonly SmtpFault _fault;
    private readonly SslStreamCertificateContext? _certificate;
    private readonly string _name;
    private int _connections;

    /// <param name="fault">What it does wrong.</param>
    /// <param name="certificate">Its certificate with key; null for one without TLS.</param>
    /// <param name="issuers">Certificates that it sends with its own.</param>
    /// <param name="name">What it says of itself.</param>
    /// <param name="address">Where it listens; default 127.0.0.1.</param>
    /// <param name="port">On which port; 0 for a free one.</param>
    public SmtpTestServer(SmtpFault fault, X509Certificate2? certificate = null, IEnumerable<X509Certificate2>? issuers = null, string name = "mx.contoso.test", IPAddress? address = null, int port = 0)
    {
        _fault = fault;
        _name = name;
        _certificate = certificate is null ? null : SslStreamCertificateContext.Create(certificate, new X509Certificate2Collection((issuers ?? []).ToArray()), offline: true);
        _listener = new TcpListener(address ?? IPAddress.Loopback, port);
        _listener.Start();
        _ = Task.Run(ServeAsync);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>How many connections came.</summary>
    public int Connections => Volatile.Read(ref _connections);

    /// <summary>Every line that came, in TLS or not.</summary>
    public ConcurrentQueue<string> Lines { get; } = new();

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Stop();
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                TcpClient client = await _listener.AcceptTcpClientAsync(_stop.Token);
                Interlocked.Increment(ref _connections);
                _ = Task.Run(() => TalkAsync(client));
            }
            catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task TalkAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                await TalkAsync(client.GetStream());
            }
            catch (Exception exception) when (exception is IOException or OperationCanceledException or AuthenticationException or ObjectDisposedException or InvalidOperationException or SocketException)
            {
                // The client went away, or broke the handshake off, as it may.
            }
        }
    }

    private async Task TalkAsync(NetworkStream stream)
    {
        if (!await GreetAsync(stream))
            return;

        await foreach (string line in LinesAsync(stream))
        {
            string command = line.Split(' ')[0].ToUpperInvariant();
            if (_fault == SmtpFault.EhloUnknown && command != "QUIT")
                await SayAsync(stream, "500 5.5.1 unknown command");
            else if (command == "EHLO")
            {
                if (!await HelloAsync(stream))
                    return;
            }
            else if (command == "STARTTLS")
            {
                if (await StartTlsAsync(stream))
                    return;
            }
            else if (command == "QUIT")
            {
                await SayAsync(stream, "221 2.0.0 bye");
                return;
            }
            else
                await SayAsync(stream, "503 5.5.1 not here");
        }
    }

    private async Task<bool> GreetAsync(NetworkStream stream)
    {
        switch (_fault)
        {
            case SmtpFault.Silent:
                await Task.Delay(Timeout.Infinite, _stop.Token);
                return false;
            case SmtpFault.CloseAtOnce:
                return false;
            case SmtpFault.Drip:
                while (true)
                {
                    await stream.WriteAsync("2"u8.ToArray(), _stop.Token);
                    await Task.Delay(20, _stop.Token);
                }

            case SmtpFault.Rejects:
                await SayAsync(stream, "554 5.7.1 192.0.2.1 is listed \u001b[31mred");
                return true;
            case SmtpFault.Garbage:
                await SayAsync(stream, "HTTP/1.1 400 Bad Request", "Content-Length: 0", "");
                return true;
            case SmtpFault.HugeLine:
                await SayAsync(stream, "220 " + new string('a', 1 << 20));
                return true;
            case SmtpFault.HugeGreeting:
                await SayAsync(stream, Enumerable.Repeat("220-" + new string('b', 500), 2048).Append("220 end").ToArray());
                return true;
            case SmtpFault.MixedCodes:
                await SayAsync(stream, "220-" + _name, "250 ready");
                return true;
            case SmtpFault.Masked:
                await SayAsync(stream, "220 " + new string('*', 40));
                return true;
            default:
                await SayAsync(stream, "220-" + _name + " ESMTP", "220 ready");
                return true;
        }
    }

    private async Task<bool> HelloAsync(NetworkStream stream)
    {
        switch (_fault)
        {
            case SmtpFault.CloseAtEhlo:
                return false;
            case SmtpFault.EhloRejected:
                await SayAsync(stream, "550 5.7.1 go away");
                return true;
            case SmtpFault.Masked:
                await SayAsync(stream, "250-" + _name, "250-SIZE 1000000", "250 XXXXXXXA");
                return true;
            case SmtpFault.NoStartTls or SmtpFault.Stripped:
                await SayAsync(stream, "250-" + _name, "250-PIPELINING", "250 8BITMIME");
                return true;
            default:
                await SayAsync(stream, "250-" + _name + " at your service", "250-PIPELINING", "250-starttls", "250 8BITMIME");
                return true;
        }
    }

    // True where the connection is over.
    private async Task<bool> StartTlsAsync(NetworkStream stream)
    {
        switch (_fault)
        {
            case SmtpFault.NoStartTls or SmtpFault.Masked:
                await SayAsync(stream, "500 5.5.1 unknown command");
                return false;
            case SmtpFault.StartTlsRefused:
                await SayAsync(stream, "454 4.7.0 TLS not available due to local problem");
                return false;
            case SmtpFault.StartTlsSilent:
                await Task.Delay(Timeout.Infinite, _stop.Token);
                return true;
            case SmtpFault.StartTlsClose:
                return true;
            case SmtpFault.Injection:
                await SayAsync(stream, "220 go ahead", "250-mx.example.net", "250 STARTTLS");
                await Task.Delay(Timeout.Infinite, _stop.Token);
                return true;
        }

        await SayAsync(stream, "220 go ahead");
        byte[] buffer = new byte[4096];
        switch (_fault)
        {
            case SmtpFault.HandshakeClose:
                return true;
            case SmtpFault.HandshakeSilent:
                await Task.Delay(Timeout.Infinite, _stop.Token);
                return true;
            case SmtpFault.HandshakeGarbage:
                await SayAsync(stream, "500 what do you mean by that?");
                return true;
            case SmtpFault.Alert:
                _ = await stream.ReadAtLeastAsync(buffer, 11, throwOnEndOfStream: true, _stop.Token);
                await stream.WriteAsync(new byte[] { 21, 3, 3, 0, 2, 2, 40 }, _stop.Token);
                return true;
            case SmtpFault.OldTls:
                _ = await stream.ReadAtLeastAsync(buffer, 11, throwOnEndOfStream: true, _stop.Token);
                await stream.WriteAsync(OldAnswer(buffer), _stop.Token);
                return true;
        }

        await using var secure = new SslStream(stream, leaveInnerStreamOpen: true);
        await secure.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificateContext = _certificate }, _stop.Token);
        if (_fault == SmtpFault.CloseAfterTls)
            return true;

        await foreach (string line in LinesAsync(secure))
        {
            await SayAsync(secure, line == "QUIT" ? "221 2.0.0 bye" : "503 5.5.1 not here");
            if (line == "QUIT")
                break;
        }

        await secure.ShutdownAsync();
        return true;
    }

    // A server hello of TLS 1.0 (RFC 2246 section 7.4.1.3) for one of TLS 1.1 or older, protocol_version for newer ones.
    private static byte[] OldAnswer(byte[] hello)
    {
        if ((hello[9] << 8 | hello[10]) > 0x0302)
            return [21, 3, 1, 0, 2, 2, 70];

        return [22, 3, 1, 0, 42, 2, 0, 0, 38, 3, 1, .. new byte[32], 0, 0xC0, 0x13, 0];
    }

    private async IAsyncEnumerable<string> LinesAsync(Stream stream)
    {
        var line = new StringBuilder();
        byte[] buffer = new byte[1];
        while (await stream.ReadAsync(buffer, _stop.Token) > 0)
        {
            line.Append((char)buffer[0]);
            if (buffer[0] == '\n')
            {
                string text = line.ToString().TrimEnd('\r', '\n');
                line.Clear();
                Lines.Enqueue(text);
                yield return text;
            }
        }
    }

    private async Task SayAsync(Stream stream, params string[] lines)
    {
        await stream.WriteAsync(Encoding.Latin1.GetBytes(string.Concat(lines.Select(line => line + "\r\n"))), _stop.Token);
        await stream.FlushAsync(_stop.Token);
    }
}
