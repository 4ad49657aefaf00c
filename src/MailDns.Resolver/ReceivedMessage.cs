using MailDns.Dns;

namespace MailDns.Resolver;

/// <summary>What a response message says that counts, whoever read it.</summary>
internal sealed class ReceivedMessage
{
    /// <summary>The RCODE with its upper bits from the OPT record (RFC 6891 section 6.1.3).</summary>
    public int Code { get; init; }

    /// <summary>AA.</summary>
    public bool IsAuthoritative { get; init; }

    /// <summary>RA.</summary>
    public bool IsRecursionAvailable { get; init; }

    /// <summary>AD: the server says that it has validated the answer (RFC 4035 section 3.2.3).</summary>
    public bool IsAuthenticated { get; init; }

    /// <summary>The answer's aliases and records of the asked type; null where one of them cannot be read.</summary>
    public List<DnsRecord>? Records { get; init; }

    /// <summary>The authority section has NS records.</summary>
    public bool HasDelegation { get; init; }

    /// <summary>The targets of the NS records of the asked name in the authority section, where NS was asked; null where there is none.</summary>
    public List<DomainName>? Delegation { get; init; }

    /// <summary>Seconds that a negative answer may be kept (RFC 2308 section 5); null where the authority section has no SOA record.</summary>
    public uint? NegativeTtl { get; init; }
}
