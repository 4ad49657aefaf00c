using System.Security.Cryptography;
using MailDns.Certificates;
using MailDns.Dkim;

namespace MailDns.Dane;

/// <summary>Holds a certificate chain, as a server sent it, against its TLSA records (RFC 7671 section 5, RFC 7672 section 3.1 and 3.2).</summary>
/// <param name="reader">Follows signatures.</param>
/// <param name="names">The names that a certificate below a trust anchor may have: the host's, and that of the domain of the mail (RFC 7672 section 3.2.2).</param>
/// <param name="now">UTC.</param>
internal sealed class TlsaMatcher(ICertificateReader reader, IReadOnlyList<DomainName> names, DateTime now)
{
    private const byte TrustAnchor = (byte)TlsaCertificateUsage.TrustAnchorAssertion;
    private const byte EndEntity = (byte)TlsaCertificateUsage.DomainIssuedCertificate;

    private readonly ICertificateReader _reader = reader;
    private readonly IReadOnlyList<DomainName> _names = names;
    private readonly DateTime _now = now;

    /// <summary>Those that SMTP uses: whole records of usage 2 and 3 (RFC 7672 section 3.1.3).</summary>
    public static TlsaData[] Usable(IEnumerable<TlsaData> records) =>
        records.Where(record => record.Usage is TrustAnchor or EndEntity && TlsaProblem.Of(record) is null).ToArray();

    /// <summary>Judges every usable record.</summary>
    public TlsaMatch Match(IEnumerable<TlsaData> records, ShownChain chain)
    {
        var matching = new List<TlsaData>();
        var others = new List<KeyValuePair<TlsaData, string>>();
        foreach (TlsaData record in Usable(records))
        {
            if ((record.Usage == EndEntity ? FaultOfLeaf(record, chain) : FaultOfAnchor(record, chain)) is { } fault)
                others.Add(new KeyValuePair<TlsaData, string>(record, fault));
            else
                matching.Add(record);
        }

        return new TlsaMatch(matching, others);
    }

    // DANE-EE: neither names nor dates nor issuers are looked at (RFC 7671 section 5.1).
    private static string? FaultOfLeaf(TlsaData record, ShownChain chain)
    {
        if (IsOf(record, chain.Leaf.Encoded)) return null;

        return chain.Issuers.Any(issuer => IsOf(record, issuer.Encoded))
            ? "is of an authority in the chain and not of the server's own certificate, which asks for usage 2"
            : "matches no certificate that was sent";
    }

    private string? FaultOfAnchor(TlsaData record, ShownChain chain)
    {
        CertificateData? anchor = chain.Issuers.FirstOrDefault(issuer => IsOf(record, issuer.Encoded)) ?? Published(record);
        if (anchor is null)
        {
            return chain.Path.Any(certificate => IsOf(record, certificate))
                ? "is of an authority that the server does not send, so senders cannot see it (RFC 7671 section 5.2)"
                : IsOf(record, chain.Leaf.Encoded) ? "is of the server's own certificate, which asks for usage 3" : "matches no authority that was sent";
        }

        if (!_names.Any(chain.Names))
            return "matches " + PrintableText.Quote(anchor.Subject) + ", but the server's certificate does not name " + string.Join(" or ", _names);

        return FindPathProblem(chain, anchor) is { } problem ? "matches " + PrintableText.Quote(anchor.Subject) + ", but no valid path leads to it: " + problem : null;
    }

    private string? FindPathProblem(ShownChain chain, CertificateData anchor)
    {
        try
        {
            return _reader.FindPathProblem(chain.Leaf, chain.Issuers.Where(issuer => issuer != anchor).ToArray(), new[] { anchor }, _now);
        }
        catch (FormatException exception)
        {
            return exception.Message;
        }
    }

    // A whole certificate in the record need not be sent (RFC 7671 section 5.2.1 for full data).
    private CertificateData? Published(TlsaData record) =>
        record.Selector == (byte)TlsaSelector.FullCertificate && record.MatchingType == (byte)TlsaMatchingType.ExactMatch && Hex.TryParse(record.AssociationData, out byte[]? octets)
            ? _reader.ReadEncoded(octets!)
            : null;

    private static bool IsOf(TlsaData record, byte[] certificate)
    {
        try
        {
            return TlsaCertificate.Read(certificate).AssociationData((TlsaSelector)record.Selector, (TlsaMatchingType)record.MatchingType)
                .Equals(record.AssociationData, StringComparison.OrdinalIgnoreCase);
        }
        catch (FormatException)
        {
            return false;
        }
    }
}

/// <summary>Which of a host's usable TLSA records a chain matches.</summary>
internal sealed class TlsaMatch(IReadOnlyList<TlsaData> matching, IReadOnlyList<KeyValuePair<TlsaData, string>> others)
{
    public IReadOnlyList<TlsaData> Matching { get; } = matching;

    /// <summary>The others, each with the reason as the end of a sentence that the record begins.</summary>
    public IReadOnlyList<KeyValuePair<TlsaData, string>> Others { get; } = others;

    /// <summary>True where one of them was of the server's own certificate, for which no name, date or authority counts.</summary>
    public bool IsOfLeaf => Matching.Any(record => record.Usage == (byte)TlsaCertificateUsage.DomainIssuedCertificate);
}

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
        return ReadDer(der) ?? throw new FormatException("The file contains no X.509 certificate (RFC 5280 section 4.1); give one in PEM or DER, without its key.");
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
            throw new FormatException("The file contains no certificate: neither DER nor a PEM block \"BEGIN CERTIFICATE\".");

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
