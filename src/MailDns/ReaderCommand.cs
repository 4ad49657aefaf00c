using MailDns.Bulk;

namespace MailDns;

/// <summary>
/// Base of the readers: keeps several objects of the pipeline under way, and writes the results of each on the pipeline's
/// thread as soon as it is done, or in the order of the input.
/// </summary>
public abstract class ReaderCommand : ResolvingCmdlet
{
    private readonly ReadWindow _window = new();
    private readonly ReadProgress _progress = new();

    /// <summary>
    /// Most objects worked on at the same time; default 128. However many there are, a bounded number of questions is under
    /// way at once: that is what protects the DNS servers.
    /// </summary>
    [Parameter]
    [ValidateRange(1, 1024)]
    public int ThrottleLimit { get; set; } = 128;

    /// <summary>
    /// Write results in the order of the input. Without it the results of each object are written as soon as it is done: a
    /// slow domain does not delay the others. The results of one object stay together either way.
    /// </summary>
    [Parameter]
    public SwitchParameter Ordered { get; set; }

    /// <summary>True where results keep the order of the input.</summary>
    private protected virtual bool KeepsOrder => Ordered;

    private protected override bool IsWorking => !_window.IsEmpty;

    protected override void BeginProcessing()
    {
        // A zone file may tell its zone by the domain asked about only: that is read first.
        if (ZoneFile is null) PrepareResolver();
    }

    protected override void EndProcessing()
    {
        while (!_window.IsEmpty)
            WaitAndWrite();

        if (_progress.End() is { } last) WriteProgress(last);
    }

    /// <summary>How many objects there are in all; to be called before the first is read, and only where that is known.</summary>
    private protected void Expect(int count) => _progress.Total = count;

    /// <summary>An object that could not be read: its error, and the others go on.</summary>
    private protected void Refuse(ErrorRecord error)
    {
        WriteError(error);
        _progress.AddDone();
    }

    /// <summary>
    /// Starts to read one object, and writes what is done. Of what is read the objects are written in their order; a
    /// <see cref="CmdletMessage"/> among them goes to its stream and an <see cref="ErrorRecord"/> becomes a non-terminating error.
    /// </summary>
    private protected void Enqueue(object target, Func<IDnsResolver, CancellationToken, Task<IReadOnlyList<object>>> read)
    {
        _window.Limit = ThrottleLimit;
        _window.KeepsOrder = KeepsOrder;
        while (_window.IsFull)
            WaitAndWrite();

        CancellationToken token = StopToken;
        IDnsResolver resolver = Resolver;
        _window.Start(target, () => read(resolver, token));
        WriteFinished();
    }

    private void WaitAndWrite()
    {
        try
        {
            _window.Wait(ReadProgress.Interval, StopToken);
        }
        catch (OperationCanceledException)
        {
            throw new PipelineStoppedException();
        }

        WriteFinished();
    }

    /// <summary>What is done already, without waiting.</summary>
    private void WriteFinished()
    {
        WriteProgressOfWork();
        while (_window.TryTake(out PendingRead? finished))
        {
            Write(finished!);
            _progress.AddDone();
        }

        if (_progress.Next(MyInvocation.MyCommand.Name) is { } record) WriteProgress(record);
    }

    private void Write(PendingRead finished)
    {
        if (finished.Failure is { } failure)
        {
            if (failure is OperationCanceledException && StopToken.IsCancellationRequested)
                throw new PipelineStoppedException();

            WriteError(ErrorRecords.From(failure, finished.Target));
            return;
        }

        foreach (object item in finished.Output)
        {
            switch (item)
            {
                case CmdletMessage message:
                    WriteMessage(message);
                    break;
                case ErrorRecord error:
                    WriteError(error);
                    break;
                default:
                    WriteObject(item);
                    break;
            }
        }
    }
}
