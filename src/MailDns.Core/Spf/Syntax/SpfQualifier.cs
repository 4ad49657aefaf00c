namespace MailDns;

/// <summary>What a matching directive gives (RFC 7208 section 4.6.2).</summary>
public enum SpfQualifier
{
    /// <summary><c>+</c>, or nothing: the client is authorised.</summary>
    Pass,

    /// <summary><c>-</c>: the client is not authorised.</summary>
    Fail,

    /// <summary><c>~</c>: the client is probably not authorised.</summary>
    SoftFail,

    /// <summary><c>?</c>: nothing is said of the client.</summary>
    Neutral,
}
