using System.Security.Cryptography;

namespace MailDns.Publishing;

/// <summary>Signs requests and checks the signatures of answers (RFC 8945 sections 4.3 and 5).</summary>
internal sealed class TsigSigner(TsigKey key)
{
    private const ushort TypeTsig = 250;
    private const ushort ClassAny = 255;
    private const ushort Fudge = 300;
    private byte[] _requestMac = Array.Empty<byte>();

    /// <summary>The message with its TSIG record.</summary>
    public byte[] Sign(byte[] message, DateTimeOffset now)
    {
        ulong time = (ulong)now.ToUnixTimeSeconds();
        _requestMac = key.Sign(Digest(prior: null, message, time, Fudge, error: 0, Array.Empty<byte>()));
        var writer = new WireWriter(message.Length + 512);
        writer.Octets(message);
        WriteRecord(writer, time, (ushort)((message[0] << 8) | message[1]));
        byte[] signed = writer.ToArray();
        signed[11]++;
        return signed;
    }

    /// <summary>Null where the answer bears the server's right signature; else what is wrong.</summary>
    public string? FindFault(UpdateResponse response, DateTimeOffset now)
    {
        if (response.Tsig is not { } tsig) return "the answer is not signed";
        if (tsig.Error != 0) return "the server rejects the signature: " + Describe(tsig.Error);

        byte[] mac = key.Sign(Digest(_requestMac, response.Unsigned(), tsig.Time, tsig.Fudge, tsig.Error, tsig.OtherData));
        if (!tsig.KeyName.Equals(key.Name) || !tsig.Algorithm.Equals(key.Algorithm) || !IsEqual(mac, tsig.Mac))
            return "the answer's signature is wrong";

        long distance = now.ToUnixTimeSeconds() - (long)tsig.Time;
        return Math.Abs(distance) > tsig.Fudge ? "the clocks of this machine and the server differ by " + Math.Abs(distance) + " s" : null;
    }

    /// <summary>A TSIG error in words (RFC 8945 section 3).</summary>
    public static string Describe(ushort error) => error switch
    {
        16 => "BADSIG, the secret is another one",
        17 => "BADKEY, it does not know a key of this name and algorithm",
        18 => "BADTIME, the clocks of this machine and the server differ by more than five minutes",
        22 => "BADTRUNC",
        _ => "TSIG error " + error,
    };

    // RFC 8945 section 4.3.
    private byte[] Digest(byte[]? prior, byte[] message, ulong time, ushort fudge, ushort error, byte[] other)
    {
        var writer = new WireWriter(message.Length + 512);
        if (prior is not null)
        {
            writer.UInt16((ushort)prior.Length);
            writer.Octets(prior);
        }

        writer.Octets(message);
        writer.Name(key.Name);
        writer.UInt16(ClassAny);
        writer.UInt32(0);
        writer.Name(key.Algorithm);
        WriteTime(writer, time, fudge);
        writer.UInt16(error);
        writer.UInt16((ushort)other.Length);
        writer.Octets(other);
        return writer.ToArray();
    }

    // RFC 8945 section 4.2.
    private void WriteRecord(WireWriter writer, ulong time, ushort id)
    {
        writer.Name(key.Name);
        writer.UInt16(TypeTsig);
        writer.UInt16(ClassAny);
        writer.UInt32(0);
        writer.UInt16(0);
        int start = writer.Length;
        writer.Name(key.Algorithm);
        WriteTime(writer, time, Fudge);
        writer.UInt16(_requestMac.Length);
        writer.Octets(_requestMac);
        writer.UInt16(id);
        writer.UInt16(0);
        writer.UInt16(0);
        writer.SetUInt16(start - 2, writer.Length - start);
    }

    private static void WriteTime(WireWriter writer, ulong time, ushort fudge)
    {
        writer.UInt16((ushort)(time >> 32));
        writer.UInt32((uint)time);
        writer.UInt16(fudge);
    }

    // In constant time.
    private static bool IsEqual(byte[] one, byte[] other)
    {
        int difference = one.Length ^ other.Length;
        for (int i = 0; i < one.Length && i < other.Length; i++)
            difference |= one[i] ^ other[i];

        return difference == 0;
    }
}

