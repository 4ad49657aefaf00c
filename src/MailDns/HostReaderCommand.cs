using System.Collections;
using System.IO;
using MailDns.Sending;

namespace MailDns;

/// <summary>Base of the readers of one host of a domain: which host, and where it should lead.</summary>
public abstract class HostReaderCommand : DomainReaderCommand
{
    /// <summary>The host, relative to the domain or in full; default: the profile's host, else the usual one (trk, bounce).</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? HostName { get; set; }

    /// <summary>The name that the host should lead to. Without it and without -Provider the host is read and not compared.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Target { get; set; }

    /// <summary>A provider's profile: its name, or the path of a profile of your own.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ProviderCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Provider { get; set; }

    /// <summary>Values for the profile's placeholders, e.g. <c>@{ region = 'eu-west-1' }</c>.</summary>
    [Parameter]
    [ValidateNotNull]
    public IDictionary? ProviderValue { get; set; }

    /// <summary>The host where neither -HostName nor a profile names one.</summary>
    private protected abstract string DefaultHost { get; }

    /// <summary>The profile; null where none was named.</summary>
    private protected SendingProvider? Profile { get; private set; }

    /// <summary>The target; null where none was named.</summary>
    private protected DomainName? TargetName { get; private set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        try
        {
            if (Provider is not null && Target is not null)
            {
                throw new ArgumentException("-Provider names the target already: give one of -Provider and -Target.");
            }

            Profile = Provider is null ? null : ProviderFiles.Load(this, Provider);
            TargetName = Target is null ? null : DomainName.Parse(Target);
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException or InvalidOperationException or IOException or UnauthorizedAccessException or SessionStateException)
        {
            ThrowTerminatingError(ErrorRecords.From(exception, Provider ?? Target));
        }

        base.BeginProcessing();
    }

    private protected DomainName HostOf(DomainName domain) => HostNames.Resolve(HostName ?? DefaultHost, domain);

    /// <summary>The host that was named; null for the profile's.</summary>
    private protected DomainName? GivenHost(DomainName domain) => HostName is null ? null : HostNames.Resolve(HostName, domain);

    private protected SendingProviderValues Values(DomainName domain) => new(domain, ProviderValues.Read(ProviderValue));
}
