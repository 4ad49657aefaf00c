using System;
using System.Collections.Generic;
using MailDns.Dns;

namespace MailDns.Spf;

/// <summary>What DNS says of one a, mx, ptr or exists term, as far as it does not depend on the message.</summary>
internal sealed class SpfTermLookup
{
    public SpfTermLookup(SpfDirective directive) => Directive = directive;

    public SpfDirective Directive { get; }

    /// <summary>The target name; null where it depends on the message or is no name.</summary>
    public DomainName? Target { get; init; }

    /// <summary>True where nothing could be asked without a message: macros, ptr.</summary>
    public bool DependsOnMessage { get; init; }

    /// <summary>The addresses of a and mx, both families, in the order found.</summary>
    public IReadOnlyList<AddressBits> Addresses { get; init; } = Array.Empty<AddressBits>();

    /// <summary>True for an exists whose name has an A record.</summary>
    public bool Exists { get; init; }

    /// <summary>Number of MX records of an mx term; over ten is a permerror (RFC 7208 section 4.6.4).</summary>
    public int ExchangeCount { get; init; }

    /// <summary>Void lookups that an IPv4 client causes here.</summary>
    public int IPv4VoidCount { get; init; }

    /// <summary>Void lookups that an IPv6 client causes here.</summary>
    public int IPv6VoidCount { get; init; }

    /// <summary>The void answers, for a message.</summary>
    public IReadOnlyList<DnsQuestion> Voids { get; init; } = Array.Empty<DnsQuestion>();

    /// <summary>The first lookup that failed; the rest of this object is then not the whole truth.</summary>
    public DnsResponse? Failure { get; init; }
}
