using System.Collections.Concurrent;
using System.Net;

namespace MailDns.Resolver;

/// <summary>How long servers have taken to answer, and so when a question that is not answered is taken for lost (as RFC 6298 section 2 does).</summary>
internal sealed class RoundTripTimes
{
    /// <summary>Before anything is known of a server.</summary>
    private static readonly TimeSpan s_unknown = TimeSpan.FromMilliseconds(400);

    /// <summary>A resolver that has most answers at hand still has to ask for some.</summary>
    private static readonly TimeSpan s_shortest = TimeSpan.FromMilliseconds(200);

    private static readonly TimeSpan s_longest = TimeSpan.FromMilliseconds(1600);

    private readonly ConcurrentDictionary<IPEndPoint, Estimate> _servers = new();

    /// <summary>How long to wait for the first answer.</summary>
    public TimeSpan FirstInterval(IPEndPoint server) => _servers.TryGetValue(server, out Estimate? estimate) ? estimate.Interval() : s_unknown;

    /// <summary>An answer came after that time.</summary>
    public void Add(IPEndPoint server, TimeSpan time) => _servers.GetOrAdd(server, static _ => new Estimate()).Add(time.TotalMilliseconds);

    private sealed class Estimate
    {
        private readonly object _gate = new();
        private double _mean = -1;
        private double _deviation;

        public void Add(double milliseconds)
        {
            lock (_gate)
            {
                if (_mean < 0)
                {
                    _mean = milliseconds;
                    _deviation = milliseconds / 2;
                    return;
                }

                _deviation += (Math.Abs(milliseconds - _mean) - _deviation) / 4;
                _mean += (milliseconds - _mean) / 8;
            }
        }

        public TimeSpan Interval()
        {
            lock (_gate)
            {
                double milliseconds = _mean + (4 * _deviation);
                return TimeSpan.FromMilliseconds(Math.Max(s_shortest.TotalMilliseconds, Math.Min(milliseconds, s_longest.TotalMilliseconds)));
            }
        }
    }
}
