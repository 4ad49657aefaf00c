using MailDns.Caa;

namespace MailDns.Commands;

/// <summary>Creates CAA records, which say who may issue certificates for a domain (RFC 8659, RFC 9495).</summary>
/// <remarks>
/// Returns one record for each value. A property that is published excludes all authorities that it does not name, for the domain
/// and for all names below it that have no CAA records of their own. A property that is not published excludes none. Before you
/// publish -Issue, find out which authorities issue certificates for the web, mail, MTA-STS and tracking hosts of the domain:
/// otherwise their renewals fail.
/// </remarks>
/// <example>
/// <code>New-CaaRecord contoso.com -Issue letsencrypt.org, digicert.com -Iodef security@contoso.com</code>
/// <para>Two authorities for hosts, and where they report refused requests.</para>
/// </example>
/// <example>
/// <code>New-CaaRecord contoso.com -IssueMail ';' -IssueVmc digicert.com</code>
/// <para>No authority may issue S/MIME certificates, and one may issue the mark certificate for BIMI.</para>
/// </example>
[Cmdlet(VerbsCommon.New, "CaaRecord")]
[OutputType(typeof(CaaRecord))]
public sealed class NewCaaRecordCommand : RecordGeneratorCommand
{
    /// <summary>issue: who may issue for hosts, by their CAA domain names, e.g. letsencrypt.org; ";" or an empty text: no authority.</summary>
    [Parameter(Position = 1)]
    [AllowEmptyString]
    [ValidateNotNull]
    public string[] Issue { get; set; } = Array.Empty<string>();

    /// <summary>issuewild: who may issue wildcard certificates; default: as -Issue.</summary>
    [Parameter]
    [AllowEmptyString]
    [ValidateNotNull]
    public string[] IssueWild { get; set; } = Array.Empty<string>();

    /// <summary>issuemail (RFC 9495): who may issue S/MIME certificates for addresses of the domain.</summary>
    [Parameter]
    [AllowEmptyString]
    [ValidateNotNull]
    public string[] IssueMail { get; set; } = Array.Empty<string>();

    /// <summary>issuevmc: who may issue mark certificates for BIMI.</summary>
    [Parameter]
    [AllowEmptyString]
    [ValidateNotNull]
    public string[] IssueVmc { get; set; } = Array.Empty<string>();

    /// <summary>iodef: where authorities report requests that they refused; a bare address becomes a mailto: URL.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] Iodef { get; set; } = Array.Empty<string>();

    /// <summary>Another property by its tag, e.g. contactemail; with -Value.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(CaaTagCompleter))]
    public string? Tag { get; set; }

    /// <summary>The value of -Tag.</summary>
    [Parameter]
    [AllowEmptyString]
    [ValidateNotNull]
    public string Value { get; set; } = string.Empty;

    /// <summary>Critical (flags 128): an authority that does not know the property must not issue at all.</summary>
    [Parameter]
    public SwitchParameter Critical { get; set; }

    private protected override IEnumerable<object> Create(DomainName domain, DomainName zone) => CaaRecordBuilder.Create(
        domain,
        zone,
        new CaaRecordOptions
        {
            Issue = Issue,
            IssueWild = IssueWild,
            IssueMail = IssueMail,
            IssueVmc = IssueVmc,
            Iodef = Iodef,
            Tag = Tag,
            Value = Value,
            Critical = Critical,
        },
        TimeToLive);
}
