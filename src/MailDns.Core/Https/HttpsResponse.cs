namespace MailDns.Https;

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
