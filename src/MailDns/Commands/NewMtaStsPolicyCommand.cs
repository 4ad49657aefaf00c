using MailDns.MtaSts;

namespace MailDns.Commands;

/// <summary>Creates an MTA-STS policy (RFC 8461 section 3.2): the file that lists the mail exchangers of a domain that support verified TLS.</summary>
/// <remarks>
/// ToString() of the object is the file, with lines that end in CR LF. Serve it as text/plain at the address in the property Uri, over
/// HTTPS with a certificate that is valid for that host, without a redirect. Begin with -Mode Testing and TLS reports
/// (New-TlsRptRecord); under Enforce senders deliver nothing to a mail exchanger that the policy does not name.
/// </remarks>
/// <example>
/// <code>New-MtaStsPolicy contoso.com -Mode Testing -Mx mx1.contoso.com, mx2.contoso.com</code>
/// <para>A policy for a beginning: senders report, and deliver all the same.</para>
/// </example>
/// <example>
/// <code>"$(New-MtaStsPolicy contoso.com -Mode Enforce -Mx '*.mail.protection.outlook.com' -MaxAge 604800)" | Set-Content mta-sts.txt -NoNewline</code>
/// <para>Writes the file for a domain whose mail goes to Microsoft 365, kept for a week.</para>
/// </example>
[Cmdlet(VerbsCommon.New, "MtaStsPolicy")]
[OutputType(typeof(MtaStsPolicy))]
public sealed class NewMtaStsPolicyCommand : MailDnsCmdlet
{
    /// <summary>The domain the policy is for, in Unicode or as A-labels. Also from an object's Domain, DomainName, ZoneName or Name.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("DomainName", "ZoneName", "Name")]
    [DomainArgument]
    [AllowEmptyString]
    public string Domain { get; set; } = string.Empty;

    /// <summary>What senders do where no mail exchanger passes: Testing (the default), Enforce, or None before the policy is withdrawn.</summary>
    [Parameter]
    public MtaStsPolicyMode Mode { get; set; } = MtaStsPolicyMode.Testing;

    /// <summary>The mail exchangers, or *.name for any host with one label in front of name. Not needed with -Mode None.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("MailExchange")]
    [ValidateNotNullOrEmpty]
    public string[] Mx { get; set; } = Array.Empty<string>();

    /// <summary>How long senders keep the policy, at most a year; default 14 days. A bare number is seconds.</summary>
    [Parameter]
    [TimeToLiveArgument]
    public TimeSpan MaxAge { get; set; } = MtaStsPolicyBuilder.DefaultMaxAge;

    protected override void ProcessRecord()
    {
        MtaStsPolicy policy;
        try
        {
            policy = MtaStsPolicyBuilder.Create(DomainName.Parse(Domain), Mode, Mx, MaxAge);
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException)
        {
            WriteError(ErrorRecords.From(exception, Domain));
            return;
        }

        if (MaxAge < TimeSpan.FromDays(1) && Mode != MtaStsPolicyMode.None)
            WriteWarning("Senders forget the policy within a day; a week or more protects (RFC 8461 section 3.2).");

        WriteObject(policy);
    }
}
