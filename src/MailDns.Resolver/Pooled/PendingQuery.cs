using System;
using System.Threading;
using System.Threading.Tasks;
using MailDns.Dns;

namespace MailDns.Resolver.Pooled;

/// <summary>One query under way over UDP.</summary>
internal sealed class PendingQuery : TaskCompletionSource<DnsResponse>
{
    private CancellationToken _token;
    private CancellationTokenRegistration _registration;

    public PendingQuery(DnsQuestion question, byte[] name, long deadline)
        : base(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        Question = question;
        Name = name;
        Deadline = deadline;
    }

    public DnsQuestion Question { get; }

    /// <summary>The name as it was sent.</summary>
    public byte[] Name { get; }

    /// <summary>When to give up, as <see cref="Environment.TickCount64"/>.</summary>
    public long Deadline { get; }

    public ushort Id { get; set; }

    public QuerySocket? Socket { get; set; }

    /// <summary>Why a datagram that bore this query's ID, or its question, was dropped; null where none was.</summary>
    public string? Dropped { get; set; }

    public void Watch(CancellationToken cancellationToken)
    {
        if (cancellationToken.CanBeCanceled)
        {
            _token = cancellationToken;
            _registration = cancellationToken.UnsafeRegister(static state => ((PendingQuery)state!).Cancel(), this);
        }
    }

    public void End(DnsResponse response)
    {
        if (TrySetResult(response))
        {
            _registration.Unregister();
        }
    }

    /// <summary>Nothing came that could be used.</summary>
    public void EndLate() => End(Dropped is { } why
        ? MessageJudge.Malformed(Question, why)
        : DnsResponse.Failure(Question, DnsResponseStatus.Timeout));

    private void Cancel()
    {
        Socket?.Forget(this);
        TrySetCanceled(_token);
    }
}
