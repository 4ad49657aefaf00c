using MailDns.Dkim;

namespace MailDns.Commands;

/// <summary>Creates the Historic DomainKeys policy record of a domain (RFC 4870 section 3.6).</summary>
/// <remarks>
/// No receiver uses this record today; DMARC has replaced it. Some platforms still ask for it. The record is at _domainkey below
/// the domain, and its text is "o=-;" unless you specify another policy.
/// </remarks>
/// <example>
/// <code>New-DomainKeysPolicyRecord -Domain contoso.com</code>
/// <para>Makes _domainkey.contoso.com TXT "o=-;" and warns that it is Historic.</para>
/// </example>
/// <example>
/// <code>New-DomainKeysPolicyRecord contoso.com -Policy SignsSome -Testing</code>
/// <para>Makes the policy of a domain that is testing and signs some of its mail.</para>
/// </example>
[Cmdlet(VerbsCommon.New, "DomainKeysPolicyRecord")]
[OutputType(typeof(TxtRecord))]
public sealed class NewDomainKeysPolicyRecordCommand : RecordGeneratorCommand
{
    /// <summary>Whether the domain signs all its mail (o=-) or some of it (o=~); default all.</summary>
    [Parameter]
    public DomainKeysPolicy Policy { get; set; } = DomainKeysPolicy.SignsAll;

    /// <summary>The domain is testing (t=y).</summary>
    [Parameter]
    public SwitchParameter Testing { get; set; }

    /// <summary>A note for people (n=).</summary>
    [Parameter]
    public string? Note { get; set; }

    /// <summary>The mail address for reports (r=).</summary>
    [Parameter]
    public string? ReportAddress { get; set; }

    private protected override IEnumerable<object> Create(DomainName domain, DomainName zone)
    {
        TxtRecord record = DomainKeysPolicyRecordBuilder.Build(domain, zone, Policy, Testing, Note, ReportAddress, TimeToLive);
        return new object[] { CmdletMessage.Warning(DomainKeysPolicyRecordBuilder.Warning), record };
    }
}
