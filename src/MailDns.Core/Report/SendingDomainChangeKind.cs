namespace MailDns;

/// <summary>What became of a check's finding between two runs.</summary>
public enum SendingDomainChangeKind
{
    /// <summary>A finding that is there now and was not before.</summary>
    New,

    /// <summary>A deadline that has come near since: what ends or should be renewed does so within 30, 7 or 1 days, or is over; or an MTA-STS policy that changed under the same id.</summary>
    Due,

    /// <summary>A finding that was there before, and the check has looked again and passed.</summary>
    Fixed,

    /// <summary>A finding or a record that says something else now, a lookup that fails now or no longer, or a check that had nothing to look at now.</summary>
    Changed,
}
