using System.Collections.Generic;

namespace MailDns.Dkim;

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
