using System.Security.Cryptography;
using MailDns.Dkim;

namespace MailDns.Dane;

/// <summary>A certificate (RFC 5280 section 4.1) as far as a TLSA record needs it: its octets and its public key.</summary>
internal sealed class TlsaCertificate
{
    /// <summary>Largest file that is read.</summary>
    public const int MaxLength = 64 * 1024;

    private const byte Version = 0xA0;
    private const string Begin = "-----BEGIN CERTIFICATE-----";
    private const string End = "-----END CERTIFICATE-----";

    private readonly byte[] _certificate;
    private readonly byte[] _publicKey;

    private TlsaCertificate(byte[] certificate, byte[] publicKey)
    {
        _certificate = certificate;
        _publicKey = publicKey;
    }

    /// <summary>Reads DER, or the first certificate of a PEM file.</summary>
    /// <exception cref="FormatException">There is no certificate; the message repeats nothing of the file.</exception>
    public static TlsaCertificate Read(byte[] file)
    {
        if (file.Length > MaxLength)
            throw new FormatException("The file is larger than 64 KB, which no certificate is.");

        byte[] der = file.Length > 0 && file[0] == DerReader.Sequence ? file : ReadPem(CharacterStrings.FromOctets(file, 0, file.Length));
        return ReadDer(der) ?? throw new FormatException("The file holds no X.509 certificate (RFC 5280 section 4.1); give one in PEM or DER, without its key.");
    }

    /// <summary>The certificate association data (RFC 6698 sections 2.1.2 to 2.1.4), hexadecimal.</summary>
    public string AssociationData(TlsaSelector selector, TlsaMatchingType matchingType)
    {
        byte[] selected = selector == TlsaSelector.FullCertificate ? _certificate : _publicKey;
        switch (matchingType)
        {
            case TlsaMatchingType.Sha256Hash:
                using (var sha256 = SHA256.Create())
                {
                    return Hex.Format(sha256.ComputeHash(selected));
                }

            case TlsaMatchingType.Sha512Hash:
                using (var sha512 = SHA512.Create())
                {
                    return Hex.Format(sha512.ComputeHash(selected));
                }

            default:
                return Hex.Format(selected);
        }
    }

    private static byte[] ReadPem(string text)
    {
        int start = text.IndexOf(Begin, StringComparison.Ordinal);
        int end = start < 0 ? -1 : text.IndexOf(End, start + Begin.Length, StringComparison.Ordinal);
        if (end < 0)
            throw new FormatException("The file holds no certificate: neither DER nor a PEM block \"BEGIN CERTIFICATE\".");

        start += Begin.Length;
        return Base64Text.TryDecode(text.Substring(start, end - start), out byte[] octets, out string problem, out _)
            ? octets
            : throw new FormatException("The certificate's PEM block is broken: " + problem + ".");
    }

    // TBSCertificate: [0] version, serialNumber, signature, issuer, validity, subject, subjectPublicKeyInfo, ...
    private static TlsaCertificate? ReadDer(byte[] octets)
    {
        var reader = new DerReader(octets);
        if (!reader.TryReadWhole(DerReader.Sequence, out byte[] certificate) || !reader.IsAtEnd
            || !new DerReader(octets).TryEnter(DerReader.Sequence, out DerReader outer)
            || !outer.TryEnter(DerReader.Sequence, out DerReader body))
        {
            return null;
        }

        body.TryEnter(Version, out _);
        bool read = body.TryEnter(DerReader.Integer, out _);
        for (int i = 0; i < 4; i++)
            read = read && body.TryEnter(DerReader.Sequence, out _);

        return read && body.TryReadWhole(DerReader.Sequence, out byte[] key) && outer.NextTag == DerReader.Sequence
            ? new TlsaCertificate(certificate, key)
            : null;
    }
}
