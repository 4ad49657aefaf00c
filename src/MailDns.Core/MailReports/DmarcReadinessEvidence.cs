namespace MailDns;

/// <summary>What was asked of the evidence, and what it gave.</summary>
public sealed class DmarcReadinessEvidence
{
    internal DmarcReadinessEvidence(string name, string required, string actual, bool isMet)
    {
        Name = name;
        Required = required;
        Actual = actual;
        IsMet = isMet;
    }

    /// <summary>What is counted.</summary>
    public string Name { get; }

    /// <summary>What is asked for; empty where it is for information.</summary>
    public string Required { get; }

    /// <summary>What there is.</summary>
    public string Actual { get; }

    /// <summary>True where it is enough.</summary>
    public bool IsMet { get; }

    /// <summary>Name, what there is and what is asked for.</summary>
    public override string ToString() => Name + ": " + Actual + (Required.Length == 0 ? string.Empty : " (" + Required + ")") + (IsMet ? string.Empty : " - not enough");
}
