namespace MailDns;

/// <summary>Whether a DMARC policy may be made stricter.</summary>
public enum DmarcReadinessVerdict
{
    /// <summary>Nothing in the evidence speaks against it.</summary>
    Ready,

    /// <summary>Something has to be put right first.</summary>
    NotYet,

    /// <summary>Nothing speaks against it, but too little was seen to tell.</summary>
    NotEnoughEvidence,
}
