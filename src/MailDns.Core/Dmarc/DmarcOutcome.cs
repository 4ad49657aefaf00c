namespace MailDns;

/// <summary>How DMARC Policy Discovery (RFC 9989 section 4.10.1) ended for a domain.</summary>
public enum DmarcOutcome
{
    /// <summary>A record applies to the domain.</summary>
    Found,

    /// <summary>No record applies: receivers do not apply DMARC.</summary>
    Missing,

    /// <summary>A lookup failed, and with it nothing is known.</summary>
    Unknown,
}
