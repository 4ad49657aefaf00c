using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace MailDns.Dkim;

/// <summary>What the decoded octets of p= hold.</summary>
internal sealed class DkimPublicKey
{
    // Shown to people and compared once a domain, not needed to judge a key: made when asked for.
    private byte[] _exponent = Array.Empty<byte>();
    private string? _exponentText;
    private string? _fingerprint;
    private byte[] _modulus = Array.Empty<byte>();
    private byte[]? _subjectPublicKeyInfo;

    private DkimPublicKey(DkimKeyEncoding encoding, string problem)
    {
        Encoding = encoding;
        Problem = problem;
    }

    public DkimKeyEncoding Encoding { get; }

    /// <summary>Why the octets are no public key; empty where they are one.</summary>
    public string Problem { get; }

    /// <summary>How many octets were read.</summary>
    public int OctetCount { get; private set; }

    /// <summary>Bits of the RSA modulus, 256 for Ed25519; 0 where there is no key.</summary>
    public int Bits { get; private set; }

    /// <summary>The RSA public exponent in decimal; null for other keys.</summary>
    public string? Exponent => _exponent.Length == 0 ? null : _exponentText ??= ToDecimal(_exponent);

    /// <summary>The key as SubjectPublicKeyInfo, whatever it came in; empty where there is no key.</summary>
    public byte[] SubjectPublicKeyInfo => _subjectPublicKeyInfo ??= IsRsa ? DerWriter.RsaSubjectPublicKeyInfo(_modulus, _exponent)
        : IsEd25519 ? DerWriter.Ed25519SubjectPublicKeyInfo(Raw)
        : Array.Empty<byte>();

    /// <summary>Modulus and exponent of an RSA key.</summary>
    public RSAParameters RsaParameters => new() { Modulus = _modulus, Exponent = _exponent };

    /// <summary>The raw 32 octets of an Ed25519 key; empty for other keys.</summary>
    public byte[] Raw { get; private set; } = Array.Empty<byte>();

    /// <summary>SHA-256 of the SubjectPublicKeyInfo in lower-case hexadecimal, as OpenSSL shows it; empty where there is no key.</summary>
    public string Fingerprint => _fingerprint ??= SubjectPublicKeyInfo.Length == 0 ? string.Empty : Hash(SubjectPublicKeyInfo);

    public bool IsRsa => Encoding is DkimKeyEncoding.RsaPublicKey or DkimKeyEncoding.RsaSubjectPublicKeyInfo;

    public bool IsEd25519 => Encoding is DkimKeyEncoding.Raw32 or DkimKeyEncoding.Ed25519SubjectPublicKeyInfo;

    /// <summary>
    /// True where the raw octets begin like DER: they may as well be the first 32 octets of a longer key that was cut off.
    /// </summary>
    public bool MayBeCutOff => Encoding == DkimKeyEncoding.Raw32 && Raw[0] == DerReader.Sequence;

    public bool IsPrivate => Encoding == DkimKeyEncoding.PrivateKey;

    /// <summary>Tells what the octets are. Takes any octets.</summary>
    public static DkimPublicKey Read(byte[] octets)
    {
        DkimPublicKey key = ReadAny(octets);
        key.OctetCount = octets.Length;
        return key;
    }

    private static DkimPublicKey ReadAny(byte[] octets)
    {
        if (octets.Length == 32) return Ed25519(DkimKeyEncoding.Raw32, octets);

        var outer = new DerReader(octets);
        if (!outer.TryEnter(DerReader.Sequence, out DerReader sequence)) return Unknown(DescribeNonSequence(octets));

        DkimPublicKey key = sequence.NextTag == DerReader.Integer ? ReadIntegers(sequence) : ReadAlgorithmFirst(sequence);
        return outer.IsAtEnd || key.IsPrivate ? key : Unknown("there is more after the key: " + Octets(outer.Remaining));
    }

    // PKCS#1 RSAPublicKey { n, e }; RSAPrivateKey { 0, n, e, d, ... }; PKCS#8 { 0, algorithm, key }; SEC 1 { 1, key, ... }.
    private static DkimPublicKey ReadIntegers(DerReader sequence)
    {
        sequence.TryRead(DerReader.Integer, out byte[] first);
        if (sequence.NextTag != DerReader.Integer)
        {
            bool isPrivate = sequence.NextTag is DerReader.Sequence or DerReader.OctetString;
            return isPrivate ? Private() : Unknown("it is a DER structure that is not a key");
        }

        sequence.TryRead(DerReader.Integer, out byte[] second);
        if (sequence.IsAtEnd) return Rsa(DkimKeyEncoding.RsaPublicKey, first, second);

        return sequence.NextTag == DerReader.Integer ? Private() : Unknown("it is a DER structure that is not a key");
    }

