using System.Text;
using MailDns.Dkim;

namespace MailDns.Messages;

/// <summary>Which of the three fields a tag-list stands in.</summary>
internal enum SignatureKind
{
    /// <summary>DKIM-Signature (RFC 6376 section 3.5).</summary>
    Dkim,

    /// <summary>ARC-Message-Signature (RFC 8617 section 4.1.2): i= is the instance, and v= is unknown to it.</summary>
    ArcMessage,

    /// <summary>ARC-Seal (RFC 8617 section 4.1.3): no h=, no bh=, no c=.</summary>
    ArcSeal,
}

/// <summary>A signature field as far as it can be read. <see cref="Fault"/> says what is wrong with it; then it is not verified.</summary>
internal sealed class SignatureTags
{
    // 1*12DIGIT; more may be taken as infinite (RFC 6376 section 3.5, t= and x=).
    private const int MaxTimeDigits = 12;
    private readonly Dictionary<string, TagSpec> _tags = new(StringComparer.Ordinal);

    private SignatureTags(MessageHeader header, int index, SignatureKind kind)
    {
        Index = index;
        Kind = kind;
        Text = header.RawValue(index);
    }

    /// <summary>The place of its field in the header.</summary>
    public int Index { get; }

    public SignatureKind Kind { get; }

    /// <summary>What makes it no signature that can be verified, as a sentence without its full stop; null where nothing does.</summary>
    public string? Fault { get; private set; }

    /// <summary>True where the fault is an algorithm that must not be used any more.</summary>
    public bool IsForbiddenAlgorithm { get; private set; }

    /// <summary>d= as written; empty where it is missing.</summary>
    public string DomainText => Value("d") is { } text ? Utf8(text) : string.Empty;

    public DomainName? Domain { get; private set; }

    /// <summary>s= as written; empty where it is missing.</summary>
    public string Selector => Value("s") is { } text ? Utf8(text) : string.Empty;

    /// <summary>SELECTOR._domainkey.DOMAIN.</summary>
    public DomainName? KeyName { get; private set; }

    /// <summary>a= as written; empty where it is missing.</summary>
    public string Algorithm => Value("a") ?? string.Empty;

    public bool IsEd25519 => Algorithm == "ed25519-sha256";
    public bool RelaxedHeader { get; private set; }
    public bool RelaxedBody { get; private set; }

    /// <summary>c= as it is understood.</summary>
    public string Canonicalization => (RelaxedHeader ? "relaxed" : "simple") + "/" + (RelaxedBody ? "relaxed" : "simple");

    public byte[] BodyHash { get; private set; } = Array.Empty<byte>();
    public byte[] Signature { get; private set; } = Array.Empty<byte>();

    /// <summary>h= in its order, as written.</summary>
    public IReadOnlyList<string> Fields { get; private set; } = Array.Empty<string>();

    /// <summary>l=; null where the whole body is signed.</summary>
    public long? Length { get; private set; }

    /// <summary>i= as written; null where it is absent.</summary>
    public string? Identity => Kind == SignatureKind.Dkim && Value("i") is { } text ? Utf8(text) : null;

    /// <summary>True where i= names a domain below d=.</summary>
    public bool IsIdentityBelow { get; private set; }

    /// <summary>t= in seconds since 1970; null where it is absent.</summary>
    public long? Timestamp { get; private set; }

    /// <summary>x= in seconds since 1970; null where it is absent.</summary>
    public long? Expiration { get; private set; }

    /// <summary>The place of b='s value in the field's value, with the white space around it.</summary>
    public (int Start, int End) SignaturePlace { get; private set; }

    private string Text { get; }

    public static SignatureTags Read(MessageHeader header, int index, SignatureKind kind)
    {
        var signature = new SignatureTags(header, index, kind);
        signature.Fault = signature.ReadTags() ?? signature.ReadValues();
        return signature;
    }

    /// <summary>The value of a tag; null where it is absent.</summary>
    public string? Value(string name) => _tags.TryGetValue(name, out TagSpec? tag) ? tag.Value : null;

    private static string Show(string name, string value) => name + "=" + PrintableText.Quote(value);

