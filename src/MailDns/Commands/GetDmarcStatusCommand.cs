using System.IO;
using MailDns.Dmarc;

namespace MailDns.Commands;

/// <summary>Reads which DMARC record applies to a domain, by which tag, and what is wrong with it (RFC 9989).</summary>
/// <remarks>
/// Walks up the tree of names as receivers do (RFC 9989 section 4.10, at most eight questions) and finds the record that applies, the
/// Organizational Domain, and the policies in force for the domain, for an existing subdomain and for one that does not exist. Then it
/// checks the record, its place, and whether the reports can arrive. A failed lookup gives the outcome Unknown, never Missing.
/// With a Public Suffix List it also says what receivers of the older RFC 7489 make of it, and where the two differ.
/// </remarks>
/// <example>
/// <code>Get-DmarcStatus contoso.com</code>
/// <para>Policy, Organizational Domain and findings.</para>
/// </example>
/// <example>
/// <code>(Get-DmarcStatus example.com -ZoneFile ./example.com.zone).Findings.Record</code>
/// <para>The corrected records, from a zone file and without a network.</para>
/// </example>
/// <example>
/// <code>Get-DnsServerZone | Get-DmarcStatus -PublicSuffixListPath ./public_suffix_list.dat | Where-Object { $_.EffectivePolicy -ne $_.Rfc7489Policy }</code>
/// <para>Zones whose policy depends on which RFC a receiver follows.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "DmarcStatus")]
[OutputType(typeof(DmarcStatus))]
public sealed class GetDmarcStatusCommand : DomainReaderCommand
{
    private const long MaxListBytes = 16L << 20;
    private DmarcStatusOptions _options = DmarcStatusOptions.Default;

    /// <summary>A Public Suffix List (publicsuffix.org, public_suffix_list.dat), for the view of RFC 7489. MailDns brings none.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? PublicSuffixListPath { get; set; }

    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        if (PublicSuffixListPath is null) return;

        try
        {
            _options = new DmarcStatusOptions { Suffixes = PublicSuffixList.Parse(BoundedFile.ReadText(GetUnresolvedProviderPathFromPSPath(PublicSuffixListPath), MaxListBytes, "16 MB, which no Public Suffix List is")) };
        }
        catch (Exception exception) when (exception is FormatException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            ThrowTerminatingError(ErrorRecords.From(exception, PublicSuffixListPath));
        }
    }

    private protected override async Task<IReadOnlyList<object>> ReadAsync(DomainName domain, IDnsResolver resolver, CancellationToken cancellationToken) =>
        new object[] { await DmarcStatusReader.ReadAsync(domain, resolver, _options, cancellationToken).ConfigureAwait(false) };
}
