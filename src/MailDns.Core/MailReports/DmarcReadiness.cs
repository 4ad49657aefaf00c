namespace MailDns;

/// <summary>Whether a domain may go to p=quarantine or p=reject, judged on its own mail, and the record to publish next.</summary>
public sealed class DmarcReadiness
{
    internal DmarcReadiness(string domain, DmarcPolicy policy)
    {
        Domain = domain;
        Policy = policy;
    }

    /// <summary>The domain.</summary>
    public string Domain { get; }

    /// <summary>The policy that was asked about.</summary>
    public DmarcPolicy Policy { get; }

    /// <summary>The answer.</summary>
    public DmarcReadinessVerdict Verdict { get; internal set; }

    /// <summary>The policy that is published now; null where there is none or DNS could not be read.</summary>
    public DmarcPolicy? CurrentPolicy { get; internal set; }

    /// <summary>What has to be put right first.</summary>
    public DmarcReadinessBlocker[] Blockers { get; internal set; } = Array.Empty<DmarcReadinessBlocker>();

    /// <summary>What keeps subdomains behind; the record then has an sp of its own for them.</summary>
    public DmarcReadinessBlocker[] SubdomainBlockers { get; internal set; } = Array.Empty<DmarcReadinessBlocker>();

    /// <summary>What the answer rests on, and what is missing.</summary>
    public DmarcReadinessEvidence[] Evidence { get; internal set; } = Array.Empty<DmarcReadinessEvidence>();

    /// <summary>Failing sources that nothing ties to the owner and that the owner has not accepted. They do not change the answer.</summary>
    public DmarcSource[] Undecided { get; internal set; } = Array.Empty<DmarcSource>();

    /// <summary>The record to publish next, one step and never more; empty where none may be taken.</summary>
    public ResourceRecord[] Record { get; internal set; } = Array.Empty<ResourceRecord>();

    /// <summary>What no report can show.</summary>
    public string[] Limits { get; } =
    {
        "Receivers that send no reports are not seen.",
        "Rare senders, such as a yearly invoice run, may be missing from the period.",
        "An address in the SPF record shows who sent, not that you wanted it.",
        "Reports are not signed: anybody who knows the address can send false ones.",
    };

    /// <summary>Domain, policy and verdict.</summary>
    public override string ToString() => Domain + " " + Policy + ": " + Verdict;
}
