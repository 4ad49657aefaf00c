using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using MailDns.Dns;

namespace MailDns;

/// <summary>
/// Base of everything that reads a domain's records: takes domains from the pipeline, keeps several in flight, and writes
/// their results in the order of the input, on the pipeline's thread.
/// </summary>
public abstract class DomainReaderCommand : ResolvingCmdlet
{
    private readonly Queue<Pending> _pending = new();

    /// <summary>
    /// One or more domains, in Unicode or as A-labels. Also from an object's Domain, DomainName, ZoneName or Name
    /// (Get-AcceptedDomain, Get-DnsServerZone, Get-AzDnsZone).
    /// </summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("DomainName", "ZoneName", "Name")]
    [DomainArgument]
    [AllowEmptyString]
    public string[] Domain { get; set; } = Array.Empty<string>();

    /// <summary>Most domains worked on at the same time; default 32.</summary>
    [Parameter]
    [ValidateRange(1, 1024)]
    public int ThrottleLimit { get; set; } = 32;

    /// <inheritdoc/>
    protected override void BeginProcessing() => PrepareResolver();

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string text in Domain)
        {
            if (!DomainName.TryParse(text, out DomainName? domain, out string reason))
            {
                WriteError(ErrorRecords.From(new DomainNameException(text ?? string.Empty, reason), text));
                continue;
            }

            while (_pending.Count >= ThrottleLimit)
            {
                WriteNext();
            }

            _pending.Enqueue(Start(domain!, text));
            WriteFinished();
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        while (_pending.Count > 0)
        {
            WriteNext();
        }
    }

    /// <summary>
    /// Reads one domain. The objects are written in their order; a <see cref="CmdletMessage"/> among them goes to its stream
    /// and an <see cref="ErrorRecord"/> becomes a non-terminating error.
    /// </summary>
    private protected abstract Task<IReadOnlyList<object>> ReadAsync(DomainName domain, IDnsResolver resolver, CancellationToken cancellationToken);

    private Pending Start(DomainName domain, string text)
    {
        CancellationToken token = StopToken;
        IDnsResolver resolver = Resolver;
        return new Pending(text, Task.Run(() => ReadAsync(domain, resolver, token), token));
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
            WriteError(ErrorRecords.From(exception, finished.Text));
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
        public Pending(string text, Task<IReadOnlyList<object>> task)
        {
            Text = text;
            Task = task;
        }

        public string Text { get; }

        public Task<IReadOnlyList<object>> Task { get; }
    }
}
