namespace MailDns.Dns;

/// <summary>
/// Keeps every answer of one domain's check: rules may judge what was seen, no failed lookup is forgotten, and whatever a
/// part of the check asks again has the same answer, for a failure too.
/// </summary>
internal sealed class RecordingResolver(IDnsResolver inner) : IDnsResolver
{
    /// <summary>A domain's check asks far fewer; a hostile tree of includes may not make it keep more.</summary>
    private const int MaxAnswers = 500;

    private readonly IDnsResolver _inner = inner;
    private readonly Dictionary<DnsQuestion, DnsResponse> _answers = new();
    private DnsResponse[]? _sorted;

    /// <summary>The answers so far, one a question, in a stable order.</summary>
    public IReadOnlyList<DnsResponse> Answers
    {
        get
        {
            lock (_answers)
            {
                return _sorted ??= _answers.Values.OrderBy(answer => answer.Question.ToString(), System.StringComparer.Ordinal).ToArray();
            }
        }
    }

    public async Task<DnsResponse> QueryAsync(DnsQuestion question, CancellationToken cancellationToken)
    {
        if (question.WithSignatures)
        {
            // The same records once more, which only DNSSEC is judged by.
            return await _inner.QueryAsync(question, cancellationToken).ConfigureAwait(false);
        }

        lock (_answers)
        {
            if (_answers.TryGetValue(question, out DnsResponse? known)) return known;
        }

        DnsResponse response = await _inner.QueryAsync(question, cancellationToken).ConfigureAwait(false);
        lock (_answers)
        {
            if (_answers.Count < MaxAnswers)
            {
                _answers[question] = response;
                _sorted = null;
            }
        }

        return response;
    }
}
