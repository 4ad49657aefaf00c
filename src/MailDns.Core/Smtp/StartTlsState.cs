namespace MailDns;

/// <summary>What became of STARTTLS (RFC 3207) at a mail host.</summary>
public enum StartTlsState
{
    /// <summary>It was not found out.</summary>
    Unknown,

    /// <summary>TLS was established.</summary>
    Succeeded,

    /// <summary>The host does not offer it.</summary>
    NotOffered,

    /// <summary>The host knows it, and the offer was removed on the way.</summary>
    Stripped,

    /// <summary>The host offers it and refuses the command.</summary>
    Refused,

    /// <summary>The host accepts the command, and the handshake fails.</summary>
    Failed,
}
