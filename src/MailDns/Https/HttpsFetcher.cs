using System.IO;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using MailDns.Text;

namespace MailDns.Https;

/// <summary>
/// Fetches over HTTPS with a connection of its own, because the address that was checked has to be the one connected to,
/// in both editions of PowerShell: no second lookup lies between (DNS rebinding). Proxies and cookies are not used;
/// revocation of certificates is not looked up.
/// </summary>
/// <remarks>Creates a fetcher.</remarks>
/// <param name="resolve">Looks up a host; throws SocketException where that fails.</param>
/// <param name="validate">Judges certificates in place of the system; null outside tests.</param>
internal sealed class HttpsFetcher(Func<string, CancellationToken, Task<IPAddress[]>> resolve, RemoteCertificateValidationCallback? validate) : IHttpsFetcher
{
    private readonly Func<string, CancellationToken, Task<IPAddress[]>> _resolve = resolve;
    private readonly RemoteCertificateValidationCallback? _validate = validate;

    /// <summary>Looks hosts up with the resolver that also answers for records, so that -Server holds for both.</summary>
    public static IHttpsFetcher For(IDnsResolver resolver) => new HttpsFetcher((host, token) => HostLookup.ResolveAsync(host, resolver, token), validate: null);

    /// <summary>Looks hosts up as the system does.</summary>
    public static IHttpsFetcher ForSystem() => new HttpsFetcher((host, _) => System.Net.Dns.GetHostAddressesAsync(host), validate: null);

