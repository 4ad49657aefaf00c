using System.Text;

namespace MailDns.Dkim;

/// <summary>
/// Reads a public key as people have it: bare base64, PEM, the text of a key record, or a line of a zone file with quoted
/// strings. No error repeats the key, which may be a private one.
/// </summary>
internal static class DkimKeyText
{
    /// <summary>Longest text taken; a 16384-bit key in PEM has 3 KB.</summary>
    public const int MaxLength = 64 * 1024;

    private const string PublicLabel = "PUBLIC KEY";
    private const string RsaPublicLabel = "RSA PUBLIC KEY";

    /// <summary>The key as a record; tags of a pasted record are kept.</summary>
    /// <exception cref="ArgumentException">The text holds no public key that DKIM has.</exception>
    /// <exception cref="RecordParseException">A pasted record breaks the grammar; its key is masked.</exception>
    public static DkimKeyRecord Read(string text)
    {
        if (text.Length > MaxLength) throw new ArgumentException("The key text is longer than 64 KB.", nameof(text));

        RefusePrivate(text);
        string trimmed = text.Trim();
        if (trimmed.Length == 0)
            throw new ArgumentException("The key text is empty. Give the public key, or revoke the selector.", nameof(text));

        if (trimmed.IndexOf("-----BEGIN", StringComparison.Ordinal) >= 0 && !IsRecord(trimmed))
            return FromKey(ReadPem(trimmed));

        string bare = trimmed.IndexOf('"') >= 0 ? JoinQuoted(trimmed) : trimmed;
        return IsRecord(bare) ? ReadRecord(bare) : FromKey(ReadBase64(bare));
    }

    /// <summary>The text with every run of key data replaced by asterisks, so that places stay what they are.</summary>
    public static string Mask(string text)
    {
        var masked = new StringBuilder(text);
        int start = 0;
        for (int i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && (Base64Text.IsBase64(text[i]) || text[i] == '=')) continue;
            if (i - start > 24) MaskRun(masked, text, start, i);

            start = i + 1;
        }

        return masked.ToString();
    }

    // A run that begins with "p=" keeps those two, so that a person sees which tag it is.
    private static void MaskRun(StringBuilder masked, string text, int start, int end)
    {
        int equals = text.IndexOf('=', start, Math.Min(3, end - start));
        for (int i = equals < 0 ? start : equals + 1; i < end; i++)
            masked[i] = '*';
    }

    private static void RefusePrivate(string text)
    {
        if (text.IndexOf("PRIVATE KEY", StringComparison.OrdinalIgnoreCase) >= 0) throw Private();
    }

    private static ArgumentException Private() =>
        new("This is a PRIVATE key. It belongs to the signing server alone and must never be published or mailed. "
            + "If others have seen it, make a new pair. Give the public key instead.");

    private static bool IsRecord(string text)
    {
        foreach (TagSpec tag in TagList.Split(text))
        {
            // Bare base64 has its "=" at the end only, so it never looks like a short name with a value.
            if (tag.HasEquals && tag.Name.Length == 1 && (tag.Value.Length > 0 || text.IndexOf(';') >= 0 || tag.Name is "p" or "v"))
                return true;
        }

        return false;
    }

    private static DkimKeyRecord ReadRecord(string text)
    {
        DkimKeyReading reading = DkimKeyParser.Read(text);
        if (DkimTextRules.HoldsPrivateKey(reading)) throw Private();

        foreach (TextFault fault in reading.Faults)
        {
            if (fault.Check.Severity == CheckSeverity.Error)
                throw new RecordParseException(Mask(fault.Message) + ".", Mask(text), fault.Offset, fault.Length, fault.Rule);
        }

        if (reading.Record.IsRevoked)
            throw new ArgumentException("The record that was given is revoked (its p= is empty). To publish a revocation, say so.");

        return reading.Record;
    }

    private static DkimKeyRecord FromKey(byte[] octets)
    {
        DkimPublicKey key = DkimPublicKey.Read(octets);
        if (key.IsPrivate) throw Private();

        return key.Problem.Length > 0
            ? throw new ArgumentException("The text is not a public key of DKIM: " + key.Problem + ".")
            : new DkimKeyRecord { Key = key, KeyData = Convert.ToBase64String(octets) };
    }

    private static byte[] ReadBase64(string text)
    {
        if (text.StartsWith("ssh-", StringComparison.Ordinal) || text.StartsWith("ecdsa-", StringComparison.Ordinal))
            throw new ArgumentException("The text is a key in OpenSSH's form. Convert it first: ssh-keygen -e -m PKCS8 -f key.pub");

        return Base64Text.TryDecode(text, out byte[] octets, out string problem, out int offset)
            ? octets
            : throw new ArgumentException("The text is neither base64 nor PEM nor a key record: " + problem + " (position " + offset + ").");
    }

    // RFC 7468: one block, of a public key.
    private static byte[] ReadPem(string text)
    {
        const string begin = "-----BEGIN ";
        int start = text.IndexOf(begin, StringComparison.Ordinal);
        int labelEnd = start < 0 ? -1 : text.IndexOf("-----", start + begin.Length, StringComparison.Ordinal);
        if (labelEnd < 0) throw new ArgumentException("The PEM text has no complete BEGIN line (RFC 7468 section 3).");

        string label = text.Substring(start + begin.Length, labelEnd - start - begin.Length);
        if (label is not (PublicLabel or RsaPublicLabel))
            throw new ArgumentException("The PEM text is a " + PrintableText.Quote(label) + "; a \"PUBLIC KEY\" is needed.");

        string ending = "-----END " + label + "-----";
        int end = text.IndexOf(ending, labelEnd, StringComparison.Ordinal);
        if (end < 0) throw new ArgumentException("The PEM text is cut off: its END line is missing.");

        if (text.IndexOf(begin, end, StringComparison.Ordinal) >= 0)
            throw new ArgumentException("The PEM text contains more than one block; give one public key.");

        string body = text.Substring(labelEnd + 5, end - labelEnd - 5);
        return Base64Text.TryDecode(body, out byte[] octets, out string problem, out _)
            ? octets
            : throw new ArgumentException("The PEM text is not base64 between its lines: " + problem + ".");
    }

    // name IN TXT ( "v=DKIM1; k=rsa; " "p=..." ) ; comment
    private static string JoinQuoted(string text)
    {
        var parts = new List<string>();
        int position = 0;
        while (true)
        {
            int open = text.IndexOf('"', position);
            int close = open < 0 ? -1 : text.IndexOf('"', open + 1);
            if (close < 0) return parts.Count == 0 ? text : string.Concat(parts);

            parts.Add(text.Substring(open + 1, close - open - 1).Replace("\\;", ";"));
            position = close + 1;
        }
    }
}

