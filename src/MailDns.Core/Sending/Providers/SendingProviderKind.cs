namespace MailDns;

/// <summary>What a provider does for the domain.</summary>
public enum SendingProviderKind
{
    /// <summary>Sends mail for the domain: an email service provider.</summary>
    EmailServiceProvider,

    /// <summary>Hosts the domain's mailboxes and sends their mail.</summary>
    MailboxProvider,

    /// <summary>Stands between the mailboxes and the Internet: filters, signs or encrypts.</summary>
    Gateway,

    /// <summary>Forwards the domain's mail to mailboxes elsewhere.</summary>
    Forwarder,

    /// <summary>An application that also sends mail, such as a help desk.</summary>
    Application,

    /// <summary>Publishes or watches DMARC, SPF and DKIM for the domain; sends no mail.</summary>
    DmarcService,

    /// <summary>Hosts web sites, and mail beside them.</summary>
    WebHosting,

    /// <summary>The domain's own mail servers.</summary>
    OwnServer,

    /// <summary>A Domain Connect template, which does not say what its service is.</summary>
    Template,
}
