using System.Text;

namespace MailDns.Report;

/// <summary>
/// Makes what the eye would not see visible: controls, the marks that turn the direction of text, zero-width characters and
/// halves of surrogate pairs become <c>\uXXXX</c>. Letters of every script stay. What MailDns itself read from DNS is
/// escaped already; titles, foreign objects and copies are not.
/// </summary>
internal static class VisibleText
{
    /// <summary>True where the character at the place, or the pair that starts there, can be shown as it is.</summary>
    public static bool IsVisible(string text, int index)
    {
        char c = text[index];
        if (char.IsHighSurrogate(c))
            return index + 1 < text.Length && char.IsLowSurrogate(text[index + 1]) && IsVisible(CharUnicodeInfo.GetUnicodeCategory(text, index));

        if (char.IsLowSurrogate(c))
            return index > 0 && char.IsHighSurrogate(text[index - 1]) && IsVisible(text, index - 1);

        return c < 0xFFFE && IsVisible(CharUnicodeInfo.GetUnicodeCategory(c));
    }

    public static string Escape(string text)
    {
        int first = 0;
        while (first < text.Length && IsVisible(text, first))
            first++;

        if (first == text.Length) return text;

        var builder = new StringBuilder(text, 0, first, text.Length + 16);
        for (int i = first; i < text.Length; i++)
        {
            if (IsVisible(text, i))
                builder.Append(text[i]);
            else
                builder.Append("\\u").Append(((int)text[i]).ToString("X4", CultureInfo.InvariantCulture));
        }

        return builder.ToString();
    }

    // A format character outside the basic plane (a tag, say) is hidden too; its two halves are then shown.
    private static bool IsVisible(UnicodeCategory category) =>
        category is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate);
}
