using System;
using System.Collections.Generic;
using MailDns.Dns;

namespace MailDns.Sending;

/// <summary>What New-SendingDomainRecord is told beside the domain.</summary>
internal sealed class SendingDomainRecordOptions
{
    public SendingProvider Provider { get; init; } = null!;

    /// <summary>The zone that holds the records.</summary>
    public DomainName Zone { get; init; } = DomainName.Root;

    public TimeSpan TimeToLive { get; init; } = TimeSpan.FromHours(1);

    /// <summary>True where the time to live was given and comes before what a template asks for.</summary>
    public bool IsTimeToLiveGiven { get; init; }

    /// <summary>Values for the profile's placeholders, by name; a template's variables have exact names.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Values { get; init; } = Array.Empty<KeyValuePair<string, string>>();

    /// <summary>The groups of the profile or template that are wanted; empty for those that are made by default.</summary>
    public IReadOnlyList<string> Groups { get; init; } = Array.Empty<string>();

    /// <summary>DKIM selectors in the profile's order; empty for the profile's own.</summary>
    public IReadOnlyList<string> Selectors { get; init; } = Array.Empty<string>();

    /// <summary>The key as the provider gave it: bare base64, PEM, or a whole record text.</summary>
    public string? PublicKey { get; init; }

    /// <summary>Null: none for a new record, the policy in force for a record that is there.</summary>
    public DmarcPolicy? Policy { get; init; }

    public IReadOnlyList<string> AggregateReportUri { get; init; } = Array.Empty<string>();

    public string? LogoUri { get; init; }

    public string? EvidenceUri { get; init; }

    public string? TrackingHost { get; init; }

    public string? BounceHost { get; init; }

    /// <summary>True: also records that nothing evaluates any more.</summary>
    public bool IncludeLegacy { get; init; }
}
