using MailDns.Dmarc;

namespace MailDns;

/// <summary>
/// A DMARC Policy Record (RFC 9989 sections 4.7 and 4.8), read tag by tag. A tag that is absent has its default; a tag
/// whose value is wrong has it too, as section 4.8 asks.
/// </summary>
public sealed class DmarcRecord
{
    private IReadOnlyList<TagSpec>? _tags;
    private DmarcFailureOption[]? _failureOption;

    internal DmarcRecord(string text, bool hasVersion)
    {
        RawText = text;
        HasVersion = hasVersion;
    }

    /// <summary>The record's text, escaped for display.</summary>
    public string Text => PrintableText.Escape(RawText);

    /// <summary>p: the policy as published; null where it is absent or wrong.</summary>
    public DmarcPolicy? Policy { get; internal set; }

    /// <summary>sp: the policy for existing subdomains as published; null where it is absent or wrong.</summary>
    public DmarcPolicy? SubdomainPolicy { get; internal set; }

    /// <summary>np: the policy for subdomains that do not exist, as published; null where it is absent or wrong.</summary>
    public DmarcPolicy? NonexistentSubdomainPolicy { get; internal set; }

    /// <summary>adkim; default Relaxed.</summary>
    public DmarcAlignmentMode DkimAlignment { get; internal set; }

    /// <summary>aspf; default Relaxed.</summary>
    public DmarcAlignmentMode SpfAlignment { get; internal set; }

    /// <summary>rua: where aggregate reports go; empty where no report is asked for.</summary>
    public DmarcReportUri[] AggregateReportUri { get; internal set; } = Array.Empty<DmarcReportUri>();

    /// <summary>ruf: where failure reports go.</summary>
    public DmarcReportUri[] FailureReportUri { get; internal set; } = Array.Empty<DmarcReportUri>();

    /// <summary>fo: when a failure report is wanted; default AllFail. Means nothing without ruf.</summary>
    public DmarcFailureOption[] FailureOption
    {
        get => _failureOption ??= new[] { DmarcFailureOption.AllFail };
        internal set => _failureOption = value;
    }

    /// <summary>psd; default Unspecified.</summary>
    public DmarcPublicSuffix PublicSuffix { get; internal set; }

    /// <summary>t=y: policies are to be applied one level lower.</summary>
    public bool Testing { get; internal set; }

    /// <summary>The text as it is.</summary>
    internal string RawText { get; }

    /// <summary>True when the text begins with v=DMARC1; all others are discarded (RFC 9989 section 4.10 step 2).</summary>
    internal bool HasVersion { get; }

    /// <summary>Every tag=value in the text, in order, v included.</summary>
    internal IReadOnlyList<TagSpec> Tags => _tags ??= TagList.Split(RawText).Where(DmarcParser.IsTag).ToArray();

    internal List<TextFault> Faults { get; } = new();

    /// <summary>"p=reject; sp=reject; np=reject": how domains that send nothing say so to every reader; its sp is no slip.</summary>
    internal bool SpellsOutReject =>
        Policy == DmarcPolicy.Reject && SubdomainPolicy == DmarcPolicy.Reject && NonexistentSubdomainPolicy == DmarcPolicy.Reject;

    /// <summary>True when at least one reporting URI of rua is syntactically valid (RFC 9989 section 4.10.1).</summary>
    internal bool HasValidReportUri => Array.Exists(AggregateReportUri, uri => uri.IsValid);

    /// <summary>True with a valid p, and sp and np valid where they stand; otherwise the whole policy degrades (RFC 9989 section 4.10.1).</summary>
    internal bool IsPolicyValid =>
        Policy is not null
        && (SubdomainPolicy is not null || !HasTag(DmarcTags.SubdomainPolicy))
        && (NonexistentSubdomainPolicy is not null || !HasTag(DmarcTags.NonexistentPolicy));

    /// <summary>Reads a record by the letter of RFC 9989 section 4.8.</summary>
    /// <exception cref="RecordParseException">The text breaks the grammar; the exception says where.</exception>
    public static DmarcRecord Parse(string text) => DmarcParser.Parse(text);

    /// <summary>The record's text.</summary>
    public override string ToString() => Text;

    /// <summary>True where the tag stands in the record in lower case, whatever its value.</summary>
    internal bool HasTag(string name) => FindTag(name) is not null;

    /// <summary>The first tag of that name in lower case; null where there is none.</summary>
    internal TagSpec? FindTag(string name) => Tags.FirstOrDefault(tag => tag.HasName(name));

    internal bool HasFault(CheckDefinition check) => Faults.Any(fault => fault.Check == check);
}
