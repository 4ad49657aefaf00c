namespace MailDns;

/// <summary>The schema of a DMARC aggregate report.</summary>
public enum DmarcReportFormat
{
    /// <summary>RFC 7489 appendix C, with or without a namespace.</summary>
    Rfc7489,

    /// <summary>RFC 9990 appendix A.</summary>
    Rfc9990,
}
