using System.Text;

namespace MailDns.Dmarc;

/// <summary>Reads the URI list of rua and ruf (RFC 9989 section 4.8, dmarc-urilist; RFC 3986; RFC 6068).</summary>
internal static class DmarcReportUriReader
{
    private const string Rule = "RFC 9989 section 4.8, dmarc-urilist";

    private const string MailTo = "mailto";

    // RFC 3986 section 2: gen-delims, sub-delims and the marks of unreserved; "," and "!" are excluded by RFC 9989.
    private static readonly bool[] s_uriCharacters = TableOf(":/?#[]@$&'()*+;=-._~%", withLetters: true);

    private static readonly bool[] s_endOfMailbox = TableOf("?#", withLetters: false);

    // RFC 6068 section 2; "?" and "#" end the mailbox, "," and ";" are judged before.
    private static readonly bool[] s_encodedInMailbox = TableOf("/[]&=", withLetters: false);

    // Neither atext nor what anybody uses without quotes (RFC 5321 section 4.1.2).
    private static readonly bool[] s_noMailbox = TableOf(" \t:<>()\\\"[]", withLetters: false);

    /// <summary>Reads a list; what is wrong goes to <paramref name="faults"/> with its place.</summary>
    public static DmarcReportUri[] Read(string tag, string list, int offset, List<TextFault> faults)
    {
        // Nearly all have one.
        if (list.IndexOf(',') < 0) return ReadOne(new Piece(tag, list, 0, list.Length, offset), before: null, faults) is { } only ? new[] { only } : Array.Empty<DmarcReportUri>();

        var uris = new List<DmarcReportUri>();
        int start = 0;
        while (start <= list.Length)
        {
            int end = list.IndexOf(',', start);
            end = end < 0 ? list.Length : end;
            if (ReadOne(new Piece(tag, list, start, end, offset), uris.LastOrDefault(), faults) is { } uri) uris.Add(uri);

            start = end + 1;
        }

        return uris.ToArray();
    }

    /// <summary>Reads one URI without a place, as a person gave it; null fault when it is right.</summary>
    public static DmarcReportUri ReadSingle(string tag, string text, List<TextFault> faults) =>
        ReadOne(new Piece(tag, text, 0, text.Length, 0), before: null, faults) ?? Invalid(text);

    /// <summary>The scheme in lower case (RFC 3986 section 3.1); null where the text has none.</summary>
    public static string? SchemeOf(string text)
    {
        int colon = text.IndexOf(':');
        if (colon == MailTo.Length && text.StartsWith(MailTo, StringComparison.OrdinalIgnoreCase)) return MailTo;
        if (colon <= 0 || !IsAlpha(text[0])) return null;

        for (int i = 1; i < colon; i++)
        {
            char c = text[i];
            if (!IsAlpha(c) && !IsDigit(c) && c != '+' && c != '-' && c != '.') return null;
        }

        return text.Substring(0, colon).ToLowerInvariant();
    }

    // Null where nothing stands between two commas.
    private static DmarcReportUri? ReadOne(Piece piece, DmarcReportUri? before, List<TextFault> faults)
    {
        if (piece.Text.Length == 0)
        {
            faults.Add(piece.Fault(DmarcChecks.ReportUriInvalid, "is empty: a comma too many, or no URI at all"));
            return null;
        }

        string uri = SplitSize(piece.Text, out string? size);
        string? scheme = SchemeOf(uri);
        if (scheme is null)
        {
            faults.Add(before is { IsMailTo: true, HostName: null }
                ? piece.Fault(DmarcChecks.ReportUriEncoding, "follows a comma that is not percent-encoded as %2C")
                : piece.Fault(DmarcChecks.ReportScheme, "has no scheme such as mailto:"));
            return Invalid(piece.Text);
        }

        string? wrong = SyntaxFault(uri, out CheckDefinition check);
        string? address = null;
        DomainName? host = null;
        if (wrong is null)
        {
            check = DmarcChecks.ReportUriInvalid;
            wrong = scheme == MailTo ? ReadMailTo(uri, out address, out host) : ReadAuthority(uri, scheme, out host);
        }

        if (wrong is not null) faults.Add(piece.Fault(check, wrong));

        return new DmarcReportUri(piece.Text, uri, scheme, address, host, size, wrong is null);
    }

