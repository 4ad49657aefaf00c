using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using MailDns.Dns;

namespace MailDns.Spf;

/// <summary>Asks every question of a walk once, and not more than a bound of them.</summary>
internal sealed class WalkResolver : IDnsResolver
{
    private readonly IDnsResolver _inner;
    private readonly int _bound;
    private readonly Dictionary<DnsQuestion, Task<DnsResponse>> _answers = new();

    public WalkResolver(IDnsResolver inner, int bound)
    {
        _inner = inner;
        _bound = bound;
    }

    /// <summary>The answer; beyond the bound a failure, so that nothing is taken for missing.</summary>
    public Task<DnsResponse> QueryAsync(DnsQuestion question, CancellationToken cancellationToken)
    {
        if (_answers.TryGetValue(question, out Task<DnsResponse>? known))
        {
            return known;
        }

        if (_answers.Count >= _bound)
        {
            return Task.FromResult(DnsResponse.Failure(question, DnsResponseStatus.OtherError, "the include tree needs more than " + _bound + " lookups"));
        }

        Task<DnsResponse> answer = _inner.QueryAsync(question, cancellationToken);
        _answers[question] = answer;
        return answer;
    }

    /// <summary>Asks all of them at the same time.</summary>
    public Task PrefetchAsync(IEnumerable<DnsQuestion> questions, CancellationToken cancellationToken) =>
        Task.WhenAll(questions.Select(question => QueryAsync(question, cancellationToken)).ToArray());
}
