namespace MailDns;

/// <summary>What senders do where no mail exchanger passes (RFC 8461 section 5).</summary>
public enum MtaStsPolicyMode
{
    /// <summary>Nothing: the policy is about to be withdrawn.</summary>
    None,

    /// <summary>They deliver and report (RFC 8460).</summary>
    Testing,

    /// <summary>They do not deliver.</summary>
    Enforce,
}
