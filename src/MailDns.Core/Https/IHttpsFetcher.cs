namespace MailDns.Https;

/// <summary>Gets a document over HTTPS. Failures are statuses; only cancellation throws.</summary>
internal interface IHttpsFetcher
{
    /// <summary>Fetches within the request's bounds.</summary>
    Task<HttpsResponse> FetchAsync(HttpsRequest request, CancellationToken cancellationToken);
}
