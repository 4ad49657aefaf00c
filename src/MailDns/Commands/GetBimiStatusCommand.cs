using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using MailDns.Bimi;
using MailDns.Dns;

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
[Cmdlet(VerbsCommon.Get, "BimiStatus")]
[OutputType(typeof(BimiStatus))]
public sealed class GetBimiStatusCommand : DomainReaderCommand
{
    /// <summary>Selectors; default: default.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] Selector { get; set; } = { BimiSelector.Default };

    /// <inheritdoc/>
    private protected override async Task<IReadOnlyList<object>> ReadAsync(DomainName domain, IDnsResolver resolver, CancellationToken cancellationToken) =>
        await Task.WhenAll(Selector.Select(selector => BimiStatusReader.ReadAsync(domain, selector, resolver, cancellationToken))).ConfigureAwait(false);
}
