using System.Diagnostics;
using System.Net;
using MailDns.Dns;

namespace MailDns.Resolver;

/// <summary>
/// Asks servers over UDP, over TCP after a truncated answer (RFC 7766 section 5), without EDNS after FORMERR
/// (RFC 6891 section 7). A question that is not answered is sent again after the time that answers of the server have
/// taken so far allow for (0.4 s before any has come, never less than 0.2 s), then after twice as long and so on up to
/// 3.2 s, while the earlier ones stay open: a slow answer is an answer. The servers take turns; one that fails is not asked
/// again for the same question. Never asks another server than those given.
/// <para>
/// The timeout bounds a question with all its tries; the retries bound how many messages it may cost each server. Whichever
/// is used up first ends the question. So lost datagrams cost tries and no storm: at most 1 + retries messages a server.
/// </para>
/// </summary>
internal sealed class DnsClientResolver : IDnsResolver, IDisposable
{
    // A pooled connection may have been closed by the server meanwhile; a few of those may be in the pool.
    private const int MaxTcpTries = 3;
    private static readonly TimeSpan s_lastInterval = TimeSpan.FromMilliseconds(3200);
    private readonly QueryWindow _window;
    private readonly RoundTripTimes _times = new();
    private readonly SharedTicks _ticks = new();
    private readonly ServerSilence _silence = new();
    private readonly IDnsExchange _exchange;
    private readonly Lazy<IReadOnlyList<IPEndPoint>> _servers;
    private readonly TimeSpan _timeout;
    private readonly int _retries;
    private readonly ExchangeMode _mode;

    public DnsClientResolver(DnsClientOptions options)
        : this(options, CreateExchange())
    {
    }

    internal DnsClientResolver(DnsClientOptions options, IDnsExchange exchange)
    {
        if (options.Timeout <= TimeSpan.Zero || options.Timeout.TotalMilliseconds > int.MaxValue || options.Retries < 0)
        {
            throw new ArgumentOutOfRangeException(nameof(options), "The timeout is more than zero, and the retries are not negative.");
        }

        _exchange = exchange;
        _window = new QueryWindow(exchange is IPatientExchange ? QueryWindow.Most : QueryWindow.Initial);
        _timeout = options.Timeout;
        _retries = options.Retries;
        _mode = options.RecursionDesired ? ExchangeMode.None : ExchangeMode.NoRecursion;
        _servers = options.Servers.Count > 0
            ? new Lazy<IReadOnlyList<IPEndPoint>>(() => options.Servers)
            : new Lazy<IReadOnlyList<IPEndPoint>>(exchange.FindSystemServers);
    }

    /// <summary>Frees the sockets that are kept between questions.</summary>
    public void Dispose() => (_exchange as IDisposable)?.Dispose();

    /// <summary>
    /// The answer. Once it is there the caller may cancel the token, and then what is still under way for it ends; else that
    /// ends with the timeout.
    /// </summary>
    public Task<DnsResponse> QueryAsync(DnsQuestion question, CancellationToken cancellationToken) =>
        _silence.IsSilent ? AskSilentAsync(question, cancellationToken) : AskAsync(question, isProbe: false, cancellationToken);

    private Task<DnsResponse> AskSilentAsync(DnsQuestion question, CancellationToken cancellationToken) =>
        _silence.AskAsync(question, token => AskAsync(question, isProbe: true, token), cancellationToken);

