using System;
using System.Globalization;

namespace MailDns.Report;

/// <summary>The page that a reference means, where that is certain.</summary>
internal static class ReferenceLink
{
    private const string Rfc = "RFC ";
    private const string Section = " section ";

    /// <summary>An https address, or null. Of several references the first counts.</summary>
    public static string? Of(string reference)
    {
        if (reference.StartsWith("https://", StringComparison.Ordinal))
        {
            string address = reference.Split(' ', ';')[0];
            return Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) && uri.Scheme == Uri.UriSchemeHttps ? uri.AbsoluteUri : null;
        }

        return reference.StartsWith(Rfc, StringComparison.Ordinal) ? OfRfc(reference.Substring(Rfc.Length)) : null;
    }

    private static string? OfRfc(string rest)
    {
        string digits = TakeWhile(rest, char.IsDigit);
        if (!int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int number) || number == 0)
        {
            return null;
        }

        string page = "https://www.rfc-editor.org/rfc/rfc" + number.ToString(CultureInfo.InvariantCulture);
        string after = rest.Substring(digits.Length);
        string section = after.StartsWith(Section, StringComparison.Ordinal)
            ? TakeWhile(after.Substring(Section.Length), c => c == '.' || (c >= '0' && c <= '9')).Trim('.')
            : string.Empty;
        return section.Length == 0 ? page : page + "#section-" + section;
    }

    private static string TakeWhile(string text, Func<char, bool> accept)
    {
        int length = 0;
        while (length < text.Length && text[length] < 0x7F && accept(text[length]))
        {
            length++;
        }

        return text.Substring(0, length);
    }
}