    private string? ReadTags()
    {
        foreach (TagSpec tag in TagList.Split(Text))
        {
            if (tag.Length == 0) return "there is nothing between two semicolons (RFC 6376 section 3.2)";

            if (!tag.HasEquals || !IsName(tag.Name))
                return PrintableText.Quote(Shorten(Text.Substring(tag.Offset, tag.Length))) + " is not a tag=value (RFC 6376 section 3.2)";

            if (_tags.ContainsKey(tag.Name))
                return "the tag " + PrintableText.Escape(tag.Name) + "= is given more than once, which makes the whole signature invalid (RFC 6376 section 3.2)";

            _tags.Add(tag.Name, tag);
        }

        return null;
    }

    private string? ReadValues() =>
        ReadVersion() ?? ReadRequired() ?? ReadAlgorithm() ?? ReadDomain() ?? ReadIdentity() ?? ReadSignature() ?? ReadBody() ?? ReadFields() ?? ReadTimes() ?? ReadQuery();

    private string? ReadVersion()
    {
        if (Kind != SignatureKind.Dkim) return null;

        return Value("v") switch
        {
            "1" => null,
            null => "v= is missing; it has to be 1 (RFC 6376 section 3.5)",
            { } version => Show("v", version) + " is not a known version; it has to be 1 (RFC 6376 section 3.5)",
        };
    }

    private string? ReadRequired()
    {
        string[] required = Kind == SignatureKind.ArcSeal ? new[] { "a", "b", "d", "s", "cv" } : new[] { "a", "b", "bh", "d", "h", "s" };
        string? missing = Array.Find(required, name => string.IsNullOrEmpty(Value(name)));
        return missing is null ? null : "the required tag " + missing + "= is " + (Value(missing) is null ? "missing" : "empty") + " (RFC 6376 section 3.5)";
    }

    private string? ReadAlgorithm()
    {
        switch (Algorithm)
        {
            case "rsa-sha256":
            case "ed25519-sha256":
                return null;
            case "rsa-sha1":
                IsForbiddenAlgorithm = true;
                return "it is signed with rsa-sha1, which must not be used or accepted any more (RFC 8301 section 3.1)";
            default:
                return Show("a", Algorithm) + " is not an algorithm of DKIM (rsa-sha256, ed25519-sha256)";
        }
    }

    private string? ReadDomain()
    {
        if (!DomainName.TryParse(DomainText, out DomainName? domain, out string reason))
            return Show("d", DomainText) + " is not a valid domain name: " + reason.TrimEnd('.');

        Domain = domain;
        if (!DkimSelector.TryGetName(Selector, domain!, out DomainName? name, out reason))
            return Show("s", Selector) + " is not a valid selector: " + reason.TrimEnd('.');

        KeyName = name;
        return null;
    }

    // Section 3.5, i=: an address whose domain is d= or below it; the local-part may be missing.
    private string? ReadIdentity()
    {
        if (Identity is not { } identity) return null;

        string text = new(identity.Where(c => !TagList.IsWhiteSpace(c)).ToArray());
        int at = text.LastIndexOf('@');
        if (at < 0 || !DomainName.TryParse(text.Substring(at + 1), out DomainName? domain, out _))
            return Show("i", identity) + " is not an address";

        if (!domain!.IsSameOrBelow(Domain!))
            return Show("i", identity) + " is not in the domain d=" + Domain + " or below it (RFC 6376 section 3.5)";

        IsIdentityBelow = !domain.Equals(Domain);
        return null;
    }

    private string? ReadSignature()
    {
        TagSpec tag = _tags["b"];
        if (!Base64Text.TryDecode(tag.Value, out byte[] octets, out string problem, out _) || octets.Length == 0)
            return "b= is not base64: " + problem;

        Signature = octets;

        // From behind the "=" to the semicolon: the value and all white space around it.
        int start = Text.IndexOf('=', tag.Offset) + 1;
        int end = Text.IndexOf(';', start);
        SignaturePlace = (start, end < 0 ? Text.Length : end);
        return null;
    }

    private string? ReadBody()
    {
        if (Kind == SignatureKind.ArcSeal)
        {
            RelaxedHeader = true;
            return null;
        }

        if (!Base64Text.TryDecode(_tags["bh"].Value, out byte[] octets, out string problem, out _))
            return "bh= is not base64: " + problem;

        if (octets.Length != 32) return "bh= has " + octets.Length + " octets; a SHA-256 hash has 32";

        BodyHash = octets;
        return ReadCanonicalization() ?? ReadLength();
    }