    private async Task<DnsResponse> AskAsync(DnsQuestion question, bool isProbe, CancellationToken cancellationToken)
    {
        await _window.EnterAsync(cancellationToken).ConfigureAwait(false);
        bool wasLate = false;
        try
        {
            if (_servers.Value.Count == 0)
            {
                return DnsResponse.Failure(question, DnsResponseStatus.Unreachable, "the system names no DNS server; specify one with -Server");
            }

            // Whoever waited for room may have waited for servers that do not answer.
            if (isProbe || !_silence.IsSilent)
            {
                // The first server's first answer is all that nearly every question needs; the rest is for the others.
                long started = Stopwatch.GetTimestamp();
                IPEndPoint server = _servers.Value[0];
                TimeSpan interval = FirstInterval(server);
                IFirstTry first = StartFirst(server, question, interval, cancellationToken);
                DnsResponse? response = await first.Sign.ConfigureAwait(false);
                if (response is { IsFailure: false })
                {
                    Note(server, started);
                }
                else
                {
                    wasLate = response is null or { Status: DnsResponseStatus.Timeout };
                    response = await AskOnAsync(question, started, interval, first.Answer, cancellationToken).ConfigureAwait(false);
                }

                _silence.Note(response, started);
                return response;
            }
        }
        finally
        {
            _window.Leave(wasLate);
        }

        return await AskSilentAsync(question, cancellationToken).ConfigureAwait(false);
    }

#if NETFRAMEWORK
    private static DnsClientExchange CreateExchange() => new();
#else
    private static Pooled.PooledExchange CreateExchange() => new();
#endif

    private IFirstTry StartFirst(IPEndPoint server, DnsQuestion question, TimeSpan interval, CancellationToken cancellationToken)
    {
        // Where nobody else and nothing more is to be asked there is nothing to wait for but the answer.
        bool isOnly = _retries == 0 && _servers.Value.Count == 1;
        return !isOnly && _exchange is IPatientExchange patient
            ? patient.Start(server, question, ModeOf(question), _timeout, interval, cancellationToken)
            : new WatchedTry(_exchange.AskAsync(server, question, ModeOf(question), _timeout, cancellationToken), isOnly ? null : _ticks.WaitAsync(interval));
    }

    private ExchangeMode ModeOf(DnsQuestion question) => _mode | (question.WithSignatures ? ExchangeMode.Signatures : ExchangeMode.None);

    // A short budget is shared by the tries too.
    private TimeSpan FirstInterval(IPEndPoint server)
    {
        TimeSpan interval = _times.FirstInterval(server);
        return _timeout < TimeSpan.FromTicks(interval.Ticks * 3) ? TimeSpan.FromTicks(_timeout.Ticks / 3) : interval;
    }

    // Each try has an ID of its own, so it is known which of them was answered.
    private void Note(IPEndPoint server, long sent) => _times.Add(server, Since(sent));

    private static TimeSpan Since(long timestamp) => TimeSpan.FromSeconds((double)(Stopwatch.GetTimestamp() - timestamp) / Stopwatch.Frequency);

    /// <summary>Goes on after the first try, which has failed or is not answered yet.</summary>
    private async Task<DnsResponse> AskOnAsync(DnsQuestion question, long started, TimeSpan interval, Task<DnsResponse> first, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var round = new Round(question, _servers.Value, _timeout, _retries, started, interval);
        try
        {
            Attempt attempt = round.First();
            round.Add(attempt, RunAsync(round, attempt, first, stop.Token));
            DnsResponse response = await AskOnAsync(round, stop.Token).ConfigureAwait(false);
            return response.Status == DnsResponseStatus.ServerFailure && ModeOf(question) == ExchangeMode.None
                ? await ExplainAsync(round, response, stop.Token).ConfigureAwait(false)
                : response;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The linked token is an inner matter: callers look for their own.
            throw new OperationCanceledException(cancellationToken);
        }
        finally
        {
            Stop(stop);
        }
    }

    /// <summary>
    /// A validating resolver, but no name server asked for its own zone, says SERVFAIL for data that fails validation, and gives it to those that disable checking
    /// (RFC 4035 sections 3.2.2 and 5.5). A SERVFAIL that has passed by itself meanwhile would look the same, so the
    /// question is then asked once more as it was.
    /// </summary>
    private async Task<DnsResponse> ExplainAsync(Round round, DnsResponse failure, CancellationToken cancellationToken)
    {
        if (round.FailedServer is not { } server || !await UncheckedQuery.IsAnsweredAsync(server, round.Question, round.Remaining, cancellationToken).ConfigureAwait(false))
        {
            return failure;
        }

        DnsResponse again = await RunAsync(round, new Attempt(server), started: null, cancellationToken).ConfigureAwait(false);
        if (!again.IsFailure)
        {
            return again;
        }

        return again.Status == DnsResponseStatus.ServerFailure
            ? DnsResponse.Failure(round.Question, DnsResponseStatus.Bogus).AnsweredBy(failure.Resolver ?? server.ToString(), isAuthenticated: false)
            : failure;
    }

