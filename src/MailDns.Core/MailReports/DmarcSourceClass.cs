namespace MailDns;

/// <summary>What a source of mail is to the owner of the domain.</summary>
public enum DmarcSourceClass
{
    /// <summary>One's own mail, and both DKIM and SPF pass and align.</summary>
    OwnPassing,

    /// <summary>One's own mail that passes by DKIM or SPF alone: when that one fails, nothing is left.</summary>
    OwnFragile,

    /// <summary>One's own mail, of which more than a stray message fails.</summary>
    OwnFailing,

    /// <summary>A known platform sends with the domain in From and does not authenticate as it. It can be set up to.</summary>
    ServiceUnaligned,

    /// <summary>Forwarded mail, or mail through a mailing list. What passes, passes by DKIM; what fails cannot be mended by the sender.</summary>
    Forwarder,

    /// <summary>Nothing ties it to the owner: a forgotten sender or someone who pretends. The owner decides.</summary>
    Unknown,

    /// <summary>Receivers could not look up what they needed; neither a pass nor a failure (RFC 9989 section 5.3.6).</summary>
    TemporaryError,
}
