namespace MailDns;

/// <summary>How much a failed check matters.</summary>
public enum CheckSeverity
{
    /// <summary>Worth knowing; nothing breaks.</summary>
    Information,

    /// <summary>Works today, but weak, costly or soon to break.</summary>
    Warning,

    /// <summary>Broken: mail is refused, unauthenticated or lost.</summary>
    Error,
}
