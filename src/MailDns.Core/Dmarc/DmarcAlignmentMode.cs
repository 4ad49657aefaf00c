namespace MailDns;

/// <summary>Identifier Alignment mode (RFC 9989 section 4.7, tags adkim and aspf).</summary>
public enum DmarcAlignmentMode
{
    /// <summary>The default, "r": both domains have the same Organizational Domain.</summary>
    Relaxed,

    /// <summary>"s": both domains are identical.</summary>
    Strict,
}
