using System;
using System.Collections.Generic;
using MailDns.Dns;

namespace MailDns.Testing;

/// <summary>What a test file asks Test-SendingDomain.</summary>
internal sealed class PesterTestOptions
{
    public PesterTestOptions(DomainName domain) => Domain = domain;

    public DomainName Domain { get; }

    /// <summary>The profiles' names, or the full paths of files.</summary>
    public IReadOnlyList<string> Providers { get; init; } = Array.Empty<string>();

    /// <summary>The groups of the profiles that are in use.</summary>
    public IReadOnlyList<string> ProviderGroups { get; init; } = Array.Empty<string>();

    public IReadOnlyList<KeyValuePair<string, string>> ProviderValues { get; init; } = Array.Empty<KeyValuePair<string, string>>();

    public IReadOnlyList<string> Selectors { get; init; } = Array.Empty<string>();

    public string? TrackingHost { get; init; }

    public string? BounceHost { get; init; }

    /// <summary>Checks of these severities become tests.</summary>
    public IReadOnlyList<CheckSeverity> Severities { get; init; } = new[] { CheckSeverity.Error, CheckSeverity.Warning };

    public bool IncludeHttps { get; init; }

    /// <summary>The module's version, for the file's first lines.</summary>
    public string Version { get; init; } = string.Empty;
}
