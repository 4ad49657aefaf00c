using MailDns.Sending;
using MailDns.Spf;

namespace MailDns.MailReports;

/// <summary>The class of a source, and in words why.</summary>
internal static class SourceClassifier
{
    /// <summary>Share of one's own mail that must pass, by each of DKIM and SPF, to be called so.</summary>
    public const double Share = 0.98;

    public static void Classify(DmarcSource source, SourceEntry entry)
    {
        source.Class = ClassOf(source, entry.Key.Tie);
        source.Reason = ReasonOf(source);
    }

    /// <summary>The order in which people read: what needs no attention first, so that at the prompt the worst comes last.</summary>
    public static int Rank(DmarcSourceClass value) => value switch
    {
        DmarcSourceClass.OwnPassing => 0,
        DmarcSourceClass.Forwarder => 1,
        DmarcSourceClass.TemporaryError => 2,
        DmarcSourceClass.Unknown => 3,
        DmarcSourceClass.OwnFragile => 4,
        DmarcSourceClass.ServiceUnaligned => 5,
        _ => 6,
    };

    private static DmarcSourceClass ClassOf(DmarcSource source, SourceTie tie) => tie switch
    {
        SourceTie.Service => DmarcSourceClass.ServiceUnaligned,
        SourceTie.Forwarded => DmarcSourceClass.Forwarder,
        SourceTie.TemporaryError => DmarcSourceClass.TemporaryError,
        SourceTie.None => DmarcSourceClass.Unknown,
        _ => OwnClass(source),
    };

    private static DmarcSourceClass OwnClass(DmarcSource source)
    {
        long judged = source.Messages - source.TemporaryErrors;
        if (judged <= 0) return source.Messages == 0 ? DmarcSourceClass.OwnPassing : DmarcSourceClass.TemporaryError;
        if (source.Passed < judged * Share) return DmarcSourceClass.OwnFailing;

        return source.DkimAligned < judged * Share || source.SpfAligned < judged * Share ? DmarcSourceClass.OwnFragile : DmarcSourceClass.OwnPassing;
    }

    private static string ReasonOf(DmarcSource source)
    {
        long judged = source.Messages - source.TemporaryErrors;
        switch (source.Class)
        {
            case DmarcSourceClass.OwnPassing:
                return "Own mail; DKIM and SPF pass.";
            case DmarcSourceClass.OwnFragile when source.DkimAligned < judged * Share && source.SpfAligned >= judged * Share:
                return "Own mail that passes only SPF: it fails once it is forwarded.";
            case DmarcSourceClass.OwnFragile when source.DkimAligned >= judged * Share:
                return "Own mail that passes only DKIM.";
            case DmarcSourceClass.OwnFragile:
                return "Own mail, of which some passes DKIM and some passes SPF.";
            case DmarcSourceClass.OwnFailing:
                return "Own mail, and " + Number(source.Failed) + " of " + Number(judged) + " messages fail.";
            case DmarcSourceClass.ServiceUnaligned:
                return source.Passed > 0
                    ? "A known platform; " + Number(source.Failed) + " of " + Number(source.Messages) + " messages do not authenticate as " + source.Domain + "."
                    : "A known platform that does not authenticate as " + source.Domain + ".";
            case DmarcSourceClass.Forwarder:
                return source.Failed == 0 ? "Forwarded mail whose DKIM signature passes." : "Forwarded mail or a mailing list; " + Number(source.Failed) + " messages fail, which the sender cannot correct.";
            case DmarcSourceClass.TemporaryError:
                return "Lookups of receivers failed; this is neither a pass nor a failure.";
            default:
                return source.Passed > 0
                    ? "Nothing in DNS relates it to " + source.Domain + ", though receivers passed " + Number(source.Passed) + " messages."
                    : "Nothing relates it to " + source.Domain + ": a sender that was forgotten, or somebody who forges the domain.";
        }
    }

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}

/// <summary>What mends a source: the records that its platform asks for, or its addresses in the SPF record.</summary>
internal sealed class SourceRemedy(IDnsResolver? resolver)
{
    // More addresses than these are no list that a person keeps.
    private const int MaxAddresses = 10;

    private static readonly TimeSpan s_ttl = TimeSpan.FromHours(1);

    // A spoofer chooses what a source is called and how many there are.
    private int _made;

    public async Task AddAsync(DmarcSource source, SourceEntry entry, CancellationToken cancellationToken)
    {
        switch (source.Class)
        {
            case DmarcSourceClass.OwnFailing or DmarcSourceClass.ServiceUnaligned or DmarcSourceClass.OwnFragile when entry.Platform is { } platform && source.Class != DmarcSourceClass.OwnFragile:
                await AddPlatformAsync(source, platform, cancellationToken).ConfigureAwait(false);
                break;
            case DmarcSourceClass.OwnFailing when entry.IsStrictOnly && source.Passed == 0:
                source.Recommendation = "It authenticates as another domain of yours, which does not align strictly. Sign as " + source.Domain + ", or publish relaxed alignment (adkim=r, aspf=r).";
                break;
            case DmarcSourceClass.OwnFailing:
                source.Recommendation = "Sign its mail with DKIM as " + source.Domain + " (New-DkimKey, New-DkimRecord), and use a MAIL FROM domain of " + source.PolicyDomain + " whose SPF record has its addresses.";
                await AddAddressesAsync(source, entry, cancellationToken).ConfigureAwait(false);
                break;
            case DmarcSourceClass.OwnFragile when source.DkimAligned < source.SpfAligned:
                source.Recommendation = "Sign its mail with DKIM as " + source.Domain + " (New-DkimKey, New-DkimRecord): a domain at p=reject must not rely on SPF alone (RFC 9989 section 7.4).";
                break;
            case DmarcSourceClass.OwnFragile:
                source.Recommendation = entry.Platform is { } fragile
                    ? "DKIM carries it. For SPF too, set up a bounce domain of your own at " + fragile.Name + "."
                    : "DKIM carries it. For SPF too, use a MAIL FROM domain of " + source.PolicyDomain + " whose SPF record has its addresses.";
                if (entry.Platform is null)
                    await AddAddressesAsync(source, entry, cancellationToken).ConfigureAwait(false);

                break;
            case DmarcSourceClass.Unknown:
                source.Recommendation = "Is it yours? Then name it by -OwnSource, set up DKIM, and measure again. If not, leave it: this is what DMARC is for.";
                break;
        }
    }

