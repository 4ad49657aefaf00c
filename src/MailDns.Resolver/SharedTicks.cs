using System.Diagnostics;

namespace MailDns.Resolver;

/// <summary>Timers that hundreds of questions share: one for each sixty-fourth of a second, rounded up.</summary>
internal sealed class SharedTicks
{
    private const int Milliseconds = 16;

    private readonly object _gate = new();
    private readonly Dictionary<long, Task> _ticks = new();
    private readonly Stopwatch _clock = Stopwatch.StartNew();

    /// <summary>Ends after that time, or up to a tick later.</summary>
    public Task WaitAsync(TimeSpan time)
    {
        long now = _clock.ElapsedMilliseconds;
        long tick = (now + (long)time.TotalMilliseconds) / Milliseconds + 1;
        lock (_gate)
        {
            if (!_ticks.TryGetValue(tick, out Task? shared))
            {
                shared = EndAsync(tick, (int)((tick * Milliseconds) - now));
                _ticks.Add(tick, shared);
            }

            return shared;
        }
    }

    private async Task EndAsync(long tick, int milliseconds)
    {
        await Task.Delay(milliseconds).ConfigureAwait(false);
        lock (_gate)
        {
            _ticks.Remove(tick);
        }
    }
}
