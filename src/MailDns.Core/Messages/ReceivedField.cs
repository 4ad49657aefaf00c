using System.Net;
using System.Net.Sockets;

namespace MailDns.Messages;

/// <summary>
/// A Received field (RFC 5321 section 4.4) as Postfix, Exim, Exchange, Sendmail, qmail, Gmail and others write it. The
/// peer's address is taken from what the receiving host wrote of the connection, never from the name that the peer gave.
/// </summary>
internal sealed class ReceivedField
{
    private static readonly string[] s_keywords = { "by", "via", "with", "id", "for" };
    private static readonly string[] s_dates = { "d MMM yyyy HH:mm:ss zzz", "d MMM yyyy HH:mm zzz" };

    private ReceivedField(int index) => Index = index;

    /// <summary>The place of its field in the header.</summary>
    public int Index { get; }

    /// <summary>The name that the peer gave in HELO or EHLO, as far as the field tells it apart; null where there is none.</summary>
    public string? Helo { get; private set; }

    /// <summary>The peer's name: the one that reverse DNS gave where the field has it, else the HELO name; null without from.</summary>
    public string? Peer { get; private set; }

    /// <summary>The peer's address; null where the field does not tell it.</summary>
    public IPAddress? Address { get; private set; }

    /// <summary>The receiving host; null where there is none.</summary>
    public string? By { get; private set; }

    /// <summary>True where the field names a peer.</summary>
    public bool HasFrom { get; private set; }

    /// <summary>When it was received; null where that cannot be read.</summary>
    public DateTimeOffset? Date { get; private set; }

    /// <summary>Reads the unfolded value of a field.</summary>
    public static ReceivedField Read(string text, int index)
    {
        var field = new ReceivedField(index);
        List<Token> tokens = Tokens(text, out string date);
        field.Date = ReadDate(date);
        int by = FindWord(tokens, "by", tokens.Count > 0 && tokens[0].IsWord("from") ? 2 : 0);
        if (tokens.Count > 1 && tokens[0].IsWord("from")) field.ReadFrom(tokens, by < 0 ? EndOfFrom(tokens) : by);
        if (by >= 0 && by + 1 < tokens.Count && !tokens[by + 1].IsComment) field.By = tokens[by + 1].Text.TrimEnd('.');

        return field;
    }

    private void ReadFrom(List<Token> tokens, int end)
    {
        HasFrom = true;
        Helo = tokens[1].IsComment ? null : tokens[1].Text;
        Peer = Helo;
        for (int i = 2; i < end; i++)
        {
            if (!tokens[i].IsComment) continue;

            string comment = tokens[i].Text;
            if (StartsWith(comment, "HELO ") || StartsWith(comment, "EHLO "))
            {
                // qmail: from RDNS (HELO NAME) (ADDRESS)
                Helo = comment.Substring(5).Trim();
                continue;
            }

            ReadComment(comment);
        }
    }

    private void ReadComment(string comment)
    {
        int helo = comment.IndexOf("helo=", StringComparison.OrdinalIgnoreCase);
        string connection = helo < 0 ? comment : comment.Substring(0, helo);
        if (helo >= 0)
        {
            // Exim: from RDNS ([ADDRESS] helo=NAME), or from [ADDRESS] (helo=NAME).
            if (Address is null && Peer is { } name && Bracketed(name) is { } literal) Address = literal;

            Helo = comment.Substring(helo + 5).Split(' ', '\t')[0];
        }

        if (Bracketed(connection) is { } address)
        {
            Address = address;
        }
        else if (helo < 0 && Bare(connection) is { } bare)
        {
            Address = bare;
            return;
        }

        // Postfix and Sendmail: (RDNS [ADDRESS]); Gmail: (RDNS. [ADDRESS]).
        string first = connection.Trim().Split(' ', '\t')[0].TrimEnd('.');
        if (first.IndexOf('.') > 0 && first.IndexOf('[') < 0 && first.IndexOf('=') < 0)
            Peer = first;
        else if (first.Equals("unknown", StringComparison.OrdinalIgnoreCase))
            Peer = "unknown";
    }

