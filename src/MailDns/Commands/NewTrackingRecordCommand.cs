using MailDns.Sending;

namespace MailDns.Commands;

/// <summary>Creates the CNAME record of a tracking host: the name that links and open pixels of the mail carry.</summary>
/// <remarks>
/// The host is an alias of the name that the provider gives. It must be below the domain: the domain itself has other records,
/// and an alias cannot be at a name that has other records (RFC 1034 section 3.6.2). Uses no network.
/// </remarks>
/// <example>
/// <code>New-TrackingRecord -Domain example.com -Target trk.aksend.net</code>
/// <para>trk.example.com as an alias of trk.aksend.net.</para>
/// </example>
/// <example>
/// <code>New-TrackingRecord example.com -HostName click -Target trk.aksend.net | Add-DnsServerResourceRecord -CName</code>
/// <para>Makes click.example.com and adds it to the zone example.com on a Windows DNS server.</para>
/// </example>
[Cmdlet(VerbsCommon.New, "TrackingRecord")]
[OutputType(typeof(CnameRecord))]
public sealed class NewTrackingRecordCommand : RecordGeneratorCommand
{
    /// <summary>The tracking host, relative to the domain or in full; default trk. It has to be below the domain.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string HostName { get; set; } = TrackingRecordBuilder.DefaultHost;

    /// <summary>The name that the provider gives for it, e.g. trk.aksend.net.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string Target { get; set; } = string.Empty;

    private protected override IEnumerable<object> Create(DomainName domain, DomainName zone)
    {
        yield return TrackingRecordBuilder.Build(domain, zone, HostName, Target, TimeToLive);
    }
}
