using MailDns.Dkim;
using MailDns.Dmarc;
using MailDns.Mx;
using MailDns.Spf;

namespace MailDns.Sending;

/// <summary>Whether a domain sends mail: what the user says, else what its own records say.</summary>
internal sealed class ParkedDomain
{
    private ParkedDomain(bool isParked, string? sendsBecause)
    {
        IsParked = isParked;
        SendsBecause = sendsBecause;
    }

    /// <summary>True where the domain sends no mail.</summary>
    public bool IsParked { get; }

    /// <summary>How it is known that the domain sends, as the end of a sentence; null where it is not known.</summary>
    public string? SendsBecause { get; }

    /// <summary>
    /// Parked: the user says so, or the domain has a null MX (RFC 7505) and one SPF record that authorises nobody, and nobody
    /// names a sender. A failed lookup proves neither.
    /// </summary>
    public static async Task<ParkedDomain> ReadAsync(SendingDomainRequest request, IDnsResolver resolver, CancellationToken cancellationToken)
    {
        if (request.IsParked) return new ParkedDomain(isParked: true, sendsBecause: null);

        DnsResponse[] answers = await Task.WhenAll(
            resolver.QueryAsync(request.Domain, DnsRecordType.Mx, cancellationToken),
            resolver.QueryTxtAsync(request.Domain, cancellationToken)).ConfigureAwait(false);
        string[] spf = answers[1].Texts.Where(SpfParser.IsSpfRecord).ToArray();
        bool deniesAll = spf.Length == 1 && DeniesAll(spf[0]);
        string? because = NamedSender(request) ?? (spf.Length == 1 && !deniesAll ? "its SPF record authorises senders" : null);
        return new ParkedDomain(because is null && deniesAll && MxStatusReader.IsNullMx(answers[0]), because);
    }

    /// <summary>True for "v=spf1 -all" in any spelling: a fail for everybody, and nothing before it.</summary>
    public static bool DeniesAll(string text) =>
        SpfParser.TryParse(text, out SpfRecord? record, out _)
        && record!.Directives.FirstOrDefault() is { Mechanism: SpfMechanism.All, Qualifier: SpfQualifier.Fail };

    private static string? NamedSender(SendingDomainRequest request) =>
        request.Providers.Count > 0 ? "it is said to send through " + Text.PrintableText.Escape(request.Providers[0].Name)
        : request.BounceHost is not null || request.Selectors.Count > 0 || request.HeloNames.Count > 0 || request.Addresses.Count > 0 ? "it is said to send mail"
        : null;
}

/// <summary>A domain that sends nothing: nobody may send as it (M3AAWG Protecting Parked Domains).</summary>
internal static class ParkedRules
{
    /// <summary>Judges SPF and DMARC of the domain.</summary>
    public static void Apply(DomainName domain, ParkedDomain parked, SpfStatus spf, DmarcStatus dmarc, CheckSheet sheet)
    {
        if (!parked.IsParked)
        {
            sheet.CompleteNotApplicable(new[] { SpfChecks.Parked, DmarcChecks.ParkedWeak }, "The domain is not known to be parked.");
            return;
        }

        ApplySpf(domain, spf, sheet);
        ApplyDmarc(domain, dmarc, sheet);
    }

    private static void ApplySpf(DomainName domain, SpfStatus spf, CheckSheet sheet)
    {
        CheckResult? failed = spf.Results.FirstOrDefault(result => result is { Id: "SPF-MISSING", Status: CheckStatus.Unknown });
        if (failed is not null)
        {
            sheet.Unknown(SpfChecks.Parked, failed.Message, cause: failed.Cause);
        }
        else if (spf.Records.Length == 1 && spf.Record is { } text && ParkedDomain.DeniesAll(text))
        {
            sheet.Pass(SpfChecks.Parked);
        }
        else
        {
            string found = spf.Records.Length == 0 ? "has no SPF record"
                : spf.Records.Length > 1 ? "has " + spf.Records.Length + " SPF records"
                : "has an SPF record that authorises senders, or leaves them open: " + "\"" + spf.Record + "\"";
            sheet.Report(
                SpfChecks.Parked.With(domain, found),
                ParkedDomainRecordBuilder.SpfText,
                spf.Record,
                recommendation: null,
                ParkedDomainRecordBuilder.Spf(domain, domain, TimeSpan.FromHours(1)));
        }
    }

    private static void ApplyDmarc(DomainName domain, DmarcStatus dmarc, CheckSheet sheet)
    {
        CheckDefinition check = DmarcChecks.ParkedWeak;

        // What holds for names below a domain is said at the Organizational Domain alone (RFC 9989 section 4.10.1).
        DmarcPolicy?[] policies = IsOrganizational(domain, dmarc)
            ? new[] { dmarc.EffectivePolicy, dmarc.SubdomainPolicy, dmarc.NonexistentSubdomainPolicy }
            : new[] { dmarc.EffectivePolicy };
        if (dmarc.Outcome == DmarcOutcome.Unknown)
        {
            sheet.Unknown(check, "A failed lookup leaves open which DMARC record applies.", cause: FailedLookups.CauseOf(dmarc.Results));
        }
        else if (policies.All(policy => policy == DmarcPolicy.Reject))
        {
            sheet.Pass(check);
        }
        else
        {
            // Of several records a person says which goes; DMARC-MULTIPLE asks for it.
            TxtRecord fix = Fix(domain, dmarc);
            sheet.Report(check.With(domain, Describe(dmarc)), fix.Text, dmarc.Record, recommendation: null, dmarc.Records.Length > 1 ? Array.Empty<ResourceRecord>() : new ResourceRecord[] { fix });
        }
    }