    private static DmarcReportUri Invalid(string text) => new(text, text, scheme: null, address: null, host: null, reportSize: null, isValid: false);

    // obs-dmarc-report-size = "!" 1*DIGIT [ "k" / "m" / "g" / "t" ], at the very end
    private static string SplitSize(string text, out string? size)
    {
        size = null;
        int mark = text.LastIndexOf('!');
        if (mark < 0 || mark == text.Length - 1) return text;

        int i = mark + 1;
        while (i < text.Length && IsDigit(text[i]))
            i++;

        bool digits = i > mark + 1;
        bool unit = i == text.Length - 1 && "kmgtKMGT".IndexOf(text[i]) >= 0;
        if (!digits || (i < text.Length && !unit)) return text;

        size = text.Substring(mark + 1);
        return text.Substring(0, mark);
    }

    private static string? SyntaxFault(string uri, out CheckDefinition check)
    {
        check = DmarcChecks.ReportUriInvalid;
        for (int i = 0; i < uri.Length; i++)
        {
            char c = uri[i];
            if (c < s_uriCharacters.Length && s_uriCharacters[c])
            {
                if (c == '%' && !(i + 2 < uri.Length && IsHex(uri[i + 1]) && IsHex(uri[i + 2])))
                    return "contains a \"%\" without two hexadecimal digits (RFC 3986 section 2.1)";

                continue;
            }

            if (c == '!' || c == ',')
            {
                check = DmarcChecks.ReportUriEncoding;
                return "contains " + PrintableText.Quote(c.ToString()) + ", which must be percent-encoded";
            }

            return "contains " + PrintableText.Quote(c.ToString()) + ", which is not a character of a URI (RFC 3986 section 2)";
        }

        return null;
    }

    private static bool[] TableOf(string marks, bool withLetters)
    {
        var table = new bool[0x80];
        for (int c = 0; c < table.Length; c++)
            table[c] = (withLetters && (IsAlpha((char)c) || IsDigit((char)c))) || marks.IndexOf((char)c) >= 0;

        return table;
    }

    // mailtoURI = "mailto:" [ to ] [ hfields ] (RFC 6068 section 2); a report needs exactly one mailbox
    private static string? ReadMailTo(string uri, out string? address, out DomainName? host)
    {
        address = null;
        host = null;
        int start = "mailto:".Length;
        int end = IndexOf(s_endOfMailbox, uri, start, uri.Length);
        string encoded = uri.Substring(start, (end < 0 ? uri.Length : end) - start);
        int at = encoded.LastIndexOf('@');
        if (at <= 0 || at == encoded.Length - 1)
            return "has no mailbox such as mailto:reports@domain (RFC 6068 section 2)";

        // "/" and its like have to be percent-encoded; "//" would even be an authority without a mailbox.
        int raw = IndexOf(s_encodedInMailbox, encoded, 0, encoded.Length);
        if (raw >= 0)
            return "has " + PrintableText.Quote(encoded.Substring(raw, 1)) + " in the mailbox, which must be percent-encoded (RFC 6068 section 2)";

        // Most hold nothing that is encoded, and need no copy.
        bool isPlain = encoded.IndexOf('%') < 0;
        string local = isPlain ? encoded : Decode(encoded.Substring(0, at));
        int odd = local[0] == '"' ? -1 : IndexOf(s_noMailbox, local, 0, isPlain ? at : local.Length);
        if (odd >= 0)
            return "has " + PrintableText.Quote(local.Substring(odd, 1)) + " in the mailbox, which no mailbox may have (RFC 5321 section 4.1.2)";

        string domain = Decode(encoded.Substring(at + 1));
        if (domain[domain.Length - 1] == '.')
            return "has a domain that ends in a dot, which no mailbox has (RFC 5321 section 2.3.5)";

        if (encoded.IndexOf('@') != at)
            return "has more than one \"@\"; one in the local part is written %40 (RFC 6068 section 2)";

        if (!TryHost(domain, out host))
            return "has a mailbox whose domain is not valid: " + PrintableText.Quote(domain);

        address = isPlain && ReferenceEquals(host!.Text, domain) ? encoded : (isPlain ? encoded.Substring(0, at) : local) + "@" + host!.Text;
        return null;
    }

