namespace MailDns.Spf;

/// <summary>What one call of check_host() gives, and which term of which record decided.</summary>
internal readonly struct SpfVerdict
{
    public SpfVerdict(SpfResultCode result, SpfFrame? frame, SpfTerm? term, string? problem)
    {
        Result = result;
        Frame = frame;
        Term = term;
        Problem = problem;
    }

    public SpfResultCode Result { get; }

    /// <summary>The record that holds the deciding term; null where no record was read.</summary>
    public SpfFrame? Frame { get; }

    /// <summary>The deciding term; null where nothing matched.</summary>
    public SpfTerm? Term { get; }

    /// <summary>Why the result is None, TempError or PermError.</summary>
    public string? Problem { get; }

    /// <summary>
    /// The record whose exp explains a fail (RFC 7208 section 6.2): that of the deciding term, but for an include the
    /// one that holds the include.
    /// </summary>
    public SpfFrame? ExplainFrame
    {
        get => field ?? Frame;
        init;
    }

    public static SpfVerdict Error(SpfResultCode result, SpfFrame? frame, SpfTerm? term, string problem) => new(result, frame, term, problem);
}
