using System.Text;

namespace MailDns.Text;

/// <summary>Values as PowerShell source.</summary>
internal static class PowerShellText
{
    /// <summary>
    /// A single-quoted string, in which nothing is expanded. PowerShell takes the typographic quotes U+2018 to U+201B for the
    /// quote as well, so they are doubled too.
    /// </summary>
    public static string Quote(string value)
    {
        var text = new StringBuilder(value.Length + 2).Append('\'');
        foreach (char c in value)
        {
            text.Append(c);
            if (c is '\'' or (>= '\u2018' and <= '\u201B')) text.Append(c);
        }

        return text.Append('\'').ToString();
    }
}
