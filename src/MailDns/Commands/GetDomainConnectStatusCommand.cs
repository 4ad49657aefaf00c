using MailDns.Adapters;
using MailDns.Https;
using MailDns.Sending;

namespace MailDns.Commands;

/// <summary>Shows whether the DNS host of a domain supports Domain Connect and a template, and the address of its control panel.</summary>
/// <remarks>
/// With Domain Connect a platform proposes DNS records to the DNS host, and the owner confirms them in the browser. The record at
/// _domainconnect of the zone names the service of the host; with -IncludeHttps that service is asked. With a template in
/// -Provider it is asked for that template too. For the few templates whose requests need no signature, ApplyUri is the link that
/// applies the template, once the values of its variables are specified. This cmdlet applies nothing.
/// </remarks>
/// <example>
/// <code>Get-DomainConnectStatus contoso.com -IncludeHttps</code>
/// <para>The DNS host and its control panel.</para>
/// </example>
/// <example>
/// <code>Get-DomainConnectStatus contoso.com, fabrikam.com | Where-Object IsSupported -eq $true</code>
/// <para>The domains whose DNS host supports Domain Connect, as DNS shows. With -Provider ./vendor.mail.json the host is also asked for that template.</para>
/// </example>
/// <seealso href="https://datatracker.ietf.org/doc/draft-ietf-dconn-domainconnect/">Domain Connect</seealso>
[Cmdlet(VerbsCommon.Get, "DomainConnectStatus")]
[OutputType(typeof(DomainConnectStatus))]
public sealed class GetDomainConnectStatusCommand : ProviderReaderCommand
{
    /// <summary>Also asks the DNS host's service over HTTPS. Its host is looked up as the record is.</summary>
    [Parameter]
    public SwitchParameter IncludeHttps { get; set; }

    /// <summary>With -IncludeHttps: also fetches from addresses that are not of the public Internet.</summary>
    [Parameter]
    public SwitchParameter AllowPrivateAddress { get; set; }

    private protected override Func<DomainName, IDnsResolver, CancellationToken, Task<IReadOnlyList<object>>> Prepare()
    {
        NamedProviders named = Named();
        DomainConnectTemplate?[] templates = named.Providers.Select(provider => provider.Template
            ?? throw new ArgumentException("-Provider is a profile, " + provider.Id + "; a Domain Connect template (JSON with providerId and serviceId) is needed here.")).DefaultIfEmpty<DomainConnectTemplate?>(null).ToArray();
        return async (domain, resolver, token) =>
        {
            HttpsAccess? https = IncludeHttps ? new HttpsAccess(HttpsFetcher.For(resolver), AllowPrivateAddress) : null;
            return await Task.WhenAll(templates.Select(template =>
                DomainConnectStatusReader.ReadAsync(domain, template, named.Values, named.Groups, resolver, https, AdapterFactory.Json, token))).ConfigureAwait(false);
        };
    }
}
