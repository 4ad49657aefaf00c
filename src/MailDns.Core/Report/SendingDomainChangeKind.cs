namespace MailDns;

/// <summary>What became of a check's finding between two runs.</summary>
public enum SendingDomainChangeKind
{
    /// <summary>A finding that is there now and was not before.</summary>
    New,

    /// <summary>A finding that was there before, and the check has looked again and passed.</summary>
    Fixed,

    /// <summary>A finding that says something else now, a lookup that fails now or no longer, or a check that had nothing to look at now.</summary>
    Changed,
}
