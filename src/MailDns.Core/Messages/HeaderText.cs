using System.Text;

namespace MailDns.Messages;

/// <summary>Quoted strings and comments of structured header fields (RFC 5322 section 3.2). Nothing here nests calls.</summary>
internal static class HeaderText
{
    /// <summary>The place of the closing quotation mark, or the end of the text.</summary>
    public static int EndOfQuoted(string text, int start)
    {
        for (int i = start + 1; i < text.Length; i++)
        {
            if (text[i] == '\\')
                i++;
            else if (text[i] == '"')
                return i;
        }

        return text.Length;
    }

    /// <summary>The place of the parenthesis that closes a comment with all comments in it, or the end of the text.</summary>
    public static int EndOfComment(string text, int start)
    {
        int depth = 0;
        for (int i = start; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '\\':
                    i++;
                    break;
                case '(':
                    depth++;
                    break;
                case ')' when --depth == 0:
                    return i;
                default:
                    break;
            }
        }

        return text.Length;
    }

    /// <summary>What a quoted string says.</summary>
    public static string Unquote(string quoted)
    {
        var text = new StringBuilder(quoted.Length);
        for (int i = 1; i < quoted.Length; i++)
        {
            if (quoted[i] == '"') break;
            if (quoted[i] == '\\' && i + 1 < quoted.Length) i++;

            text.Append(quoted[i]);
        }

        return text.ToString();
    }
}
