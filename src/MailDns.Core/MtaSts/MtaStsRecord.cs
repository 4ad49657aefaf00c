using MailDns.MtaSts;

namespace MailDns;

/// <summary>An MTA-STS TXT record (RFC 8461 section 3.1), read field by field. Texts are escaped for display.</summary>
public sealed class MtaStsRecord
{
    internal MtaStsRecord(string text, string? id, IReadOnlyList<TextFault> faults)
    {
        RawText = text;
        Text = PrintableText.Escape(text);
        Id = id is null ? null : PrintableText.Escape(id);
        Faults = faults;
    }

    /// <summary>The record's text.</summary>
    public string Text { get; }

    /// <summary>id: changes whenever the policy does, so that senders fetch it again; null where it is missing.</summary>
    public string? Id { get; }

    /// <summary>The text as it is.</summary>
    internal string RawText { get; }

    internal IReadOnlyList<TextFault> Faults { get; }

    /// <summary>Reads a record by the letter of RFC 8461 section 3.1.</summary>
    /// <exception cref="RecordParseException">The text breaks the grammar; the exception says where.</exception>
    public static MtaStsRecord Parse(string text) => MtaStsParser.Parse(text ?? throw new ArgumentNullException(nameof(text)));

    /// <summary>The record's text.</summary>
    public override string ToString() => Text;
}
