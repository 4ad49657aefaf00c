namespace MailDns;

/// <summary>The eight mechanisms of SPF (RFC 7208 section 5).</summary>
public enum SpfMechanism
{
    /// <summary>Matches always (section 5.1).</summary>
    All,

    /// <summary>Matches where the record of another domain gives pass (section 5.2).</summary>
    Include,

    /// <summary>Matches the addresses of a name (section 5.3).</summary>
    A,

    /// <summary>Matches the addresses of a domain's mail exchangers (section 5.4).</summary>
    Mx,

    /// <summary>Matches by reverse mapping; do not publish (section 5.5).</summary>
    Ptr,

    /// <summary>Matches an IPv4 network (section 5.6).</summary>
    Ip4,

    /// <summary>Matches an IPv6 network (section 5.6).</summary>
    Ip6,

    /// <summary>Matches where a name has an A record (section 5.7).</summary>
    Exists,
}
