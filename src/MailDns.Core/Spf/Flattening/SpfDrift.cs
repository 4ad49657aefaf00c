namespace MailDns;

/// <summary>How a flattened SPF record at a domain compares with its source, the record as it was before flattening, evaluated now.</summary>
public sealed class SpfDrift
{
    internal SpfDrift(string domain, string source, string? record, bool? inSync, string[] added, string[] removed, string[] changed, string message)
    {
        Domain = domain;
        Source = source;
        Record = record;
        InSync = inSync;
        Added = added;
        Removed = removed;
        Changed = changed;
        Message = message;
    }

    /// <summary>The domain.</summary>
    public string Domain { get; }

    /// <summary>The record before flattening, escaped for display.</summary>
    public string Source { get; }

    /// <summary>The record that is published, escaped for display; null when there is none or it is not known.</summary>
    public string? Record { get; }

    /// <summary>True when both give every address the same verdict; null when a lookup failed and it is not known.</summary>
    public bool? InSync { get; }

    /// <summary>Networks that the source passes by now and the published record does not.</summary>
    public string[] Added { get; }

    /// <summary>Networks that the published record still passes and the source does no longer.</summary>
    public string[] Removed { get; }

    /// <summary>Networks that neither passes, or both pass, with a verdict that differs otherwise.</summary>
    public string[] Changed { get; }

    /// <summary>One line with the facts.</summary>
    public string Message { get; }

    /// <summary>The message.</summary>
    public override string ToString() => Message;
}