    // The last [address] of a text; IPv6 has a tag in front.
    private static IPAddress? Bracketed(string text)
    {
        int close = text.LastIndexOf(']');
        int open = close < 0 ? -1 : text.LastIndexOf('[', close);
        if (open < 0) return null;

        string inside = text.Substring(open + 1, close - open - 1).Trim();
        return Bare(StartsWith(inside, "IPv6:") ? inside.Substring(5) : inside);
    }

    private static IPAddress? Bare(string text)
    {
        string trimmed = text.Trim();
        bool looks = trimmed.Length is > 1 and <= 45 && trimmed.All(c => c is (>= '0' and <= '9') or (>= 'a' and <= 'f') or (>= 'A' and <= 'F') or '.' or ':');
        if (!looks || !IPAddress.TryParse(trimmed, out IPAddress? address)) return null;
        if (address.IsIPv4MappedToIPv6) return address.MapToIPv4();

        // "1.2" is an address for the library and for nobody else.
        return address.AddressFamily == AddressFamily.InterNetwork && trimmed.Count(c => c == '.') != 3 ? null : address;
    }

    private static int FindWord(List<Token> tokens, string word, int start)
    {
        for (int i = start; i < tokens.Count; i++)
        {
            if (tokens[i].IsWord(word)) return i;
        }

        return -1;
    }

    private static int EndOfFrom(List<Token> tokens)
    {
        for (int i = 2; i < tokens.Count; i++)
        {
            if (s_keywords.Any(tokens[i].IsWord)) return i;
        }

        return tokens.Count;
    }

    private static List<Token> Tokens(string text, out string date)
    {
        var tokens = new List<Token>();
        int start = -1;
        date = string.Empty;
        void Close(int end)
        {
            if (start >= 0)
            {
                tokens.Add(new Token(text.Substring(start, end - start), isComment: false));
                start = -1;
            }
        }

        for (int i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case ' ':
                case '\t':
                case '\r':
                case '\n':
                    Close(i);
                    break;
                case '(':
                    Close(i);
                    int end = HeaderText.EndOfComment(text, i);
                    tokens.Add(new Token(text.Substring(i + 1, Math.Max(0, Math.Min(end, text.Length) - i - 1)), isComment: true));
                    i = end;
                    break;
                case ';':
                    Close(i);
                    date = text.Substring(i + 1);
                    return tokens;
                default:
                    start = start < 0 ? i : start;
                    break;
            }
        }

        Close(text.Length);
        return tokens;
    }

    /// <summary>A date of RFC 5322 section 3.3; null where it is none.</summary>
    public static DateTimeOffset? ReadDate(string text)
    {
        int comment = text.IndexOf('(');
        string bare = comment < 0 ? text : text.Substring(0, comment);
        int comma = bare.IndexOf(',');
        string[] parts = bare.Substring(comma + 1).Split(new[] { ' ', '\t' }, StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length != 5) return null;

        string zone = parts[4];
        if (zone.ToUpperInvariant() is "GMT" or "UT" or "UTC" or "Z")
            zone = "+00:00";
        else if (zone.Length == 5 && zone[0] is '+' or '-')
            zone = zone.Insert(3, ":");

        parts[4] = zone;
        return DateTimeOffset.TryParseExact(string.Join(" ", parts), s_dates, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTimeOffset date) ? date : null;
    }

    private static bool StartsWith(string text, string start) => text.StartsWith(start, StringComparison.OrdinalIgnoreCase);

    private readonly struct Token(string text, bool isComment)
    {
        public string Text { get; } = text;

        public bool IsComment { get; } = isComment;

        public bool IsWord(string word) => !IsComment && string.Equals(Text, word, StringComparison.OrdinalIgnoreCase);
    }
}
