using System.Net;
using MailDns.Adapters;

namespace MailDns.Publishing;

/// <summary>
/// A server that takes dynamic updates (RFC 2136), signed with a shared key (RFC 8945). All changes of a zone go in one
/// message, which the server carries out whole or not at all, and only while every set is what the plan was made from.
/// </summary>
internal sealed class UpdateTarget : IRecordTarget
{
    private readonly IPEndPoint _server;
    private readonly TsigKey? _key;
    private readonly TimeSpan _timeout;
    private readonly CancellationToken _stop;
    private readonly IDnsResolver _resolver;

    public UpdateTarget(IPEndPoint server, TsigKey? key, TimeSpan timeout, CancellationToken stop)
    {
        _server = server;
        _key = key;
        _timeout = timeout;
        _stop = stop;

        // No cache: what is read is what the server has now.
        _resolver = AdapterFactory.CreateResolver(new DnsClientOptions { Servers = new[] { server }, Timeout = timeout });
    }

    public string Description => "server " + _server + (_key is null ? ", unsigned" : ", key " + _key.Name);

    public bool IsAtomic => true;

    public bool HasFirstStringOnly => false;

    public void Dispose() => _key?.Dispose();

    public IDnsResolver CreateResolver(IReadOnlyCollection<DomainName> zones) => _resolver;

    public string? FindObstacle(RecordSetChange set) => null;

    public bool IsSame(ResourceRecord planned, ResourceRecord actual) => RecordEquality.IsSameData(planned, actual);

    public IReadOnlyList<ResourceRecord> Read(RecordSetState key)
    {
        try
        {
            return Wait(() => new NodeReader(_resolver, _stop).ReadSetAsync(key.Owner, key.Zone, key.Type, RecordPurpose.Other));
        }
        catch (NodeReadException exception)
        {
            throw new TargetException(exception.Message, inner: exception);
        }
    }

    public void Write(DomainName zone, IReadOnlyList<RecordSetChange> sets)
    {
        ushort id = UpdateExchange.NewId();
        byte[] message = UpdateMessage.Write(id, zone, sets);
        TsigSigner? signer = _key is null ? null : new TsigSigner(_key);
        message = signer?.Sign(message, DateTimeOffset.UtcNow) ?? message;
        UpdateResponse response;
        try
        {
            response = UpdateResponse.Read(Wait(() => UpdateExchange.SendAsync(_server, message, _timeout, _stop)), id);
        }
        catch (Exception exception) when (exception is FormatException or System.IO.IOException or System.Net.Sockets.SocketException or TimeoutException)
        {
            throw new TargetException("The update to " + _server + " got no answer: " + exception.Message + " Whether it was carried out is not known; compare again.", inner: exception);
        }

        Judge(response, signer);
    }

    private static void Judge(UpdateResponse response, TsigSigner? signer)
    {
        string? fault = signer?.FindFault(response, DateTimeOffset.UtcNow);
        if (response.Code != 0)
        {
            throw new TargetException(response.Describe() + ".", response.IsPrerequisiteFailure && fault is null);
        }

        if (fault is not null)
        {
            throw new TargetException("The server says that the update is done, but " + fault + ". Compare again to see what is there.");
        }
    }

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
