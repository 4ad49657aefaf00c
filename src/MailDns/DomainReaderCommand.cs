namespace MailDns;

/// <summary>Base of everything that reads a domain's records: takes domains from the pipeline.</summary>
public abstract class DomainReaderCommand : ReaderCommand
{
    /// <summary>
    /// One or more domains, in Unicode or as A-labels. Also from an object's Domain, DomainName, ZoneName, Name or Id
    /// (Get-AcceptedDomain, Get-DnsServerZone, Get-AzDnsZone, Get-MgDomain).
    /// </summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("DomainName", "ZoneName", "Name", "Id")]
    [DomainArgument]
    [AllowEmptyString]
    public string[] Domain { get; set; } = Array.Empty<string>();

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (!MyInvocation.ExpectingInput) Expect(Domain.Length);

        Func<DomainName, IDnsResolver, CancellationToken, Task<IReadOnlyList<object>>> read;
        try
        {
            read = Prepare();
        }
        catch (Exception exception) when (ProviderFiles.IsExpected(exception))
        {
            Refuse(ErrorRecords.From(exception, Domain.Length > 0 ? Domain[0] : null));
            return;
        }

        foreach (string text in Domain)
        {
            if (DomainName.TryParse(text, out DomainName? domain, out string reason))
                Enqueue(text, (resolver, token) => read(domain!, resolver, token));
            else
                Refuse(ErrorRecords.From(new DomainNameException(text ?? string.Empty, reason), text));
        }
    }

    /// <summary>
    /// How the domains of the current object are read. What comes with the object is taken here: when the reading runs, the
    /// parameters belong to a later one.
    /// </summary>
    private protected virtual Func<DomainName, IDnsResolver, CancellationToken, Task<IReadOnlyList<object>>> Prepare() => ReadAsync;

    /// <summary>
    /// Reads one domain. The objects are written in their order; a <see cref="CmdletMessage"/> among them goes to its stream
    /// and an <see cref="ErrorRecord"/> becomes a non-terminating error.
    /// </summary>
    private protected abstract Task<IReadOnlyList<object>> ReadAsync(DomainName domain, IDnsResolver resolver, CancellationToken cancellationToken);
}
