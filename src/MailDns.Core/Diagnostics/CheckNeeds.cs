namespace MailDns;

/// <summary>What a check has to look at.</summary>
public enum CheckNeeds
{
    /// <summary>The record's text alone.</summary>
    Text,

    /// <summary>DNS lookups.</summary>
    Dns,

    /// <summary>A fetch over HTTPS (-IncludeHttps).</summary>
    Https,

    /// <summary>A private key that the user names (Test-DkimKey).</summary>
    PrivateKey,

    /// <summary>A received message that the user names (Test-MailMessage).</summary>
    Message,

    /// <summary>A connection to the mail hosts (Get-SmtpTlsStatus, -IncludeSmtp).</summary>
    Smtp,
}
