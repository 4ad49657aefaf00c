using MailDns.Dmarc;
using MailDns.Spf;

namespace MailDns.Sending;

/// <summary>
/// Faults of TXT values that have nothing to do with one protocol: what control panels, copying and splitting do to them.
/// Only values that belong to mail are judged; what else stands at a name is nobody's business here.
/// </summary>
internal static class DnsTextRules
{
    /// <summary>Datagrams up to this size pass everywhere (RFC 9715 section 3.1).</summary>
    private const int SafeDatagram = 1232;

    private const uint LongTtl = 86400;
    private const uint ShortTtl = 60;

    private static readonly string[] s_mailPrefixes =
    {
        "v=spf1", "spf2.0", "v=dkim1", "v=dmarc1", "v=bimi1", "v=stsv1", "v=tlsrptv1", "k=rsa", "k=ed25519", "p=", "o=", "t=", "h=",
    };

    private static readonly string[] s_spfStarts =
    {
        "include:", "redirect=", "ip4:", "ip6:", "exists:", "a:", "mx:", "ptr:", "exp=", "-all", "~all", "?all", "+all",
    };

    private static readonly string[] s_placeholders =
    {
        "yourdomain", "your-domain", "your_domain", "example.tld", "<your", "insert-", "changeme",
    };

    private static readonly string[] s_reserved = { "example", "test", "invalid", "localhost" };

    /// <summary>Judges the TXT answers at the names that were looked at.</summary>
    public static void Apply(DomainName domain, IReadOnlyList<DnsResponse> answers, CheckSheet sheet)
    {
        foreach (DnsResponse answer in answers.Where(answer => answer.Status == DnsResponseStatus.Success))
        {
            TxtData[] values = answer.Data<TxtData>().ToArray();
            foreach (TxtData value in values.Where(value => LooksLikeMail(value.Text)))
                ApplyToValue(domain, answer.Question.Name, value, sheet);

            ApplyToSet(answer, values, sheet);
        }
    }

    /// <summary>True for a text that is, or was meant to be, a mail record.</summary>
    public static bool LooksLikeMail(string text)
    {
        string bare = text.TrimStart(' ', '\t', '"', '\\', '\'', '\u00EF', '\u00BB', '\u00BF', '\u00E2', '\u0080', '\u009C', '\u00A0', '\u00C2');
        foreach (string prefix in s_mailPrefixes)
        {
            if (bare.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)) return true;
        }

