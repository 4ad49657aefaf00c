using MailDns.Https;
using MailDns.Sending;

namespace MailDns.Commands;

/// <summary>Reads and checks the DNS records of a tracking host.</summary>
/// <remarks>
/// Follows the aliases and shows where they end, whether that is the target that the provider wants, and what is wrong on the
/// way: loops, targets that do not exist, other records beside the alias, or addresses in its place. If a lookup fails, the
/// result is Unknown.
/// </remarks>
/// <example>
/// <code>Get-TrackingStatus example.com -Provider altcraft</code>
/// <para>trk.example.com against what Altcraft asks for.</para>
/// </example>
/// <example>
/// <code>Get-TrackingStatus example.com -HostName click -Target trk.aksend.net -Server 192.0.2.53</code>
/// <para>click.example.com, asked at one server.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "TrackingStatus")]
[OutputType(typeof(TrackingStatus))]
public sealed class GetTrackingStatusCommand : HostReaderCommand
{
    /// <summary>Also connects to the host over HTTPS and judges its certificate.</summary>
    [Parameter]
    public SwitchParameter IncludeHttps { get; set; }

    /// <summary>With -IncludeHttps: also connects to addresses that are not of the public Internet.</summary>
    [Parameter]
    public SwitchParameter AllowPrivateAddress { get; set; }

    private protected override string DefaultHost => TrackingRecordBuilder.DefaultHost;

    private protected override async Task<IReadOnlyList<object>> ReadAsync(DomainName domain, NamedProviders named, IDnsResolver resolver, CancellationToken cancellationToken)
    {
        HttpsAccess? https = IncludeHttps ? new HttpsAccess(HttpsFetcher.For(resolver), AllowPrivateAddress) : null;
        var reads = Expectations(domain, named).Select(expected => TrackingStatusReader.ReadAsync(domain, expected.Key, expected.Value, resolver, https, cancellationToken));
        return await Task.WhenAll(reads).ConfigureAwait(false);
    }

    private IEnumerable<KeyValuePair<DomainName, ExpectedName?>> Expectations(DomainName domain, NamedProviders named)
    {
        if (named.Providers.Count > 0)
        {
            return named.Bind(domain).SelectMany(bound => ProviderHosts.Tracking(bound.Provider, bound.Values, GivenHost(domain))).Select(pair => new KeyValuePair<DomainName, ExpectedName?>(pair.Key, pair.Value));
        }

        return new[] { new KeyValuePair<DomainName, ExpectedName?>(HostOf(domain), TargetName is { } target ? ExpectedName.Of(target) : null) };
    }
}
