namespace MailDns.Https;

/// <summary>One answer of a server: a failure, a redirect, or a document.</summary>
internal sealed class HttpAnswer(int statusCode, string? location, string? mediaType, byte[] content)
{
    public int StatusCode { get; } = statusCode;

    /// <summary>Where a redirect leads; null for any other answer.</summary>
    public string? Location { get; } = location;

    public string? MediaType { get; } = mediaType;

    public byte[] Content { get; } = content;

    /// <summary>Days until the server's certificate ends.</summary>
    public int? CertificateDaysLeft { get; set; }

    public HttpsResponse? Failure { get; private init; }

    public static HttpAnswer Failed(HttpsStatus status, string detail) =>
        new(0, null, null, System.Array.Empty<byte>()) { Failure = HttpsResponse.Failed(status, detail) };

    /// <summary>The response, after that many redirects.</summary>
    public HttpsResponse ToResponse(int redirects)
    {
        HttpsResponse response = Failure
            ?? (StatusCode == 200 ? HttpsResponse.Ok(Content, MediaType, redirects) : HttpsResponse.Failed(HttpsStatus.HttpError, "HTTP " + StatusCode, StatusCode));
        response.CertificateDaysLeft = CertificateDaysLeft;
        return response;
    }
}
