namespace MailDns.Caa;

/// <summary>
/// The relevant CAA records of a name (RFC 8659 section 3): those at the name or where its aliases lead, else those of the
/// nearest name above it that has any. The trees above alias targets are not asked.
/// </summary>
internal sealed class CaaSet
{
    private CaaSet(DomainName? owner, IReadOnlyList<CaaData> records, DnsResponse? failure)
    {
        Owner = owner;
        Records = records;
        Failure = failure;
    }

    /// <summary>The name that was asked when records came; null where no name has any, or a lookup failed.</summary>
    public DomainName? Owner { get; }

    public IReadOnlyList<CaaData> Records { get; }

    /// <summary>The lookup that failed: what applies is then not known.</summary>
    public DnsResponse? Failure { get; }

    public static async Task<CaaSet> FindAsync(DomainName name, IDnsResolver resolver, CancellationToken cancellationToken)
    {
        for (DomainName at = name; !at.IsRoot; at = at.Parent)
        {
            DnsResponse answer = await resolver.QueryAsync(at, DnsRecordType.Caa, cancellationToken).ConfigureAwait(false);
            CaaData[] records = answer.Data<CaaData>().ToArray();
            if (answer.IsFailure || records.Length > 0)
                return new CaaSet(answer.IsFailure ? null : at, records, answer.IsFailure ? answer : null);
        }

        return new CaaSet(owner: null, Array.Empty<CaaData>(), failure: null);
    }

    /// <summary>The records of a property.</summary>
    public CaaData[] Of(string tag) => Records.Where(record => string.Equals(record.Tag, tag, StringComparison.OrdinalIgnoreCase)).ToArray();

    /// <summary>The issuers that a property names, escaped; null where the property is not there, so that all may issue.</summary>
    public string[]? Issuers(string tag)
    {
        CaaData[] records = Of(tag);
        return records.Length == 0
            ? null
            : records.Select(record => CaaProperty.IssuerOf(record.Value)).OfType<string>().Where(issuer => issuer.Length > 0).Select(PrintableText.Escape).Distinct(StringComparer.Ordinal).ToArray();
    }

    /// <summary>True where no authority may issue: the property allows nobody, or a critical property is known to none.</summary>
    public bool ForbidsAll(string tag) => Issuers(tag) is { Length: 0 } || Records.Any(IsUnknownCritical);

    public static bool IsUnknownCritical(CaaData record) => (record.Flags & CaaProperty.Critical) != 0 && !CaaProperty.IsKnown(record.Tag);
}
