namespace MailDns;

/// <summary>The modifiers of SPF (RFC 7208 section 6).</summary>
public enum SpfModifierKind
{
    /// <summary>The record of another domain stands in for this one (section 6.1).</summary>
    Redirect,

    /// <summary>Where the explanation of a fail is (section 6.2).</summary>
    Exp,

    /// <summary>Any other; it is ignored (section 6).</summary>
    Unknown,
}
