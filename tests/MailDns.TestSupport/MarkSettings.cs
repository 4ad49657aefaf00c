using System;

namespace MailDns.TestSupport;

/// <summary>What a mark certificate of a test says; as it should be unless the test changes it.</summary>
public sealed record MarkSettings
{
    public const string BimiUsage = "1.3.6.1.5.5.7.3.31";

    public string[] MarkTypes { get; init; } = ["Registered Mark"];

    public string[] DnsNames { get; init; } = ["contoso.com"];

    public string[] Usages { get; init; } = [BimiUsage];

    public DateTimeOffset NotBefore { get; init; } = new(2026, 2, 1, 0, 0, 0, TimeSpan.Zero);

    public DateTimeOffset NotAfter { get; init; } = new(2027, 2, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The extension; null for none.</summary>
    public byte[]? Logotype { get; init; }

    /// <summary>SignedCertificateTimestampList with one entry of three octets; null for none.</summary>
    public byte[]? TimestampList { get; init; } = [0, 5, 0, 3, 1, 2, 3];

    public string? RevocationList { get; init; } = "http://crl.test/mark.crl";

    public bool IsSelfSigned { get; init; }
}
