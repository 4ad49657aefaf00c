using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using MailDns.Dns;
using MailDns.TestSupport;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace MailDns.Resolver.Tests.Secure;

/// <summary>DNS over TLS and over HTTPS on loopback, in front of the plain test server.</summary>
internal sealed class SecureFront : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly LoopbackDnsServer _behind;
    private readonly X509Certificate2 _certificate;
    private readonly WebApplication _web;

    private SecureFront(LoopbackDnsServer behind, X509Certificate2 certificate, HttpProtocols protocols, Func<HttpContext, Func<Task>, Task>? http)
    {
        _behind = behind;
        _certificate = certificate;
        _listener.Start();
        _ = AcceptAsync();
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(options =>
            options.Listen(IPAddress.Loopback, 0, listen =>
            {
                listen.Protocols = protocols;
                listen.UseHttps(certificate);
            }));
        _web = builder.Build();
        _web.Run(context => http is null ? AnswerAsync(context) : http(context, () => AnswerAsync(context)));
    }

    public int TlsPort => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public int HttpsPort => new Uri(_web.Urls.First()).Port;

    /// <summary>TLS connections so far.</summary>
    public int Connections { get; private set; }

    /// <summary>The protocol of the last request.</summary>
    public string LastProtocol { get; private set; } = string.Empty;

    /// <summary>What is done with a TLS connection in place of answering.</summary>
    public Func<SslStream, Task>? Tls { get; set; }

    public static async Task<SecureFront> StartAsync(
        LoopbackDnsServer behind,
        X509Certificate2 certificate,
        HttpProtocols protocols = HttpProtocols.Http1AndHttp2,
        Func<HttpContext, Func<Task>, Task>? http = null)
    {
        var front = new SecureFront(behind, certificate, protocols, http);
        await front._web.StartAsync();
        return front;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _web.DisposeAsync();
        _certificate.Dispose();
        _stop.Dispose();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        LastProtocol = context.Request.Protocol;
        using var query = new MemoryStream();
        await context.Request.Body.CopyToAsync(query);
        context.Response.ContentType = "application/dns-message";
        byte[] answer = await _behind.AnswerAsync(query.GetBuffer().AsMemory(0, (int)query.Length), context.RequestAborted);
        context.Response.ContentLength = answer.Length;
        await context.Response.Body.WriteAsync(answer);
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                TcpClient client = await _listener.AcceptTcpClientAsync(_stop.Token);
                Connections++;
                _ = ServeAsync(client);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // the test has ended
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                await using var stream = new SslStream(client.GetStream());
                await stream.AuthenticateAsServerAsync(_certificate);
                if (Tls is not null)
                {
                    await Tls(stream);
                    return;
                }

                using var writing = new SemaphoreSlim(1);
                var prefix = new byte[TcpFrame.HeaderLength];
                while (true)
                {
                    await stream.ReadExactlyAsync(prefix, _stop.Token);
                    var query = new byte[TcpFrame.LengthOf(prefix)];
                    await stream.ReadExactlyAsync(query, _stop.Token);
                    _ = ReplyAsync(stream, writing, query);
                }
            }
            catch (Exception exception) when (exception is IOException or OperationCanceledException or System.Security.Authentication.AuthenticationException or ObjectDisposedException or SocketException)
            {
                // the client has gone, or refuses the certificate
            }
        }
    }

    private async Task ReplyAsync(SslStream stream, SemaphoreSlim writing, byte[] query)
    {
        try
        {
            byte[] framed = TcpFrame.Wrap(await _behind.AnswerAsync(query, _stop.Token));
            await writing.WaitAsync(_stop.Token);
            try
            {
                await stream.WriteAsync(framed);
            }
            finally
            {
                writing.Release();
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or InvalidOperationException or OperationCanceledException)
        {
            // the client has gone, or the test has ended
        }
    }
}
