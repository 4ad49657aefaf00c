using MailDns.Spf;

namespace MailDns.Commands;

/// <summary>Removes a sender from a domain's SPF record.</summary>
/// <remarks>
/// Takes the present record and gives the one to publish in its place. Every term with the named mechanism goes, whatever its
/// qualifier and spelling; all else keeps its place. What is not there is told with -Verbose and is no error, so that the same
/// command can run twice. An address that a wider network still passes is told too.
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
    /// <inheritdoc/>
    private protected override bool AcceptsHostBits => true;

    /// <inheritdoc/>
    private protected override async Task<IReadOnlyList<object>> MakeAsync(SpfSource source, IDnsResolver? resolver, CancellationToken cancellationToken)
    {
        SpfEditReport report = await SpfEditPlan.RemoveAsync(source.Owner, source.Text, Mechanisms, resolver, cancellationToken).ConfigureAwait(false);
        return Messages(report.Details, report.Warnings)
            .Concat(new object[] { new TxtRecord(source.Owner, source.Zone, report.Text, source.TimeToLive, RecordPurpose.Spf) })
            .ToArray();
    }
}
