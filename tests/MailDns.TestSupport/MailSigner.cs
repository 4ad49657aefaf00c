using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace MailDns.TestSupport;

/// <summary>
/// Signs messages with DKIM and seals them with ARC, for tests: RFC 6376 section 5 done on strings of octets with regular
/// expressions, so that it shares nothing with what it tests.
/// </summary>
public sealed class MailSigner : IDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);

    private readonly RSA? _rsa;
    private readonly EdwardsKey? _edwards;

    private MailSigner(RSA? rsa, EdwardsKey? edwards, string domain, string selector)
    {
        _rsa = rsa;
        _edwards = edwards;
        Domain = domain;
        Selector = selector;
    }

    public string Domain { get; }

    public string Selector { get; }

    /// <summary>Where the key goes.</summary>
    public string KeyName => Selector + "._domainkey." + Domain;

    /// <summary>The text of the key record.</summary>
    public string KeyRecord => "v=DKIM1; k=" + (_rsa is null ? "ed25519" : "rsa") + "; p=" + PublicKey;

    /// <summary>p= of it.</summary>
    public string PublicKey => Convert.ToBase64String(_rsa is null ? _edwards!.PublicKey : _rsa.ExportSubjectPublicKeyInfo());

    /// <summary>p= as the bare RSAPublicKey of PKCS#1.</summary>
    public string Pkcs1PublicKey => Convert.ToBase64String(_rsa!.ExportRSAPublicKey());

    public static MailSigner Rsa(string domain, string selector, int bits = 1024) => new(RSA.Create(bits), null, domain, selector);

    /// <summary>Ed25519, by a key that signs octets and knows its public half.</summary>
    public static MailSigner Edwards(EdwardsKey key, string domain, string selector) => new(null, key, domain, selector);

    /// <summary>The RSA key of a PEM file in PKCS#8, as New-DkimKey writes it.</summary>
    public static MailSigner FromPem(string pem, string domain, string selector)
    {
        RSA rsa = RSA.Create();
        rsa.ImportFromPem(pem);
        return new MailSigner(rsa, null, domain, selector);
    }

    /// <summary>The same key under other names.</summary>
    public MailSigner As(string domain, string selector) => new(_rsa, _edwards, domain, selector);

    /// <summary>The message with a signature on top.</summary>
    public string Sign(string message, SigningOptions? options = null) => Field(message, options ?? new SigningOptions()) + message;

    /// <summary>The signature's field with its CRLF.</summary>
    public string Field(string message, SigningOptions options)
    {
        (IReadOnlyList<string> fields, string body) = Parse(message);
        string[] canonicalization = options.Canonicalization.Split('/');
        bool relaxedHeader = canonicalization[0] is "relaxed";
        bool relaxedBody = canonicalization.Length > 1 && canonicalization[1] is "relaxed";
        byte[] octets = Encoding.Latin1.GetBytes(Body(body, relaxedBody));
        if (options.Length is { } length)
            octets = octets[..(int)Math.Min(length, octets.Length)];
        string hash = Convert.ToBase64String(SHA256.HashData(octets));
        string algorithm = options.Algorithm ?? (_rsa is null ? "ed25519-sha256" : "rsa-sha256");
        string start = options.FieldName + ": " + options.Start + "a=" + algorithm + "; c=" + options.Canonicalization + "; d=" + Domain + "; s=" + Selector + ";"
            + (options.Length is { } l ? " l=" + l.ToString(CultureInfo.InvariantCulture) + ";" : string.Empty)
            + options.Extra + "\r\n\th=" + string.Join(":", options.Fields) + ";\r\n\tbh=" + hash + ";\r\n\tb=";
        string signed = Pick(fields, options.Fields, relaxedHeader) + Header(start, relaxedHeader);
        return start + Fold(Convert.ToBase64String(Sign(Encoding.Latin1.GetBytes(signed)))) + "\r\n";
    }

    /// <summary>The message with one more ARC set on top (RFC 8617 section 5.1).</summary>
    public string Seal(string message, int instance, string validation, string results, string[]? fields = null)
    {
        string authentication = "ARC-Authentication-Results: i=" + instance + "; " + results + "\r\n";
        var options = new SigningOptions
        {
            FieldName = "ARC-Message-Signature",
            Start = "i=" + instance + "; ",
            Canonicalization = "relaxed/relaxed",
            Fields = fields ?? ["from", "to", "subject", "dkim-signature"],
        };
        string signature = Field(message, options);
        string start = "ARC-Seal: i=" + instance + "; a=" + (_rsa is null ? "ed25519-sha256" : "rsa-sha256") + "; cv=" + validation + "; d=" + Domain + "; s=" + Selector + ";\r\n\tb=";
        var data = new StringBuilder();
        IReadOnlyList<string> before = Parse(authentication + signature + message).Fields;
        for (int i = 1; i <= instance; i++)
        {
            foreach (string name in new[] { "arc-authentication-results", "arc-message-signature", "arc-seal" })
            {
                string? field = before.FirstOrDefault(field => Name(field) == name && Regex.IsMatch(field, "[:;]\\s*i=" + i + ";", RegexOptions.None, s_limit));
                if (field is not null)
                    data.Append(Header(field, relaxed: true)).Append("\r\n");
            }
        }

        data.Append(Header(start, relaxed: true));
        string seal = start + Fold(Convert.ToBase64String(Sign(Encoding.Latin1.GetBytes(data.ToString())))) + "\r\n";
        return seal + signature + authentication + message;
    }

    public void Dispose() => _rsa?.Dispose();

    private static string Fold(string base64) => string.Join("\r\n\t ", base64.Chunk(70).Select(part => new string(part)));

    private static (IReadOnlyList<string> Fields, string Body) Parse(string message)
    {
        int end = message.StartsWith("\r\n", StringComparison.Ordinal) ? 0 : message.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        string header = end < 0 ? message : message[..end];
        string body = end < 0 ? string.Empty : message[(end + (end == 0 ? 2 : 4))..];
        return (Regex.Split(header.TrimEnd('\r', '\n'), "\r\n(?![ \t])", RegexOptions.None, s_limit), body);
    }

    private static string Replace(string text, string pattern, string with) => Regex.Replace(text, pattern, with, RegexOptions.None, s_limit);

    private static string Name(string field) => field.Split(':')[0].Trim(' ', '\t').ToLowerInvariant();

    private static string Pick(IReadOnlyList<string> fields, IEnumerable<string> names, bool relaxed)
    {
        var left = fields.Reverse().ToList();
        var picked = new StringBuilder();
        foreach (string name in names)
        {
            int index = left.FindIndex(field => string.Equals(Name(field), name.Trim(), StringComparison.OrdinalIgnoreCase));
            if (index < 0)
                continue;
            picked.Append(Header(left[index], relaxed)).Append("\r\n");
            left.RemoveAt(index);
        }

        return picked.ToString();
    }

    private static string Header(string field, bool relaxed)
    {
        if (!relaxed)
            return field;
        int colon = field.IndexOf(':', StringComparison.Ordinal);
        string value = Replace(field[(colon + 1)..].Replace("\r\n", string.Empty, StringComparison.Ordinal), "[ \t]+", " ").Trim(' ');
        return Name(field) + ":" + value;
    }

    private static string Body(string body, bool relaxed)
    {
        if (relaxed)
            body = Replace(Replace(body, "[ \t]+(?=\r\n|$(?!\n))", string.Empty), "[ \t]+", " ");
        body = Replace(body, "(\r\n)*\\z", string.Empty);
        return body.Length > 0 || !relaxed ? body + "\r\n" : string.Empty;
    }

    private byte[] Sign(byte[] data)
    {
        if (_rsa is not null)
            return _rsa.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return _edwards!.Sign(SHA256.HashData(data));
    }
}

/// <summary>An Ed25519 key: how it signs, and its raw public half.</summary>
public sealed record EdwardsKey(Func<byte[], byte[]> Sign, byte[] PublicKey);
