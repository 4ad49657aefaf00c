namespace MailDns.Https;

/// <summary>How a fetch ended.</summary>
internal enum HttpsStatus
{
    /// <summary>The document is there (200).</summary>
    Ok,

    /// <summary>Another HTTP status.</summary>
    HttpError,

    /// <summary>A redirect that is not followed.</summary>
    Redirect,

    /// <summary>No https address.</summary>
    NotHttps,

    /// <summary>The host has no address.</summary>
    NoAddress,

    /// <summary>The lookup of the host failed.</summary>
    LookupFailed,

    /// <summary>The host has only addresses that are not of the public Internet.</summary>
    AddressRefused,

    /// <summary>No connection.</summary>
    ConnectFailed,

    /// <summary>No valid TLS: certificate, name or protocol.</summary>
    TlsFailed,

    /// <summary>More bytes than the bound.</summary>
    TooLarge,

    /// <summary>Not done in time.</summary>
    TimedOut,

    /// <summary>No valid HTTP, or cut off.</summary>
    ProtocolError,
}
