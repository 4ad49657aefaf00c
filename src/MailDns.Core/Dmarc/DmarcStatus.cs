using MailDns.Dmarc;

namespace MailDns;

/// <summary>DMARC of one domain as receivers of RFC 9989 see it, and what is wrong with it. Texts from DNS are escaped.</summary>
public sealed class DmarcStatus : AreaStatus
{
    internal DmarcStatus(DmarcDiscovery discovery, IReadOnlyList<string> queriedNames, CheckSheet sheet)
        : base(discovery.Domain.Text)
    {
        DmarcSelection selection = discovery.Selection;
        DmarcLookup shown = selection.Lookup ?? discovery.Own;
        Outcome = selection.Outcome == DmarcOutcome.Found && discovery.ExistenceFailure is not null ? DmarcOutcome.Unknown : selection.Outcome;
        ParsedRecord = selection.Record;
        Record = ParsedRecord?.Text;
        Records = shown.Candidates.Select(PrintableText.Escape).ToArray();
        RecordDomain = selection.Domain?.Text;
        OrganizationalDomain = discovery.Walk.OrganizationalDomain?.Text;
        Policy = ParsedRecord?.Policy;
        EffectivePolicy = discovery.Policy.Effective;
        Source = discovery.Policy.Source.Length == 0 ? null : discovery.Policy.Source;
        SubdomainPolicy = discovery.SubdomainPolicy.Effective;
        NonexistentSubdomainPolicy = discovery.NonexistentSubdomainPolicy.Effective;
        Testing = ParsedRecord?.Testing ?? false;
        QueriedNames = queriedNames.ToArray();
        Rfc7489OrganizationalDomain = discovery.Rfc7489?.OrganizationalDomain.Text;
        Rfc7489RecordDomain = discovery.Rfc7489?.Lookup?.Domain.Text;
        Rfc7489Policy = discovery.Rfc7489?.Policy.Effective;
        RecordName = DmarcRecordBuilder.Label + "." + (RecordDomain ?? Domain);
        Judge(sheet, isThere: true);
        IsValid = Outcome == DmarcOutcome.Unknown ? null : Outcome == DmarcOutcome.Found && EffectivePolicy is not null && !sheet.HasFailure;
    }

    /// <summary>Whether a record applies, none does, or a failed lookup leaves it open.</summary>
    public DmarcOutcome Outcome { get; }

    /// <summary>The text of the record that applies; null where none does.</summary>
    public string? Record { get; }

    /// <summary>The record that applies, tag by tag; null where none does.</summary>
    public DmarcRecord? ParsedRecord { get; }

    /// <summary>The domain whose record applies: this one, its Organizational Domain or its Public Suffix Domain.</summary>
    public string? RecordDomain { get; }

    /// <summary>The Organizational Domain by DNS Tree Walk (RFC 9989 section 4.10.2); null where a failed lookup leaves it open.</summary>
    public string? OrganizationalDomain { get; }

    /// <summary>p as the record that applies publishes it; null where it is absent or wrong.</summary>
    public DmarcPolicy? Policy { get; }

    /// <summary>What receivers apply to the domain, t=y taken into account; null where they apply no DMARC or it is not known.</summary>
    public DmarcPolicy? EffectivePolicy { get; }

    /// <summary>The tag that decides: p, sp or np; "default" where a missing or wrong tag made it none.</summary>
    public string? Source { get; }

    /// <summary>What receivers apply to an existing subdomain of the domain that has no record of its own.</summary>
    public DmarcPolicy? SubdomainPolicy { get; }

    /// <summary>What receivers apply to a subdomain that does not exist.</summary>
    public DmarcPolicy? NonexistentSubdomainPolicy { get; }

    /// <summary>True with t=y: every policy is applied one level lower.</summary>
    public bool Testing { get; }

    /// <summary>The names asked to find the record and the Organizational Domain, in order.</summary>
    public string[] QueriedNames { get; }

    /// <summary>The Organizational Domain by the Public Suffix List (RFC 7489 section 3.2); null without -PublicSuffixListPath.</summary>
    public string? Rfc7489OrganizationalDomain { get; }

    /// <summary>The domain whose record a receiver of RFC 7489 takes; null without a list, without a record, or unknown.</summary>
    public string? Rfc7489RecordDomain { get; }

    /// <summary>The policy that a receiver of RFC 7489 applies; null without a list, without a record, or unknown.</summary>
    public DmarcPolicy? Rfc7489Policy { get; }

    /// <summary>The domain and the policy that applies.</summary>
    public override string ToString() => Domain + ": " + (Record ?? Outcome.ToString());
}
