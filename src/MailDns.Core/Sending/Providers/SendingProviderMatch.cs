namespace MailDns;

/// <summary>A platform that DNS shows to send for a domain.</summary>
public sealed class SendingProviderMatch
{
    internal SendingProviderMatch(DomainName domain, SendingProvider provider, string[] evidence, string? underlying, SendingProviderConfidence confidence, bool isLeftover)
    {
        Domain = domain.Text;
        Provider = provider.Records.Length > 0 ? provider.Id : null;
        Name = provider.Name;
        Kind = provider.Kind;
        Evidence = evidence;
        Underlying = underlying;
        Confidence = confidence;
        IsLeftover = isLeftover;
    }

    /// <summary>The domain.</summary>
    public string Domain { get; }

    /// <summary>The profile's id, as -Provider takes it; null for a platform that is only recognised and has no profile.</summary>
    public string? Provider { get; }

    /// <summary>The platform's name.</summary>
    public string Name { get; }

    /// <summary>What the platform does for the domain.</summary>
    public SendingProviderKind Kind { get; }

    /// <summary>Which records say so, each in one line. Texts from DNS are escaped.</summary>
    public string[] Evidence { get; }

    /// <summary>The platform whose servers send for this one; null where it has its own, or where DNS does not tell.</summary>
    public string? Underlying { get; }

    /// <summary>How sure it is: High for an alias or include of the platform's own, Low for what is likely a leftover.</summary>
    public SendingProviderConfidence Confidence { get; }

    /// <summary>True where only the SPF record or an old value speaks for the platform, and its keys are not there.</summary>
    public bool IsLeftover { get; }

    /// <summary>Domain and name.</summary>
    public override string ToString() => Domain + ": " + Name;
}
