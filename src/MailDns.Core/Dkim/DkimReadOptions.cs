using System;
using System.Collections.Generic;

namespace MailDns.Dkim;

/// <summary>What a reading of a domain's keys may be told.</summary>
internal sealed record DkimReadOptions
{
    /// <summary>Selectors asked for by a person; with none here and no expectation, the common ones are tried.</summary>
    public IReadOnlyList<string> Selectors { get; init; } = Array.Empty<string>();

    /// <summary>What the platform's profile asks for.</summary>
    public IReadOnlyList<DkimExpectation> Expectations { get; init; } = Array.Empty<DkimExpectation>();

    /// <summary>The platform's name, for messages.</summary>
    public string? ProviderName { get; init; }

    /// <summary>The date of today, for the age that a selector's name tells; null judges no age.</summary>
    public DateTime? Today { get; init; }

    /// <summary>True for a domain that sends no mail.</summary>
    public bool IsParked { get; init; }
}
