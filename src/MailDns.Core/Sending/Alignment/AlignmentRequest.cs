using System.Net;

namespace MailDns.Sending;

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
                : "The profile of " + PrintableText.Escape(provider.Name) + " does not say where its mail returns to; give -BounceDomain.",
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
