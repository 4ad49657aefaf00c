using MailDns.Dns;

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

    /// <summary>With signatures, and without the server checking them: DO (RFC 3225) and CD (RFC 4035 section 3.2.2).</summary>
    Signatures = 8,
}

/// <summary>Queries as a mode has them.</summary>
internal static class ExchangeQuery
{
    public static void Write(this ExchangeMode mode, WireWriter writer, ushort id, byte[] name, DnsRecordType type) => DnsMessage.WriteQuery(
        writer,
        id,
        name,
        type,
        (ushort)(((mode & ExchangeMode.Signatures) == ExchangeMode.None ? DnsMessage.AuthenticData : DnsMessage.CheckingDisabled) | ((mode & ExchangeMode.NoRecursion) == ExchangeMode.None ? DnsMessage.RecursionDesired : 0)),
        hasEdns: (mode & ExchangeMode.NoEdns) == ExchangeMode.None,
        wantsSignatures: (mode & ExchangeMode.Signatures) != ExchangeMode.None);
}
