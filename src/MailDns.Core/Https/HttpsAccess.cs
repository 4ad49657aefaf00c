namespace MailDns.Https;

/// <summary>That documents may be fetched over HTTPS, how, and from where.</summary>
internal sealed class HttpsAccess(IHttpsFetcher fetcher, bool allowPrivateAddress)
{
    private readonly IHttpsFetcher _fetcher = fetcher;
    private readonly bool _allowPrivateAddress = allowPrivateAddress;

    /// <summary>Fetches; no redirect is followed.</summary>
    public Task<HttpsResponse> FetchAsync(Uri uri, int maxBytes, CancellationToken cancellationToken) =>
        _fetcher.FetchAsync(new HttpsRequest(uri) { MaxBytes = maxBytes, AllowPrivateAddress = _allowPrivateAddress }, cancellationToken);
}

/// <summary>What to fetch and its bounds.</summary>
internal sealed class HttpsRequest(Uri uri)
{
    public Uri Uri { get; } = uri;

    /// <summary>Most bytes of the document that are read.</summary>
    public int MaxBytes { get; init; } = 1 << 20;

    /// <summary>How long everything may take together: lookup, connections, redirects and reading.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Most redirects that are followed, each to https only; 0 where the standard forbids them (RFC 8461 section 3.3).</summary>
    public int MaxRedirects { get; init; }

    /// <summary>Whether addresses that are not of the public Internet may be asked.</summary>
    public bool AllowPrivateAddress { get; init; }
}
