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

/// <summary>
/// Where the message came into hosts that the user named: the topmost Received field by one of them whose peer is none of
/// them. What stands above was written by those hosts; it and everything below may have been written by the sender
/// (RFC 8601 section 5, RFC 5321 section 4.4).
/// </summary>
internal sealed class TrustBoundary
{
    private readonly IReadOnlyList<DomainName> _trusted;

    private TrustBoundary(IReadOnlyList<DomainName> trusted) => _trusted = trusted;

    /// <summary>The field with which a named host received the message; null where there is none.</summary>
    public ReceivedField? Received { get; private set; }

    /// <summary>Why there is none, as a sentence.</summary>
    public string Reason { get; private set; } = string.Empty;

    public static TrustBoundary Find(MessageHeader header, IReadOnlyList<DomainName> trusted)
    {
        var boundary = new TrustBoundary(trusted);
        if (trusted.Count == 0)
        {
            boundary.Reason = "No receiving host is named (-TrustedHost).";
            return boundary;
        }

        boundary.Walk(header);
        return boundary;
    }

    /// <summary>True for a named host and for every name below one.</summary>
    public bool Names(string? host) =>
        host is not null && DomainName.TryParseDns(host, out DomainName? name) && _trusted.Any(trusted => name!.IsSameOrBelow(trusted));

    /// <summary>True where the field with that authserv-id and at that place was added by a named host.</summary>
    public bool Believes(AuthenticationResultsField field)
    {
        if (Received is null || field.Index > Received.Index) return false;

        // Microsoft writes no authserv-id; then its place alone tells.
        return field.Host.Length == 0 ? IsMicrosoft(Received.By) : Names(field.Host);
    }

    public static bool IsMicrosoft(string? host) =>
        host is not null && (host.EndsWith(".outlook.com", StringComparison.OrdinalIgnoreCase) || host.EndsWith(".office365.com", StringComparison.OrdinalIgnoreCase));

    private void Walk(MessageHeader header)
    {
        Reason = "The message has no Received field by " + string.Join(", ", _trusted.Select(name => name.ToString())) + ".";
        foreach (int index in header.Find("received"))
        {
            ReceivedField field = ReceivedField.Read(header.Text(index), index);
            if (!field.HasFrom || field.By is null) continue;

            bool isInternal = (field.Address is { } address && IsInternal(address)) || (field.Address is null && Names(field.Peer));
            if (Names(field.By))
            {
                if (isInternal || Names(field.Peer))
                {
                    Reason = "The Received fields by named hosts show no peer but internal ones.";
                    continue;
                }

                if (field.Address is null)
                {
                    Reason = "The Received field by " + PrintableText.Escape(field.By) + " does not contain the address of its peer.";
                    return;
                }

                Received = field;
                Reason = string.Empty;
                return;
            }

            // A host of the same family hands on within it; anything else let the message in, and nobody named it.
            if (isInternal || (IsFamily(field.By) && IsFamily(field.Peer))) continue;

            Reason = "The message came in at " + PrintableText.Escape(field.By) + ", which is not named in -TrustedHost; what is below may be the sender's.";
            return;
        }
    }

    // Loopback, private, link-local, shared and unique local addresses: no sender of the Internet has one.
    private static bool IsInternal(IPAddress address)
    {
        byte[] octets = address.GetAddressBytes();
        if (octets.Length == 4)
        {
            return octets[0] is 10 or 127
                || (octets[0] == 172 && octets[1] is >= 16 and < 32)
                || (octets[0] == 192 && octets[1] == 168)
                || (octets[0] == 169 && octets[1] == 254)
                || (octets[0] == 100 && octets[1] is >= 64 and < 128);
        }

        return IPAddress.IsLoopback(address) || address.IsIPv6LinkLocal || (octets[0] & 0xFE) == 0xFC;
    }

    // mailbox.contoso.com is of the family of mx1.contoso.com.
    private bool IsFamily(string? host) =>
        host is not null && DomainName.TryParseDns(host, out DomainName? name)
        && _trusted.Any(trusted => name!.IsSameOrBelow(trusted.LabelCount > 2 ? trusted.Parent : trusted));
}
