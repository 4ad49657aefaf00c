using System.Net;
using MailDns.MailReports;
using MailDns.Spf;

namespace MailDns;

/// <summary>A row of a DMARC aggregate report: messages from one address that had the same results.</summary>
public sealed class DmarcReportRow
{
    private readonly ReportSource _source;
    private IPAddress? _address;

    internal DmarcReportRow(ReportSource source) => _source = source;

    /// <summary>The address that sent; null where the report's text is not an address. IPv4-mapped IPv6 is shown as IPv4.</summary>
    public IPAddress? SourceIP => _address ??= Source?.ToIPAddress();

    /// <summary>The address as the report has it.</summary>
    public string SourceText => _source.Text;

    /// <summary>How many messages.</summary>
    public long Count { get; internal set; }

    /// <summary>What the receiver did: none, quarantine, reject, pass (RFC 9990: passed under an enforcing policy), else other.</summary>
    public string Disposition { get; internal set; } = string.Empty;

    /// <summary>The receiver's verdict: DKIM passed and aligned.</summary>
    public bool DkimAligned { get; internal set; }

    /// <summary>The receiver's verdict: SPF passed and aligned.</summary>
    public bool SpfAligned { get; internal set; }

    /// <summary>True where DMARC passed: DKIM or SPF passed and aligned.</summary>
    public bool Passed => DkimAligned || SpfAligned;

    /// <summary>The domain of the From field, as A-labels in lower case.</summary>
    public string HeaderFrom { get; internal set; } = string.Empty;

    /// <summary>The domain of MAIL FROM; null where the report does not tell, empty for the null sender.</summary>
    public string? EnvelopeFrom { get; internal set; }

    /// <summary>The domain of the recipient; null where the report does not tell.</summary>
    public string? EnvelopeTo { get; internal set; }

    /// <summary>Why the receiver did something else than the policy asks.</summary>
    public DmarcReportReason[] Reasons { get; internal set; } = Array.Empty<DmarcReportReason>();

    /// <summary>The DKIM signatures, each by itself, whether they align or not.</summary>
    public DmarcReportDkim[] Dkim { get; internal set; } = Array.Empty<DmarcReportDkim>();

    /// <summary>The SPF results, whether they align or not. More than one deviates from RFC 9990.</summary>
    public DmarcReportSpf[] Spf { get; internal set; } = Array.Empty<DmarcReportSpf>();

    /// <summary>The address as a number; null where the text is not an address.</summary>
    internal AddressBits? Source => _source.Address;

    /// <summary>Address, count and verdict.</summary>
    public override string ToString() => SourceText + " x" + Count + " " + HeaderFrom + " " + (Passed ? "pass" : "fail");
}
