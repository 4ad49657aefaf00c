using MailDns.Mx;

namespace MailDns.Commands;

/// <summary>Creates the MX records of a domain: the hosts that take its mail (RFC 5321 section 5.1).</summary>
/// <remarks>
/// One record for each exchanger. The first gets -Preference, each further one ten more, so that they are tried in the order
/// given. An exchanger is the name of a host with an address record of its own: no alias (RFC 2181 section 10.3) and no address.
/// </remarks>
/// <example>
/// <code>New-MxRecord contoso.com mx1.contoso.com, mx2.contoso.com</code>
/// <para>"10 mx1.contoso.com" and "20 mx2.contoso.com".</para>
/// </example>
/// <example>
/// <code>New-MxRecord news.contoso.com -ZoneName contoso.com -Exchange contoso-com.mail.protection.outlook.com -Preference 0</code>
/// <para>One exchanger for a subdomain, in the zone contoso.com.</para>
/// </example>
[Cmdlet(VerbsCommon.New, "MxRecord")]
[OutputType(typeof(MxRecord))]
public sealed class NewMxRecordCommand : RecordGeneratorCommand
{
    /// <summary>What each further exchanger gets more than the one before it.</summary>
    private const int Step = 10;

    /// <summary>The hosts that take the mail, the first to be tried first.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateNotNullOrEmpty]
    public string[] Exchange { get; set; } = System.Array.Empty<string>();

    /// <summary>Preference of the first exchanger; lower is tried first. Default 10.</summary>
    [Parameter]
    public ushort Preference { get; set; } = 10;

    private protected override IEnumerable<object> Create(DomainName domain, DomainName zone)
    {
        for (int i = 0; i < Exchange.Length; i++)
        {
            int preference = Preference + (i * Step);
            if (preference > ushort.MaxValue)
                throw new System.ArgumentException("The preference of the exchanger " + Text.PrintableText.Quote(Exchange[i]) + " would be over 65535.");

            yield return MxRecordBuilder.Create(domain, zone, (ushort)preference, Exchange[i], TimeToLive);
        }
    }
}
