using System;
using System.Collections.Generic;

namespace MailDns.Caa;

/// <summary>What new CAA records are to say: one record a value.</summary>
internal sealed class CaaRecordOptions
{
    /// <summary>Issuers; an empty text or ";" allows nobody.</summary>
    public IReadOnlyList<string> Issue { get; init; } = Array.Empty<string>();

    public IReadOnlyList<string> IssueWild { get; init; } = Array.Empty<string>();

    public IReadOnlyList<string> IssueMail { get; init; } = Array.Empty<string>();

    public IReadOnlyList<string> IssueVmc { get; init; } = Array.Empty<string>();

    /// <summary>Addresses or URLs for reports.</summary>
    public IReadOnlyList<string> Iodef { get; init; } = Array.Empty<string>();

    /// <summary>A property by its tag; null for none.</summary>
    public string? Tag { get; init; }

    /// <summary>Its value.</summary>
    public string Value { get; init; } = string.Empty;

    /// <summary>An authority that does not know a property must not issue.</summary>
    public bool Critical { get; init; }
}
