using MailDns.Dns;

namespace MailDns.Resolver.Pooled;

/// <summary>A query and what became of it, on the way to those who wait for it.</summary>
internal readonly record struct EndedQuery(PendingQuery Query, DnsResponse Response)
{
    /// <summary>Tells those who wait; they go on in this thread, one after the other.</summary>
    public static void EndAll(EndedQuery[] queries)
    {
        foreach (EndedQuery ended in queries)
            ended.Query.End(ended.Response);
    }
}