    private async Task AddPlatformAsync(DmarcSource source, SendingProvider platform, CancellationToken cancellationToken)
    {
        string advice = "If " + platform.Name + " sends for you, set up DKIM" + (platform.RecordsOf(RecordPurpose.Bounce).Length > 0 ? " and the bounce domain" : string.Empty)
            + " for " + source.Domain + " there: New-SendingDomainRecord " + source.Domain + " -Provider " + platform.Id;
        string[] missing = platform.Parameters.Where(parameter => parameter.Default is null && Mends(platform).Any(record => record.Parameters.Contains(parameter.Name))).Select(parameter => parameter.Name).ToArray();
        source.Recommendation = advice + (missing.Length == 0 ? "." : ", with the values that the account shows (" + string.Join(", ", missing) + ").");
        if (_made >= 200 || !DomainName.TryParse(source.Domain, out DomainName? domain, out _)) return;

        _made++;
        var records = new List<ResourceRecord>();
        foreach (ResourceRecord record in Wanted(platform, domain!, ZoneOf(source, domain!)))
        {
            if (record is TxtRecord { Purpose: RecordPurpose.Spf } spf)
            {
                string[] terms = SpfParser.Read(spf.Text).Record.Directives.Where(directive => directive.Mechanism == SpfMechanism.Include).Select(directive => directive.Text).ToArray();
                records.Add(await MergeAsync(domain!, ZoneOf(source, domain!), terms, cancellationToken).ConfigureAwait(false) ?? record);
            }
            else
            {
                records.Add(record);
            }
        }

        source.Record = records.ToArray();
    }

    private static IEnumerable<ResourceRecord> Wanted(SendingProvider platform, DomainName domain, DomainName zone)
    {
        try
        {
            return SendingDomainRecordBuilder.Build(domain, new SendingDomainRecordOptions { Provider = platform, Zone = zone, TimeToLive = s_ttl }).Records
                .Where(record => record.Purpose is RecordPurpose.Dkim or RecordPurpose.Bounce or RecordPurpose.Spf);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or InvalidOperationException)
        {
            // What the platform's records need, only the account shows; the recommendation names it.
            return Array.Empty<ResourceRecord>();
        }
    }

    private static DomainName ZoneOf(DmarcSource source, DomainName domain) =>
        DomainName.TryParse(source.PolicyDomain, out DomainName? policy, out _) && domain.IsSameOrBelow(policy!) ? policy! : domain;

    private static IEnumerable<SendingProviderRecord> Mends(SendingProvider platform) =>
        platform.Records.Where(record => record.Role is RecordPurpose.Dkim or RecordPurpose.Bounce or RecordPurpose.Spf && record.Required && !record.Legacy);

    private async Task AddAddressesAsync(DmarcSource source, SourceEntry entry, CancellationToken cancellationToken)
    {
        if (resolver is null || entry.Addresses.Count is 0 or >= MaxAddresses || _made >= 200 || source.SpfAligned > 0 || !DomainName.TryParse(source.Domain, out DomainName? domain, out _))
            return;

        _made++;
        string[] terms = entry.Addresses.Select(address => (address.IsIPv6 ? "ip6:" : "ip4:") + address).ToArray();
        if (await MergeAsync(domain!, ZoneOf(source, domain!), terms, cancellationToken).ConfigureAwait(false) is { } record)
            source.Record = new ResourceRecord[] { record };
    }

    // The record that is there with more terms; null where there is not exactly one, or where one that stays denies them.
    private async Task<TxtRecord?> MergeAsync(DomainName domain, DomainName zone, string[] terms, CancellationToken cancellationToken)
    {
        if (resolver is null || terms.Length == 0) return null;

        DnsResponse response = await resolver.QueryTxtAsync(domain, cancellationToken).ConfigureAwait(false);
        string[] texts = response.IsFailure ? Array.Empty<string>() : response.Texts.Where(SpfParser.IsSpfRecord).ToArray();
        SpfReading? reading = texts.Length == 1 ? SpfParser.Read(texts[0]) : null;
        if (reading is not { IsValid: true }) return null;

        try
        {
            SpfEdit edit = SpfEditor.Add(reading.Record, domain, SpfParser.Parse("v=spf1 " + string.Join(" ", terms)).Directives.ToArray());
            return edit.IsChanged ? new TxtRecord(domain, zone, edit.After.Source, s_ttl, RecordPurpose.Spf) : null;
        }
        catch (SpfRefusalException)
        {
            return null;
        }
    }
}