        return false;
    }

    private static void ApplyToValue(DomainName domain, DomainName name, TxtData value, CheckSheet sheet)
    {
        string text = value.Text;
        int odd = IndexOfNonAscii(text);
        if (odd >= 0)
        {
            sheet.Report(
                DnsChecks.TxtNonAscii.With(name, PrintableText.Quote(text[odd].ToString()), odd, PrintableText.Quote(text)),
                actual: PrintableText.Escape(text));
        }

        if (HasStrayQuotes(text))
        {
            sheet.Report(
                DnsChecks.TxtQuotes.With(name, PrintableText.Quote(text)),
                expected: PrintableText.Escape(Meant(text)),
                actual: PrintableText.Escape(text));
        }

        string? fused = FusedTerm(value);
        if (fused is not null) sheet.Report(DnsChecks.TxtJoinSpace.With(name, PrintableText.Quote(fused)));

        ApplySampleRules(domain, name, text, sheet);
    }

    private static void ApplySampleRules(DomainName domain, DomainName name, string text, CheckSheet sheet)
    {
        string? placeholder = Placeholder(text);
        if (placeholder is not null) sheet.Report(DnsChecks.Placeholder.With(name, PrintableText.Quote(placeholder)));

        string? reserved = IsReserved(domain.Text) ? null : ReservedNameIn(text);
        if (reserved is not null) sheet.Report(DnsChecks.ReservedName.With(PrintableText.Escape(reserved), name));
    }

    private static void ApplyToSet(DnsResponse answer, TxtData[] values, CheckSheet sheet)
    {
        DomainName name = answer.Question.Name;
        int size = MessageSize(answer);
        if (size > SafeDatagram)
        {
            sheet.Report(
                DnsChecks.ResponseSize.With(name, size, values.Length));
        }

        // A record that begins in the middle of SPF beside one that begins it.
        if (values.Any(value => value.Text.StartsWith("v=spf1", StringComparison.OrdinalIgnoreCase)))
        {
            TxtData? rest = Array.Find(values, value => StartsLikeSpfTerm(value.Text));
            if (rest is not null)
            {
                sheet.Report(
                    DnsChecks.TxtSplitAsRecords.With(name, PrintableText.Quote(rest.Text)));
            }
        }

        DnsRecord? mail = answer.Records.FirstOrDefault(record => record.Data is TxtData value && LooksLikeMail(value.Text));
        if (mail is { Ttl: > LongTtl })
            sheet.Report(DnsChecks.TtlHigh.With(name, mail.Ttl));
        else if (mail is { Ttl: < ShortTtl })
            sheet.Report(DnsChecks.TtlLow.With(name, mail.Ttl));
    }

    // Only printable ASCII; a tab is white space in a DKIM tag-list and is left to its parser.
    private static int IndexOfNonAscii(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if ((text[i] < 0x20 || text[i] > 0x7E) && text[i] != '\t') return i;
        }

        return -1;
    }

    private static bool HasStrayQuotes(string text) =>
        text.IndexOf('"') >= 0 || text.IndexOf("\\;", StringComparison.Ordinal) >= 0 || text.EndsWith("\\", StringComparison.Ordinal)
        || text.StartsWith("'", StringComparison.Ordinal);

    // What the quotes of a record held is its protocol's to say: "v=spf1" "mx" is not "v=spf1mx".
    private static string? Meant(string text)
    {
        string clean = PastedText.Clean(text);
        if (SpfVersionText.Length(clean) > 0)
            return SpfCorrector.TryCorrect(SpfParser.Read(text), strings: null, out _);

        return DmarcRepair.HasVersion(text) ? DmarcRepair.Correct(DmarcParser.Read(text), keepsPublicSuffix: false) : clean;
    }

    // Strings are joined without a space (RFC 7208 section 3.3): a term that begins a string fuses with the one before it.
    private static string? FusedTerm(TxtData value)
    {
        if (!value.Text.StartsWith("v=spf1", StringComparison.OrdinalIgnoreCase)) return null;

        for (int i = 1; i < value.Strings.Count; i++)
        {
            string left = value.Strings[i - 1];
            string right = value.Strings[i];
            if (left.Length > 0 && left[left.Length - 1] != ' ' && StartsLikeSpfTerm(right))
            {
                string leftTerm = left.Substring(left.LastIndexOf(' ') + 1);
                int space = right.IndexOf(' ');
                return leftTerm + (space < 0 ? right : right.Substring(0, space));
            }
        }

        return null;
    }

    private static bool StartsLikeSpfTerm(string text) =>
        Array.Exists(s_spfStarts, start => text.StartsWith(start, StringComparison.OrdinalIgnoreCase))
        || (text.Length > 1 && "+-~?".IndexOf(text[0]) >= 0
            && Array.Exists(s_spfStarts, start => text.Substring(1).StartsWith(start, StringComparison.OrdinalIgnoreCase)));

    private static string? Placeholder(string text)
    {
        // %{i} and its like are SPF macros (RFC 7208 section 7), not placeholders.
        int open = -1;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '{' && (i == 0 || text[i - 1] != '%'))
                open = i;
            else if (text[i] == '}' && open >= 0)
                return text.Substring(open, i - open + 1);
            else if (text[i] == '}')
                open = -1;
        }

        return Array.Find(s_placeholders, word => text.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0);
    }

    // RFC 6761 section 6.5 and RFC 2606: example, example.com/.net/.org, test, invalid, localhost.
    private static string? ReservedNameIn(string text)
    {
        // Splitting a text costs more than a look whether there is anything to find.
        if (!Array.Exists(s_reserved, label => text.IndexOf(label, StringComparison.OrdinalIgnoreCase) >= 0)) return null;

        foreach (string word in text.Split(' ', ';', ',', ':', '=', '@', '/', '!'))
        {
            if (word.IndexOf('.') > 0 && IsReserved(word.TrimEnd('.'))) return word;
        }

        return null;
    }

    private static bool IsReserved(string name)
    {
        string[] labels = name.Split('.');
        string last = labels[labels.Length - 1];
        if (Array.Exists(s_reserved, label => Is(last, label))) return true;

        return labels.Length > 1 && Is(labels[labels.Length - 2], "example") && (Is(last, "com") || Is(last, "net") || Is(last, "org"));
    }

    private static bool Is(string label, string reserved) => string.Equals(label, reserved, StringComparison.OrdinalIgnoreCase);

    // Header, question, and per record a compressed owner, fixed fields and the strings with their length octets (RFC 1035 section 4).
    private static int MessageSize(DnsResponse answer)
    {
        int size = 12 + answer.Question.Name.Text.Length + 2 + 4 + 11;
        foreach (DnsRecord record in answer.Records)
        {
            size += 12 + record.Data switch
            {
                TxtData txt => txt.Strings.Sum(text => text.Length + 1),
                NameData name => name.Target.Text.Length + 2,
                _ => 16,
            };
        }

        return size;
    }
}
