namespace MailDns.Dns;

/// <summary>How a lookup ended. The first three are answers; the rest are failures, of which nothing may be concluded.</summary>
internal enum DnsResponseStatus
{
    /// <summary>Records of the asked type (perhaps through aliases).</summary>
    Success,

    /// <summary>The name exists without records of that type (RFC 2308 section 2.2).</summary>
    NoData,

    /// <summary>RCODE 3: the name does not exist (RFC 8020).</summary>
    NxDomain,

    /// <summary>No answer within the budget.</summary>
    Timeout,

    /// <summary>RCODE 2.</summary>
    ServerFailure,

    /// <summary>RCODE 5, or a server that is not responsible (lame delegation).</summary>
    Refused,

    /// <summary>RCODE 1.</summary>
    FormatError,

    /// <summary>RCODE 4.</summary>
    NotImplemented,

    /// <summary>The UDP answer was truncated and TCP did not answer (RFC 7766 section 5).</summary>
    TruncatedNoTcp,

    /// <summary>The answer could not be read.</summary>
    Malformed,

    /// <summary>The server cannot be reached: no route, port closed.</summary>
    Unreachable,

    /// <summary>Aliases run in a circle or are too many to follow (RFC 1034 section 3.6.2).</summary>
    AliasLoop,

    /// <summary>Outside the zone files that were given: nothing is known of it.</summary>
    OutOfZone,

    /// <summary>
    /// RCODE 2 from a resolver that answers the same question with checking disabled: DNSSEC validation fails
    /// (RFC 4035 sections 3.2.2 and 5.5).
    /// </summary>
    Bogus,

    /// <summary>Any other RCODE.</summary>
    OtherError,
}
