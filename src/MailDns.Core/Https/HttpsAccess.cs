using System;
using System.Threading;
using System.Threading.Tasks;

namespace MailDns.Https;

/// <summary>That documents may be fetched over HTTPS, how, and from where.</summary>
internal sealed class HttpsAccess
{
    private readonly IHttpsFetcher _fetcher;
    private readonly bool _allowPrivateAddress;

    public HttpsAccess(IHttpsFetcher fetcher, bool allowPrivateAddress)
    {
        _fetcher = fetcher;
        _allowPrivateAddress = allowPrivateAddress;
    }

    /// <summary>Fetches; no redirect is followed.</summary>
    public Task<HttpsResponse> FetchAsync(Uri uri, int maxBytes, CancellationToken cancellationToken) =>
        _fetcher.FetchAsync(new HttpsRequest(uri) { MaxBytes = maxBytes, AllowPrivateAddress = _allowPrivateAddress }, cancellationToken);
}
