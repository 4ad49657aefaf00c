using MailDns.Dkim;
using MailDns.Sending;

namespace MailDns.Commands;

/// <summary>Reads and judges the DKIM keys of a domain.</summary>
/// <remarks>
/// Returns one object for each selector. DNS cannot list selectors: without -Selector the common ones are tried, and if none of
/// them has a key, the result is Unknown, not missing. The selector in use is s= in the DKIM-Signature field of any message.
/// </remarks>
/// <example>
/// <code>Get-DkimStatus contoso.com -Selector ak</code>
/// <para>Reads the key at ak._domainkey.contoso.com.</para>
/// </example>
/// <example>
/// <code>Get-AcceptedDomain | Get-DkimStatus | Where-Object KeySize -lt 2048</code>
/// <para>Lists the keys of every accepted domain that are too short.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "DkimStatus")]
[OutputType(typeof(DkimStatus))]
public sealed class GetDkimStatusCommand : ProviderReaderCommand
{
    /// <summary>The selectors to read, without "._domainkey"; default: those in common use that exist.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(SelectorCompleter))]
    [AllowNull]
    [AllowEmptyCollection]
    [AllowEmptyString]
    public string[] Selector { get; set; } = Array.Empty<string>();

    private protected override Func<DomainName, IDnsResolver, CancellationToken, Task<IReadOnlyList<object>>> Prepare()
    {
        NamedProviders named = Named();
        string[] selectors = Selector.Given();
        return (domain, resolver, token) => ReadAsync(domain, named, selectors, resolver, token);
    }

    private static async Task<IReadOnlyList<object>> ReadAsync(DomainName domain, NamedProviders named, string[] selectors, IDnsResolver resolver, CancellationToken cancellationToken)
    {
        BoundProvider[] providers = await Task.WhenAll(named.Bind(domain).Select(bound => bound.ChooseAsync(resolver, cancellationToken))).ConfigureAwait(false);
        var options = new DkimReadOptions
        {
            Selectors = selectors,
            Expectations = providers.SelectMany(bound => ProviderKeys.Expectations(bound.Provider, bound.Values)).ToArray(),
            ProviderName = providers.Length == 0 ? null : string.Join(" and ", providers.Select(bound => bound.Provider.Name)),
            Today = DateTime.UtcNow.Date,
        };
        return (await DkimStatusReader.ReadAsync(domain, options, resolver, cancellationToken).ConfigureAwait(false)).ToArray<object>();
    }
}
