using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using MailDns.Dns;

namespace MailDns;

/// <summary>
/// Base of the readers: keeps several objects of the pipeline in flight, and writes their results in the order of the input, on
/// the pipeline's thread.
/// </summary>
public abstract class ReaderCommand : ResolvingCmdlet
{
    private readonly Queue<Pending> _pending = new();

    /// <summary>Most objects worked on at the same time; default 32.</summary>
    [Parameter]
    [ValidateRange(1, 1024)]
    public int ThrottleLimit { get; set; } = 32;

    /// <inheritdoc/>
    protected override void BeginProcessing() => PrepareResolver();

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        while (_pending.Count > 0)
        {
            WriteNext();
        }
    }

    /// <summary>
    /// Starts to read one object, and writes what is done. Of what is read the objects are written in their order; a
    /// <see cref="CmdletMessage"/> among them goes to its stream and an <see cref="ErrorRecord"/> becomes a non-terminating error.
    /// </summary>
    private protected void Enqueue(object target, Func<IDnsResolver, CancellationToken, Task<IReadOnlyList<object>>> read)
    {
        while (_pending.Count >= ThrottleLimit)
        {
            WriteNext();
        }

        CancellationToken token = StopToken;
        IDnsResolver resolver = Resolver;
        _pending.Enqueue(new Pending(target, Task.Run(() => read(resolver, token), token)));
        WriteFinished();
    }

    // What is done already, without waiting. Results keep the order of the input: with -Quiet it is all that tells them apart.
    private void WriteFinished()
    {
        while (_pending.Count > 0 && _pending.Peek().Task.IsCompleted)
        {
            WriteNext();
        }
    }

    private void WriteNext() => Write(_pending.Dequeue());

    private void Write(Pending finished)
    {
        IReadOnlyList<object> output;
        try
        {
            output = Wait(finished.Task);
        }
        catch (Exception exception) when (exception is not PipelineStoppedException)
        {
            WriteError(ErrorRecords.From(exception, finished.Target));
            return;
        }

        foreach (object item in output)
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

    private sealed class Pending
    {
        public Pending(object target, Task<IReadOnlyList<object>> task)
        {
            Target = target;
            Task = task;
        }

        public object Target { get; }

        public Task<IReadOnlyList<object>> Task { get; }
    }
}
