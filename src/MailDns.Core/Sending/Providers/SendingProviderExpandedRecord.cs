using System.Net;
namespace MailDns;

/// <summary>A record of a profile for one domain, its placeholders filled in.</summary>
internal sealed class SendingProviderExpandedRecord(
    SendingProviderRecord template,
    DomainName owner,
    string? selector,
    string? value,
    DomainName? target,
    IReadOnlyList<DomainName> includes)
{
    public SendingProviderRecord Template { get; } = template;

    public DomainName Owner { get; } = owner;

    /// <summary>The DKIM selector; null for other roles.</summary>
    public string? Selector { get; } = selector;

    /// <summary>The text of a TXT record; null for other types.</summary>
    public string? Value { get; } = value;

    /// <summary>The target of a CNAME, MX or NS record; null for TXT.</summary>
    public DomainName? Target { get; } = target;

    /// <summary>The names that an SPF record has to include.</summary>
    public IReadOnlyList<DomainName> Includes { get; } = includes;

    /// <summary>The record object.</summary>
    /// <exception cref="DomainNameException">It does not fit into the zone.</exception>
    public ResourceRecord ToRecord(DomainName zone, TimeSpan timeToLive) => Template.DnsType switch
    {
        DnsRecordType.Cname => new CnameRecord(Owner, zone, Target!, timeToLive, Template.Role),
        DnsRecordType.A => new ARecord(Owner, zone, IPAddress.Parse(Value!), timeToLive, Template.Role),
        DnsRecordType.Aaaa => new AaaaRecord(Owner, zone, IPAddress.Parse(Value!), timeToLive, Template.Role),
        DnsRecordType.Srv => new SrvRecord(Owner, zone, new SrvData(Template.Preference ?? 0, Template.Weight ?? 0, Template.Port ?? 0, Target!), timeToLive, Template.Role),
        DnsRecordType.Mx => new MxRecord(Owner, zone, Template.Preference!.Value, Target!, timeToLive, Template.Role),
        DnsRecordType.Ns => new NsRecord(Owner, zone, Target!, timeToLive, Template.Role),
        _ => new TxtRecord(Owner, zone, Value!, timeToLive, Template.Role),
    };
}
