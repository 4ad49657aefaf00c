namespace MailDns.Bimi;

/// <summary>What was read of a mark certificate's file.</summary>
internal sealed class MarkCertificateReading
{
    public MarkCertificateReading(MarkCertificate? certificate, byte[]? logo)
    {
        Certificate = certificate;
        Logo = logo;
    }

    public static MarkCertificateReading None { get; } = new(certificate: null, logo: null);

    public MarkCertificate? Certificate { get; }

    /// <summary>The logo in it, unpacked; null where there is none that can be read.</summary>
    public byte[]? Logo { get; }
}
