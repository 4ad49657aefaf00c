using System.Collections.Generic;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using MailDns.Https;

namespace MailDns.Core.Tests.Support;

/// <summary>Gives one response to every request and remembers the requests.</summary>
internal sealed class FakeFetcher(HttpsResponse response) : IHttpsFetcher
{
    public List<HttpsRequest> Requests { get; } = [];

    public static FakeFetcher Ok(string text, string? mediaType = "text/plain") => new(HttpsResponse.Ok(Encoding.Latin1.GetBytes(text), mediaType));

    public static FakeFetcher Failed(HttpsStatus status, int code = 0) => new(HttpsResponse.Failed(status, "why", code));

    public Task<HttpsResponse> FetchAsync(HttpsRequest request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Requests.Add(request);
        return Task.FromResult(response);
    }

    public HttpsAccess Access(bool allowPrivateAddress = false) => new(this, allowPrivateAddress);
}
