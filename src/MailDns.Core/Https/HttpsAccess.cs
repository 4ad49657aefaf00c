namespace MailDns.Https;

/// <summary>That documents may be fetched over HTTPS, how, and from where.</summary>
internal sealed class HttpsAccess(IHttpsFetcher fetcher, bool allowPrivateAddress)
{
    /// <summary>Fetches; no redirect is followed.</summary>
    public Task<HttpsResponse> FetchAsync(Uri uri, int maxBytes, CancellationToken cancellationToken) =>
        fetcher.FetchAsync(new HttpsRequest(uri) { MaxBytes = maxBytes, AllowPrivateAddress = allowPrivateAddress }, cancellationToken);
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

/// <summary>Gets a document over HTTPS. Failures are statuses; only cancellation throws.</summary>
internal interface IHttpsFetcher
{
    /// <summary>Fetches within the request's bounds.</summary>
    Task<HttpsResponse> FetchAsync(HttpsRequest request, CancellationToken cancellationToken);
}

/// <summary>How a fetch ended, and the document where it succeeded.</summary>
internal sealed class HttpsResponse
{
    private HttpsResponse(HttpsStatus status, int statusCode, byte[] content, string? mediaType, string detail)
    {
        Status = status;
        StatusCode = statusCode;
        Content = content;
        MediaType = mediaType;
        Detail = detail;
    }

    public HttpsStatus Status { get; }

    /// <summary>The HTTP status; 0 where there was no answer.</summary>
    public int StatusCode { get; }

    /// <summary>The document, as it was sent; empty unless Ok.</summary>
    public byte[] Content { get; }

    /// <summary>The media type without parameters, in lower case; null where there is none.</summary>
    public string? MediaType { get; }

    /// <summary>What happened, in words fit to be shown; empty for Ok.</summary>
    public string Detail { get; }

    /// <summary>Days until the server's certificate ends; null where there was none that is valid.</summary>
    public int? CertificateDaysLeft { get; set; }

    /// <summary>How many redirects were followed on the way.</summary>
    public int Redirects { get; init; }

    /// <summary>True where nothing is known of the document, since the way there failed, not its server's answer.</summary>
    public bool IsUnknown =>
        Status is HttpsStatus.LookupFailed or HttpsStatus.AddressRefused or HttpsStatus.ConnectFailed or HttpsStatus.TimedOut
        || (Status == HttpsStatus.HttpError && (StatusCode >= 500 || StatusCode == 429));

    public static HttpsResponse Ok(byte[] content, string? mediaType, int redirects = 0) => new(HttpsStatus.Ok, 200, content, mediaType, string.Empty) { Redirects = redirects };

    public static HttpsResponse Failed(HttpsStatus status, string detail, int statusCode = 0) => new(status, statusCode, Array.Empty<byte>(), null, detail);
}

/// <summary>How a fetch ended.</summary>
internal enum HttpsStatus
{
    /// <summary>The document is there (200).</summary>
    Ok,

    /// <summary>Another HTTP status.</summary>
    HttpError,

    /// <summary>A redirect that is not followed.</summary>
    Redirect,

    /// <summary>No https address.</summary>
    NotHttps,

    /// <summary>The host has no address.</summary>
    NoAddress,

    /// <summary>The lookup of the host failed.</summary>
    LookupFailed,

    /// <summary>The host has only addresses that are not of the public Internet.</summary>
    AddressRefused,

    /// <summary>No connection.</summary>
    ConnectFailed,

    /// <summary>No valid TLS: certificate, name or protocol.</summary>
    TlsFailed,

    /// <summary>More bytes than the bound.</summary>
    TooLarge,

    /// <summary>Not done in time.</summary>
    TimedOut,

    /// <summary>No valid HTTP, or cut off.</summary>
    ProtocolError,
}
