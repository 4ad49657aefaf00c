namespace MailDns;

/// <summary>Domain Owner Assessment Policy (RFC 9989 section 4.7, tags p, sp and np), from the weakest to the strongest.</summary>
public enum DmarcPolicy
{
    /// <summary>No preference: mail that fails is handled as if there were no policy.</summary>
    None,

    /// <summary>Mail that fails is suspicious.</summary>
    Quarantine,

    /// <summary>Mail that fails is no valid use of the domain.</summary>
    Reject,
}
