namespace MailDns.TestSupport;

/// <summary>What goes wrong with an answer.</summary>
public enum DnsFaultKind
{
    /// <summary>No answer. With a probability: loss.</summary>
    Timeout,

    /// <summary>The answer comes late.</summary>
    Delay,

    /// <summary>The datagram comes twice.</summary>
    Duplicate,

    /// <summary>The answer bears another ID.</summary>
    WrongId,

    /// <summary>The answer bears another name in its question (and as the owner).</summary>
    WrongQuestion,
    ServFail,
    Refused,
    FormErr,

    /// <summary>FORMERR to queries with an OPT record, as servers older than EDNS say.</summary>
    FormErrOnEdns,
    NotImp,

    /// <summary>TC=1 and nothing else, over UDP.</summary>
    Truncate,

    /// <summary>The message ends inside a record.</summary>
    MalformedPacket,

    /// <summary>The message is a few random octets.</summary>
    RandomOctets,

    /// <summary>Two aliases that name each other.</summary>
    CnameLoop,

    /// <summary>REFUSED-free lameness: empty, neither authoritative nor from a resolver.</summary>
    LameDelegation,

    /// <summary>A referral to the root, as old servers give for zones they do not hold.</summary>
    UpwardReferral,

    /// <summary>A record of the asked type whose data is no such data.</summary>
    GarbageData,

    /// <summary>SERVFAIL, as a validating resolver says of data that fails validation; the right answer to queries with CD.</summary>
    Bogus,

    /// <summary>No fault: the right answer, with AD where the query has AD or DO (RFC 6840 section 5.8).</summary>
    Validated,
}
