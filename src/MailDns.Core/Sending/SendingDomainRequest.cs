using System.Net;
using MailDns.Bimi;
using MailDns.Blocklists;
using MailDns.Https;
using MailDns.Smtp;

namespace MailDns.Sending;

/// <summary>What is to be checked at one domain.</summary>
internal sealed class SendingDomainRequest(DomainName domain)
{
    public DomainName Domain { get; } = domain;

    /// <summary>The platforms that send for the domain; none where none was named.</summary>
    public IReadOnlyList<SendingProvider> Providers { get; init; } = Array.Empty<SendingProvider>();

    /// <summary>Values for the profiles' placeholders.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> ProviderValues { get; init; } = Array.Empty<KeyValuePair<string, string>>();

    /// <summary>The groups of the profiles that are in use; empty where nobody says.</summary>
    public IReadOnlyList<string> ProviderGroups { get; init; } = Array.Empty<string>();

    /// <summary>DKIM selectors that are known to be in use; empty for the profile's, else the usual ones are tried.</summary>
    public IReadOnlyList<string> Selectors { get; init; } = Array.Empty<string>();

    /// <summary>The tracking host's full name; null for the profile's.</summary>
    public DomainName? TrackingHost { get; init; }

    /// <summary>The bounce host's full name, the domain of the Return-Path; null for the profile's.</summary>
    public DomainName? BounceHost { get; init; }

    /// <summary>The date of today, for the age that a selector's name tells; null judges no age.</summary>
    public DateTime? Today { get; init; }

    /// <summary>The time, in UTC, for signatures that end; null judges none.</summary>
    public DateTime? Now { get; init; }

    /// <summary>How the BIMI logo is fetched, its host looked up by the resolver of the check; null where nothing is fetched over HTTPS.</summary>
    public Func<IDnsResolver, BimiLogoFetch>? Logo { get; init; }

    /// <summary>How other documents are fetched over HTTPS, their hosts looked up by the resolver of the check; null where nothing is fetched.</summary>
    public Func<IDnsResolver, HttpsAccess>? Https { get; init; }

    /// <summary>How the mail hosts themselves are spoken to; null where they are not.</summary>
    public SmtpAccess? Smtp { get; init; }

    /// <summary>True where the user says that the domain sends no mail.</summary>
    public bool IsParked { get; init; }

    /// <summary>Addresses that the domain's mail is sent from; empty where nobody told.</summary>
    public IReadOnlyList<IPAddress> Addresses { get; init; } = Array.Empty<IPAddress>();

    /// <summary>The block lists that are asked about the addresses and the domain; null where none is named.</summary>
    public BlocklistProbe? Blocklists { get; init; }

    /// <summary>Names that the domain's mail servers say in HELO; empty where nobody told.</summary>
    public IReadOnlyList<DomainName> HeloNames { get; init; } = Array.Empty<DomainName>();

    /// <summary>The servers whose answers are compared; the resolver of the check asks them. Null where none are.</summary>
    public ServerPanel? Panel { get; init; }

    /// <summary>Receivers whose requirements the domain is to meet.</summary>
    public IReadOnlyList<MailReceiver> Receivers { get; init; } = Array.Empty<MailReceiver>();
}
