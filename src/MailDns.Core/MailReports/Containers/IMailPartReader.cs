using System.IO;

namespace MailDns.MailReports;

/// <summary>
/// Reads MIME (RFC 2045, RFC 5322) and mailboxes of the mbox form. A public class MailDns.Mime.MimeKitPartReader with a
/// parameterless constructor implements it.
/// </summary>
internal interface IMailPartReader
{
    /// <summary>Shows each mail and each of its parts, in their order.</summary>
    /// <param name="stream">One mail, or a mailbox; can seek.</param>
    /// <param name="isMailbox">True for the mbox form.</param>
    /// <param name="maxParts">Most parts of a mail; a mail with more is not read.</param>
    /// <param name="visit">Takes each mail and each part; false for a mail leaves its parts out.</param>
    /// <exception cref="FormatException">It is not MIME, or a limit was reached.</exception>
    void Read(Stream stream, bool isMailbox, int maxParts, Func<MailPart, bool> visit);
}

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
