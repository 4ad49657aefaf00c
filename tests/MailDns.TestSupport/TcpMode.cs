namespace MailDns.TestSupport;

/// <summary>How the server treats TCP.</summary>
public enum TcpMode
{
    /// <summary>Connections are taken and queries answered.</summary>
    Answer,

    /// <summary>Connections are refused.</summary>
    Refused,

    /// <summary>Connections are taken and never answered.</summary>
    Hang,

    /// <summary>Connections are taken and closed at once.</summary>
    Close,
}
