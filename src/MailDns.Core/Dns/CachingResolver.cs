namespace MailDns.Dns;

/// <summary>
/// Keeps answers for one run of a pipeline and sends one query for a question that several ask at once. An answer is kept
/// for its time to live, a negative one for that of its SOA record (RFC 2308 section 5), and a failure for moments: long
/// enough that a silent server is not asked anew by every domain of a list, and no longer (section 7). Bounded by
/// bytes (<see cref="KeptAnswers"/>).
/// </summary>
internal sealed class CachingResolver : IDnsResolver
{
    /// <summary>
    /// Default bound of the answers' size: some fifty thousand. What hundreds of domains under way ask is a fraction of that, and
    /// what a list's domains share is used again before it would go. Nearly all that a long pipeline keeps is this.
    /// </summary>
    public const long DefaultMaxBytes = 16L << 20;
    private static readonly TimeSpan s_failureTime = TimeSpan.FromSeconds(3);

    /// <summary>RFC 2308 section 5: negative answers are kept for hours at most.</summary>
    private static readonly TimeSpan s_longestNegativeTime = TimeSpan.FromHours(1);

    /// <summary>RFC 8767 section 4 names days; a run is shorter.</summary>
    private static readonly TimeSpan s_longestTime = TimeSpan.FromDays(1);
    private readonly object _gate = new();
    private readonly KeptAnswers _kept;
    private readonly Dictionary<DnsQuestion, Flight> _flights = new();
    private readonly IDnsResolver _inner;
    private readonly Func<TimeSpan> _clock;

    /// <summary>A cache over a resolver.</summary>
    /// <param name="inner">Whom to ask.</param>
    /// <param name="clock">The time since any moment, which never goes back.</param>
    /// <param name="maxBytes">The bound; 0 keeps nothing and still shares what is under way.</param>
    public CachingResolver(IDnsResolver inner, Func<TimeSpan> clock, long maxBytes = DefaultMaxBytes)
    {
        if (maxBytes < 0) throw new ArgumentOutOfRangeException(nameof(maxBytes));

        _inner = inner;
        _clock = clock;
        _kept = new KeptAnswers(maxBytes);
    }

