using System.Net;
using MailDns.Dmarc;

namespace MailDns.Sending;

/// <summary>Puts the paths together to one verdict.</summary>
internal sealed class AlignmentVerdict
{
    public AlignmentVerdict(AlignmentRequest request, DmarcDiscovery discovery, AlignmentPath spf, IReadOnlyList<AlignmentPath> dkim)
    {
        Request = request;
        Discovery = discovery;
        Spf = spf;
        Dkim = dkim;
        DkimPasses = Any(dkim.Select(path => path.Passes));
        Passed = Decide();
        Reason = Describe();
    }

    public AlignmentRequest Request { get; }

    public DmarcDiscovery Discovery { get; }

    public AlignmentPath Spf { get; }

    public IReadOnlyList<AlignmentPath> Dkim { get; }

    public bool? DkimPasses { get; }

    public bool? Passed { get; }

    public string Reason { get; }

    /// <summary>True where receivers apply DMARC; null where that is not known.</summary>
    public bool? Applies => Discovery.Selection.Outcome switch
    {
        DmarcOutcome.Missing => false,
        DmarcOutcome.Unknown => null,
        _ => Discovery.Policy.Effective is not null || Discovery.ExistenceFailure is not null,
    };

    public string? Path
    {
        get
        {
            if (Passed != true) return null;

            return (Spf.Passes, DkimPasses) switch
            {
                (true, true) => "SPF and DKIM",
                (true, _) => "SPF",
                _ => "DKIM",
            };
        }
    }

    /// <summary>What the paths that pass take for granted.</summary>
    public string[] Assumptions => new[] { Spf }.Concat(Dkim)
        .Where(path => path.Passes == true && path.Assumption is not null)
        .Select(path => path.Assumption!)
        .Distinct(StringComparer.Ordinal)
        .ToArray();

    /// <summary>What to do where no check has found anything.</summary>
    public string Recommendation => Applies == false ? DmarcChecks.Missing.Recommendation : string.Empty;

    /// <summary>True when one is, else unknown when one is, else false.</summary>
    public static bool? Any(IEnumerable<bool?> values)
    {
        bool? any = false;
        foreach (bool? value in values)
        {
            if (value == true) return true;

            any = value is null ? null : any;
        }

        return any;
    }

    // RFC 9989 section 5.3.5: one aligned pass is enough; without a record there is no DMARC result at all.
    private bool? Decide()
    {
        bool? path = Any(new[] { Spf.Passes, DkimPasses });
        return Applies == false || path == false ? false : Applies is null ? null : path;
    }

    private string Describe()
    {
        DmarcSelection selection = Discovery.Selection;
        string record = Applies switch
        {
            true => "The DMARC record at " + DmarcRecordBuilder.Label + "." + selection.Domain + " applies.",
            null => DmarcPlaceRules.Describe(selection.Failure!) + " Which DMARC record applies is not known.",
            _ => selection.Outcome == DmarcOutcome.Missing
                ? "No DMARC record applies to " + Request.From + ", so there is nothing to pass."
                : "The DMARC record of " + selection.Domain + " has no valid policy and no valid rua: receivers apply no DMARC.",
        };
        string dkim = Dkim.Count == 0 ? "No signing domain is given, so DKIM is left out." : string.Join(" ", Dkim.Select(path => path.Reason).Distinct(StringComparer.Ordinal));
        return record + " " + Spf.Reason + " " + dkim;
    }
}

/// <summary>One way to a DMARC pass: SPF, or one DKIM signature.</summary>
internal sealed class AlignmentPath(DomainName? domain, bool? aligned, bool? authenticates, string reason, string? assumption = null)
{
    /// <summary>The Authenticated Identifier; null where there is none.</summary>
    public DomainName? Domain { get; } = domain;

    /// <summary>Whether the identifier aligns with the From domain; null where a failed lookup leaves it open.</summary>
    public bool? Aligned { get; } = aligned;

    /// <summary>Whether the mechanism itself passes, as far as DNS tells; null where a failed lookup leaves it open.</summary>
    public bool? Authenticates { get; } = authenticates;

    /// <summary>Why, in one sentence or two.</summary>
    public string Reason { get; } = reason;

    /// <summary>What is taken for granted; null where nothing is.</summary>
    public string? Assumption { get; } = assumption;

    /// <summary>Whether this gives an aligned pass.</summary>
    public bool? Passes => Aligned == false || Authenticates == false ? false : Aligned is null || Authenticates is null ? null : true;
}