    /// <inheritdoc/>
    public async Task<HttpsResponse> FetchAsync(HttpsRequest request, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(request.Timeout);
        try
        {
            return await FollowAsync(request, limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return HttpsResponse.Failed(HttpsStatus.TimedOut, "not done within " + request.Timeout.TotalSeconds + " s");
        }
    }

    private async Task<HttpsResponse> FollowAsync(HttpsRequest request, CancellationToken cancellationToken)
    {
        Uri uri = request.Uri;
        for (int redirects = 0; ; redirects++)
        {
            if (!uri.IsAbsoluteUri || !string.Equals(uri.Scheme, "https", StringComparison.OrdinalIgnoreCase) || uri.UserInfo.Length > 0)
                return HttpsResponse.Failed(HttpsStatus.NotHttps, Show(uri) + " is not a plain https address");

            HttpAnswer answer = await ExchangeAsync(uri, request, cancellationToken).ConfigureAwait(false);
            if (answer.Failure is not null || answer.Location is null) return answer.ToResponse(redirects);

            if (redirects >= request.MaxRedirects || !Uri.TryCreate(uri, answer.Location, out Uri? next))
            {
                HttpsResponse response = HttpsResponse.Failed(HttpsStatus.Redirect, "HTTP " + answer.StatusCode + ", a redirect to " + PrintableText.Quote(answer.Location) + " that is not followed", answer.StatusCode);
                response.CertificateDaysLeft = answer.CertificateDaysLeft;
                return response;
            }

            uri = next;
        }
    }

    private async Task<HttpAnswer> ExchangeAsync(Uri uri, HttpsRequest request, CancellationToken cancellationToken)
    {
        IPAddress[] addresses;
        try
        {
            addresses = await ResolveAsync(uri, cancellationToken).ConfigureAwait(false);
        }
        catch (SocketException exception)
        {
            bool none = exception.SocketErrorCode is SocketError.HostNotFound or SocketError.NoData;
            return HttpAnswer.Failed(none ? HttpsStatus.NoAddress : HttpsStatus.LookupFailed, "the lookup of " + PrintableText.Escape(uri.IdnHost) + (none ? " gives no address" : " failed"));
        }

        IPAddress[] allowed = addresses.Where(address => request.AllowPrivateAddress || PublicAddress.IsPublic(address)).ToArray();
        if (allowed.Length == 0)
        {
            return addresses.Length == 0
                ? HttpAnswer.Failed(HttpsStatus.NoAddress, PrintableText.Escape(uri.IdnHost) + " has no address")
                : HttpAnswer.Failed(HttpsStatus.AddressRefused, addresses[0] + " is not a public address and is not contacted");
        }

        HttpAnswer answer = HttpAnswer.Failed(HttpsStatus.ConnectFailed, "no connection");
        foreach (IPAddress address in allowed.Take(4))
        {
            answer = await AskAsync(address, uri, request.MaxBytes, cancellationToken).ConfigureAwait(false);
            if (answer.Failure?.Status != HttpsStatus.ConnectFailed) break;
        }

        return answer;
    }

    // The system's lookup cannot be cancelled; it is left to end by itself.
    private async Task<IPAddress[]> ResolveAsync(Uri uri, CancellationToken cancellationToken)
    {
        if (IPAddress.TryParse(uri.DnsSafeHost, out IPAddress? literal)) return new[] { literal };

        Task<IPAddress[]> lookup = _resolve(uri.IdnHost, cancellationToken);
        Task first = await Task.WhenAny(lookup, Task.Delay(Timeout.Infinite, cancellationToken)).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        return first == lookup ? await lookup.ConfigureAwait(false) : Array.Empty<IPAddress>();
    }

    private async Task<HttpAnswer> AskAsync(IPAddress address, Uri uri, int maxBytes, CancellationToken cancellationToken)
    {
        HttpsStatus stage = HttpsStatus.ConnectFailed;
        using var client = new TcpClient(address.AddressFamily);
        using CancellationTokenRegistration stop = cancellationToken.Register(client.Dispose);
        try
        {
            await client.ConnectAsync(address, uri.Port).ConfigureAwait(false);
            stage = HttpsStatus.TlsFailed;
            using var stream = new SslStream(client.GetStream(), leaveInnerStreamOpen: false, _validate);
            await stream.AuthenticateAsClientAsync(uri.IdnHost, clientCertificates: null, SslProtocols.None, checkCertificateRevocation: false).ConfigureAwait(false);
            stage = HttpsStatus.ProtocolError;
            HttpAnswer answer = await HttpExchange.RunAsync(stream, uri, maxBytes, cancellationToken).ConfigureAwait(false);
            answer.CertificateDaysLeft = DaysLeft(stream.RemoteCertificate);
            return answer;
        }
        catch (Exception exception) when (cancellationToken.IsCancellationRequested && exception is not OperationCanceledException)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (Exception exception) when (exception is SocketException or IOException or AuthenticationException or ObjectDisposedException or InvalidDataException or InvalidOperationException)
        {
            return HttpAnswer.Failed(stage, Describe(stage, address, exception));
        }
    }

    private static int? DaysLeft(X509Certificate? certificate)
    {
        if (certificate is null) return null;

        using var read = new X509Certificate2(certificate);
        return (int)Math.Floor((read.NotAfter.ToUniversalTime() - DateTime.UtcNow).TotalDays);
    }

    private static string Describe(HttpsStatus stage, IPAddress address, Exception exception)
    {
        string what = stage == HttpsStatus.ConnectFailed ? "no connection to " + address
            : stage == HttpsStatus.TlsFailed ? "no valid TLS with " + address
            : "no valid HTTP from " + address;
        return what + ": " + PrintableText.Escape((exception.InnerException ?? exception).Message);
    }

    private static string Show(Uri uri) => PrintableText.Quote(uri.OriginalString);
}

/// <summary>The addresses of a host by A and AAAA, IPv4 first.</summary>
internal static class HostLookup
{
    /// <summary>Looks them up.</summary>
    /// <exception cref="SocketException">A lookup failed (TryAgain) while the other gave none, or the host is no name (HostNotFound).</exception>
    public static async Task<IPAddress[]> ResolveAsync(string host, IDnsResolver resolver, CancellationToken cancellationToken)
    {
        if (!DomainName.TryParseDns(host, out DomainName? name))
            throw new SocketException((int)SocketError.HostNotFound);

        DnsResponse[] answers = await Task.WhenAll(
            resolver.QueryAsync(name!, DnsRecordType.A, cancellationToken),
            resolver.QueryAsync(name!, DnsRecordType.Aaaa, cancellationToken)).ConfigureAwait(false);
        IPAddress[] addresses = answers.SelectMany(answer => answer.Data<AddressData>()).Select(data => data.Address).ToArray();
        return addresses.Length == 0 && answers.Any(answer => answer.IsFailure)
            ? throw new SocketException((int)SocketError.TryAgain)
            : addresses;
    }
}
