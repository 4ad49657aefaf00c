namespace MailDns;

/// <summary>Who can put a TLS failure right.</summary>
public enum TlsResponsibility
{
    /// <summary>Whoever runs the mail exchanger.</summary>
    MailServer,

    /// <summary>Whoever edits the DNS zone.</summary>
    DnsZone,

    /// <summary>Whoever runs the web server of mta-sts.</summary>
    PolicyHost,

    /// <summary>The sender, or the network between.</summary>
    Sender,
}