/// <summary>
/// Reads a key as tsig-keygen writes it: <c>key "name" { algorithm hmac-sha256; secret "..."; };</c>. What is wrong is told
/// without quoting the file, which holds the secret.
/// </summary>
internal static class TsigKeyFile
{
    /// <summary>The first key of the text.</summary>
    /// <exception cref="FormatException">There is none.</exception>
    public static TsigKey Parse(string text)
    {
        List<string> tokens = Tokens(text);
        int start = tokens.IndexOf("key");
        if (start < 0 || start + 2 >= tokens.Count || !string.Equals(tokens[start + 2], "{", StringComparison.Ordinal))
            throw new FormatException("The key file has no key \"name\" { algorithm ...; secret \"...\"; }; as tsig-keygen writes it.");

        if (!DomainName.TryParseDns(tokens[start + 1], out DomainName? name))
            throw new FormatException("The key's name is not a valid domain name.");

        return new TsigKey(name!, Value(tokens, start, "algorithm"), Secret(Value(tokens, start, "secret")));
    }

    /// <summary>A secret in base64.</summary>
    /// <exception cref="FormatException">It is none; the text is not quoted.</exception>
    public static byte[] Secret(string base64)
    {
        try
        {
            return Convert.FromBase64String(base64);
        }
        catch (FormatException exception)
        {
            throw new FormatException("The key's secret is not base64.", exception);
        }
    }

    private static string Value(List<string> tokens, int start, string name)
    {
        int end = tokens.IndexOf("}", start);
        int index = tokens.IndexOf(name, start);
        return index > 0 && index + 2 < tokens.Count && (end < 0 || index < end) && string.Equals(tokens[index + 2], ";", StringComparison.Ordinal)
            ? tokens[index + 1]
            : throw new FormatException("The key file has no " + name + " for its key.");
    }

    private static List<string> Tokens(string text)
    {
        var tokens = new List<string>();
        for (int i = 0; i < text.Length;)
        {
            if (char.IsWhiteSpace(text[i]))
            {
                i++;
            }
            else if (CommentEnd(text, i) is { } end)
            {
                i = end;
            }
            else if (text[i] == '"')
            {
                int close = text.IndexOf('"', i + 1);
                close = close < 0 ? text.Length : close;
                tokens.Add(text.Substring(i + 1, close - i - 1));
                i = close + 1;
            }
            else if ("{};".IndexOf(text[i]) >= 0)
            {
                tokens.Add(text[i++].ToString());
            }
            else
            {
                int start = i;
                while (i < text.Length && !char.IsWhiteSpace(text[i]) && "{};\"".IndexOf(text[i]) < 0)
                    i++;

                tokens.Add(text.Substring(start, i - start));
            }
        }

        return tokens;
    }

    private static int? CommentEnd(string text, int index)
    {
        bool isLine = text[index] == '#' || string.CompareOrdinal(text, index, "//", 0, 2) == 0;
        if (!isLine && string.CompareOrdinal(text, index, "/*", 0, 2) != 0) return null;

        int end = isLine ? text.IndexOf('\n', index) : text.IndexOf("*/", index + 2, StringComparison.Ordinal);
        return end < 0 ? text.Length : end + (isLine ? 1 : 2);
    }
}

/// <summary>A shared secret that signs dynamic updates (RFC 8945). Its text never shows the secret.</summary>
internal sealed class TsigKey(DomainName name, string algorithm, byte[] secret) : IDisposable
{
    private readonly byte[] _secret = secret.Length > 0 ? secret : throw new FormatException("The key's secret is empty.");

    public DomainName Name { get; } = name;

    public DomainName Algorithm { get; } = DomainName.FromDns(IsKnown(algorithm)
            ? algorithm
            : throw new FormatException("The key's algorithm is not one of hmac-sha256, hmac-sha384 and hmac-sha512 (RFC 8945 section 6)."));

    /// <summary>The message authentication code of octets.</summary>
    public byte[] Sign(byte[] octets)
    {
        using HMAC hmac = Create();
        return hmac.ComputeHash(octets);
    }

    /// <summary>Overwrites the secret.</summary>
    public void Dispose() => Array.Clear(_secret, 0, _secret.Length);

    /// <summary>The key's name; never the secret.</summary>
    public override string ToString() => Name + " (" + Algorithm + ")";

    private static bool IsKnown(string algorithm) => algorithm.ToLowerInvariant() is "hmac-sha256" or "hmac-sha384" or "hmac-sha512";

    private HMAC Create() => Algorithm.Text switch
    {
        "hmac-sha512" => new HMACSHA512(_secret),
        "hmac-sha384" => new HMACSHA384(_secret),
        _ => new HMACSHA256(_secret),
    };
}
