namespace MailDns;

/// <summary>How a check ended.</summary>
public enum CheckStatus
{
    /// <summary>As it should be.</summary>
    Pass,

    /// <summary>Something worth knowing.</summary>
    Info,

    /// <summary>A check of severity Warning found something.</summary>
    Warning,

    /// <summary>A check of severity Error found something.</summary>
    Fail,

    /// <summary>A lookup that the check needs failed: neither good nor bad is known.</summary>
    Unknown,

    /// <summary>The check has nothing to look at here.</summary>
    NotApplicable,
}
