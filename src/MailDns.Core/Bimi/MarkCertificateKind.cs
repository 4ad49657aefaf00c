namespace MailDns;

/// <summary>The kinds of mark certificates (BIMI draft section 3.5).</summary>
public enum MarkCertificateKind
{
    /// <summary>The certificate names no mark type that is known.</summary>
    Unknown,

    /// <summary>VMC: a registered trademark or a government's mark.</summary>
    Verified,

    /// <summary>CMC: a mark in prior use, or a registered one that was modified.</summary>
    Common,
}
