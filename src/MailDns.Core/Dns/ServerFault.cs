namespace MailDns.Dns;

/// <summary>A name server of a zone that does not serve it, and why.</summary>
internal sealed class ServerFault(string server, ServerFaultKind kind, string detail)
{
    /// <summary>Name and address.</summary>
    public string Server { get; } = server;

    public ServerFaultKind Kind { get; } = kind;

    /// <summary>In words, escaped.</summary>
    public string Detail { get; } = detail;

    public override string ToString() => Server + ": " + Detail;
}

/// <summary>How a name server fails its zone.</summary>
internal enum ServerFaultKind
{
    /// <summary>It has no address, or nothing that can be read comes from it.</summary>
    Silent,

    /// <summary>It answers, but not for the zone: refused, a referral, no authority (RFC 9499 section 7, lame delegation).</summary>
    Lame,
}
