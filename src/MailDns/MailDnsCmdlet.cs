namespace MailDns;

/// <summary>
/// Base of all cmdlets: owns the cancellation. Ctrl+C calls StopProcessing; <c>Select-Object -First</c> only disposes
/// (the pipeline throws through WriteObject), so both cancel.
/// </summary>
public abstract class MailDnsCmdlet : PSCmdlet, IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private int _isStopping;

    private protected CancellationToken StopToken => _stop.Token;

    /// <summary>True while work that is to be cancelled is under way.</summary>
    private protected virtual bool IsWorking => false;

    /// <summary>Says, on the pipeline's thread, what work on other threads has to say.</summary>
    private protected virtual void WriteProgressOfWork()
    {
    }

    /// <summary>Cancels what is under way and frees it.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees what the cmdlet holds.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            if (IsWorking)
            {
                CancelAside();
            }
            else if (Interlocked.Exchange(ref _isStopping, 1) == 0)
            {
                _stop.Cancel();
                _stop.Dispose();
            }
        }
    }

    protected override void StopProcessing() => CancelAside();

    /// <summary>
    /// Cancelling runs through everything that is under way: of hundreds of domains that takes longer than the user at the
    /// prompt shall wait, so a thread of its own does it. What waits on the pipeline's thread is told first, since it came last.
    /// Nothing asks for the token's wait handle, so without Dispose nothing of the source is left.
    /// </summary>
    private void CancelAside()
    {
        if (Interlocked.Exchange(ref _isStopping, 1) == 0)
            _ = Task.Factory.StartNew(_stop.Cancel, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Waits on the pipeline's thread for work on the thread pool; Ctrl+C ends the wait at once.</summary>
    internal T Await<T>(Func<CancellationToken, Task<T>> work)
    {
        Task<T> task = Task.Run(() => work(StopToken), StopToken);
        return Wait(task);
    }

    /// <summary>The result of a task that may be under way; a cancelled one ends the pipeline.</summary>
    private protected T Wait<T>(Task<T> task)
    {
        try
        {
#pragma warning disable VSTHRD002 // The pipeline's thread has to wait somewhere; the work runs on the pool and needs no context.
            task.Wait(StopToken);
            WriteProgressOfWork();
            return task.GetAwaiter().GetResult();
#pragma warning restore VSTHRD002
        }
        catch (OperationCanceledException) when (StopToken.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
        catch (AggregateException aggregate) when (aggregate.InnerExceptions.Count == 1)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Capture(aggregate.InnerException!).Throw();
            throw;
        }
    }

    /// <summary>Writes what the core wants said to the stream that it belongs to.</summary>
    internal void WriteMessage(CmdletMessage message)
    {
        if (message.IsWarning)
            WriteWarning(message.Text);
        else
            WriteVerbose(message.Text);
    }
}
