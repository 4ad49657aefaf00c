using System;

namespace MailDns.Dns;

/// <summary>Which servers serve a record, and which do not yet.</summary>
internal sealed class RecordState
{
    public RecordState(ResourceRecord record) => Record = record;

    public ResourceRecord Record { get; }

    /// <summary>The zone that holds the record; null where the servers were named.</summary>
    public string? Zone { get; init; }

    /// <summary>Servers that answer with the record.</summary>
    public string[] Serving { get; init; } = Array.Empty<string>();

    /// <summary>Servers that do not, each with what it says, escaped.</summary>
    public string[] Waiting { get; init; } = Array.Empty<string>();

    /// <summary>How long resolvers keep that a name does not exist; null where it is not known.</summary>
    public TimeSpan? NegativeCacheTime { get; init; }

    /// <summary>True where the servers name others: the record is below a delegation of their zone.</summary>
    public bool IsDelegated { get; init; }

    /// <summary>True when every server serves it.</summary>
    public bool IsServed => Serving.Length > 0 && Waiting.Length == 0;
}
