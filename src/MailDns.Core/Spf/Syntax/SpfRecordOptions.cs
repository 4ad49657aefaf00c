using System;
using System.Collections.Generic;

namespace MailDns.Spf;

/// <summary>What an SPF or Sender ID record is made of.</summary>
internal sealed class SpfRecordOptions
{
    /// <summary>Domains whose senders are authorised too.</summary>
    public IReadOnlyList<string> Include { get; init; } = Array.Empty<string>();

    /// <summary>IPv4 addresses or networks.</summary>
    public IReadOnlyList<string> IPv4 { get; init; } = Array.Empty<string>();

    /// <summary>IPv6 addresses or networks.</summary>
    public IReadOnlyList<string> IPv6 { get; init; } = Array.Empty<string>();

    /// <summary>Names whose addresses are authorised; empty or "@" is the domain itself.</summary>
    public IReadOnlyList<string> A { get; init; } = Array.Empty<string>();

    /// <summary>Domains whose mail exchangers are authorised; empty or "@" is the domain itself.</summary>
    public IReadOnlyList<string> Mx { get; init; } = Array.Empty<string>();

    /// <summary>Names, mostly with macros, that have an A record for an authorised client.</summary>
    public IReadOnlyList<string> Exists { get; init; } = Array.Empty<string>();

    /// <summary>The domain whose record stands in for what matches nothing here.</summary>
    public string? Redirect { get; init; }

    /// <summary>What all others get; null: Fail, or nothing where there is a redirect.</summary>
    public SpfQualifier? All { get; init; }
}
