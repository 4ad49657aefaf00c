namespace MailDns.Spf;

/// <summary>What can be wrong with a macro-expand (RFC 7208 section 7.1).</summary>
internal enum MacroFault
{
    None,

    /// <summary>"%" and none of "{", "%", "_", "-".</summary>
    LonePercent,

    /// <summary>No macro letter.</summary>
    UnknownLetter,

    /// <summary>c, r or t outside of an explanation text (section 7.2).</summary>
    ExplanationOnly,

    /// <summary>Zero as the number of parts to keep (section 7.3).</summary>
    ZeroDigits,

    /// <summary>No transformer, delimiter or "}" where one is expected.</summary>
    NotClosed,
}
