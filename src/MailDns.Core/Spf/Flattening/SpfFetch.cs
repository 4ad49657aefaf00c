namespace MailDns.Spf;

/// <summary>The SPF record of a name, or why there is none (RFC 7208 sections 4.4 to 4.6).</summary>
internal sealed class SpfFetch
{
    private SpfFetch(SpfRecord? record, string problem, bool isUnknown)
    {
        Record = record;
        Problem = problem;
        IsUnknown = isUnknown;
    }

    /// <summary>The record; null where there is none that can be used.</summary>
    public SpfRecord? Record { get; }

    /// <summary>Why there is no record, escaped for display.</summary>
    public string Problem { get; }

    /// <summary>True when the lookup failed: there may be a record.</summary>
    public bool IsUnknown { get; }

    public static SpfFetch Of(SpfRecord record) => new(record, string.Empty, isUnknown: false);

    public static SpfFetch Broken(string problem) => new(record: null, problem, isUnknown: false);

    public static SpfFetch Unknown(string problem) => new(record: null, problem, isUnknown: true);
}
