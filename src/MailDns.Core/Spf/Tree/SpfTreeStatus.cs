namespace MailDns;

/// <summary>What stands at one place of an SPF tree.</summary>
public enum SpfTreeStatus
{
    /// <summary>One record that follows the grammar.</summary>
    Found,

    /// <summary>One record with a syntax error, a permerror; its right terms are shown all the same.</summary>
    Invalid,

    /// <summary>No SPF record: none at the domain itself, permerror below it.</summary>
    None,

    /// <summary>More than one SPF record: permerror.</summary>
    Multiple,

    /// <summary>The lookup failed: nothing is known.</summary>
    Unknown,

    /// <summary>The domain stands above this place already: permerror.</summary>
    Loop,

    /// <summary>The domain depends on the message (macros).</summary>
    Macro,

    /// <summary>The domain is no name that DNS can carry: permerror.</summary>
    Malformed,

    /// <summary>The term is never evaluated: it stands after all, or is a redirect beside all.</summary>
    Dead,

    /// <summary>Not looked at: the tree has too many names or is too deep.</summary>
    NotFollowed,
}
