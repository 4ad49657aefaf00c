namespace MailDns.Caa;

/// <summary>The checks of CAA (RFC 8659, RFC 9495): the one place that declares them.</summary>
internal static class CaaChecks
{
    private static readonly CheckRows s_rows = new(CheckArea.Caa);
    public static readonly CheckDefinition Syntax = s_rows.Error("CAA-SYNTAX", CheckNeeds.Dns, "CAA values are valid", "CAA at {name} is not valid: {why}.", "Write the authority's domain name alone, or \";\" to allow nobody.", "RFC 8659 sections 4.2 to 4.4");
    public static readonly CheckDefinition UnknownCritical = s_rows.Error("CAA-CRITICAL", CheckNeeds.Dns, "No unknown CAA property is critical", "The CAA property {tag} at {name} is unknown and critical: no authority may issue.", "Correct the tag, or set its flags to 0.", "RFC 8659 section 4.1");
    public static readonly CheckDefinition Flags = s_rows.Warning("CAA-FLAGS", CheckNeeds.Dns, "CAA flags are 0 or 128", "CAA at {owner} has flags without a meaning (128 is critical): {flags}.", "Write 0, or 128 for a critical property.", "RFC 8659 section 4.1");
    public static readonly CheckDefinition IssueMail = s_rows.Information("CAA-ISSUEMAIL", CheckNeeds.Dns, "CAA says who may issue S/MIME certificates", "{where}: any authority may issue S/MIME certificates for its addresses.", "Optional: New-CaaRecord -IssueMail <authority>, or \";\" where nobody should.", "RFC 9495 section 3");
    public static readonly CheckDefinition IssueVmc = s_rows.Warning("CAA-ISSUEVMC", CheckNeeds.Dns, "CAA allows an authority to issue the mark certificate that BIMI names", "CAA forbids the mark certificate that BIMI names: {fault}", "Add issuevmc with the domain of the certificate's issuer.", "Minimum security requirements for issuance of mark certificates, issuevmc; RFC 8659 section 3");
    public static readonly CheckDefinition BlocksMtaSts = s_rows.Warning("CAA-BLOCKS-MTASTS", CheckNeeds.Dns, "CAA allows an authority to issue for the MTA-STS host", "CAA forbids a certificate for the MTA-STS host: {fault}", "Add issue with the domain of the authority that the host uses.", "RFC 8659 section 3; RFC 8461 section 3.3");

    /// <summary>All of them, in the order of the catalogue.</summary>
    public static IReadOnlyList<CheckDefinition> All => s_rows;
}

/// <summary>What is wrong with the CAA records that apply to a name.</summary>
internal static class CaaRules
{
    private const int MostNamed = 3;

    /// <summary>Judges the records themselves.</summary>
    public static void Apply(CaaSet set, DomainName domain, CheckSheet sheet)
    {
        string[] malformed = Named(set, record => CaaProperty.Problem(record.Tag, record.Value) is { } problem ? Show(record) + " " + problem : null);
        if (malformed.Length > 0) sheet.Report(CaaChecks.Syntax.With(set.Owner, string.Join("; ", malformed)));

        string[] critical = Named(set, record => CaaSet.IsUnknownCritical(record) ? PrintableText.Quote(record.Tag) : null);
        if (critical.Length > 0) sheet.Report(CaaChecks.UnknownCritical.With(string.Join(", ", critical), set.Owner));

        string[] flags = Named(set, record => record.Flags is not (0 or CaaProperty.Critical) ? Show(record) : null);
        if (flags.Length > 0) sheet.Report(CaaChecks.Flags.With(set.Owner, string.Join("; ", flags)));

        if (set.Issuers(CaaProperty.IssueMail) is null)
        {
            string where = set.Owner is null ? "No CAA applies to " + domain : "CAA at " + set.Owner + " has no issuemail";
            sheet.Report(CaaChecks.IssueMail.With(where));
        }
    }

    /// <summary>Judges whether anybody may issue for a host or a purpose that the domain uses.</summary>
    public static void ApplyPermission(CheckDefinition check, CaaSet set, string tag, string purpose, CheckSheet sheet)
    {
        if (set.Failure is { } failure)
        {
            sheet.Unknown(check, failure);
        }
        else if (set.ForbidsAll(tag))
        {
            sheet.Report(check.Saying("CAA at " + set.Owner + " lets nobody issue " + purpose + "."), actual: string.Join(" | ", set.Records.Take(MostNamed).Select(Show)));
        }
        else
        {
            string who = set.Issuers(tag) is { } issuers ? "CAA at " + set.Owner + " lets " + string.Join(", ", issuers.Take(MostNamed)) : "CAA lets every authority";
            sheet.Pass(check, who + " issue " + purpose + ".");
        }
    }

    private static string[] Named(CaaSet set, System.Func<CaaData, string?> problem) => set.Records.Select(problem).OfType<string>().Take(MostNamed).ToArray();

    private static string Show(CaaData record) => record.Flags + " " + PrintableText.Escape(record.Tag) + " " + PrintableText.Quote(record.Value);
}

/// <summary>
/// The relevant CAA records of a name (RFC 8659 section 3): those at the name or where its aliases lead, else those of the
/// nearest name above it that has any. The trees above alias targets are not asked.
/// </summary>
internal sealed class CaaSet(DomainName? owner, IReadOnlyList<CaaData> records, DnsResponse? failure)
{
    /// <summary>The name that was asked when records came; null where no name has any, or a lookup failed.</summary>
    public DomainName? Owner { get; } = owner;

    public IReadOnlyList<CaaData> Records { get; } = records;

    /// <summary>The lookup that failed: what applies is then not known.</summary>
    public DnsResponse? Failure { get; } = failure;

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
