using MailDns.Diagnostics;

namespace MailDns.Commands;

/// <summary>Checks all that DNS shows of a mail-sending domain: SPF, Sender ID, DKIM, DMARC, BIMI, MX, tracking and bounce hosts, MTA-STS, TLS-RPT, DANE, CAA, DNSSEC.</summary>
/// <remarks>
/// Returns one result for each check: those that passed first and the worst last, next to the prompt. With -Provider the domain
/// is also compared with what the platform asks for. With -PlannedRecord the records are laid over DNS, or over -ZoneFile, as if
/// they were published. A failed lookup is Unknown: never missing, and never passed. It is one result, which lists the checks
/// that could not be completed (NotJudged). With -IncludeNotApplicable each check has a result of its own, those with nothing to
/// check included. -IPAddress and -HeloName add what receivers require of the sending servers. A domain that sends no mail is
/// checked as parked: with -Parked, or if its null MX record and its SPF record "v=spf1 -all" say so. With -Quiet there is one
/// bool for each domain: true if nothing failed and nothing is unknown; warnings do not count. These bools have the order of the
/// input. Other results are written as soon as a domain is done, unless -Ordered is specified. With several servers in -Server
/// every server is asked, and their answers are compared (DNS-AUTH-DISAGREE); with -Authoritative the name servers of the zone
/// are asked and compared.
/// </remarks>
/// <example>
/// <code>Test-SendingDomain contoso.com -Provider Altcraft | Where-Object { -not $_.Passed }</code>
/// <para>What is wrong, or not known, at a domain that sends through Altcraft.</para>
/// </example>
/// <example>
/// <code>Test-SendingDomain contoso.com -Provider Altcraft -PlannedRecord $records -Quiet</code>
/// <para>Would it be right if these records were published?</para>
/// </example>
/// <example>
/// <code>Get-Content domains.txt | Test-SendingDomain -Server 10.0.0.53 | Where-Object Status -in Fail, Unknown</code>
/// <para>Many domains, asked of one server.</para>
/// </example>
/// <example>
/// <code>Test-SendingDomain contoso.com -Authoritative | Where-Object Id -like 'DNS-*'</code>
/// <para>Do all name servers of the zone have the same records, and does each of them answer?</para>
/// </example>
/// <example>
/// <code>Test-SendingDomain contoso.com -Provider Altcraft -Receiver Gmail, Yahoo, Microsoft | Where-Object Area -eq Receiver</code>
/// <para>Does the domain meet what the big mailbox providers ask of senders?</para>
/// </example>
/// <example>
/// <code>Test-SendingDomain contoso.com -Server 10.0.0.53, 192.0.2.53 | Where-Object Id -eq DNS-AUTH-DISAGREE</code>
/// <para>What the inner and the outer server say differently.</para>
/// </example>
/// <example>
/// <code>Test-SendingDomain contoso.com -IPAddress 203.0.113.25 -HeloName mail | Where-Object Area -eq Ptr</code>
/// <para>Is the PTR name of the sending server forward-confirmed, and does its HELO name exist?</para>
/// </example>
/// <example>
/// <code>Test-SendingDomain contoso.com -IPAddress 203.0.113.25 -Blocklist Default -Server 10.0.0.53 | Where-Object Area -eq Blocklist</code>
/// <para>Is the mail server or the domain on a block list?</para>
/// </example>
/// <example>
/// <code>Get-Content parked.txt | Test-SendingDomain -Parked | Where-Object { $_.Record } | Select-Object -ExpandProperty Record</code>
/// <para>The records that domains without mail still lack, ready to publish.</para>
/// </example>
[Cmdlet(VerbsDiagnostic.Test, "SendingDomain")]
[OutputType(typeof(CheckResult), typeof(bool))]
public sealed class TestSendingDomainCommand : SendingDomainCommand
{
    /// <summary>One bool a domain in place of the results, in the order of the input.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <summary>A result for every check, also for those that have nothing to look at or that a failed lookup leaves open.</summary>
    [Parameter]
    public SwitchParameter IncludeNotApplicable { get; set; }

    private protected override bool KeepsOrder => Ordered || Quiet;

    private protected override IEnumerable<object> Output(SendingDomainStatus status) =>
        Quiet ? new object[] { status.Passed }
        : IncludeNotApplicable ? status.Results
        : FailedLookups.Joined(status.Results.Where(result => result.Status != CheckStatus.NotApplicable));
}
