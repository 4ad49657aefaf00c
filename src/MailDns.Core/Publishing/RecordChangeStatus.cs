namespace MailDns;

/// <summary>What became of a change.</summary>
public enum RecordChangeStatus
{
    /// <summary>It was as wanted before; nothing was written.</summary>
    Unchanged,

    /// <summary>It was written and, read back from the same server, is as planned.</summary>
    Verified,

    /// <summary>It was written; what is there now could not be read back whole.</summary>
    Applied,

    /// <summary>Nothing was written: a conflict, a plan that no longer fits the zone, no confirmation, or an earlier change that failed.</summary>
    Skipped,

    /// <summary>Writing failed, or what was read back is not what was written.</summary>
    Failed,
}
