using System.Diagnostics;
using MailDns.Dns;

namespace MailDns.Resolver;

/// <summary>
/// Notices that no server answers, so that a list of domains does not wait out the time of every question. The servers are silent once
/// questions about several domains have ended without an answer, and nothing came from the servers while those waited: one domain whose
/// own name servers are down never makes a resolver look silent. While they are silent one question at a time is asked, and the others
/// wait a moment for its answer: if it comes they are asked as well, otherwise they fail like it.
/// </summary>
internal sealed class ServerSilence
{
    /// <summary>Questions in a row without an answer after which the servers may be silent.</summary>
    private const int Questions = 8;

    /// <summary>Domains (by the last two labels) that these questions are about at the least.</summary>
    private const int Domains = 3;

    /// <summary>How long the others wait for the answer to the one that is asked.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1);
    private readonly object _gate = new();
    private readonly HashSet<string> _domains = new(StringComparer.OrdinalIgnoreCase);
    private long _heard = Stopwatch.GetTimestamp();
    private int _unanswered;
    private volatile bool _isSilent;
    private Task<bool?>? _probe;
    private DnsResponse? _last;

    /// <summary>True while no server answers.</summary>
    public bool IsSilent => _isSilent;

    /// <summary>Notes how a question ended. Every answer counts, one that says no as well.</summary>
    /// <param name="response">The end.</param>
    /// <param name="asked">When it was asked, as <see cref="Stopwatch.GetTimestamp"/>.</param>
    public void Note(DnsResponse response, long asked)
    {
        if (response.Status is not (DnsResponseStatus.Timeout or DnsResponseStatus.Unreachable))
        {
            // A racing write of an older time is as good: what counts is whether anything came while others waited.
            Volatile.Write(ref _heard, Stopwatch.GetTimestamp());
            if (_isSilent || Volatile.Read(ref _unanswered) > 0) Forget();
        }
        else if (Volatile.Read(ref _heard) < asked)
        {
            lock (_gate)
            {
                _unanswered++;
                _last = response;
                if (_domains.Count < Domains) _domains.Add(DomainOf(response.Question.Name));

                _isSilent = _unanswered >= Questions && _domains.Count >= Domains;
            }
        }
    }

    /// <summary>Asks while the servers are silent: as the one question that is sent, or after the one that was.</summary>
    public async Task<DnsResponse> AskAsync(DnsQuestion question, Func<CancellationToken, Task<DnsResponse>> ask, CancellationToken cancellationToken)
    {
        while (_isSilent)
        {
            var turn = new TaskCompletionSource<bool?>(TaskCreationOptions.RunContinuationsAsynchronously);
            Task<bool?> probe;
            lock (_gate)
            {
                probe = _probe ??= turn.Task;
            }

            if (probe == turn.Task)
                return await ProbeAsync(question, ask(cancellationToken), turn, cancellationToken).ConfigureAwait(false);

            await Task.WhenAny(probe, Task.Delay(s_patience, cancellationToken)).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            if (!probe.IsCompleted || await probe.ConfigureAwait(false) is false) return Fail(question);

            // Answered, or whoever asked has given up: this one may be the next.
        }

        return await ask(cancellationToken).ConfigureAwait(false);
    }

    private async Task<DnsResponse> ProbeAsync(DnsQuestion question, Task<DnsResponse> answer, TaskCompletionSource<bool?> turn, CancellationToken cancellationToken)
    {
        bool? isAnswered = null;
        try
        {
            // An answer that comes later is noted all the same; the question itself has waited long enough.
            if (await Task.WhenAny(answer, Task.Delay(s_patience, cancellationToken)).ConfigureAwait(false) == answer)
            {
                DnsResponse response = await answer.ConfigureAwait(false);
                isAnswered = !_isSilent;
                return response;
            }

            cancellationToken.ThrowIfCancellationRequested();
            isAnswered = false;
            return Fail(question);
        }
        finally
        {
            lock (_gate)
            {
                _probe = null;
            }

            turn.SetResult(isAnswered);
        }
    }

    private void Forget()
    {
        lock (_gate)
        {
            _isSilent = false;
            _unanswered = 0;
            _domains.Clear();
        }
    }

    private static string DomainOf(DomainName name)
    {
        string text = name.Text;
        int dot = text.LastIndexOf('.');
        dot = dot > 0 ? text.LastIndexOf('.', dot - 1) : dot;
        return text.Substring(dot + 1);
    }

    private DnsResponse Fail(DnsQuestion question)
    {
        DnsResponse? last = Volatile.Read(ref _last);
        string detail = last?.Detail is { Length: > 0 } before ? before + "; " : string.Empty;
        return DnsResponse.Failure(question, last?.Status ?? DnsResponseStatus.Timeout, detail + "until a server answers, one question at a time is asked");
    }
}
