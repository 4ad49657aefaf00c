using System.IO;

namespace MailDns.MailReports;

/// <summary>A mail, or a part of one, as the MIME reader meets it.</summary>
/// <param name="MediaType">Type and subtype in lower case; message/rfc822 for a mail.</param>
/// <param name="Place">Where it is, for people, e.g. "part 2" or "message 3".</param>
internal sealed record MailPart(string MediaType, string Place)
{
    /// <summary>The header fields of a mail, unfolded and decoded; of a part only those of its own.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = Array.Empty<KeyValuePair<string, string>>();

    /// <summary>Opens the decoded content; null for a mail, whose parts follow.</summary>
    public Func<Stream>? Open { get; init; }

    /// <summary>True for a mail within a mail.</summary>
    public bool IsEmbedded { get; init; }
}
