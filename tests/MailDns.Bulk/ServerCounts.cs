namespace MailDns.Bulk;

/// <summary>What the server counted since it was last asked, as JSON.</summary>
internal sealed class ServerCounts
{
    public long Udp { get; init; }

    public long Tcp { get; init; }

    public long Dropped { get; init; }

    public long Repeats { get; init; }
}
