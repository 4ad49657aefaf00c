using MailDns.Sending;

namespace MailDns;

/// <summary>Base of the readers of one host of a domain: which host, and where it should lead.</summary>
public abstract class HostReaderCommand : ProviderReaderCommand
{
    /// <summary>The host, relative to the domain or in full; default: the profile's host, else the usual one (trk, bounce).</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? HostName { get; set; }

    /// <summary>The name that the host should lead to. Without it and without -Provider the host is read and not compared.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Target { get; set; }

    /// <summary>The host where neither -HostName nor a profile names one.</summary>
    private protected abstract string DefaultHost { get; }

    /// <summary>The target; null where none was named.</summary>
    private protected DomainName? TargetName { get; private set; }

    protected override void BeginProcessing()
    {
        try
        {
            TargetName = Target is null ? null : DomainName.Parse(Target);
        }
        catch (Exception exception) when (ProviderFiles.IsExpected(exception))
        {
            ThrowTerminatingError(ErrorRecords.From(exception, Target));
        }

        base.BeginProcessing();
    }

    private protected override Func<DomainName, IDnsResolver, CancellationToken, Task<IReadOnlyList<object>>> Prepare()
    {
        NamedProviders named = Named();
        return named.Providers.Count > 0 && Target is not null
            ? throw new ArgumentException("-Provider names the target already: give one of -Provider and -Target.")
            : (domain, resolver, token) => ReadAsync(domain, named, resolver, token);
    }

    /// <summary>Reads the hosts of one domain.</summary>
    private protected abstract Task<IReadOnlyList<object>> ReadAsync(DomainName domain, NamedProviders named, IDnsResolver resolver, CancellationToken cancellationToken);

    private protected DomainName HostOf(DomainName domain) => HostNames.Resolve(HostName ?? DefaultHost, domain);

    /// <summary>The host that was named; null for the profile's.</summary>
    private protected DomainName? GivenHost(DomainName domain) => HostName is null ? null : HostNames.Resolve(HostName, domain);
}
