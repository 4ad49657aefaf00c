using System.IO;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Authentication;
using MailDns.Dns;

namespace MailDns.Resolver.Secure;

/// <summary>
/// DNS over HTTPS by POST (RFC 8484 section 4.1): HTTP/2 where the server has it, connections kept, the system's proxy and the system's trust in
/// certificates. Redirects are not followed, and nothing but 200 with application/dns-message is an answer.
/// </summary>
internal sealed class HttpsChannel : ISecureChannel
{
    private const string MessageType = "application/dns-message";
    private readonly Uri _uri;
    private readonly HttpClient _client;

    // Held while one question is being sent, so that its stream is whole before the next is opened. HttpClient writes the headers of all that wait
    // before the first content, and servers drop who opens many streams and asks nothing (RFC 9113 section 10.5): BIND 9.18 after 1,536 octets.
    private readonly SemaphoreSlim _sending = new(1);

    /// <param name="uri">Where the server is.</param>
    /// <param name="validate">Judges certificates in place of the system; null outside tests.</param>
    public HttpsChannel(Uri uri, RemoteCertificateValidationCallback? validate)
    {
        _uri = uri;
        _client = new HttpClient(CreateHandler(validate)) { Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = ushort.MaxValue };
    }

    public void Dispose() => _client.Dispose();

    public async Task<byte[]> ExchangeAsync(byte[] query, CancellationToken cancellationToken)
    {
        await _sending.WaitAsync(cancellationToken).ConfigureAwait(false);
        using var request = new HttpRequestMessage(HttpMethod.Post, _uri) { Content = new Question(query, _sending) };
#if !NETFRAMEWORK
        request.Version = HttpVersion.Version20;
        request.VersionPolicy = HttpVersionPolicy.RequestVersionOrLower;
#endif
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(MessageType);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(MessageType));
        try
        {
            using HttpResponseMessage response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            Check(response);
            return await ReadAsync(response, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or InvalidOperationException && !cancellationToken.IsCancellationRequested)
        {
            throw Explain(exception);
        }
        catch (Exception exception) when (cancellationToken.IsCancellationRequested && exception is not OperationCanceledException)
        {
            throw new OperationCanceledException(cancellationToken);
        }
    }

    private static void Check(HttpResponseMessage response)
    {
        int code = (int)response.StatusCode;
        if (code is >= 300 and < 400)
        {
            throw new SecureChannelException(DnsResponseStatus.OtherError, "HTTP " + Number(code) + ", a redirect that is not followed; a captive portal does this", isFinal: true);
        }

        if (code != 200)
        {
            // 5xx and 429 pass; a client's error stays one.
            throw new SecureChannelException(DnsResponseStatus.OtherError, "HTTP " + Number(code), isFinal: code < 500 && code != 429);
        }

        string? type = response.Content.Headers.ContentType?.MediaType;
        if (!string.Equals(type, MessageType, StringComparison.OrdinalIgnoreCase))
        {
            string what = type is null ? "no content type" : "the content type " + PrintableType(type);
            throw new SecureChannelException(DnsResponseStatus.OtherError, "HTTP 200 with " + what + " in place of " + MessageType + "; a captive portal's page looks like this", isFinal: true);
        }

        if (response.Content.Headers.ContentLength > ushort.MaxValue)
        {
            throw TooLong();
        }
    }

    // A DNS message has at most 65,535 octets (RFC 8484 section 6).
    private static async Task<byte[]> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
#if NETFRAMEWORK
        using Stream stream = await response.Content.ReadAsStreamAsync().ConfigureAwait(false);
        using CancellationTokenRegistration stop = cancellationToken.Register(stream.Dispose);
#else
        using Stream stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
#endif
        using var octets = new MemoryStream();
        var buffer = new byte[4096];
        while (true)
        {
#pragma warning disable CA1835 // .NET Framework has arrays only
            int read = await stream.ReadAsync(buffer, 0, buffer.Length, cancellationToken).ConfigureAwait(false);
#pragma warning restore CA1835
            if (read == 0)
            {
                return octets.ToArray();
            }

            if (octets.Length + read > ushort.MaxValue)
            {
                throw TooLong();
            }

#pragma warning disable VSTHRD103 // into memory
            octets.Write(buffer, 0, read);
#pragma warning restore VSTHRD103
        }
    }

    private static SecureChannelException TooLong() => new(DnsResponseStatus.Malformed, "the answer is longer than a DNS message can be (65,535 octets)", isFinal: true);

    private static SecureChannelException Explain(Exception exception)
    {
        for (Exception? inner = exception; inner is not null; inner = inner.InnerException)
        {
            if (inner is AuthenticationException)
            {
                return new SecureChannelException(DnsResponseStatus.Unreachable, "the server's certificate or TLS is not valid: " + Text.PrintableText.Escape(inner.Message), isFinal: true);
            }
        }

        Exception cause = exception.InnerException ?? exception;
        return new SecureChannelException(DnsResponseStatus.Unreachable, Text.PrintableText.Escape(cause.Message));
    }

    private static string PrintableType(string type) => Text.PrintableText.Quote(type.Length > 60 ? type.Substring(0, 60) : type);

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>Lets the next question go when this one is written, or cannot be.</summary>
    private sealed class Question(byte[] query, SemaphoreSlim sending) : ByteArrayContent(query)
    {
        private int _isOver;

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await base.SerializeToStreamAsync(stream, context).ConfigureAwait(false);
            End();
        }

        protected override void Dispose(bool disposing)
        {
            End();
            base.Dispose(disposing);
        }

        private void End()
        {
            if (Interlocked.Exchange(ref _isOver, 1) == 0)
            {
                sending.Release();
            }
        }
    }

#if NETFRAMEWORK
    private static HttpMessageHandler CreateHandler(RemoteCertificateValidationCallback? validate)
    {
        // Windows PowerShell 5.1 may still ask for TLS 1.0 alone.
        ServicePointManager.SecurityProtocol |= SecurityProtocolType.Tls12;
        var handler = new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false, MaxConnectionsPerServer = 16 };
        if (validate is not null)
        {
#pragma warning disable MA0039 // outside tests nothing is given, and the system judges
            handler.ServerCertificateCustomValidationCallback = (_, certificate, chain, errors) => validate(handler, certificate, chain, errors);
#pragma warning restore MA0039
        }

        return handler;
    }
#else
    private static SocketsHttpHandler CreateHandler(RemoteCertificateValidationCallback? validate)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            EnableMultipleHttp2Connections = true,
            MaxConnectionsPerServer = 16,
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
        };
        if (validate is not null)
        {
            handler.SslOptions.RemoteCertificateValidationCallback = validate;
        }

        return handler;
    }
#endif
}
