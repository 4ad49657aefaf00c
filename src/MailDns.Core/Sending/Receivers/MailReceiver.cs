namespace MailDns;

/// <summary>Mailbox providers that publish what they ask of senders.</summary>
public enum MailReceiver
{
    /// <summary>Gmail: personal accounts.</summary>
    Gmail,

    /// <summary>Yahoo Mail and AOL.</summary>
    Yahoo,

    /// <summary>Outlook.com, Hotmail and Live: Microsoft's consumer service.</summary>
    Microsoft,

    /// <summary>Apple iCloud Mail.</summary>
    Apple,

    /// <summary>laposte.net.</summary>
    LaPoste,

    /// <summary>GMX and WEB.DE.</summary>
    Gmx,

    /// <summary>Orange and Wanadoo.</summary>
    Orange,

    /// <summary>Mail.ru.</summary>
    MailRu,
}
