using System;
using System.Collections.Generic;
using System.Net;
using MailDns.Dns;

namespace MailDns;

/// <summary>A record of a profile for one domain, its placeholders filled in.</summary>
internal sealed class SendingProviderExpandedRecord
{
    public SendingProviderExpandedRecord(
        SendingProviderRecord template,
        DomainName owner,
        string? selector,
        string? value,
        DomainName? target,
        IReadOnlyList<DomainName> includes)
    {
        Template = template;
        Owner = owner;
        Selector = selector;
        Value = value;
        Target = target;
        Includes = includes;
    }

    public SendingProviderRecord Template { get; }

    public DomainName Owner { get; }

    /// <summary>The DKIM selector; null for other roles.</summary>
    public string? Selector { get; }

    /// <summary>The text of a TXT record; null for other types.</summary>
    public string? Value { get; }

    /// <summary>The target of a CNAME, MX or NS record; null for TXT.</summary>
    public DomainName? Target { get; }

    /// <summary>The names that an SPF record has to include.</summary>
    public IReadOnlyList<DomainName> Includes { get; }

    /// <summary>The record object.</summary>
    /// <exception cref="DomainNameException">It does not fit into the zone.</exception>
    public ResourceRecord ToRecord(DomainName zone, TimeSpan timeToLive) => Template.DnsType switch
    {
        DnsRecordType.Cname => new CnameRecord(Owner, zone, Target!, timeToLive, Template.Role),
        DnsRecordType.A => new ARecord(Owner, zone, IPAddress.Parse(Value!), timeToLive, Template.Role),
        DnsRecordType.Aaaa => new AaaaRecord(Owner, zone, IPAddress.Parse(Value!), timeToLive, Template.Role),
        DnsRecordType.Mx => new MxRecord(Owner, zone, Template.Preference!.Value, Target!, timeToLive, Template.Role),
        DnsRecordType.Ns => new NsRecord(Owner, zone, Target!, timeToLive, Template.Role),
        _ => new TxtRecord(Owner, zone, Value!, timeToLive, Template.Role),
    };
}