    // SubjectPublicKeyInfo { algorithm, BIT STRING }; EncryptedPrivateKeyInfo { algorithm, OCTET STRING }; a certificate.
    private static DkimPublicKey ReadAlgorithmFirst(DerReader sequence)
    {
        if (!sequence.TryEnter(DerReader.Sequence, out DerReader algorithm))
            return Unknown("it is a DER structure that is not a key");

        if (!algorithm.TryRead(DerReader.ObjectIdentifier, out byte[] identifier))
            return Unknown(sequence.NextTag == DerReader.Sequence ? "it is a certificate, not a key" : "it is a DER structure that is not a key");

        if (sequence.NextTag == DerReader.OctetString) return Private();

        if (!sequence.TryRead(DerReader.BitString, out byte[] bits) || bits.Length < 2 || bits[0] != 0 || !sequence.IsAtEnd)
            return Unknown("it has an algorithm but no key");

        var key = new byte[bits.Length - 1];
        Array.Copy(bits, 1, key, 0, key.Length);
        return ReadKeyOf(ToDotted(identifier), key);
    }

    private static DkimPublicKey ReadKeyOf(string algorithm, byte[] key)
    {
        switch (algorithm)
        {
            case "1.2.840.113549.1.1.1":
                return ReadRsaBits(key);
            case "1.3.101.112":
                return key.Length == 32
                    ? Ed25519(DkimKeyEncoding.Ed25519SubjectPublicKeyInfo, key)
                    : Unknown("its Ed25519 key has " + Octets(key.Length) + " instead of 32");
            case "1.2.840.10045.2.1":
                return Unknown("it is an elliptic-curve (ECDSA) key, which DKIM does not have");
            case "1.2.840.113549.1.1.10":
                return Unknown("it is an RSASSA-PSS key, which DKIM does not have");
            case "1.2.840.10040.4.1":
                return Unknown("it is a DSA key, which DKIM does not have");
            case "1.3.101.113":
                return Unknown("it is an Ed448 key, which DKIM does not have");
            default:
                return Unknown("its algorithm is " + algorithm + ", which DKIM does not have");
        }
    }

    private static DkimPublicKey ReadRsaBits(byte[] key)
    {
        var reader = new DerReader(key);
        bool isKey = reader.TryEnter(DerReader.Sequence, out DerReader numbers)
            & reader.IsAtEnd
            & numbers.TryRead(DerReader.Integer, out byte[] modulus)
            & numbers.TryRead(DerReader.Integer, out byte[] exponent)
            & numbers.IsAtEnd;
        return isKey
            ? Rsa(DkimKeyEncoding.RsaSubjectPublicKeyInfo, modulus, exponent)
            : Unknown("its RSA algorithm is followed by no RSAPublicKey");
    }

    private static DkimPublicKey Rsa(DkimKeyEncoding encoding, byte[] modulus, byte[] exponent)
    {
        if (modulus.Length == 0 || exponent.Length == 0 || (modulus[0] & 0x80) != 0 || (exponent[0] & 0x80) != 0)
            return Unknown("a number of its RSA key is negative or empty (DER integers are signed)");

        byte[] n = WithoutLeadingZeros(modulus);
        byte[] e = WithoutLeadingZeros(exponent);
        if (n.Length == 0 || (n[n.Length - 1] & 1) == 0) return Unknown("its RSA modulus is even");

        // RFC 8017 section 3.1: 3 <= e <= n - 1, and odd; e = 1 would let anybody sign.
        if (e.Length == 0 || (e[e.Length - 1] & 1) == 0 || (e.Length == 1 && e[0] < 3) || e.Length > n.Length)
            return Unknown("its RSA exponent is even, below 3 or above the modulus");

        return new DkimPublicKey(encoding, string.Empty)
        {
            Bits = BitLength(n),
            _modulus = n,
            _exponent = e,
        };
    }

    private static DkimPublicKey Ed25519(DkimKeyEncoding encoding, byte[] raw)
    {
        return new DkimPublicKey(encoding, string.Empty)
        {
            Bits = 256,
            Raw = raw,
        };
    }

    private static DkimPublicKey Private() => new(DkimKeyEncoding.PrivateKey, "it is a private key");

    private static DkimPublicKey Unknown(string problem) => new(DkimKeyEncoding.Unknown, problem);

