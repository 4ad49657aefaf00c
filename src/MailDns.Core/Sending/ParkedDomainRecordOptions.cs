using System;
using System.Collections.Generic;

namespace MailDns.Sending;

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