/// <summary>How mail is going to be sent: what DMARC will look at.</summary>
internal sealed class AlignmentRequest(DomainName from)
{
    private const string KeyLabel = "._domainkey.";

    /// <summary>The Author Domain (RFC 9989 section 3.2.2).</summary>
    public DomainName From { get; } = from;

    /// <summary>The domain of the Return-Path (RFC 5321 MAIL FROM); null where it is not known or is the platform's own.</summary>
    public DomainName? Bounce { get; init; }

    /// <summary>Why there is no bounce domain.</summary>
    public string NoBounce { get; init; } = "No bounce domain is given, so SPF is left out.";

    /// <summary>True where mail has a bounce domain that nobody knows: then SPF is unknown, not failed.</summary>
    public bool IsBounceUnknown { get; init; }

    public IReadOnlyList<AlignmentSignature> Signatures { get; init; } = Array.Empty<AlignmentSignature>();

    /// <summary>The address that mail is sent from; null where SPF's result is taken for granted.</summary>
    public IPAddress? IPAddress { get; init; }

    /// <summary>Signatures of the given domains, with the keys of the given selectors where there are any.</summary>
    /// <exception cref="DomainNameException">A domain or selector is none.</exception>
    public static IReadOnlyList<AlignmentSignature> SignaturesOf(IEnumerable<string> domains, IReadOnlyCollection<string> selectors)
    {
        var signatures = new List<AlignmentSignature>();
        foreach (DomainName domain in domains.Select(DomainName.Parse))
        {
            if (selectors.Count == 0) signatures.Add(new AlignmentSignature(domain, KeyName: null));

            signatures.AddRange(selectors.Select(selector => new AlignmentSignature(domain, DomainName.Parse(selector + KeyLabel + domain.Text))));
        }

        return signatures;
    }

    /// <summary>The bounce domain as a person gives it: a domain, or a single label below the From domain.</summary>
    /// <exception cref="DomainNameException">It is neither.</exception>
    public static DomainName BounceOf(string text, DomainName from) =>
        DomainName.TryParse(text, out DomainName? domain, out _) ? domain! : HostNames.Resolve(text, from);

    /// <summary>What a provider's profile says of its mail; what is given comes before it.</summary>
    /// <exception cref="SendingProviderValueException">The profile's bounce host needs a value.</exception>
    public static AlignmentRequest OfProvider(
        SendingProvider provider,
        SendingProviderValues values,
        DomainName? bounce,
        IReadOnlyList<AlignmentSignature> signatures,
        IPAddress? address)
    {
        SendingProviderReturnPath path = bounce is null ? provider.ReturnPath : SendingProviderReturnPath.Bounce;
        return new AlignmentRequest(values.Domain)
        {
            Bounce = path switch
            {
                SendingProviderReturnPath.Bounce => bounce ?? ProviderHosts.Bounce(provider, values, host: null)[0].Key,
                SendingProviderReturnPath.Domain => values.Domain,
                _ => null,
            },
            NoBounce = path == SendingProviderReturnPath.Provider
                ? "The Return-Path of " + PrintableText.Escape(provider.Name) + " is in a domain of its own: SPF passes there and cannot align (RFC 9989 section 4.4.2)."
                : "The profile of " + PrintableText.Escape(provider.Name) + " does not say where its mail returns to; specify -BounceDomain.",
            IsBounceUnknown = path == SendingProviderReturnPath.Unknown,
            Signatures = signatures.Count > 0 ? signatures : ProviderSignatures(provider, values),
            IPAddress = address,
        };
    }

    private static AlignmentSignature[] ProviderSignatures(SendingProvider provider, SendingProviderValues values)
    {
        var signatures = new List<AlignmentSignature>();
        foreach (SendingProviderRecord record in provider.RecordsOf(RecordPurpose.Dkim).Where(record => !record.Legacy))
        {
            DomainName? key = SendingProviderExpansion.FindOwner(provider, record, values);
            int label = key?.Text.IndexOf(KeyLabel, StringComparison.Ordinal) ?? -1;
            signatures.Add(label > 0
                ? new AlignmentSignature(DomainName.FromDns(key!.Text.Substring(label + KeyLabel.Length)), key)
                : new AlignmentSignature(values.Domain, KeyName: null));
        }

        return signatures.ToArray();
    }
}

/// <summary>A DKIM signature that mail will carry.</summary>
/// <param name="Domain">The signing domain, d= (RFC 6376 section 3.5).</param>
/// <param name="KeyName">Where its key is published; null where the selector is not known, and the key is taken for granted.</param>
internal sealed record AlignmentSignature(DomainName Domain, DomainName? KeyName);
