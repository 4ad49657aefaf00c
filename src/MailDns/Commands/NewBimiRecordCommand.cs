using MailDns.Bimi;

namespace MailDns.Commands;

/// <summary>Creates a BIMI record, which names the logo of a domain.</summary>
/// <remarks>
/// Mailboxes show the logo only where DMARC passes under p=quarantine or p=reject, and most want a mark certificate
/// (-EvidenceUri). The image is a square SVG Tiny PS, served over https.
/// </remarks>
/// <example>
/// <code>New-BimiRecord contoso.com -LogoUri https://contoso.com/bimi/bimi.svg</code>
/// <para>default._bimi with the text v=BIMI1; l=https://contoso.com/bimi/bimi.svg</para>
/// </example>
/// <example>
/// <code>New-BimiRecord contoso.com -Decline</code>
/// <para>Says that the domain has no logo to show.</para>
/// </example>
[Cmdlet(VerbsCommon.New, "BimiRecord", DefaultParameterSetName = "Logo")]
[OutputType(typeof(TxtRecord))]
public sealed class NewBimiRecordCommand : RecordGeneratorCommand
{
    /// <summary>The https address of the logo; it ends in .svg or .svgz.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = "Logo")]
    [Alias("L")]
    public Uri? LogoUri { get; set; }

    /// <summary>The https address of the mark certificate, VMC or CMC (PEM).</summary>
    [Parameter(ParameterSetName = "Logo")]
    [Alias("A")]
    public Uri? EvidenceUri { get; set; }

    /// <summary>The selector; default: default.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string Selector { get; set; } = BimiSelector.Default;

    /// <summary>Whether mailboxes should prefer the brand's logo (default) or the sender's personal picture.</summary>
    [Parameter(ParameterSetName = "Logo")]
    [Alias("Avp")]
    public BimiAvatarPreference AvatarPreference { get; set; }

    /// <summary>Say that the domain does not take part in BIMI.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Decline")]
    public SwitchParameter Decline { get; set; }

    private protected override IEnumerable<object> Create(DomainName domain, DomainName zone)
    {
        yield return BimiRecordBuilder.Create(
            domain,
            zone,
            new BimiRecordOptions
            {
                Selector = Selector,
                LogoUri = LogoUri?.OriginalString,
                EvidenceUri = EvidenceUri?.OriginalString,
                AvatarPreference = AvatarPreference,
                Decline = Decline,
            },
            TimeToLive);
    }
}
