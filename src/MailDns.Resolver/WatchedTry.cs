using MailDns.Dns;

namespace MailDns.Resolver;

/// <summary>A first try of an exchange that has no patience of its own.</summary>
internal sealed class WatchedTry : IFirstTry
{
    /// <summary>Watches a try.</summary>
    /// <param name="answer">The try.</param>
    /// <param name="patience">Ends when the question is to be sent again; null where it never is.</param>
    public WatchedTry(Task<DnsResponse> answer, Task? patience)
    {
        Answer = answer;
        if (patience is null || answer.IsCompleted)
            Sign = answer!;
        else
            Sign = WatchAsync(answer, patience);
    }

    public Task<DnsResponse?> Sign { get; }

    public Task<DnsResponse> Answer { get; }

    private static async Task<DnsResponse?> WatchAsync(Task<DnsResponse> answer, Task patience)
    {
        await Task.WhenAny(answer, patience).ConfigureAwait(false);
        return answer.IsCompleted ? await answer.ConfigureAwait(false) : null;
    }
}
