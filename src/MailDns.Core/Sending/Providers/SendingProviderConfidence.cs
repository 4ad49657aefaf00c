namespace MailDns;

/// <summary>How sure a profile's value is.</summary>
public enum SendingProviderConfidence
{
    /// <summary>Seen at third parties only, or they contradict each other.</summary>
    Low,

    /// <summary>Likely, from several sources that are not the provider's own.</summary>
    Medium,

    /// <summary>From the provider's own documentation or its published template.</summary>
    High,
}
