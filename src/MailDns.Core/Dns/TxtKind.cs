namespace MailDns.Dns;

/// <summary>What a TXT record says it is. A name has one record of each kind but <see cref="Other"/>; publishing one replaces the one of its kind.</summary>
internal enum TxtKind
{
    /// <summary>Anything else, such as proofs of ownership: many may stand at a name.</summary>
    Other,

    /// <summary>v=spf1 (RFC 7208 section 4.5).</summary>
    Spf,

    /// <summary>spf2.0 (RFC 4406 section 3.1).</summary>
    SenderId,

    /// <summary>v=DMARC1, a policy or a report authorisation (RFC 9989 section 4.7, RFC 9990 section 4).</summary>
    Dmarc,

    /// <summary>A key below _domainkey, with or without v=DKIM1 (RFC 6376 section 3.6.1).</summary>
    Dkim,

    /// <summary>The policy at _domainkey itself (RFC 4870 section 3.6).</summary>
    DomainKeysPolicy,

    /// <summary>v=BIMI1.</summary>
    Bimi,

    /// <summary>v=STSv1 (RFC 8461 section 3.1).</summary>
    MtaSts,

    /// <summary>v=TLSRPTv1 (RFC 8460 section 3).</summary>
    TlsRpt,
}
