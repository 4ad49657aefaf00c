using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using MailDns.Bimi;
using MailDns.Dns;
using MailDns.Https;

namespace MailDns.Commands;

/// <summary>Reads the BIMI record of a domain and judges it, and whether DMARC lets the logo be shown.</summary>
/// <remarks>
/// Looks at the domain, then at its Organizational Domain, with the same selector, as receivers do. A failed lookup is
/// Unknown, never missing.
/// </remarks>
/// <example>
/// <code>Get-BimiStatus contoso.com</code>
/// <para>The record at default._bimi.contoso.com.</para>
/// </example>
/// <example>
/// <code>Get-BimiStatus contoso.com -Selector default, newsletter | Where-Object IsValid -eq $false</code>
/// <para>Those of two selectors that have something wrong.</para>
/// </example>
/// <example>
/// <code>Get-BimiStatus contoso.com -IncludeHttps | Select-Object -ExpandProperty Findings</code>
/// <para>Also what is wrong with the logo that the record names.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "BimiStatus")]
[OutputType(typeof(BimiStatus))]
public sealed class GetBimiStatusCommand : DomainReaderCommand
{
    /// <summary>Selectors; default: default.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] Selector { get; set; } = { BimiSelector.Default };

    /// <summary>Also fetches the logo over HTTPS and judges it as Test-BimiLogo does. Its host is looked up as the record is.</summary>
    [Parameter]
    public SwitchParameter IncludeHttps { get; set; }

    /// <summary>With -IncludeHttps: also fetches from addresses that are not of the public Internet.</summary>
    [Parameter]
    public SwitchParameter AllowPrivateAddress { get; set; }

    /// <inheritdoc/>
    private protected override async Task<IReadOnlyList<object>> ReadAsync(DomainName domain, IDnsResolver resolver, CancellationToken cancellationToken)
    {
        BimiLogoFetch? logo = IncludeHttps ? new BimiLogoFetch(HttpsFetcher.For(resolver), AllowPrivateAddress) : null;
        return await Task.WhenAll(Selector.Select(selector => BimiStatusReader.ReadAsync(domain, selector, resolver, logo, cancellationToken))).ConfigureAwait(false);
    }
}
