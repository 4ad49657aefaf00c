namespace MailDns.Commands;

/// <summary>Reads and judges a whole mail-sending domain: one object a domain, its parts as properties, a verdict in one line.</summary>
/// <remarks>
/// Makes the same checks as Test-SendingDomain, with the same parameters. Spf, Dkim, Dmarc, Bimi, Tracking and Bounce are the
/// objects of the Get-*Status cmdlets. Findings has the results that need attention, the worst first. Passed is false if a check
/// failed, or if a check is Unknown because a lookup failed.
/// </remarks>
/// <example>
/// <code>Get-SendingDomainStatus example.com -Provider Altcraft -ZoneFile examples/zones/*.zone</code>
/// <para>The state of the example's domain, from its zone files.</para>
/// </example>
/// <example>
/// <code>Get-Content domains.txt | Get-SendingDomainStatus -Server 10.0.0.53 | Sort-Object ErrorCount -Descending | Select-Object Domain, ErrorCount, WarningCount, Verdict</code>
/// <para>Many domains, the worst first.</para>
/// </example>
/// <example>
/// <code>(Get-SendingDomainStatus example.com -Provider Altcraft).Findings.Record</code>
/// <para>The records that put right what is wrong.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "SendingDomainStatus")]
[OutputType(typeof(SendingDomainStatus))]
public sealed class GetSendingDomainStatusCommand : SendingDomainCommand
{
    private protected override IEnumerable<object> Output(SendingDomainStatus status) => new object[] { status };
}
