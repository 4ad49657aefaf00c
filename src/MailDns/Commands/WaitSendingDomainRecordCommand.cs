using System.Diagnostics;
using MailDns.Adapters;

namespace MailDns.Commands;

/// <summary>Waits until every name server of the zone serves the records, so that nothing is switched on too early.</summary>
/// <remarks>
/// Asks all name servers of the zone of each record directly, or each server in -Server, again and again: at first every
/// -IntervalSec seconds, then less and less often. A record is served when every server returns it: a TXT record by its text,
/// names without regard to case, with any time to live. Returns one object for each record. If a record is not served within
/// -TimeoutSec, there is a non-terminating error (RecordNotServed). NegativeCacheTime is how long resolvers that asked too early
/// may still answer that the name does not exist (RFC 2308 section 5).
/// </remarks>
/// <example>
/// <code>$records | Wait-SendingDomainRecord</code>
/// <para>Waits up to five minutes for the records that were published.</para>
/// </example>
/// <example>
/// <code>$records | Wait-SendingDomainRecord -TimeoutSec 900 | Where-Object { -not $_.IsServed } | Select-Object Name, ServersWaiting</code>
/// <para>After a quarter of an hour: which servers still lack what.</para>
/// </example>
/// <example>
/// <code>$records | Wait-SendingDomainRecord -Server 10.0.0.53, 192.0.2.53</code>
/// <para>Waits for two servers, inside and outside, rather than those of the zone.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Wait, "SendingDomainRecord")]
[OutputType(typeof(RecordWaitResult))]
public sealed class WaitSendingDomainRecordCommand : MailDnsCmdlet
{
    // One question; a server that does not answer within it is asked again in the next round.
    private const int QuestionSeconds = 5;
    private const int Retries = 3;

    // The interval grows to this much, so that a long wait is no load for the servers.
    private const double LastIntervalSeconds = 30;
    private const double Growth = 1.5;
    private readonly List<ResourceRecord> _records = new();
    private readonly Stopwatch _clock = new();
    private NetworkResolvers? _network;
    private RecordWatch? _watch;

    /// <summary>The records to wait for, from New-*Record, a finding's Record or Export-Clixml.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ResourceRecordArgument]
    [ValidateNotNull]
    public ResourceRecord[] Record { get; set; } = Array.Empty<ResourceRecord>();

    /// <summary>
    /// Servers to wait for, as <c>address[:port]</c>, IPv6 in brackets; default: all name servers of the record's zone. With
    /// -Authoritative: the resolvers that find those.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? Server { get; set; }

    /// <summary>With -Server: wait for the name servers of the zone, which the resolvers of -Server find.</summary>
    [Parameter]
    public SwitchParameter Authoritative { get; set; }

    /// <summary>Seconds to wait for all the records together; default 300.</summary>
    [Parameter]
    [ValidateRange(1, 86400)]
    public int TimeoutSec { get; set; } = 300;

    /// <summary>Seconds between the first two rounds; default 2. It grows by half each time, up to 30.</summary>
    [Parameter]
    [ValidateRange(1, 3600)]
    public int IntervalSec { get; set; } = 2;

    protected override void BeginProcessing()
    {
        try
        {
            _network = new NetworkResolvers(Server, TimeSpan.FromSeconds(Math.Min(QuestionSeconds, TimeoutSec)), Retries);
            _watch = new RecordWatch(_network.CreateZoneReader(new CachingResolver(_network.CreateAll(), () => _clock.Elapsed)), Authoritative ? Array.Empty<DnsServer>() : _network.CreateEach());
        }
        catch (FormatException exception)
        {
            ThrowTerminatingError(ErrorRecords.From(exception, Server));
        }
    }

    protected override void ProcessRecord() => _records.AddRange(Record);

    protected override void EndProcessing()
    {
        _clock.Start();
        List<RecordState> waiting = Round(_records, CancellationToken.None);
        double interval = IntervalSec;
        while (waiting.Count > 0 && Remaining > TimeSpan.Zero)
        {
            ReportProgress(waiting);
            Pause(TimeSpan.FromSeconds(interval));
            interval = Math.Max(interval, Math.Min(interval * Growth, LastIntervalSeconds));
            waiting = NextRound(waiting);
        }

        foreach (RecordState state in waiting)
            GiveUp(state);
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing) _network?.Dispose();
    }

    private TimeSpan Remaining => TimeSpan.FromSeconds(TimeoutSec) - _clock.Elapsed;

    // A round that the end of the time cuts short leaves what the last one saw.
    private List<RecordState> NextRound(List<RecordState> waiting)
    {
        if (Remaining <= TimeSpan.Zero) return waiting;

        using var deadline = new CancellationTokenSource(Remaining);
        try
        {
            return Round(waiting.Select(state => state.Record).ToArray(), deadline.Token);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !StopToken.IsCancellationRequested)
        {
            return waiting;
        }
    }

    /// <summary>Asks for all of the records, writes those that are served, and gives the others.</summary>
    private List<RecordState> Round(IReadOnlyList<ResourceRecord> records, CancellationToken deadline)
    {
        RecordState[] states = Await(async token =>
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(token, deadline);
            return await Task.WhenAll(records.Select(record => _watch!.ReadAsync(record, either.Token))).ConfigureAwait(false);
        });
        foreach (RecordState state in states.Where(state => state.IsServed))
            WriteObject(new RecordWaitResult(state, _clock.Elapsed));

        return states.Where(state => !state.IsServed).ToList();
    }

    private void Pause(TimeSpan interval)
    {
        TimeSpan pause = interval < Remaining ? interval : Remaining;
        if (pause > TimeSpan.Zero)
        {
            Await(async token =>
            {
                await Task.Delay(pause, token).ConfigureAwait(false);
                return true;
            });
        }
    }

    private void ReportProgress(List<RecordState> waiting)
    {
        RecordState first = waiting[0];
        var progress = new ProgressRecord(0, "Waiting for name servers", (_records.Count - waiting.Count) + " of " + _records.Count + " records are served everywhere")
        {
            CurrentOperation = first.Record.Fqdn + " " + first.Record.RecordType + ": " + first.Waiting.FirstOrDefault(),
            PercentComplete = (int)Math.Min(100, _clock.Elapsed.TotalSeconds * 100 / TimeoutSec),
            SecondsRemaining = (int)Math.Max(0, Remaining.TotalSeconds),
        };
        WriteProgress(progress);
    }

    private void GiveUp(RecordState state)
    {
        string seconds = Math.Round(_clock.Elapsed.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        var exception = new TimeoutException(
            state.Record.Fqdn + " " + state.Record.RecordType + " is not served everywhere after " + seconds + " s: " + string.Join("; ", state.Waiting) + ".");
        WriteObject(new RecordWaitResult(state, _clock.Elapsed));
        WriteError(new ErrorRecord(exception, "RecordNotServed", ErrorCategory.OperationTimeout, state.Record));
    }
}
