using System;
using System.Diagnostics;
using System.Threading.Tasks;

namespace MailDns.TestSupport;

/// <summary>Waiting with a bound.</summary>
public static class Eventually
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(60);

    /// <summary>Returns as soon as the condition holds.</summary>
    /// <param name="condition">What is waited for.</param>
    /// <param name="what">The same in words, for the message.</param>
    /// <exception cref="TimeoutException">It did not hold within a minute.</exception>
    public static async Task HoldsAsync(Func<bool> condition, string what)
    {
        ArgumentNullException.ThrowIfNull(condition);
        var watch = Stopwatch.StartNew();
        while (!condition())
        {
            if (watch.Elapsed > s_limit)
                throw new TimeoutException("Not within " + s_limit + ": " + what);
            await Task.Delay(10);
        }
    }
}