    private static string DescribeNonSequence(byte[] octets)
    {
        int? claimed = octets.Length > 0 && octets[0] == DerReader.Sequence ? DerReader.ClaimedLength(octets) : null;
        return claimed > octets.Length
            ? "it is cut off: it should have " + Octets(claimed.Value) + " and has " + octets.Length
            : "its " + Octets(octets.Length) + " are not a DER structure";
    }

    private static string Octets(int count) => count == 1 ? "1 octet" : count.ToString(CultureInfo.InvariantCulture) + " octets";

    private static byte[] WithoutLeadingZeros(byte[] number)
    {
        int zeros = 0;
        while (zeros < number.Length && number[zeros] == 0)
            zeros++;

        var bare = new byte[number.Length - zeros];
        Array.Copy(number, zeros, bare, 0, bare.Length);
        return bare;
    }

    private static int BitLength(byte[] number)
    {
        int bits = number.Length * 8;
        for (int top = number[0]; (top & 0x80) == 0; top <<= 1)
            bits--;

        return bits;
    }

    private static string ToDecimal(byte[] number)
    {
        if (number.Length <= 4)
        {
            uint small = 0;
            foreach (byte octet in number)
                small = (small << 8) | octet;

            return small.ToString(CultureInfo.InvariantCulture);
        }

        var littleEndian = new byte[number.Length + 1];
        for (int i = 0; i < number.Length; i++)
            littleEndian[i] = number[number.Length - 1 - i];

        return new BigInteger(littleEndian).ToString(CultureInfo.InvariantCulture);
    }

    private static string ToDotted(byte[] identifier)
    {
        // X.690 section 8.19; arcs over 32 bits name no key algorithm.
        var dotted = new StringBuilder();
        ulong arc = 0;
        foreach (byte octet in identifier)
        {
            arc = ((arc << 7) | (uint)(octet & 0x7F)) & 0xFFFFFFFF;
            if ((octet & 0x80) == 0)
            {
                if (dotted.Length == 0)
                {
                    ulong root = Math.Min(arc / 40, 2);
                    dotted.Append(root).Append('.').Append(arc - (root * 40));
                }
                else
                {
                    dotted.Append('.').Append(arc);
                }

                arc = 0;
            }
        }

        return dotted.Length > 64 ? dotted.ToString(0, 64) : dotted.ToString();
    }

    private static string Hash(byte[] octets)
    {
#pragma warning disable CA1850 // netstandard2.0 has no static HashData
        using SHA256 sha = SHA256.Create();
        byte[] hash = sha.ComputeHash(octets);
#pragma warning restore CA1850
        var hex = new StringBuilder(hash.Length * 2);
        foreach (byte octet in hash)
            hex.Append(octet.ToString("x2", CultureInfo.InvariantCulture));

        return hex.ToString();
    }
}

/// <summary>Writes the DER of a public key (ITU-T X.690 section 10).</summary>
internal static class DerWriter
{
    /// <summary>1.2.840.113549.1.1.1 with its NULL parameters (RFC 3279 section 2.3.1).</summary>
    private static readonly byte[] s_rsaAlgorithm = { 0x30, 0x0D, 0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x01, 0x05, 0x00 };

    /// <summary>1.3.101.112 without parameters (RFC 8410 section 3).</summary>
    private static readonly byte[] s_ed25519Algorithm = { 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70 };

    /// <summary>SubjectPublicKeyInfo of an RSA key (RFC 5280 section 4.1, RFC 8017 appendix A.1.1); both numbers big-endian, unsigned.</summary>
    public static byte[] RsaSubjectPublicKeyInfo(byte[] modulus, byte[] exponent)
    {
        byte[] key = Element(DerReader.Sequence, Concat(Unsigned(modulus), Unsigned(exponent)));
        return Element(DerReader.Sequence, Concat(s_rsaAlgorithm, BitString(key)));
    }

    /// <summary>SubjectPublicKeyInfo of an Ed25519 key (RFC 8410 section 4).</summary>
    public static byte[] Ed25519SubjectPublicKeyInfo(byte[] key) =>
        Element(DerReader.Sequence, Concat(s_ed25519Algorithm, BitString(key)));

    private static byte[] Unsigned(byte[] number)
    {
        byte[] content = number.Length == 0 || (number[0] & 0x80) != 0 ? Concat(new byte[] { 0 }, number) : number;
        return Element(DerReader.Integer, content);
    }

    private static byte[] BitString(byte[] content) => Element(DerReader.BitString, Concat(new byte[] { 0 }, content));

