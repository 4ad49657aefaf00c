namespace MailDns;

/// <summary>Where a provider's mail returns to: the domain that SPF is checked for (RFC 5321 MAIL FROM, RFC 7208 section 2.4).</summary>
public enum SendingProviderReturnPath
{
    /// <summary>The profile does not say.</summary>
    Unknown,

    /// <summary>The host of the profile's bounce record: the SPF record of the sending domain is not evaluated.</summary>
    Bounce,

    /// <summary>The sending domain itself: its SPF record counts.</summary>
    Domain,

    /// <summary>A domain of the provider's: SPF passes but cannot align (RFC 9989 section 4.4.2).</summary>
    Provider,
}
