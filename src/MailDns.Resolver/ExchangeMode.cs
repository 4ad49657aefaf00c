namespace MailDns.Resolver;

/// <summary>How one message is sent.</summary>
[Flags]
internal enum ExchangeMode
{
    /// <summary>UDP with an OPT record (RFC 6891).</summary>
    None = 0,

    /// <summary>TCP (RFC 7766).</summary>
    Tcp = 1,

    /// <summary>Without an OPT record, for servers older than EDNS (RFC 6891 section 7).</summary>
    NoEdns = 2,

    /// <summary>Recursion is not desired: the server answers from its own zones (RFC 1035 section 4.1.1).</summary>
    NoRecursion = 4,
}
