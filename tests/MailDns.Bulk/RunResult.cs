namespace MailDns.Bulk;

/// <summary>What one client run prints, as JSON.</summary>
internal sealed class RunResult
{
    public double Seconds { get; init; }

    public double FirstMilliseconds { get; init; }

    /// <summary>User and system time of the whole process.</summary>
    public double CpuMilliseconds { get; init; }

    public double PeakMegabytes { get; init; }
}
