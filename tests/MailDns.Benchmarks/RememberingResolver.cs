using System.Collections.Concurrent;
using System.Threading;
using System.Threading.Tasks;
using MailDns.Dns;

namespace MailDns.Benchmarks;

/// <summary>Asks another resolver once a question and has the finished answer ready ever after, so that what comes later measures the asking side alone.</summary>
internal sealed class RememberingResolver : IDnsResolver
{
    private readonly ConcurrentDictionary<DnsQuestion, Task<DnsResponse>> _answers = new();
    private readonly IDnsResolver _inner;

    public RememberingResolver(IDnsResolver inner) => _inner = inner;

    public Task<DnsResponse> QueryAsync(DnsQuestion question, CancellationToken cancellationToken) =>
        _answers.TryGetValue(question, out Task<DnsResponse>? answer) ? answer : AskAsync(question, cancellationToken);

    private async Task<DnsResponse> AskAsync(DnsQuestion question, CancellationToken cancellationToken)
    {
        DnsResponse response = await _inner.QueryAsync(question, cancellationToken).ConfigureAwait(false);
        _answers[question] = Task.FromResult(response);
        return response;
    }
}
