using System;
using System.Collections.Concurrent;
using System.IO;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace MailDns.Resolver.Tests.Https;

/// <summary>
/// An HTTPS server on the loopback with a certificate of its own, for host.test where nothing else is said. It answers each path with what the test
/// gave it, then closes.
/// </summary>
internal sealed class TlsServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<string, Func<Stream, CancellationToken, Task>> _answers = new(StringComparer.Ordinal);

    public TlsServer(string name = "host.test")
    {
        Certificate = CreateCertificate(name);
        _listener.Start();
        _ = Task.Run(ServeAsync);
    }

    public X509Certificate2 Certificate { get; }

    /// <summary>Requests as they came, headers included.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public Uri Address(string path, string host = "host.test") => new("https://" + host + ":" + Port + path);

    public void Answer(string path, string head, byte[] body) => Answer(path, async (stream, token) =>
    {
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head.Replace("\n", "\r\n", StringComparison.Ordinal) + "\r\n\r\n"), token);
        await stream.WriteAsync(body, token);
    });

    public void Answer(string path, Func<Stream, CancellationToken, Task> answer) => _answers[path] = answer;

    /// <summary>The test's hook: this certificate is trusted, and no other; its name still has to fit.</summary>
    public bool Trust(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors) =>
        (errors | SslPolicyErrors.RemoteCertificateChainErrors) == SslPolicyErrors.RemoteCertificateChainErrors && certificate?.GetCertHashString() == Certificate.Thumbprint;

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Stop();
        Certificate.Dispose();
        _stop.Dispose();
    }

    private static X509Certificate2 CreateCertificate(string name)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=" + name, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        using X509Certificate2 made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }

    private async Task ServeAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                TcpClient client = await _listener.AcceptTcpClientAsync(_stop.Token);
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
                await using var stream = new SslStream(client.GetStream());
                await stream.AuthenticateAsServerAsync(Certificate);
                string request = await ReadRequestAsync(stream);
                Requests.Enqueue(request);
                await _answers[request.Split(' ')[1]](stream, _stop.Token);
            }
            catch (Exception exception) when (exception is IOException or OperationCanceledException or System.Security.Authentication.AuthenticationException or ObjectDisposedException)
            {
                // The client went away, as some tests want it to.
            }
        }
    }

    private async Task<string> ReadRequestAsync(SslStream stream)
    {
        var text = new StringBuilder();
        byte[] buffer = new byte[4096];
        while (!text.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            int count = await stream.ReadAsync(buffer, _stop.Token);
            if (count == 0) throw new IOException("The request ends early.");

            text.Append(Encoding.ASCII.GetString(buffer, 0, count));
        }

        return text.ToString();
    }
}
