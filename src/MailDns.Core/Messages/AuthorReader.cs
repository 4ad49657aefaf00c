using System.Text;

namespace MailDns.Messages;

/// <summary>
/// The addresses of an address list (RFC 5322 section 3.4, RFC 6854 for groups in From, RFC 6532 for UTF-8). Only what stands
/// where an address stands counts: never the text of a name, a comment or an encoded word.
/// </summary>
internal static class AuthorReader
{
    // More addresses than that are one author no longer, whoever they are.
    private const int MaxAddresses = 1000;

    /// <summary>The addresses as written, groups opened; one that cannot be read is among them as it is.</summary>
    public static IReadOnlyList<string> Addresses(string text)
    {
        var addresses = new List<string>();
        var mailbox = new StringBuilder();
        string? angle = null;
        bool any = false;
        void Close()
        {
            string bare = angle ?? mailbox.ToString().Trim();
            if ((any || bare.Length > 0) && addresses.Count < MaxAddresses) addresses.Add(bare);

            mailbox.Clear();
            angle = null;
            any = false;
        }

        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            switch (c)
            {
                case '"':
                    int quoteEnd = HeaderText.EndOfQuoted(text, i);
                    mailbox.Append(text, i, Math.Min(text.Length, quoteEnd + 1) - i);
                    i = quoteEnd;
                    break;
                case '(':
                    i = HeaderText.EndOfComment(text, i);
                    mailbox.Append(' ');
                    break;
                case '<':
                    int end = EndOfAngle(text, i);
                    string inside = WithoutComments(text.Substring(i + 1, end - i - 1));
                    angle = angle is null ? inside : angle + " " + inside;
                    any = true;
                    i = end;
                    break;
                case ':' when angle is null && mailbox.ToString().IndexOf('@') < 0:
                    // The name of a group; its members follow.
                    mailbox.Clear();
                    break;
                case ',':
                case ';':
                    Close();
                    break;
                default:
                    mailbox.Append(c);
                    break;
            }
        }

        Close();
        return addresses;
    }

    /// <summary>The domain of an address as A-labels; null where it has none that DNS could have.</summary>
    public static DomainName? DomainOf(string address)
    {
        string text = address;

        // An obsolete route: <@one,@two:user@domain>.
        int colon = text.Length > 0 && text[0] == '@' ? text.IndexOf(':') : -1;
        if (colon >= 0) text = text.Substring(colon + 1);

        int at = text.LastIndexOf('@');
        if (at < 1) return null;

        string domain = new(text.Substring(at + 1).Where(c => c is not (' ' or '\t')).ToArray());
        string local = text.Substring(0, at).Trim();
        bool isQuoted = local.Length > 1 && local[0] == '"' && local[local.Length - 1] == '"';
        return !isQuoted && local.IndexOfAny(new[] { '@', ' ', '\t' }) >= 0
            ? null
            : DomainName.TryParseRelative(domain, out DomainName? name, out _) ? name : null;
    }

    // The bracket that closes, outside quoted strings.
    private static int EndOfAngle(string text, int start)
    {
        for (int i = start + 1; i < text.Length; i++)
        {
            if (text[i] == '"')
                i = HeaderText.EndOfQuoted(text, i);
            else if (text[i] == '(')
                i = HeaderText.EndOfComment(text, i);
            else if (text[i] == '>')
                return i;
        }

        return text.Length;
    }

    private static string WithoutComments(string text)
    {
        if (text.IndexOf('(') < 0) return text.Trim();

        var bare = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '"')
            {
                int end = HeaderText.EndOfQuoted(text, i);
                bare.Append(text, i, Math.Min(text.Length, end + 1) - i);
                i = end;
            }
            else if (text[i] == '(')
            {
                i = HeaderText.EndOfComment(text, i);
            }
            else
            {
                bare.Append(text[i]);
            }
        }

        return bare.ToString().Trim();
    }
}