    private string? ReadCanonicalization()
    {
        // One word is the header's; the body's is then simple (section 3.5, c=).
        string[] words = (Value("c") ?? "simple/simple").Split('/');
        if (words.Length > 2 || !Array.TrueForAll(words, word => word is "simple" or "relaxed"))
            return Show("c", Value("c")!) + " is not a canonicalization of DKIM (simple, relaxed)";

        RelaxedHeader = words[0] == "relaxed";
        RelaxedBody = words.Length == 2 && words[1] == "relaxed";
        return null;
    }

    private string? ReadLength()
    {
        if (Value("l") is not { } text) return null;
        if (text.Length is 0 or > 76 || !IsDigits(text)) return Show("l", text) + " is not a number of octets";

        string digits = text.TrimStart('0');
        Length = digits.Length > 18 ? long.MaxValue - 1 : digits.Length == 0 ? 0 : long.Parse(digits, System.Globalization.CultureInfo.InvariantCulture);
        return null;
    }

    private string? ReadFields()
    {
        if (Kind == SignatureKind.ArcSeal)
            return Value("h") is null ? null : "an ARC-Seal must not have h= (RFC 8617 section 4.1.3)";

        string[] names = Value("h")!.Split(':').Select(name => name.Trim(' ', '\t', '\r', '\n')).ToArray();
        if (Array.Find(names, name => name.Length == 0 || !name.All(c => c is > ' ' and < '\x7F' and not ';')) is { } odd)
            return "h= has " + (odd.Length == 0 ? "an empty name" : PrintableText.Quote(Shorten(odd)) + ", which is not a field name");

        Fields = names;
        bool signsFrom = Array.Exists(names, name => string.Equals(name, "from", StringComparison.OrdinalIgnoreCase));
        return signsFrom || Kind == SignatureKind.ArcMessage ? null : "From is not among the signed fields (h=), and it has to be (RFC 6376 section 5.4)";
    }

    private string? ReadTimes()
    {
        if (!TryReadTime("t", out long? timestamp, out string? fault) || !TryReadTime("x", out long? expiration, out fault))
            return fault;

        Timestamp = timestamp;
        Expiration = expiration;
        return Kind == SignatureKind.Dkim && expiration <= timestamp
            ? "it expires (x=) no later than it was made (t=) (RFC 6376 section 3.5)"
            : null;
    }

    private bool TryReadTime(string name, out long? time, out string? fault)
    {
        time = null;
        fault = null;
        if (Value(name) is not { } text) return true;

        if (text.Length == 0 || !IsDigits(text))
        {
            fault = Show(name, text) + " is not a time in seconds";
            return false;
        }

        string digits = text.TrimStart('0');
        time = digits.Length > MaxTimeDigits ? long.MaxValue : digits.Length == 0 ? 0 : long.Parse(digits, System.Globalization.CultureInfo.InvariantCulture);
        return true;
    }

    // Unknown methods are ignored; where no known one is left the key cannot be had (section 3.5, q=).
    private string? ReadQuery()
    {
        if (Kind != SignatureKind.Dkim || Value("q") is not { } text) return null;

        bool known = text.Split(':').Select(method => method.Trim(' ', '\t', '\r', '\n')).Any(method => method == "dns/txt" || method.StartsWith("dns/txt/", StringComparison.Ordinal));
        return known ? null : Show("q", text) + " leaves no way to get the key (dns/txt)";
    }

    private static bool IsName(string name) =>
        name.Length > 0 && IsLetter(name[0]) && name.All(c => IsLetter(c) || c is (>= '0' and <= '9') or '_');

    private static bool IsLetter(char c) => c is (>= 'A' and <= 'Z') or (>= 'a' and <= 'z');

    private static bool IsDigits(string text) => text.All(c => c is >= '0' and <= '9');

    // U-labels stand as UTF-8 in internationalized messages (RFC 8616 section 5).
    private static string Utf8(string text)
    {
        if (text.All(c => c < 0x80)) return text;

        return Encoding.UTF8.GetString(Encoding.GetEncoding(28591).GetBytes(text));
    }

    private static string Shorten(string text) => text.Length <= 40 ? text : text.Substring(0, 37) + "...";
}