    /// <summary>Frees the sockets of what is still under way.</summary>
    private static void Stop(CancellationTokenSource stop) => stop.Cancel();

    private async Task<DnsResponse> AskOnAsync(Round round, CancellationToken cancellationToken)
    {
        Task timer = round.NextTimerAsync(cancellationToken);
        while (true)
        {
            Task<DnsResponse>? done = await round.WaitAsync(timer).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            if (done is null)
            {
                Start(round, cancellationToken);
                timer = round.NextTimerAsync(cancellationToken);
                continue;
            }

            DnsResponse response = await done.ConfigureAwait(false);
            if (!response.IsFailure)
            {
                return response;
            }

            if (!round.Fail(done, response))
            {
                return round.Failure!;
            }

            // Whoever else can be asked is asked at once.
            Start(round, cancellationToken);
            if (!round.IsWaiting)
            {
                return round.Failure!;
            }
        }
    }

    private void Start(Round round, CancellationToken cancellationToken)
    {
        if (round.TryNext(out Attempt? attempt))
        {
            round.Add(attempt!, RunAsync(round, attempt!, started: null, cancellationToken));
        }
    }

    private async Task<DnsResponse> RunAsync(Round round, Attempt attempt, Task<DnsResponse>? started, CancellationToken cancellationToken)
    {
        long sent = started is null ? Stopwatch.GetTimestamp() : round.Started;
        DnsResponse response = await (started ?? AskAsync(round, attempt, ModeOf(round.Question), cancellationToken)).ConfigureAwait(false);
        if (!response.IsFailure)
        {
            Note(attempt.Server, sent);
            return response;
        }

        // Without EDNS there are no signatures, and an answer without them would pass for one of a zone that has none.
        ExchangeMode mode = ModeOf(round.Question);
        if (!round.Question.WithSignatures && response.Status is (DnsResponseStatus.FormatError or DnsResponseStatus.NotImplemented))
        {
            mode |= ExchangeMode.NoEdns;
            response = await AskAsync(round, attempt, mode, cancellationToken).ConfigureAwait(false);
        }

        if (response.Status != DnsResponseStatus.TruncatedNoTcp)
        {
            return response;
        }

        attempt.IsOverTcp = true;
        return await AskOverTcpAsync(round, attempt, mode | ExchangeMode.Tcp, cancellationToken).ConfigureAwait(false);
    }

    private async Task<DnsResponse> AskOverTcpAsync(Round round, Attempt attempt, ExchangeMode mode, CancellationToken cancellationToken)
    {
        for (int tries = 1; ; tries++)
        {
            DnsResponse response = await AskAsync(round, attempt, mode, cancellationToken).ConfigureAwait(false);
            if (response.Status is not (DnsResponseStatus.Timeout or DnsResponseStatus.Unreachable))
            {
                return response.Status == DnsResponseStatus.TruncatedNoTcp
                    ? DnsResponse.Failure(round.Question, DnsResponseStatus.Malformed, "truncated over TCP")
                    : response;
            }

            if (response.Status == DnsResponseStatus.Unreachable || tries == MaxTcpTries || round.IsOver)
            {
                return DnsResponse.Failure(round.Question, DnsResponseStatus.TruncatedNoTcp, response.Detail);
            }
        }
    }

    private Task<DnsResponse> AskAsync(Round round, Attempt attempt, ExchangeMode mode, CancellationToken cancellationToken) =>
        _exchange.AskAsync(attempt.Server, round.Question, mode, round.Remaining, cancellationToken);

    /// <summary>One message sent, and what became of it.</summary>
    private sealed class Attempt(IPEndPoint server)
    {
        private volatile bool _isOverTcp;

        public IPEndPoint Server { get; } = server;

        /// <summary>The server has answered "ask me over TCP": asking it again over UDP is pointless.</summary>
        public bool IsOverTcp
        {
            get => _isOverTcp;
            set => _isOverTcp = value;
        }
    }

