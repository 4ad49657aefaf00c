namespace MailDns;

/// <summary>Something that has to be put right before a policy is made stricter.</summary>
public sealed class DmarcReadinessBlocker
{
    internal DmarcReadinessBlocker(string id, string message, string recommendation)
    {
        Id = id;
        Message = message;
        Recommendation = recommendation;
    }

    /// <summary>OwnFailing, ServiceUnaligned, DkimShare, NewSource, Step, ListUse, Dmarc, Spf, DkimKey.</summary>
    public string Id { get; }

    /// <summary>What is wrong, with the figures.</summary>
    public string Message { get; }

    /// <summary>What to do.</summary>
    public string Recommendation { get; }

    /// <summary>The sources that it is about.</summary>
    public DmarcSource[] Source { get; internal init; } = Array.Empty<DmarcSource>();

    /// <summary>The message.</summary>
    public override string ToString() => Message;
}
