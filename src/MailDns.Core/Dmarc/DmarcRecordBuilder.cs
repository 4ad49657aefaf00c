namespace MailDns.Dmarc;

/// <summary>Makes DMARC records (RFC 9989 section 4.7) that a reader of RFC 7489 understands as well: p right after v, no removed tag.</summary>
internal static class DmarcRecordBuilder
{
    /// <summary>The label under which policies are published (RFC 9989 section 4.5).</summary>
    public const string Label = "_dmarc";

    /// <summary>The TXT record at _dmarc.<paramref name="domain"/>.</summary>
    /// <exception cref="ArgumentException">The options contradict each other or an address is none.</exception>
    public static TxtRecord Create(DomainName domain, DomainName zone, DmarcRecordOptions options, TimeSpan timeToLive) =>
        CreateWithText(domain, zone, BuildText(options), timeToLive);

    /// <summary>The record with a text that is known to be right.</summary>
    public static TxtRecord CreateWithText(DomainName domain, DomainName zone, string text, TimeSpan timeToLive) =>
        new(domain.Prepend(Label), zone, text, timeToLive, RecordPurpose.Dmarc);

    /// <summary>The record's text.</summary>
    /// <exception cref="ArgumentException">The options contradict each other or an address is none.</exception>
    public static string BuildText(DmarcRecordOptions options)
    {
        string[] aggregate = WriteUris(options.AggregateReportUri, nameof(options.AggregateReportUri));
        string[] failure = WriteUris(options.FailureReportUri, nameof(options.FailureReportUri));
        CheckReports(options, aggregate, failure);

        var tags = new List<string> { "v=DMARC1", "p=" + DmarcTags.Write(options.Policy) };
        AddPolicies(options, tags);
        if (options.DkimAlignment == DmarcAlignmentMode.Strict) tags.Add("adkim=s");
        if (options.SpfAlignment == DmarcAlignmentMode.Strict) tags.Add("aspf=s");

        AddReports(options, aggregate, failure, tags);
        if (options.PublicSuffix) tags.Add("psd=y");
        if (options.Testing) tags.Add("t=y");

        return string.Join("; ", tags);
    }

    // sp only where it differs from p, np only where it differs from what it would inherit (RFC 9989 section 4.7); both where
    // the record has to say to every reader that nothing at all may pass.
    private static void AddPolicies(DmarcRecordOptions options, List<string> tags)
    {
        DmarcPolicy subdomains = options.SubdomainPolicy ?? options.Policy;
        if (subdomains != options.Policy || options.SpellOutPolicies) tags.Add("sp=" + DmarcTags.Write(subdomains));

        DmarcPolicy nonexistent = options.NonexistentSubdomainPolicy ?? subdomains;
        if (nonexistent != subdomains || options.SpellOutPolicies) tags.Add("np=" + DmarcTags.Write(nonexistent));
    }

    private static void AddReports(DmarcRecordOptions options, string[] aggregate, string[] failure, List<string> tags)
    {
        if (aggregate.Length > 0) tags.Add("rua=" + string.Join(",", aggregate));
        if (failure.Length == 0) return;

        tags.Add("ruf=" + string.Join(",", failure));
        DmarcFailureOption[] wanted = options.FailureOption.Distinct().OrderBy(option => option).ToArray();
        bool isDefault = wanted.Length == 0 || (wanted.Length == 1 && wanted[0] == DmarcFailureOption.AllFail);
        if (!isDefault) tags.Add("fo=" + string.Join(":", wanted.Select(DmarcTags.Write)));
    }

    private static string[] WriteUris(IReadOnlyList<string> given, string parameter) =>
        given.Select(text => DmarcReportUriWriter.Write(text, parameter)).Distinct(StringComparer.Ordinal).ToArray();

    private static void CheckReports(DmarcRecordOptions options, string[] aggregate, string[] failure)
    {
        if (options.NoReport && aggregate.Length > 0)
            throw new ArgumentException("NoReport and AggregateReportUri exclude each other.");

        if (!options.NoReport && aggregate.Length == 0)
        {
            throw new ArgumentException(
                "-AggregateReportUri is required (RFC 9989 section 8): without reports nobody sees which mail fails. Specify an address, or use New-DmarcRecord -NoReport to publish without reports.");
        }

        if (options.FailureOption.Count > 0 && failure.Length == 0)
            throw new ArgumentException("FailureOption means nothing without FailureReportUri (RFC 9989 section 4.7, fo).");

        if (options.FailureOption.Contains(DmarcFailureOption.AllFail) && options.FailureOption.Contains(DmarcFailureOption.AnyFails))
            throw new ArgumentException("The failure options 0 (AllFail) and 1 (AnyFails) exclude each other (RFC 9989 section 4.7, fo).");
    }
}

/// <summary>What a new DMARC record is to say; the defaults are those of New-DmarcRecord.</summary>
internal sealed class DmarcRecordOptions
{
    public DmarcPolicy Policy { get; init; }
    public DmarcPolicy? SubdomainPolicy { get; init; }
    public DmarcPolicy? NonexistentSubdomainPolicy { get; init; }

    /// <summary>URIs or bare addresses.</summary>
    public IReadOnlyList<string> AggregateReportUri { get; init; } = Array.Empty<string>();

    /// <summary>URIs or bare addresses.</summary>
    public IReadOnlyList<string> FailureReportUri { get; init; } = Array.Empty<string>();

    public DmarcAlignmentMode DkimAlignment { get; init; }
    public DmarcAlignmentMode SpfAlignment { get; init; }
    public IReadOnlyList<DmarcFailureOption> FailureOption { get; init; } = Array.Empty<DmarcFailureOption>();
    public bool Testing { get; init; }
    public bool PublicSuffix { get; init; }

    /// <summary>True to write sp and np even where they say what p says.</summary>
    public bool SpellOutPolicies { get; init; }

    /// <summary>True when no rua is wanted on purpose.</summary>
    public bool NoReport { get; init; }
}
