using MailDns.Sending;

namespace MailDns.Commands;

/// <summary>Creates the CNAME record of a bounce host: the domain of the Return-Path, which SPF is checked for.</summary>
/// <remarks>
/// The host is an alias of the name that the provider gives, so that its SPF and MX records are the provider's. RFC 5321 section
/// 2.3.5 allows this. The host must be below the From domain: the domain itself cannot be an alias (RFC 1034 section 3.6.2), and
/// a host below it aligns in relaxed mode (RFC 9989 section 4.4). Uses no network.
/// </remarks>
/// <example>
/// <code>New-BounceRecord -Domain example.com -HostName ac-bounces -Target akmta.net</code>
/// <para>ac-bounces.example.com as an alias of akmta.net.</para>
/// </example>
/// <example>
/// <code>New-BounceRecord news.example.com -ZoneName example.com -Target akmta.net | Add-DnsServerResourceRecord -CName</code>
/// <para>Makes bounce.news.example.com in the zone example.com and adds it on a Windows DNS server.</para>
/// </example>
[Cmdlet(VerbsCommon.New, "BounceRecord")]
[OutputType(typeof(CnameRecord))]
public sealed class NewBounceRecordCommand : RecordGeneratorCommand
{
    /// <summary>The bounce host, relative to the domain or in full; default bounce. It has to be below the domain.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string HostName { get; set; } = BounceRecordBuilder.DefaultHost;

    /// <summary>The name that the provider gives for it, e.g. akmta.net.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string Target { get; set; } = string.Empty;

    private protected override IEnumerable<object> Create(DomainName domain, DomainName zone)
    {
        yield return BounceRecordBuilder.Build(domain, zone, HostName, Target, TimeToLive);
    }
}
