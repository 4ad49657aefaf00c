namespace MailDns;

/// <summary>What a Sender ID record speaks of (RFC 4406 section 3.1).</summary>
public enum SenderIdScope
{
    /// <summary>The Purported Responsible Address: the sender that a person sees (RFC 4407).</summary>
    Pra,

    /// <summary>MAIL FROM, as SPF.</summary>
    Mfrom,
}