    private static byte[] Element(byte tag, byte[] content)
    {
        var header = new List<byte> { tag };
        if (content.Length < 0x80)
        {
            header.Add((byte)content.Length);
        }
        else if (content.Length <= 0xFF)
        {
            header.Add(0x81);
            header.Add((byte)content.Length);
        }
        else
        {
            // A key fits a TXT record, so two octets of length are enough.
            header.Add(0x82);
            header.Add((byte)(content.Length >> 8));
            header.Add((byte)content.Length);
        }

        return Concat(header.ToArray(), content);
    }

    private static byte[] Concat(byte[] first, byte[] second)
    {
        var all = new byte[first.Length + second.Length];
        first.CopyTo(all, 0);
        second.CopyTo(all, first.Length);
        return all;
    }
}

/// <summary>What the octets of a key turned out to be.</summary>
internal enum DkimKeyEncoding
{
    /// <summary>None of those below.</summary>
    Unknown,

    /// <summary>RSA in a SubjectPublicKeyInfo (RFC 5280 section 4.1), as the world publishes it.</summary>
    RsaSubjectPublicKeyInfo,

    /// <summary>A bare RSAPublicKey (RFC 8017 appendix A.1.1), as RFC 6376 section 3.6.1 has it.</summary>
    RsaPublicKey,

    /// <summary>32 octets, as an Ed25519 key is published (RFC 8463 section 4.2).</summary>
    Raw32,

    /// <summary>Ed25519 in a SubjectPublicKeyInfo (RFC 8410 section 4).</summary>
    Ed25519SubjectPublicKeyInfo,

    /// <summary>A private key: PKCS#1, PKCS#8, encrypted PKCS#8, SEC 1.</summary>
    PrivateKey,
}

/// <summary>
/// Reads the few DER structures that a key comes in (ITU-T X.690): definite lengths, one-octet tags. Never throws; every
/// read says whether the octets were there.
/// </summary>
internal sealed class DerReader
{
    public const byte Integer = 0x02;
    public const byte BitString = 0x03;
    public const byte OctetString = 0x04;
    public const byte ObjectIdentifier = 0x06;
    public const byte Sequence = 0x30;

    private readonly byte[] _octets;
    private readonly int _end;
    private int _position;

    public DerReader(byte[] octets)
        : this(octets, 0, octets.Length)
    {
    }

    private DerReader(byte[] octets, int start, int end)
    {
        _octets = octets;
        _position = start;
        _end = end;
    }

    public bool IsAtEnd => _position >= _end;

    /// <summary>Octets that are left.</summary>
    public int Remaining => _end - _position;

    /// <summary>The tag of the next element; null at the end.</summary>
    public byte? NextTag => IsAtEnd ? null : _octets[_position];

    /// <summary>
    /// How many octets the outermost element claims, header included; null where there is no readable header. More than
    /// there are means that the key was cut off.
    /// </summary>
    public static int? ClaimedLength(byte[] octets)
    {
        var reader = new DerReader(octets);
        return reader.ReadHeader(out int contentStart, out int contentLength) ? checked(contentStart + contentLength) : null;
    }

    /// <summary>Enters an element of that tag; this reader moves behind it.</summary>
    public bool TryEnter(byte tag, out DerReader content)
    {
        content = this;
        int before = _position;
        if (NextTag == tag && ReadHeader(out int start, out int length) && length <= _end - start)
        {
            content = new DerReader(_octets, start, start + length);
            _position = start + length;
            return true;
        }

        _position = before;
        return false;
    }

    /// <summary>The content octets of an element of that tag.</summary>
    public bool TryRead(byte tag, out byte[] content)
    {
        content = Array.Empty<byte>();
        if (!TryEnter(tag, out DerReader element)) return false;

        content = new byte[element.Remaining];
        Array.Copy(_octets, element._position, content, 0, content.Length);
        return true;
    }

    /// <summary>An element of that tag as it stands, tag and length included.</summary>
    public bool TryReadWhole(byte tag, out byte[] element)
    {
        int start = _position;
        bool found = TryEnter(tag, out _);
        element = new byte[found ? _position - start : 0];
        Array.Copy(_octets, start, element, 0, element.Length);
        return found;
    }

    // Leaves the position at the content. Lengths over three octets (16 MB) belong to no key.
    private bool ReadHeader(out int contentStart, out int contentLength)
    {
        contentStart = 0;
        contentLength = 0;
        if (Remaining < 2) return false;

        int position = _position + 1;
        int first = _octets[position++];
        int length = first;
        if (first >= 0x80)
        {
            int count = first & 0x7F;
            if (count is 0 or > 3 || _end - position < count) return false;

            length = 0;
            for (int i = 0; i < count; i++)
                length = (length << 8) | _octets[position++];
        }

        contentStart = position;
        contentLength = length;
        return true;
    }
}
