namespace MailDns.Spf;

/// <summary>A domain's present SPF record, with what else its TXT record needs.</summary>
internal sealed class SpfSource(DomainName owner, string text, DomainName zone, TimeSpan timeToLive, bool isLive)
{
    public DomainName Owner { get; } = owner;
    public string Text { get; } = text;
    public DomainName Zone { get; } = zone;
    public TimeSpan TimeToLive { get; } = timeToLive;

    /// <summary>True when the record was looked up.</summary>
    public bool IsLive { get; } = isLive;

    /// <summary>The one SPF record among the texts of a name (RFC 7208 section 4.5).</summary>
    /// <exception cref="SpfRefusalException">There is none, or more than one.</exception>
    public static string Select(DomainName owner, IEnumerable<string> texts)
    {
        string[] all = texts.ToArray();
        string[] records = all.Where(SpfParser.IsSpfRecord).ToArray();
        return records.Length switch
        {
            1 => records[0],
            0 => throw new SpfRefusalException(Array.Find(all, TxtKinds.LooksLikeSpf) is { } broken ? DescribeBroken(owner, broken) : owner + " has no SPF record; New-SpfRecord makes one."),
            _ => throw new SpfRefusalException(
                owner + " has " + records.Length + " SPF records, which is a permerror (RFC 7208 section 4.5): "
                + string.Join(" and ", records.Select(PrintableText.Quote)) + ". Merge them into one first."),
        };
    }

    // Who makes a new record would deny the senders that the broken one was meant to name.
    private static string DescribeBroken(DomainName owner, string text)
    {
        string? corrected = SpfCorrector.TryCorrect(SpfParser.Read(text), new[] { text }, out _);
        return owner + " has no valid SPF record: receivers do not use " + PrintableText.Quote(text) + ". "
            + (corrected is null ? "Correct it first, so that the senders in it are not lost." : "Publish its corrected form first: " + PrintableText.Quote(corrected) + ".");
    }

    /// <summary>Looks the record of a name up, and its time to live.</summary>
    /// <exception cref="SpfRefusalException">The lookup failed, or there is not exactly one record.</exception>
    public static async Task<SpfSource> ReadAsync(
        DomainName owner,
        DomainName zone,
        TimeSpan? timeToLive,
        IDnsResolver resolver,
        CancellationToken cancellationToken)
    {
        DnsResponse response = await resolver.QueryTxtAsync(owner, cancellationToken).ConfigureAwait(false);
        if (response.IsFailure)
            throw new SpfRefusalException("The SPF record of " + owner + " is unknown: " + response.Question + ": " + response.Describe() + ".", isUnknown: true);

        return new SpfSource(owner, Select(owner, response.Texts), zone, timeToLive ?? TimeSpan.FromHours(1), isLive: true);
    }
}

/// <summary>The SPF record of a name, or why there is none (RFC 7208 sections 4.4 to 4.6).</summary>
internal sealed class SpfFetch(SpfRecord? record, string problem, bool isUnknown)
{
    /// <summary>The record; null where there is none that can be used.</summary>
    public SpfRecord? Record { get; } = record;

    /// <summary>Why there is no record, escaped for display.</summary>
    public string Problem { get; } = problem;

    /// <summary>True when the lookup failed: there may be a record.</summary>
    public bool IsUnknown { get; } = isUnknown;

    public static SpfFetch Of(SpfRecord record) => new(record, string.Empty, isUnknown: false);

    public static SpfFetch Broken(string problem) => new(record: null, problem, isUnknown: false);

    public static SpfFetch Unknown(string problem) => new(record: null, problem, isUnknown: true);
}

/// <summary>A change to an SPF record is refused: it would break the record, or cannot be shown to be right.</summary>
internal sealed class SpfRefusalException(string message, bool isUnknown = false) : InvalidOperationException(message)
{
    /// <summary>True when a lookup failed, so that another try may succeed.</summary>
    public bool IsUnknown { get; } = isUnknown;
}
