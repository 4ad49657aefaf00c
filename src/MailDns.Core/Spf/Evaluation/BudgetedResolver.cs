namespace MailDns.Spf;

/// <summary>
/// Lays the limits of RFC 7208 section 4.6.4 over a resolver: ten terms, two void lookups, the deadline. Beyond a limit
/// the evaluation stops.
/// </summary>
internal sealed class BudgetedResolver(IDnsResolver inner, SpfLimits limits, CancellationToken deadline) : IDnsResolver
{
    private bool _countsVoids = true;

    /// <summary>Terms that cause lookups, so far.</summary>
    public int LookupCount { get; private set; }

    /// <summary>Void lookups, so far.</summary>
    public int VoidLookupCount { get; private set; }

    /// <summary>Counts a term before its lookups.</summary>
    /// <exception cref="SpfStopException">It is one too many.</exception>
    public void CountTerm(SpfTerm term)
    {
        if (!term.IsLookup) return;

        LookupCount++;
        if (LookupCount > limits.LookupTerms)
        {
            throw new SpfStopException(
                SpfResultCode.PermError,
                "More than " + limits.LookupTerms + " terms need DNS lookups (RFC 7208 section 4.6.4).");
        }
    }

    /// <summary>After the verdict nothing counts any more: the explanation cannot change it (section 6.2).</summary>
    public void StopCountingVoids() => _countsVoids = false;

    /// <summary>A lookup that a mechanism causes; without an answer it counts as void.</summary>
    /// <exception cref="SpfStopException">The deadline is over, or it is one void lookup too many.</exception>
    public async Task<DnsResponse> QueryAsync(DnsQuestion question, CancellationToken cancellationToken)
    {
        DnsResponse response = await QueryUncountedAsync(question, cancellationToken).ConfigureAwait(false);
        if (response.IsVoid && _countsVoids)
        {
            VoidLookupCount++;
            if (VoidLookupCount > limits.VoidLookups)
            {
                throw new SpfStopException(
                    SpfResultCode.PermError,
                    "More than " + limits.VoidLookups + " lookups gave no answer, the last " + question + " (RFC 7208 section 4.6.4).");
            }
        }

        return response;
    }

    /// <summary>A lookup of a record itself or of an explanation.</summary>
    /// <exception cref="SpfStopException">The deadline is over.</exception>
    public Task<DnsResponse> QueryUncountedAsync(DnsQuestion question, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return deadline.CanBeCanceled ? QueryInTimeAsync(question, cancellationToken) : inner.QueryAsync(question, cancellationToken);
    }

    private async Task<DnsResponse> QueryInTimeAsync(DnsQuestion question, CancellationToken cancellationToken)
    {
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(deadline, cancellationToken);
        try
        {
            linked.Token.ThrowIfCancellationRequested();
            return await inner.QueryAsync(question, linked.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new SpfStopException(SpfResultCode.TempError, "The time for the evaluation is over at " + question + " (RFC 7208 section 4.6.4).");
        }
    }
}

/// <summary>The processing limits of RFC 7208 section 4.6.4. The time limit is a deadline that the caller gives.</summary>
internal sealed class SpfLimits
{
    /// <summary>The limits of the standard.</summary>
    public static SpfLimits Default { get; } = new();

    /// <summary>Most terms that cause lookups: include, a, mx, ptr, exists, redirect.</summary>
    public int LookupTerms { get; init; } = 10;

    /// <summary>Most lookups without an answer.</summary>
    public int VoidLookups { get; init; } = 2;

    /// <summary>Most exchangers of one mx term; more is a permerror.</summary>
    public int MxNames { get; init; } = 10;

    /// <summary>Most names of a reverse mapping; those after are ignored.</summary>
    public int PtrNames { get; init; } = 10;
}