    /// <summary>Answers kept now.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _kept.Count;
            }
        }
    }

    /// <summary>Size of the answers kept now.</summary>
    public long Bytes
    {
        get
        {
            lock (_gate)
            {
                return _kept.Bytes;
            }
        }
    }

    public Task<DnsResponse> QueryAsync(DnsQuestion question, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested) return Task.FromCanceled<DnsResponse>(cancellationToken);

        Waiter waiter;
        lock (_gate)
        {
            if (_kept.Find(question, _clock()) is { } known) return Task.FromResult(known);

            if (_flights.TryGetValue(question, out Flight? flight))
            {
                waiter = new Waiter(this, flight, cancellationToken);
                (flight.Others ??= new List<Waiter>()).Add(waiter);
            }
            else
            {
                flight = new Flight(this, question, cancellationToken);
                _flights.Add(question, flight);
                waiter = flight;
            }
        }

        waiter.Watch();
        if (waiter is Flight first) _ = RunAsync(first);

        return waiter.Task;
    }

    private async Task RunAsync(Flight flight)
    {
        try
        {
            DnsResponse response = await _inner.QueryAsync(flight.Question, flight.Cancellation.Token).ConfigureAwait(false);
            foreach (Waiter waiter in Land(flight, response))
                waiter.SetAnswer(response);

            flight.SetAnswer(response);
        }
        catch (OperationCanceledException)
        {
            // Whoever waited has left, or the resolver below ended by itself: those who stayed may ask again.
            DnsResponse response = DnsResponse.Failure(flight.Question, DnsResponseStatus.OtherError, "the lookup was given up");
            foreach (Waiter waiter in Land(flight, response: null))
                waiter.SetAnswer(response);

            flight.SetAnswer(response);
        }
#pragma warning disable CA1031 // A resolver that breaks its contract breaks its callers, not a thread of nobody's
        catch (Exception e)
#pragma warning restore CA1031
        {
            foreach (Waiter waiter in Land(flight, response: null))
                waiter.SetFailure(e);

            flight.SetFailure(e);
        }
    }

    /// <summary>The query is cancelled when nobody waits for it any more, and then nobody new may join it.</summary>
    private void Leave(Flight flight, Waiter waiter)
    {
        lock (_gate)
        {
            if (!flight.Leave(waiter) || flight.IsAwaited) return;

            Forget(flight);
        }

        flight.Cancellation.Cancel();
    }

    /// <summary>Ends a flight; those who wait for it beside the first, who goes on in this thread and so comes last.</summary>
    private IReadOnlyList<Waiter> Land(Flight flight, DnsResponse? response)
    {
        IReadOnlyList<Waiter> others;
        lock (_gate)
        {
            Forget(flight);
            if (response is not null) _kept.Keep(flight.Question, response, TimeOf(response), _clock());

            others = flight.Land();
        }

        // Ends what the resolver below may still have under way for it, such as a query that was sent again.
        flight.Cancellation.Cancel();
        return others;
    }

    private void Forget(Flight flight)
    {
        if (_flights.TryGetValue(flight.Question, out Flight? current) && ReferenceEquals(current, flight))
            _flights.Remove(flight.Question);
    }

    // The aliases of an answer are part of it: the shortest time counts (RFC 2181 section 5.2 for the records of a set).
    private static TimeSpan TimeOf(DnsResponse response)
    {
        if (response.IsFailure) return s_failureTime;

        // RFC 2308 section 5: a negative answer without an SOA record is not to be kept; moments spare the server all the same.
        bool isNegative = response.IsVoid;
        TimeSpan time = !isNegative ? s_longestTime
            : response.NegativeTtl is { } seconds ? Min(TimeSpan.FromSeconds(seconds), s_longestNegativeTime)
            : s_failureTime;
        for (int i = 0; i < response.Records.Count; i++)
            time = Min(time, TimeSpan.FromSeconds(response.Records[i].Ttl));

        return time;
    }

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;

    /// <summary>
    /// One caller: an own task, so that its cancellation is its own. The first goes on where the answer came in; the others
    /// on threads of their own.
    /// </summary>
    private class Waiter : TaskCompletionSource<DnsResponse>
    {
        private readonly CachingResolver _cache;
        private readonly CancellationToken _token;
        private CancellationTokenRegistration _registration;

        public Waiter(CachingResolver cache, Flight flight, CancellationToken token)
            : base(TaskCreationOptions.RunContinuationsAsynchronously)
        {
            _cache = cache;
            Joined = flight;
            _token = token;
        }

        protected Waiter(CachingResolver cache, CancellationToken token)
        {
            _cache = cache;
            Joined = (Flight)this;
            _token = token;
        }

        private Flight Joined { get; }

        public void Watch()
        {
            if (_token.CanBeCanceled)
                _registration = _token.Register(static waiter => ((Waiter)waiter!).Cancel(), this);
        }

        public void SetAnswer(DnsResponse response)
        {
            _registration.Dispose();
            TrySetResult(response);
        }

        public void SetFailure(Exception exception)
        {
            _registration.Dispose();
            TrySetException(exception);
        }

        private void Cancel()
        {
            _cache.Leave(Joined, this);
            TrySetCanceled(_token);
        }
    }

    /// <summary>One query under way: its first caller, and who waits for it too.</summary>
    private sealed class Flight(CachingResolver cache, DnsQuestion question, CancellationToken token) : Waiter(cache, token)
    {
        private bool _hasFirst = true;

        public DnsQuestion Question { get; } = question;
        public List<Waiter>? Others { get; set; }
        public CancellationTokenSource Cancellation { get; } = new();
        public bool IsAwaited => _hasFirst || Others is { Count: > 0 };

        /// <summary>False for one who has left already, or has the answer.</summary>
        public bool Leave(Waiter waiter)
        {
            if (!ReferenceEquals(waiter, this)) return Others?.Remove(waiter) ?? false;

            bool left = _hasFirst;
            _hasFirst = false;
            return left;
        }

        /// <summary>Nobody waits any more; those who did beside the first.</summary>
        public IReadOnlyList<Waiter> Land()
        {
            IReadOnlyList<Waiter> others = Others ?? (IReadOnlyList<Waiter>)Array.Empty<Waiter>();
            Others = null;
            _hasFirst = false;
            return others;
        }
    }
}
