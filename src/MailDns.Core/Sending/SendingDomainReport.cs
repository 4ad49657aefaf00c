using System.Collections.Generic;
using MailDns.Dns;

namespace MailDns.Sending;

/// <summary>A whole sending domain as it was read: its parts, what only the whole shows, and the result of every check.</summary>
internal sealed class SendingDomainReport
{
    public SendingDomainReport(
        SendingDomainRequest request,
        SendingDomainParts parts,
        IReadOnlyList<ProviderComparison> comparisons,
        DmarcAlignment? alignment,
        IReadOnlyList<CheckResult> results)
    {
        Request = request;
        Parts = parts;
        Comparisons = comparisons;
        Alignment = alignment;
        Results = results;
    }

    public SendingDomainRequest Request { get; }

    public DomainName Domain => Request.Domain;

    public SendingDomainParts Parts { get; }

    /// <summary>The providers' profiles against DNS; none where no provider was named.</summary>
    public IReadOnlyList<ProviderComparison> Comparisons { get; }

    /// <summary>The verdict of DMARC, the worst of several providers; null where it is not known how mail is sent.</summary>
    public DmarcAlignment? Alignment { get; }

    /// <summary>One result or more a check of the catalogue: the worst first, then in the order of the catalogue.</summary>
    public IReadOnlyList<CheckResult> Results { get; }
}
