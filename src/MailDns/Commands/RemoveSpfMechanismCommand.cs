using MailDns.Spf;

namespace MailDns.Commands;

/// <summary>Removes a sender from a domain's SPF record.</summary>
/// <remarks>
/// Takes the existing record and returns the one to publish in its place. Every term with the named mechanism is removed,
/// whatever its qualifier and spelling; everything else keeps its place. If a term is not present, -Verbose says so; that is not
/// an error, so the command can be run twice. If an address still passes because of a wider network, -Verbose says that too.
/// </remarks>
/// <example>
/// <code>Remove-SpfMechanism contoso.com -Include old-platform.example -Verbose</code>
/// <para>Looks the record of contoso.com up and gives it without the include.</para>
/// </example>
/// <example>
/// <code>Resolve-DnsName contoso.com -Type TXT | Remove-SpfMechanism -IPv4 192.0.2.1 | ConvertTo-DnsServerParameter</code>
/// <para>Takes the record from Resolve-DnsName and makes the parameters for Windows DNS.</para>
/// </example>
[Cmdlet(VerbsCommon.Remove, "SpfMechanism", DefaultParameterSetName = "Domain")]
[OutputType(typeof(TxtRecord))]
public sealed class RemoveSpfMechanismCommand : SpfMechanismCommand
{
    private protected override bool AcceptsHostBits => true;

    private protected override async Task<IReadOnlyList<object>> MakeAsync(SpfSource source, IDnsResolver? resolver, CancellationToken cancellationToken)
    {
        SpfEditReport report = await SpfEditPlan.RemoveAsync(source.Owner, source.Text, Mechanisms, resolver, cancellationToken).ConfigureAwait(false);
        return Messages(report.Details, report.Warnings)
            .Concat(new object[] { new TxtRecord(source.Owner, source.Zone, report.Text, source.TimeToLive, RecordPurpose.Spf) })
            .ToArray();
    }
}
