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
    private readonly Dictionary<DnsQuestion, Asked> _asked = new();
    private DnsResponse[] _sorted = Array.Empty<DnsResponse>();

    /// <summary>The answers so far, one a question, in a stable order.</summary>
    public IReadOnlyList<DnsResponse> Answers
    {
        get
        {
            lock (_asked)
            {
                int count = _asked.Values.Count(asked => asked.IsAnswered);
                if (_sorted.Length != count)
                {
#pragma warning disable VSTHRD002 // It has ended
                    _sorted = _asked.Values.Where(asked => asked.IsAnswered).Select(asked => asked.Answer.Result).ToArray();
#pragma warning restore VSTHRD002
                    Array.Sort(_sorted, InOrder);
                }

                return _sorted;
            }
        }
    }

    public Task<DnsResponse> QueryAsync(DnsQuestion question, CancellationToken cancellationToken)
    {
        // With signatures they are the same records once more, which only DNSSEC is judged by.
        if (question.WithSignatures) return _inner.QueryAsync(question, cancellationToken);

        lock (_asked)
        {
            if (_asked.TryGetValue(question, out Asked known) && known.Serves(cancellationToken)) return known.Answer;
        }

        Task<DnsResponse> answer = _inner.QueryAsync(question, cancellationToken);
        lock (_asked)
        {
            bool isKnown = _asked.TryGetValue(question, out Asked known);
            if (isKnown ? !known.IsAnswered : _asked.Count < MaxAnswers) _asked[question] = new Asked(answer, cancellationToken);
        }

        return answer;
    }

    private static int InOrder(DnsResponse one, DnsResponse other)
    {
        int order = one.Question.Name.CompareTo(other.Question.Name);
        return order != 0 ? order : string.CompareOrdinal(DnsRecordTypes.Mnemonic(one.Question.Type), DnsRecordTypes.Mnemonic(other.Question.Type));
    }

    /// <summary>A question and who may cancel it.</summary>
    private readonly struct Asked(Task<DnsResponse> answer, CancellationToken token)
    {
        public Task<DnsResponse> Answer { get; } = answer;

        public bool IsAnswered => Answer.Status == TaskStatus.RanToCompletion;

        /// <summary>One that is under way ends with its own token.</summary>
        public bool Serves(CancellationToken cancellationToken) => Answer.IsCompleted ? IsAnswered : token == cancellationToken;
    }
}
