using System.Net;
using MailDns.Adapters;

namespace MailDns.Publishing;

/// <summary>
/// A server that takes dynamic updates (RFC 2136), signed with a shared key (RFC 8945). The changes of a zone go in one
/// message, which the server carries out whole or not at all, and only while every set is what the plan was made from; those
/// that are too many for one go in several.
/// </summary>
internal sealed class UpdateTarget : IRecordTarget
{
    private readonly TsigKey? _key;
    private readonly CancellationToken _stop;
    private readonly IDnsResolver _resolver;
    private readonly UpdateSender _sender;

    public UpdateTarget(IPEndPoint server, TsigKey? key, TimeSpan timeout, CancellationToken stop)
    {
        _key = key;
        _stop = stop;
        _sender = new UpdateSender(new UpdateExchange(server, timeout), key, UpdateExchange.NewId, static () => DateTimeOffset.UtcNow);
        Description = "server " + server + (key is null ? ", unsigned" : ", key " + key.Name);

        // No cache: what is read is what the server has now.
        _resolver = AdapterFactory.CreateResolver(new DnsClientOptions { Servers = new[] { server }, Timeout = timeout });
    }

    public string Description { get; }

    public bool HasFirstStringOnly => false;

    public void Dispose() => _key?.Dispose();

    public IDnsResolver CreateResolver(IReadOnlyCollection<DomainName> zones) => _resolver;

    public string? FindObstacle(RecordSetChange set) => UpdateSender.FindObstacle(set);

    public IReadOnlyList<IReadOnlyList<RecordSetChange>> Divide(IReadOnlyList<RecordSetChange> sets) => UpdateSender.Divide(sets);

    public bool IsSame(ResourceRecord planned, ResourceRecord actual) => RecordEquality.IsSameData(planned, actual);

    public IReadOnlyList<ResourceRecord> Read(RecordSetState key)
    {
        try
        {
            return Wait(() => new NodeReader(_resolver, _stop).ReadSetAsync(key.Owner, key.Zone, key.Type, RecordPurpose.Other)).Records;
        }
        catch (NodeReadException exception)
        {
            throw new TargetException(exception.Message, inner: exception);
        }
    }

    public void Write(DomainName zone, IReadOnlyList<RecordSetChange> sets) => Wait(async () =>
    {
        await _sender.SendAsync(zone, sets, _stop).ConfigureAwait(false);
        return true;
    });

    private T Wait<T>(Func<Task<T>> work)
    {
        Task<T> task = Task.Run(work, _stop);
        try
        {
#pragma warning disable VSTHRD002 // The pipeline's thread has to wait somewhere; the work runs on the pool and needs no context.
            task.Wait(_stop);
            return task.GetAwaiter().GetResult();
#pragma warning restore VSTHRD002
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            throw new System.Management.Automation.PipelineStoppedException();
        }
        catch (AggregateException aggregate) when (aggregate.InnerExceptions.Count == 1)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Capture(aggregate.InnerException!).Throw();
            throw;
        }
    }
}
