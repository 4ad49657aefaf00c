namespace MailDns;

/// <summary>What a record of a sending domain is for. Filter with it: <c>Where-Object Purpose -eq Spf</c>.</summary>
public enum RecordPurpose
{
    /// <summary>None of those below.</summary>
    Other,

    /// <summary>Sender Policy Framework (RFC 7208).</summary>
    Spf,

    /// <summary>Sender ID (RFC 4406, Historic).</summary>
    SenderId,

    /// <summary>DKIM public key, or the alias that leads to one (RFC 6376).</summary>
    Dkim,

    /// <summary>DomainKeys policy (RFC 4870, Historic).</summary>
    DomainKeysPolicy,

    /// <summary>DMARC policy (RFC 9989).</summary>
    Dmarc,

    /// <summary>Consent to receive another domain's DMARC reports (RFC 9990 section 4).</summary>
    DmarcReportAuthorization,

    /// <summary>BIMI assertion record.</summary>
    Bimi,

    /// <summary>Click and open tracking host.</summary>
    Tracking,

    /// <summary>Bounce host: the domain of the Return-Path (RFC 5321 MAIL FROM).</summary>
    Bounce,

    /// <summary>MTA-STS announcement (RFC 8461).</summary>
    MtaSts,

    /// <summary>SMTP TLS reporting (RFC 8460).</summary>
    TlsRpt,

    /// <summary>DANE certificate association (RFC 7672).</summary>
    Tlsa,

    /// <summary>Certification authority authorisation (RFC 8659).</summary>
    Caa,

    /// <summary>Mail exchanger (RFC 5321, RFC 7505).</summary>
    Mx,

    /// <summary>Proof of ownership for a platform.</summary>
    Verification,

    /// <summary>Delegation of a name to a platform's name servers.</summary>
    Delegation,

    /// <summary>Address of a host.</summary>
    Address,
}
