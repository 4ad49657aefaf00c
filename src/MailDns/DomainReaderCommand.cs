using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using MailDns.Bulk;
using MailDns.Dns;

namespace MailDns;

/// <summary>
/// Base of everything that reads a domain's records: takes domains from the pipeline, keeps several under way, and writes
/// the results of each on the pipeline's thread as soon as it is done, or in the order of the input.
/// </summary>
public abstract class DomainReaderCommand : ResolvingCmdlet
{
    private readonly DomainWindow _window = new();
    private readonly DomainProgress _progress = new();

    /// <summary>
    /// One or more domains, in Unicode or as A-labels. Also from an object's Domain, DomainName, ZoneName or Name
    /// (Get-AcceptedDomain, Get-DnsServerZone, Get-AzDnsZone).
    /// </summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("DomainName", "ZoneName", "Name")]
    [DomainArgument]
    [AllowEmptyString]
    public string[] Domain { get; set; } = Array.Empty<string>();

    /// <summary>
    /// Most domains worked on at the same time; default 128. However many there are, a bounded number of questions is under
    /// way at once: that is what protects the DNS servers.
    /// </summary>
    [Parameter]
    [ValidateRange(1, 1024)]
    public int ThrottleLimit { get; set; } = 128;

    /// <summary>
    /// Write results in the order of the input. Without it each domain's results are written as soon as that domain is done:
    /// one slow domain holds up nobody. The results of one domain stay together either way.
    /// </summary>
    [Parameter]
    public SwitchParameter Ordered { get; set; }

    /// <summary>True where results keep the order of the input.</summary>
    private protected virtual bool KeepsOrder => Ordered;

    /// <inheritdoc/>
    protected override void BeginProcessing() => PrepareResolver();

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (!MyInvocation.ExpectingInput)
        {
            _progress.Total = Domain.Length;
        }

        _window.Limit = ThrottleLimit;
        _window.KeepsOrder = KeepsOrder;
        foreach (string text in Domain)
        {
            if (!DomainName.TryParse(text, out DomainName? domain, out string reason))
            {
                WriteError(ErrorRecords.From(new DomainNameException(text ?? string.Empty, reason), text));
                _progress.AddDone();
                continue;
            }

            while (_window.IsFull)
            {
                WaitAndWrite();
            }

            Start(domain!, text);
            WriteFinished();
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        while (!_window.IsEmpty)
        {
            WaitAndWrite();
        }

        if (_progress.End() is { } last)
        {
            WriteProgress(last);
        }
    }

    /// <summary>
    /// Reads one domain. The objects are written in their order; a <see cref="CmdletMessage"/> among them goes to its stream
    /// and an <see cref="ErrorRecord"/> becomes a non-terminating error.
    /// </summary>
    private protected abstract Task<IReadOnlyList<object>> ReadAsync(DomainName domain, IDnsResolver resolver, CancellationToken cancellationToken);

    private void Start(DomainName domain, string text)
    {
        CancellationToken token = StopToken;
        IDnsResolver resolver = Resolver;
        _window.Start(text, () => ReadAsync(domain, resolver, token));
    }

    private void WaitAndWrite()
    {
        try
        {
            _window.Wait(DomainProgress.Interval, StopToken);
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
        while (_window.TryTake(out DomainRead? finished))
        {
            Write(finished!);
            _progress.AddDone();
        }

        if (_progress.Next(MyInvocation.MyCommand.Name) is { } record)
        {
            WriteProgress(record);
        }
    }

    private void Write(DomainRead finished)
    {
        if (finished.Failure is { } failure)
        {
            if (failure is OperationCanceledException && StopToken.IsCancellationRequested)
            {
                throw new PipelineStoppedException();
            }

            WriteError(ErrorRecords.From(failure, finished.Text));
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