/// <summary>The base64string of RFC 6376 section 2.10: white space may stand anywhere in it.</summary>
internal static class Base64Text
{
    /// <summary>
    /// Decodes; where that is not possible, <paramref name="problem"/> says why and <paramref name="offset"/> where in the
    /// text. The message never repeats the text, which may be a private key.
    /// </summary>
    [System.Runtime.CompilerServices.MethodImpl(CompiledOnce.Loop)]
    public static bool TryDecode(string text, out byte[] octets, out string problem, out int offset)
    {
        octets = Array.Empty<byte>();
        // Mostly there is no white space, and the text is decoded where it stands.
        char[]? bare = null;
        int length = 0;
        int padding = 0;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (TagList.IsWhiteSpace(c))
            {
                bare ??= text.ToCharArray();
                continue;
            }

            offset = i;
            if (c == '=')
            {
                padding++;
            }
            else if (!IsBase64(c))
            {
                problem = "the character " + PrintableText.Quote(c.ToString()) + " is not a base64 character";
                return false;
            }
            else if (padding > 0)
            {
                problem = "text follows the padding \"=\"";
                return false;
            }

            if (bare is not null) bare[length] = c;

            length++;
        }

        offset = text.Length;
        return TryDecodeBare(text, bare, length, padding, out octets, out problem);
    }

    /// <summary>The text without white space, padded to a whole number of groups.</summary>
    public static string Normalize(string text)
    {
        var bare = new StringBuilder(text.Length);
        foreach (char c in text)
        {
            if (IsBase64(c)) bare.Append(c);
        }

        return bare.Append('=', (4 - (bare.Length % 4)) % 4).ToString();
    }

    public static bool IsBase64(char c) =>
        (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' || c == '/';

    private static bool TryDecodeBare(string text, char[]? bare, int length, int padding, out byte[] octets, out string problem)
    {
        octets = Array.Empty<byte>();
        problem = string.Empty;
        if (padding > 2 || (length - padding) % 4 == 1)
            problem = "its length is that of no base64 text: something is missing or too much";
        else if (length % 4 != 0)
            problem = "the padding \"=\" at the end is missing or too long, or the text is cut off";
        else
            octets = bare is null ? Convert.FromBase64String(text) : Convert.FromBase64CharArray(bare, 0, length);

        return problem.Length == 0;
    }
}

/// <summary>The qp-section (RFC 2045 section 6.7) that the note n= of a key record is written in (RFC 6376 section 3.6.1).</summary>
internal static class QuotedPrintable
{
    /// <summary>The note as text: UTF-8. False, with the offset of the fault, where the text is no qp-section.</summary>
    public static bool TryDecode(string text, out string decoded, out int offset)
    {
        var octets = new byte[text.Length];
        int count = 0;
        bool valid = true;
        offset = 0;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '=' && i + 2 < text.Length && IsHex(text[i + 1]) && IsHex(text[i + 2]))
            {
                octets[count++] = byte.Parse(text.Substring(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
                i += 2;
                continue;
            }

            if (text[i] == '=' && valid)
            {
                valid = false;
                offset = i;
            }

            octets[count++] = text[i] <= 0xFF ? (byte)text[i] : (byte)'?';
        }

        decoded = Encoding.UTF8.GetString(octets, 0, count);
        return valid;
    }

    /// <summary>Encodes a note. The semicolon, which would end the tag, is encoded too, and white space at either end.</summary>
    public static string Encode(string note)
    {
        byte[] octets = Encoding.UTF8.GetBytes(note);
        var encoded = new StringBuilder(octets.Length);
        for (int i = 0; i < octets.Length; i++)
        {
            bool edge = i == 0 || i == octets.Length - 1;
            char c = (char)octets[i];
            bool plain = (c > ' ' && c < 0x7F && c != '=' && c != ';') || (c == ' ' && !edge);
            if (plain)
                encoded.Append(c);
            else
                encoded.Append('=').Append(octets[i].ToString("X2", CultureInfo.InvariantCulture));
        }

        return encoded.ToString();
    }

    // Capitals only (RFC 2045 section 6.7 rule 1).
    private static bool IsHex(char c) => (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F');
}
