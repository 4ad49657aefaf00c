namespace MailDns;

/// <summary>What a provider does for the domain.</summary>
public enum SendingProviderKind
{
    /// <summary>Sends mail for the domain: an email service provider.</summary>
    EmailServiceProvider,

    /// <summary>Hosts the domain's mailboxes and sends their mail.</summary>
    MailboxProvider,
}
