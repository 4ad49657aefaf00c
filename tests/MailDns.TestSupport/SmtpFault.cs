namespace MailDns.TestSupport;

/// <summary>What a <see cref="SmtpTestServer"/> does wrong.</summary>
public enum SmtpFault
{
    None,

    /// <summary>Accepts connections and says nothing.</summary>
    Silent,

    /// <summary>A greeting of an octet each while, without an end.</summary>
    Drip,

    /// <summary>Closes at once.</summary>
    CloseAtOnce,

    /// <summary>Greets with 554.</summary>
    Rejects,

    /// <summary>Greets as a web server.</summary>
    Garbage,

    /// <summary>A greeting of 1 MB in one line.</summary>
    HugeLine,

    /// <summary>A greeting of 1 MB in many lines.</summary>
    HugeGreeting,

    /// <summary>A greeting whose lines have different codes.</summary>
    MixedCodes,

    /// <summary>Answers EHLO with 500, every other command with 500 too.</summary>
    EhloUnknown,

    /// <summary>Answers EHLO with 550.</summary>
    EhloRejected,

    /// <summary>Closes after EHLO.</summary>
    CloseAtEhlo,

    /// <summary>Does not offer STARTTLS, nor know it.</summary>
    NoStartTls,

    /// <summary>Writes X over the offer, and does not let the command through, as SMTP inspection of firewalls does.</summary>
    Masked,

    /// <summary>Leaves the offer out and knows the command.</summary>
    Stripped,

    /// <summary>Answers STARTTLS with 454.</summary>
    StartTlsRefused,

    /// <summary>Does not answer STARTTLS.</summary>
    StartTlsSilent,

    /// <summary>Closes after STARTTLS, without an answer.</summary>
    StartTlsClose,

    /// <summary>Answers STARTTLS with 220 and closes.</summary>
    HandshakeClose,

    /// <summary>Answers STARTTLS with 220 and never the client hello.</summary>
    HandshakeSilent,

    /// <summary>Answers the client hello with text.</summary>
    HandshakeGarbage,

    /// <summary>Answers the client hello with a handshake_failure alert.</summary>
    Alert,

    /// <summary>Text in the clear behind the answer to STARTTLS, as an attacker puts it there.</summary>
    Injection,

    /// <summary>Knows TLS 1.0 only.</summary>
    OldTls,

    /// <summary>Closes after the handshake.</summary>
    CloseAfterTls,
}
