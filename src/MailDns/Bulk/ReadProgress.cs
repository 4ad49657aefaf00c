using System.Diagnostics;

namespace MailDns.Bulk;

/// <summary>
/// What Write-Progress shows of a run over many objects: how many are done, how many a second, and where their number is
/// known how long the rest takes. Silent for a handful and for runs of about a second.
/// </summary>
internal sealed class ReadProgress
{
    private const int Handful = 8;

    private static readonly TimeSpan s_first = TimeSpan.FromSeconds(1);

    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private TimeSpan _shown = s_first - Interval;
    private bool _isShown;
    private long _done;

    /// <summary>The shortest time between two records.</summary>
    public static TimeSpan Interval { get; } = TimeSpan.FromMilliseconds(250);

    /// <summary>How many there are; null where the pipeline still brings them.</summary>
    public long? Total { get; set; }

    public void AddDone() => _done++;

    /// <summary>The record to write now; null where none is due.</summary>
    public ProgressRecord? Next(string activity)
    {
        TimeSpan now = _clock.Elapsed;
        if (now - _shown < Interval || (Total ?? Math.Max(_done, Handful + 1)) <= Handful) return null;

        _shown = now;
        _isShown = true;
        return Describe(activity, _done / now.TotalSeconds);
    }

    /// <summary>The record that takes the display away; null where there was none.</summary>
    public ProgressRecord? End() => _isShown
        ? new ProgressRecord(0, "MailDns", "Done") { RecordType = ProgressRecordType.Completed }
        : null;

    private ProgressRecord Describe(string activity, double rate)
    {
        string done = _done.ToString("N0", CultureInfo.CurrentCulture);
        string of = Total is { } total ? " of " + total.ToString("N0", CultureInfo.CurrentCulture) : string.Empty;
        string perSecond = rate.ToString(rate < 10 ? "N1" : "N0", CultureInfo.CurrentCulture);
        var record = new ProgressRecord(0, activity, done + of + " done, " + perSecond + " a second");
        if (Total is > 0 and { } all)
        {
            record.PercentComplete = (int)Math.Min(100, _done * 100 / all);
            if (rate > 0) record.SecondsRemaining = (int)Math.Min(int.MaxValue, Math.Ceiling((all - _done) / rate));
        }

        return record;
    }
}
