using MailDns.Bimi;
using MailDns.Https;

namespace MailDns.Commands;

/// <summary>Reads the BIMI record of a domain and judges it, and whether DMARC lets the logo be shown.</summary>
/// <remarks>
/// Looks at the domain, then at its Organizational Domain, with the same selector, as receivers do. A failed lookup is
/// Unknown, never missing. With -IncludeHttps the logo (l=) and the mark certificate (a=, VMC or CMC) are fetched and
/// checked. The certificate chain can pass only with -RootCertificatePath: MailDns ships no root certificates and does not use
/// the certificate store of the computer. Revocation is not checked.
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
/// <para>Also what is wrong with the logo and the mark certificate that the record names.</para>
/// </example>
/// <example>
/// <code>(Get-BimiStatus contoso.com -IncludeHttps -RootCertificatePath ./mark-roots.pem).Certificate</code>
/// <para>The mark certificate: its kind, its domains and when it expires. The file contains the root certificates that mailbox providers trust for marks.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "BimiStatus")]
[OutputType(typeof(BimiStatus))]
public sealed class GetBimiStatusCommand : DomainReaderCommand
{
    private Lazy<MarkCertificateTrust>? _trust;

    /// <summary>Selectors; default: default.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] Selector { get; set; } = { BimiSelector.Default };

    /// <summary>Also fetches the logo and the mark certificate over HTTPS and judges them. Their hosts are looked up as the record is.</summary>
    [Parameter]
    public SwitchParameter IncludeHttps { get; set; }

    /// <summary>With -IncludeHttps: also fetches from addresses that are not of the public Internet.</summary>
    [Parameter]
    public SwitchParameter AllowPrivateAddress { get; set; }

    /// <summary>With -IncludeHttps: PEM files with the root certificates that mailboxes trust for marks; without them no chain passes.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] RootCertificatePath { get; set; } = Array.Empty<string>();

    protected override void BeginProcessing()
    {
        _trust = MarkCertificateFiles.LoadTrustOrStop(this, RootCertificatePath);
        base.BeginProcessing();
    }

    private protected override async Task<IReadOnlyList<object>> ReadAsync(DomainName domain, IDnsResolver resolver, CancellationToken cancellationToken)
    {
        BimiLogoFetch? logo = IncludeHttps ? new BimiLogoFetch(HttpsFetcher.For(resolver), AllowPrivateAddress, _trust!.Value) : null;
        return await Task.WhenAll(Selector.Select(selector => BimiStatusReader.ReadAsync(domain, selector, resolver, logo, cancellationToken))).ConfigureAwait(false);
    }
}
