using MailDns.Spf;

namespace MailDns;

/// <summary>Base of the cmdlets that take a domain's present SPF record and give the one to publish in its place.</summary>
public abstract class SpfRecordCommand : ResolvingCmdlet
{
    private SpfInput? _input;

    /// <summary>
    /// The present record: its text, a MailDns record, or an object of Get-DnsServerResourceRecord, Resolve-DnsName or
    /// Get-AzDnsRecordSet. Other TXT records of the same name are passed over. A domain, or an object that has one, is looked up.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = "InputObject", ValueFromPipeline = true)]
    [ValidateNotNull]
    public PSObject? InputObject { get; set; }

    /// <summary>The domain whose record is looked up; with -InputObject, whose record the text is.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Domain", Position = 0)]
    [Parameter(ParameterSetName = "InputObject", Position = 0)]
    [Alias("DomainName")]
    [DomainArgument]
    public string? Domain { get; set; }

    /// <summary>The zone that contains the record; default: the zone of the existing record, or else the domain itself.</summary>
    [Parameter]
    public string? ZoneName { get; set; }

    /// <summary>Time to live; default: that of the present record, else one hour. A bare number is seconds.</summary>
    [Parameter]
    [TimeToLiveArgument]
    public TimeSpan? TimeToLive { get; set; }

    /// <summary>True when the work looks up in any case.</summary>
    private protected virtual bool NeedsResolver => false;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        try
        {
            DomainName? domain = string.IsNullOrEmpty(Domain) ? null : DomainName.Parse(Domain);
            _input = new SpfInput(domain, string.IsNullOrEmpty(ZoneName) ? null : DomainName.Parse(ZoneName), TimeToLive);
            if (ParameterSetName == "Domain" && domain is not null) _input.AddLive(domain);
        }
        catch (DomainNameException exception)
        {
            ThrowTerminatingError(ErrorRecords.From(exception, Domain));
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (InputObject is not null) Guard(() => _input!.Add(InputObject), InputObject);
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        foreach (DomainName owner in _input!.Owners)
            Guard(() => Write(_input.Source(owner), HasSource || NeedsResolver ? Resolver : null), owner.Text);

        foreach (DomainName domain in _input.Live)
        {
            Guard(
                () =>
                {
                    IDnsResolver resolver = Resolver;
                    Write(Await(token => SpfSource.ReadAsync(domain, _input.ZoneOf(domain), TimeToLive, resolver, token)), resolver);
                },
                domain.Text);
        }
    }

    /// <summary>Makes the objects to write for one record. A <see cref="CmdletMessage"/> among them goes to its stream.</summary>
    /// <param name="source">The present record.</param>
    /// <param name="resolver">Where to look up, if the user said so; null when only the record itself is to be looked at.</param>
    /// <param name="cancellationToken">Ends it.</param>
    private protected abstract Task<IReadOnlyList<object>> MakeAsync(SpfSource source, IDnsResolver? resolver, CancellationToken cancellationToken);

    /// <summary>Verbose lines, then warnings.</summary>
    private protected static IEnumerable<object> Messages(IEnumerable<string> details, IEnumerable<string> warnings) =>
        details.Select(CmdletMessage.Verbose).Concat(warnings.Select(CmdletMessage.Warning));

    private void Write(SpfSource source, IDnsResolver? resolver)
    {
        foreach (object item in Await(token => MakeAsync(source, resolver, token)))
        {
            if (item is CmdletMessage message)
                WriteMessage(message);
            else
                WriteObject(item);
        }
    }

    // One bad record is an error of its own; the others go on.
    private void Guard(Action work, object target)
    {
        try
        {
            work();
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException or InvalidOperationException)
        {
            WriteError(ErrorRecords.From(exception, target));
        }
    }
}
