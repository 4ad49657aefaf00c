using MailDns.Bimi;
using MailDns.Https;

namespace MailDns.Commands;

/// <summary>Tests a BIMI logo against SVG Tiny PS and its mark certificate, and converts an ordinary SVG where the picture stays the same.</summary>
/// <remarks>
/// Checks elements, attributes, title, size, shape and colours. A DOCTYPE or an external reference is a failure. The file is
/// never rendered, and nothing that it refers to is fetched. -Convert writes an SVG Tiny PS version: styles become presentation
/// attributes, and data that editors added is removed. A file with raster images, filters, masks, clipping, text or scripts
/// cannot be converted: nothing is written, and warnings in the result say why. With -CertificatePath the mark certificate (VMC
/// or CMC) is checked as well, and its logo is compared with the file. With -CertificatePath alone, the logo in the certificate
/// is checked. The certificate chain can pass only with -RootCertificatePath: MailDns ships no root certificates and does not use
/// the certificate store of the computer. Revocation is not checked.
/// </remarks>
/// <example>
/// <code>Test-BimiLogo ./logo.svg</code>
/// <para>Whether the file may be published, and every fault with its line and column.</para>
/// </example>
/// <example>
/// <code>Test-BimiLogo ./drawing.svg -Convert -OutputPath ./logo.svg -Title Contoso</code>
/// <para>Writes the SVG Tiny PS version and judges that.</para>
/// </example>
/// <example>
/// <code>Test-BimiLogo -Uri https://contoso.com/logo.svg -IncludeHttps</code>
/// <para>Fetches the published logo and judges it.</para>
/// </example>
/// <example>
/// <code>Test-BimiLogo ./logo.svg -CertificatePath ./vmc.pem -RootCertificatePath ./mark-roots.pem -Domain contoso.com</code>
/// <para>Before publishing: do logo, mark certificate and domain belong together?</para>
/// </example>
[Cmdlet(VerbsDiagnostic.Test, "BimiLogo", DefaultParameterSetName = "Path", SupportsShouldProcess = true)]
[OutputType(typeof(BimiLogoResult))]
public sealed class TestBimiLogoCommand : MailDnsCmdlet
{
    /// <summary>Files to test, .svg or .svgz; wildcards and PowerShell drives are understood.</summary>
    [Parameter(Position = 0, ParameterSetName = "Path", ValueFromPipeline = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = Array.Empty<string>();

    /// <summary>Files to test by their exact names; from Get-ChildItem and Get-Item by pipeline.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "LiteralPath", ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "FullName")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = Array.Empty<string>();

    /// <summary>The https address of a published logo; needs -IncludeHttps.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Uri")]
    [ValidateNotNull]
    public Uri? Uri { get; set; }

    /// <summary>Allows the fetch of -Uri.</summary>
    [Parameter(ParameterSetName = "Uri")]
    public SwitchParameter IncludeHttps { get; set; }

    /// <summary>Also fetches from private, loopback, link-local and other addresses that are not of the public Internet.</summary>
    [Parameter(ParameterSetName = "Uri")]
    public SwitchParameter AllowPrivateAddress { get; set; }

    /// <summary>Seconds that the whole fetch may take; default 10.</summary>
    [Parameter(ParameterSetName = "Uri")]
    [ValidateRange(1, 300)]
    public int TimeoutSec { get; set; } = 10;

    /// <summary>The mark certificate (VMC, CMC) and its issuers, a PEM file; it is judged, and its logo compared. Without a logo its own is tested.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? CertificatePath { get; set; }

    /// <summary>With -CertificatePath: PEM files with the root certificates that mailboxes trust for marks; without them no chain passes.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] RootCertificatePath { get; set; } = Array.Empty<string>();

    /// <summary>With -CertificatePath: the domain that the certificate has to name.</summary>
    [Parameter]
    [DomainArgument]
    [ValidateNotNullOrEmpty]
    public string? Domain { get; set; }

    /// <summary>With -Domain: the selector; default: default.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string Selector { get; set; } = BimiSelector.Default;

    /// <summary>Writes an SVG Tiny PS version to -OutputPath and judges that.</summary>
    [Parameter]
    public SwitchParameter Convert { get; set; }

    /// <summary>The file that -Convert writes; packed where its name ends in .svgz.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? OutputPath { get; set; }

    /// <summary>The title that the converted logo gets: the brand's name, 64 characters at most; default: the file's own.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Title { get; set; }

    /// <summary>Overwrites the file at -OutputPath.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    protected override void ProcessRecord() => new LogoTest(this, HttpsFetcher.ForSystem, Await, message => WriteMessage(message)).Run();
}
