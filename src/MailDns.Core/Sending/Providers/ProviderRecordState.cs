namespace MailDns;

/// <summary>How a record that a provider asks for compares with DNS.</summary>
internal enum ProviderRecordState
{
    /// <summary>It is there.</summary>
    Present,

    /// <summary>It is required, and nothing of its kind is there.</summary>
    Missing,

    /// <summary>Something of its kind is there with another value.</summary>
    Wrong,

    /// <summary>A value of the provider's past is there in its place.</summary>
    Obsolete,

    /// <summary>It is not there and need not be: optional or legacy.</summary>
    NotNeeded,

    /// <summary>A lookup failed: nothing is known.</summary>
    Unknown,

    /// <summary>Its host is not known, because a value of the profile was not given.</summary>
    NeedsValue,
}