    /// <summary>The state of one question: which servers are left, what is under way, how much time is left.</summary>
    private sealed class Round(DnsQuestion question, IReadOnlyList<IPEndPoint> servers, TimeSpan timeout, int retries, long started, TimeSpan interval)
    {
        private readonly List<IPEndPoint> _servers = new List<IPEndPoint>(servers);
        private readonly Dictionary<Task<DnsResponse>, Attempt> _waiting = new();
        private TimeSpan _interval = interval;
        private TimeSpan _due;
        private int _left = (int)Math.Min(int.MaxValue, (1L + retries) * servers.Count);
        private int _turn;

        public DnsQuestion Question { get; } = question;

        /// <summary>When the first message was sent.</summary>
        public long Started { get; } = started;

        /// <summary>The most telling failure so far.</summary>
        public DnsResponse? Failure { get; private set; }

        /// <summary>Who gave it.</summary>
        public IPEndPoint? FailedServer { get; private set; }

        public bool IsWaiting => _waiting.Count > 0;
        public bool IsOver => Since(Started) >= timeout;

        public TimeSpan Remaining
        {
            get
            {
                TimeSpan remaining = timeout - Since(Started);
                return remaining > TimeSpan.FromMilliseconds(1) ? remaining : TimeSpan.FromMilliseconds(1);
            }
        }

        /// <summary>When to send again: an interval after the last time; it doubles after each turn of all servers.</summary>
        public Task NextTimerAsync(CancellationToken cancellationToken)
        {
            TimeSpan interval = _interval;
            if (_servers.Count > 0 && _turn % _servers.Count == 0 && interval < s_lastInterval)
            {
                _interval += _interval;
            }

            _due += interval;
            TimeSpan wait = _due - Since(Started);
            return _left > 0 && wait < Remaining
                ? Task.Delay(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, cancellationToken)
                : Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        }

        /// <summary>The attempt that is under way already, or over.</summary>
        public Attempt First()
        {
            _left--;
            return new Attempt(_servers[_turn++]);
        }

        public bool TryNext(out Attempt? attempt)
        {
            attempt = null;
            for (int i = 0; _left > 0 && !IsOver && i < _servers.Count; i++)
            {
                IPEndPoint server = _servers[_turn++ % _servers.Count];
                if (!IsOverTcp(server))
                {
                    _left--;
                    attempt = new Attempt(server);
                    return true;
                }
            }

            return false;
        }

        public void Add(Attempt attempt, Task<DnsResponse> task) => _waiting.Add(task, attempt);

        /// <summary>The next attempt that ends; null when the timer is first.</summary>
        public async Task<Task<DnsResponse>?> WaitAsync(Task timer)
        {
            var tasks = new List<Task>(_waiting.Keys) { timer };
            Task first = await Task.WhenAny(tasks).ConfigureAwait(false);
            return first == timer ? null : (Task<DnsResponse>)first;
        }

        /// <summary>Notes a failure; false when nothing is left to wait for or to ask.</summary>
        public bool Fail(Task<DnsResponse> task, DnsResponse response)
        {
            Attempt attempt = _waiting[task];
            _waiting.Remove(task);
            if (Failure is null || Rank(response.Status) > Rank(Failure.Status))
            {
                Failure = response;
                FailedServer = attempt.Server;
            }

            // An answer that says no, and a closed door, stay so for the seconds of a question.
            if (Rank(response.Status) > 1)
            {
                int index = _servers.IndexOf(attempt.Server);
                if (index >= 0)
                {
                    _servers.RemoveAt(index);

                    // The turn goes on with the server that has moved into the place.
                    _turn = index;
                }
            }

            return _servers.Count > 0;
        }

        // Over timeouts and unreadable answers, which another try may mend, stands what a server said.
        private static int Rank(DnsResponseStatus status) => status switch
        {
            DnsResponseStatus.Timeout => 0,
            DnsResponseStatus.Malformed => 1,
            DnsResponseStatus.Unreachable => 2,
            _ => 3,
        };

        private bool IsOverTcp(IPEndPoint server)
        {
            foreach (Attempt attempt in _waiting.Values)
            {
                if (attempt.IsOverTcp && attempt.Server.Equals(server))
                {
                    return true;
                }
            }

            return false;
        }
    }
}
