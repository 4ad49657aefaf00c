namespace MailDns.Resolver.Tests.Spf;

/// <summary>A zone, what goes wrong with it, one check of it, and what comes out.</summary>
/// <param name="Name">What the case is about.</param>
/// <param name="Zone">Master file lines; names are absolute.</param>
internal sealed record WireCase(string Name, params string[] Zone)
{
    public string Client { get; init; } = "192.0.2.1";

    public string Sender { get; init; } = "user@example.com";

    public string Helo { get; init; } = "mail.example.net";

    public WireFault[] Faults { get; init; } = [];

    public required SpfResultCode Result { get; init; }

    /// <summary>The term that decided; null for none.</summary>
    public string? Mechanism { get; init; }

    public string? Explanation { get; init; }

    public int Lookups { get; init; }

    public int Voids { get; init; }

    /// <summary>Part of the problem told; null for no problem.</summary>
    public string? Problem { get; init; }

    /// <summary>Whether an answer takes more than a datagram.</summary>
    public bool IsOverTcp { get; init; }
}
