using System.Net;
using MailDns.Dkim.Keys;

namespace MailDns.Messages;

/// <summary>What is known of a message beside its octets, and with what it is judged.</summary>
internal sealed record MessageRequest
{
    /// <summary>Where the copy lies, for people; null for text.</summary>
    public string? Path { get; init; }

    /// <summary>The address of the client that delivered it; null where nobody told.</summary>
    public IPAddress? IPAddress { get; init; }

    /// <summary>MAIL FROM; empty for the null reverse-path, null where nobody told.</summary>
    public string? Sender { get; init; }

    /// <summary>The HELO name; null where nobody told.</summary>
    public string? Helo { get; init; }

    /// <summary>The receiving hosts that are believed, and all names below them.</summary>
    public IReadOnlyList<DomainName> TrustedHosts { get; init; } = Array.Empty<DomainName>();

    /// <summary>The time of verification.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>Gives the verifier of Ed25519 signatures when one is needed.</summary>
    public required Func<IEd25519Verifier> Ed25519 { get; init; }
}
