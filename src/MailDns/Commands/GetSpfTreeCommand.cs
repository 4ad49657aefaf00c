using MailDns.Spf;

namespace MailDns.Commands;

/// <summary>Shows everything that a domain's SPF record includes, with what it costs and whom it passes.</summary>
/// <remarks>
/// Gives one node for the domain and one for each include and redirect below it, from top to bottom, so that the default
/// view draws the tree. Each has the lookups and void lookups of its own record and of all below it, counted as RFC 7208
/// section 4.6.4 counts (the hosts of mx are not among the ten), and the addresses that it passes. Loops, terms that are never
/// evaluated, and failed lookups are marked.
/// </remarks>
/// <example>
/// <code>Get-SpfTree contoso.com</code>
/// <para>Draws the tree.</para>
/// </example>
/// <example>
/// <code>Get-SpfTree contoso.com | Where-Object Depth -eq 1 | Sort-Object CumulativeLookupCount -Descending</code>
/// <para>Lists the includes by their cost.</para>
/// </example>
/// <example>
/// <code>(Get-SpfTree contoso.com)[0].Networks</code>
/// <para>Lists all networks that the record passes.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "SpfTree")]
[OutputType(typeof(SpfTreeNode))]
public sealed class GetSpfTreeCommand : DomainReaderCommand
{
    private protected override async Task<IReadOnlyList<object>> ReadAsync(DomainName domain, IDnsResolver resolver, CancellationToken cancellationToken) =>
        await SpfTreeReader.ReadAsync(domain, resolver, ProviderFiles.Shipped.PlatformOf, cancellationToken).ConfigureAwait(false);
}
