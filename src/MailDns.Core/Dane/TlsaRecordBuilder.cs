namespace MailDns.Dane;

/// <summary>Makes TLSA records (RFC 6698 section 2, RFC 7672 section 3.1).</summary>
internal static class TlsaRecordBuilder
{
    /// <summary>Where mail exchangers listen.</summary>
    public const int SmtpPort = 25;

    /// <summary>The labels in front of the host's name (RFC 6698 section 3).</summary>
    public static string Labels(int port) => "_" + port.ToString(CultureInfo.InvariantCulture) + "._tcp";

    /// <summary>The record at _port._tcp.<paramref name="host"/>.</summary>
    /// <exception cref="ArgumentException">The data is not hexadecimal, or not as long as the matching type says.</exception>
    public static TlsaRecord Create(DomainName host, DomainName zone, TlsaRecordOptions options, TimeSpan timeToLive)
    {
        string data = options.Certificate?.AssociationData(options.Selector, options.MatchingType)
            ?? string.Concat((options.AssociationData ?? string.Empty).Where(c => c is not (' ' or ':' or '\t' or '\r' or '\n')));
        return TlsaProblem.Of(new TlsaData((byte)options.Usage, (byte)options.Selector, (byte)options.MatchingType, data.ToLowerInvariant())) is { } problem
            ? throw new ArgumentException("The TLSA record cannot be made: " + problem + ".", nameof(options))
            : new TlsaRecord(host.Prepend(Labels(options.Port)), zone, options.Usage, options.Selector, options.MatchingType, data, timeToLive, RecordPurpose.Tlsa);
    }
}

/// <summary>What makes a TLSA record unusable for everyone (RFC 6698 section 2.1, RFC 7671 section 4).</summary>
internal static class TlsaProblem
{
    /// <summary>In words; null where there is nothing.</summary>
    public static string? Of(TlsaData data)
    {
        if (data.Usage > 3) return "the certificate usage " + data.Usage + " is not 0 to 3";
        if (data.Selector > 1) return "the selector " + data.Selector + " is neither 0 nor 1";
        if (data.MatchingType > 2) return "the matching type " + data.MatchingType + " is not 0 to 2";

        if (!Hex.TryParse(data.AssociationData, out byte[]? octets) || octets!.Length == 0)
            return "the association data is not hexadecimal";

        int wanted = data.MatchingType == 1 ? 32 : data.MatchingType == 2 ? 64 : 0;
        if (wanted > 0)
            return octets.Length == wanted ? null : "matching type " + data.MatchingType + " takes " + wanted + " octets, and the data has " + octets.Length;

        // Certificate and key are both sequences.
        return octets[0] == 0x30 ? null : "matching type 0 takes a whole certificate or public key, and the data begins as neither";
    }
}

/// <summary>What a new TLSA record is to say.</summary>
internal sealed class TlsaRecordOptions
{
    public int Port { get; init; } = TlsaRecordBuilder.SmtpPort;
    public TlsaCertificateUsage Usage { get; init; } = TlsaCertificateUsage.DomainIssuedCertificate;
    public TlsaSelector Selector { get; init; } = TlsaSelector.SubjectPublicKeyInfo;
    public TlsaMatchingType MatchingType { get; init; } = TlsaMatchingType.Sha256Hash;

    /// <summary>The certificate; null where the association data is given.</summary>
    public TlsaCertificate? Certificate { get; init; }

    /// <summary>The association data, hexadecimal; null where a certificate is given.</summary>
    public string? AssociationData { get; init; }

    /// <summary>The same of a certificate.</summary>
    public TlsaRecordOptions Of(TlsaCertificate certificate) => new()
    {
        Port = Port,
        Usage = Usage,
        Selector = Selector,
        MatchingType = MatchingType,
        Certificate = certificate,
    };
}
