using System.Text;
using System.Text.RegularExpressions;

namespace MailDns.Dns;

/// <summary>Names that hold octets of UTF-8, as Windows DNS Server and control panels store what people type.</summary>
internal static class UnicodeName
{
    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    // One class of characters, so its work grows with the text alone.
    private static readonly Regex s_name = new("(?<=[:=@])[^\\s:=@,;!?/%]+", RegexOptions.CultureInvariant, Regex.InfiniteMatchTimeout);

    /// <summary>The A-labels of a name that is not ASCII, each character an octet; null for one that is ASCII, or that is no name in Unicode.</summary>
    public static DomainName? ToAscii(string octets) =>
        octets.Any(c => c > '~') && Decode(octets) is { } unicode && DomainName.TryParseRelative(unicode, out DomainName? ascii, out _) ? ascii : null;

    /// <summary>A text in which every name that stands behind a colon, an equals sign or an at sign, as in SPF and in report addresses, has its A-labels.</summary>
    public static string InText(string text) => text.Any(c => c > '~') ? s_name.Replace(text, name => ToAscii(name.Value)?.Text ?? name.Value) : text;

    /// <summary>The text of the octets; null where they are no UTF-8.</summary>
    public static string? Decode(string octets)
    {
        try
        {
            return octets.All(c => c <= 0xFF) ? s_utf8.GetString(octets.Select(c => (byte)c).ToArray()) : octets;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
