using MailDns.Spf;

namespace MailDns.MailReports;

/// <summary>
/// The addresses of reports, by the letter (RFC 791, RFC 4291 section 2.2): the platform's parser would take "1", "0x7f.1" and
/// "010.1.2.3" for addresses.
/// </summary>
internal static class ReportAddress
{
    /// <summary>Null where the text is not an address. Brackets and the word IPv6: are taken off; IPv4-mapped becomes IPv4.</summary>
    public static AddressBits? Read(string text)
    {
        int start = 0;
        int end = text.Length;
        if (end > 2 && text[0] == '[' && text[end - 1] == ']')
        {
            start++;
            end--;
        }

        if (end - start > 5 && string.Compare(text, start, "IPv6:", 0, 5, StringComparison.OrdinalIgnoreCase) == 0)
            start += 5;

        if (AddressReader.TryReadIPv4(text, start, end, out AddressBits address, out _)) return address;

        if (text.IndexOf(':', start, end - start) < 0 || !AddressReader.TryReadIPv6(text, start, end, out address, out _))
            return null;

        return address.High == 0 && address.Low >> 32 == 0xFFFF ? AddressBits.IPv4((uint)address.Low) : address;
    }
}

/// <summary>The address of a row as the report has it, escaped, and what it is.</summary>
internal sealed class ReportSource(string text)
{
    public static readonly ReportSource None = new(string.Empty);

    public string Text { get; } = text;

    /// <summary>Null where the text is not an address.</summary>
    public AddressBits? Address { get; } = ReportAddress.Read(text);
}
