using MailDns.Spf;

namespace MailDns.Commands;

/// <summary>Adds a sender to a domain's SPF record.</summary>
/// <remarks>
/// Takes the present record and gives the one to publish in its place; never a second record. What is added goes before "all"
/// and redirect, behind the terms of its kind, and never ahead of a term that denies. What is there already is not added
/// again, so that the same command can run twice. All else keeps its place, qualifier and spelling.
/// The lookups before and after, of the 10 that RFC 7208 section 4.6.4 allows, are told with -Verbose. They are counted
/// through all includes when the record is looked up (-Domain, or -Server or -ZoneFile is given), else for the record's own
/// terms. A record that would be a permerror is an error and does not come out, except with -Force.
/// </remarks>
/// <example>
/// <code>Add-SpfMechanism contoso.com -Include spf.akmta.net -Verbose</code>
/// <para>Looks the record of contoso.com up and gives it with the include.</para>
/// </example>
/// <example>
/// <code>Get-DnsServerResourceRecord -ZoneName contoso.com -Name '@' -RRType Txt | Add-SpfMechanism -Domain contoso.com -Include spf.akmta.net</code>
/// <para>The same from a Windows DNS server. Other TXT records at the name are passed over.</para>
/// </example>
/// <example>
/// <code>Add-SpfMechanism -InputObject 'v=spf1 mx -all' -Domain contoso.com -IPv4 192.0.2.0/24</code>
/// <para>Works on a text, without any lookup.</para>
/// </example>
[Cmdlet(VerbsCommon.Add, "SpfMechanism", DefaultParameterSetName = "Domain")]
[OutputType(typeof(TxtRecord))]
public sealed class AddSpfMechanismCommand : SpfMechanismCommand
{
    /// <summary>Gives the record even when it is a permerror, with a warning.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    private protected override async Task<IReadOnlyList<object>> MakeAsync(SpfSource source, IDnsResolver? resolver, CancellationToken cancellationToken)
    {
        SpfEditReport report = await SpfEditPlan.AddAsync(source.Owner, source.Text, Mechanisms, Force, resolver, cancellationToken).ConfigureAwait(false);
        return Messages(report.Details, report.Warnings)
            .Concat(new object[] { new TxtRecord(source.Owner, source.Zone, report.Text, source.TimeToLive, RecordPurpose.Spf) })
            .ToArray();
    }
}
