namespace MailDns.Formats;

/// <summary>A record of a zone that no record object can hold.</summary>
internal sealed class SkippedRecord
{
    public SkippedRecord(string text, string reason, bool isExpected)
    {
        Text = text;
        Reason = reason;
        IsExpected = isExpected;
    }

    /// <summary>Owner and type, escaped.</summary>
    public string Text { get; }

    public string Reason { get; }

    /// <summary>True for the zone's own SOA and NS, which every zone has.</summary>
    public bool IsExpected { get; }
}
