using System;
using System.Collections.Generic;
using MailDns.Dns;

namespace MailDns.Dkim;

/// <summary>What New-DkimRecord is asked for.</summary>
internal sealed record DkimRecordOptions
{
    public required DomainName Domain { get; init; }

    public required DomainName Zone { get; init; }

    public required string Selector { get; init; }

    /// <summary>A public key in any form that people have it in; null for an alias or a revocation.</summary>
    public string? PublicKey { get; init; }

    /// <summary>The platform's host that holds the key.</summary>
    public string? CnameTarget { get; init; }

    public bool Revoked { get; init; }

    /// <summary>Null: told by the key.</summary>
    public DkimKeyType? KeyType { get; init; }

    /// <summary>y testing, s strict identity; null keeps those of a record that was pasted.</summary>
    public IReadOnlyList<string>? Flags { get; init; }

    public string? Note { get; init; }

    public TimeSpan TimeToLive { get; init; } = TimeSpan.FromHours(1);
}