    // scheme "://" [ userinfo "@" ] host [ ":" port ] (RFC 3986 section 3.2); a scheme without authority has no host
    private static string? ReadAuthority(string uri, string scheme, out DomainName? host)
    {
        host = null;
        int start = scheme.Length + 1;
        if (string.CompareOrdinal(uri, start, "//", 0, 2) != 0)
            return start == uri.Length ? "ends after its scheme" : null;

        start += 2;
        int end = uri.IndexOfAny(new[] { '/', '?', '#' }, start);
        string authority = end < 0 ? uri.Substring(start) : uri.Substring(start, end - start);
        string rest = authority.Substring(authority.LastIndexOf('@') + 1);
        int colon = rest.LastIndexOf(':');
        string name = colon >= 0 && rest.IndexOf(']') < colon ? rest.Substring(0, colon) : rest;
        return TryHost(Decode(name), out host) || name.StartsWith("[", StringComparison.Ordinal)
            ? null
            : "has no host: " + PrintableText.Quote(name);
    }

    private static bool TryHost(string text, out DomainName? host) => DomainName.TryParse(FromUtf8(text), out host, out _);

    private static string Decode(string text)
    {
        if (text.IndexOf('%') < 0) return text;

        var builder = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '%' && i + 2 < text.Length)
            {
                builder.Append((char)((HexValue(text[i + 1]) << 4) | HexValue(text[i + 2])));
                i += 2;
            }
            else
            {
                builder.Append(text[i]);
            }
        }

        return builder.ToString();
    }

    // A host may be percent-encoded UTF-8 (RFC 3986 section 3.2.2).
    private static string FromUtf8(string octets)
    {
        foreach (char c in octets)
        {
            if (c > 0x7F) return Encoding.UTF8.GetString(CharacterStrings.GetOctets(octets));
        }

        return octets;
    }

    // The framework's own makes a table of the characters for each call.
    private static int IndexOf(bool[] table, string text, int start, int end)
    {
        for (int i = start; i < end; i++)
        {
            if (text[i] < table.Length && table[text[i]]) return i;
        }

        return -1;
    }

    private static bool IsAlpha(char c) => (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');

    private static bool IsDigit(char c) => c >= '0' && c <= '9';

    private static bool IsHex(char c) => IsDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');

    private static int HexValue(char c) => IsDigit(c) ? c - '0' : (c | 0x20) - 'a' + 10;

    /// <summary>One part between commas, white space around it left out.</summary>
    private readonly struct Piece
    {
        private readonly string _tag;
        private readonly int _offset;

        public Piece(string tag, string list, int start, int end, int offset)
        {
            while (start < end && TagList.IsWhiteSpace(list[start]))
                start++;

            while (end > start && TagList.IsWhiteSpace(list[end - 1]))
                end--;

            _tag = tag;
            _offset = offset + start;
            Text = list.Substring(start, end - start);
        }

        public string Text { get; }

        public TextFault Fault(CheckDefinition check, string problem) => new(
            check,
            _tag + ": " + (Text.Length == 0 ? "an entry" : PrintableText.Quote(Text)) + " " + problem + ".",
            _offset,
            Text.Length,
            Rule) { Part = _tag, Fragment = Text };
    }
}
