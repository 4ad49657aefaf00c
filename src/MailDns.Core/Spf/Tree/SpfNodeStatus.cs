namespace MailDns.Spf;

/// <summary>What the walk found at one place of the include tree.</summary>
internal enum SpfNodeStatus
{
    /// <summary>One record that follows the grammar.</summary>
    Found,

    /// <summary>One record with a syntax error; its right terms are walked all the same.</summary>
    Invalid,

    /// <summary>No SPF record: none at the root, permerror below it.</summary>
    None,

    /// <summary>More than one SPF record: permerror.</summary>
    Multiple,

    /// <summary>The lookup failed: nothing is known.</summary>
    Failed,

    /// <summary>The domain stands above this place already.</summary>
    Loop,

    /// <summary>The domain depends on the message (macros).</summary>
    Macro,

    /// <summary>The domain is no name that DNS can carry.</summary>
    Malformed,

    /// <summary>The term is never evaluated: it stands after all, or is a redirect beside all.</summary>
    Dead,

    /// <summary>The walk ended before it: too many names or too deep.</summary>
    NotFollowed,
}
