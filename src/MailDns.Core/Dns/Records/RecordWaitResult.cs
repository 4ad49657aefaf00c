namespace MailDns;

/// <summary>Whether a record is served by every server that was asked, and which do not serve it yet.</summary>
public sealed class RecordWaitResult
{
    internal RecordWaitResult(RecordState state, TimeSpan elapsed)
    {
        Record = state.Record;
        Name = state.Record.Fqdn;
        RecordType = state.Record.RecordType;
        Zone = state.Zone;
        IsServed = state.IsServed;
        ServersServing = state.Serving;
        ServersWaiting = state.Waiting;
        NegativeCacheTime = state.NegativeCacheTime;
        Elapsed = elapsed;
    }

    /// <summary>The full name of the record's owner.</summary>
    public string Name { get; }

    /// <summary>TXT, CNAME, MX...</summary>
    public string RecordType { get; }

    /// <summary>True when every server serves the record.</summary>
    public bool IsServed { get; }

    /// <summary>The servers that serve it, by name and address.</summary>
    public string[] ServersServing { get; }

    /// <summary>The servers that do not, each with what it says. Text from DNS is escaped.</summary>
    public string[] ServersWaiting { get; }

    /// <summary>How long it took, or how long was waited.</summary>
    public TimeSpan Elapsed { get; }

    /// <summary>The zone that holds the record; null where the servers were named by -Server, or the zone was not found.</summary>
    public string? Zone { get; }

    /// <summary>
    /// How long a resolver that asked too early may still say that the name does not exist (RFC 2308 section 5); null where
    /// it is not known.
    /// </summary>
    public TimeSpan? NegativeCacheTime { get; }

    /// <summary>The record, ready to pipe.</summary>
    public ResourceRecord Record { get; }

    /// <summary>Name, type and the outcome.</summary>
    public override string ToString() => Name + " " + RecordType + (IsServed ? ": served" : ": not served by " + ServersWaiting.Length + " servers");
}
