namespace MailDns;

/// <summary>The kinds of reports that receivers send.</summary>
public enum MailReportType
{
    /// <summary>DMARC aggregate reports (RFC 9990, RFC 7489 appendix C).</summary>
    Aggregate,

    /// <summary>DMARC failure reports (RFC 9991).</summary>
    Failure,

    /// <summary>SMTP TLS reports (RFC 8460).</summary>
    Tls,
}
