using MailDns.Spf;

namespace MailDns.Commands;

/// <summary>Adds a sender to a domain's SPF record.</summary>
/// <remarks>
/// Takes the existing record and returns the one to publish in its place; never a second record. New terms are inserted before
/// "all" and redirect, after terms of the same kind, and never before a term that denies. Terms that are present are not added
/// again, so the command can be run twice. Everything else keeps its place, qualifier and spelling. -Verbose shows the number of
/// lookups before and after, of the 10 that RFC 7208 section 4.6.4 allows. Lookups are counted through all includes if the record
/// is looked up (with -Domain, -Server or -ZoneFile); otherwise only the terms of the record itself are counted. If the result
/// would be a permerror, there is an error and no record, unless -Force is specified.
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

    private protected override async Task<IReadOnlyList<object>> MakeAsync(SpfSource source, IDnsResolver? resolver, CancellationToken cancellationToken)
    {
        SpfEditReport report = await SpfEditPlan.AddAsync(source.Owner, source.Text, Mechanisms, Force, resolver, cancellationToken).ConfigureAwait(false);
        return Messages(report.Details, report.Warnings)
            .Concat(new object[] { new TxtRecord(source.Owner, source.Zone, report.Text, source.TimeToLive, RecordPurpose.Spf) })
            .ToArray();
    }
}