    private static bool IsOrganizational(DomainName domain, DmarcStatus dmarc) => dmarc.OrganizationalDomain is null || dmarc.OrganizationalDomain == domain.Text;

    private static string Describe(DmarcStatus dmarc)
    {
        if (dmarc.Outcome != DmarcOutcome.Found || dmarc.EffectivePolicy is not { } policy) return "no record applies";

        string text = policy == DmarcPolicy.Reject ? string.Empty : Write(policy) + " for the domain, ";
        return text + Write(dmarc.SubdomainPolicy) + " for its subdomains, " + Write(dmarc.NonexistentSubdomainPolicy) + " for names that do not exist"
            + (dmarc.Testing ? " (t=y)" : string.Empty);
    }

    private static string Write(DmarcPolicy? policy) => policy is { } known ? DmarcTags.Write(known) : "nothing";

    // The domain's own record keeps its reports; those of a record above it are its owner's.
    private static TxtRecord Fix(DomainName domain, DmarcStatus dmarc)
    {
        IReadOnlyList<string> reports = dmarc.ParsedRecord is { } record && dmarc.RecordDomain == domain.Text
            ? record.AggregateReportUri.Where(uri => uri.IsValid).Select(uri => uri.RawUri).ToArray()
            : Array.Empty<string>();
        return ParkedDomainRecordBuilder.Dmarc(domain, domain, IsOrganizational(domain, dmarc), reports, TimeSpan.FromHours(1));
    }
}

/// <summary>
/// The records of a domain that neither sends nor takes mail (M3AAWG Protecting Parked Domains): nobody may send as it,
/// nothing is delivered to it, and no key signs for it.
/// </summary>
internal static class ParkedDomainRecordBuilder
{
    /// <summary>SPF that authorises nobody (RFC 7208 section 10.1.2).</summary>
    public const string SpfText = "v=spf1 -all";

    /// <summary>A key that is revoked (RFC 6376 section 3.6.1, p).</summary>
    public const string RevokedKey = "v=DKIM1; p=";

    /// <summary>The names of all selectors that have no record of their own (RFC 4592).</summary>
    private const string AnySelector = "*." + DkimSelector.Label;

    /// <summary>The records, in the order SPF, MX, DKIM, DMARC.</summary>
    /// <exception cref="ArgumentException">A report address is none, or every part is left out.</exception>
    /// <exception cref="DomainNameException">A name is too long, or the domain is outside the zone.</exception>
    public static IReadOnlyList<ResourceRecord> Build(DomainName domain, DomainName zone, ParkedDomainRecordOptions options)
    {
        if (options.Exclude.Contains(RecordPurpose.Dmarc) && options.AggregateReportUri.Count > 0)
            throw new ArgumentException("AggregateReportUri is part of the DMARC record, which is left out.");

        ResourceRecord[] records = All(domain, zone, options).Where(record => !options.Exclude.Contains(record.Purpose)).ToArray();
        return records.Length > 0 ? records : throw new ArgumentException("Every part is left out: there is no record to make.");
    }

    /// <summary>SPF that authorises nobody.</summary>
    public static TxtRecord Spf(DomainName domain, DomainName zone, TimeSpan timeToLive) => new(domain, zone, SpfText, timeToLive, RecordPurpose.Spf);

    /// <summary>DMARC that has everything rejected.</summary>
    /// <param name="domain">The domain.</param>
    /// <param name="zone">The zone that holds the record.</param>
    /// <param name="isOrganizational">True for an Organizational Domain: only there sp and np count (RFC 9989 section 4.10.1).</param>
    /// <param name="reports">Addresses for reports.</param>
    /// <param name="timeToLive">Time to live.</param>
    /// <exception cref="ArgumentException">A report address is none.</exception>
    public static TxtRecord Dmarc(DomainName domain, DomainName zone, bool isOrganizational, IReadOnlyList<string> reports, TimeSpan timeToLive)
    {
        string text = DmarcRecordBuilder.BuildText(new DmarcRecordOptions
        {
            Policy = DmarcPolicy.Reject,
            SpellOutPolicies = isOrganizational,
            AggregateReportUri = reports,
            NoReport = reports.Count == 0,
        });
        return DmarcRecordBuilder.CreateWithText(domain, zone, text, timeToLive);
    }

    private static IEnumerable<ResourceRecord> All(DomainName domain, DomainName zone, ParkedDomainRecordOptions options)
    {
        yield return Spf(domain, zone, options.TimeToLive);
        yield return MxRecordBuilder.CreateNull(domain, zone, options.TimeToLive);
        yield return new TxtRecord(domain.Prepend(AnySelector), zone, RevokedKey, options.TimeToLive, RecordPurpose.Dkim);

        // A domain below its zone is hardly an Organizational Domain.
        yield return Dmarc(domain, zone, isOrganizational: domain.Equals(zone), options.AggregateReportUri, options.TimeToLive);
    }
}

/// <summary>What the records of a domain that sends nothing are made of.</summary>
internal sealed class ParkedDomainRecordOptions
{
    /// <summary>Where reports of abuse go (DMARC rua).</summary>
    public IReadOnlyList<string> AggregateReportUri { get; init; } = Array.Empty<string>();

    /// <summary>Parts to leave out: Spf, Mx, Dkim, Dmarc.</summary>
    public IReadOnlyList<RecordPurpose> Exclude { get; init; } = Array.Empty<RecordPurpose>();

    /// <summary>Time to live; default one hour.</summary>
    public TimeSpan TimeToLive { get; init; } = TimeSpan.FromHours(1);
}
