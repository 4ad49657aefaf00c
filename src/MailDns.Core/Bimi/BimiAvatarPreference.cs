namespace MailDns;

/// <summary>Which picture a mailbox should prefer (BIMI draft section 5.3, avp).</summary>
public enum BimiAvatarPreference
{
    /// <summary>The brand's logo; the default.</summary>
    Brand,

    /// <summary>The sender's personal picture, where the mailbox has one.</summary>
    Personal,
}
