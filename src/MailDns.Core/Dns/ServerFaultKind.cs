namespace MailDns.Dns;

/// <summary>How a name server fails its zone.</summary>
internal enum ServerFaultKind
{
    /// <summary>It has no address, or nothing that can be read comes from it.</summary>
    Silent,

    /// <summary>It answers, but not for the zone: refused, a referral, no authority (RFC 9499 section 7, lame delegation).</summary>
    Lame,
}
