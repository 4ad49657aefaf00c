namespace MailDns;

/// <summary>What o= of a DomainKeys policy says of the domain's mail (RFC 4870 section 3.6, Historic).</summary>
public enum DomainKeysPolicy
{
    /// <summary>"-": the domain signs all its mail.</summary>
    SignsAll,

    /// <summary>"~": the domain signs some of its mail; the default where o= is absent.</summary>
    SignsSome,
}
