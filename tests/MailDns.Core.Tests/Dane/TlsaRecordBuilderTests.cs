using System;
using System.Linq;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MailDns.Dane;
using MailDns.Dns;
using Xunit;

namespace MailDns.Core.Tests.Dane;

public sealed class TlsaRecordBuilderTests : IDisposable
{
    private readonly X509Certificate2 _certificate = Create();

    public void Dispose() => _certificate.Dispose();

    // The framework's own view of the certificate is the judge.
    [Theory]
    [InlineData(TlsaSelector.SubjectPublicKeyInfo, TlsaMatchingType.Sha256Hash)]
    [InlineData(TlsaSelector.SubjectPublicKeyInfo, TlsaMatchingType.Sha512Hash)]
    [InlineData(TlsaSelector.SubjectPublicKeyInfo, TlsaMatchingType.ExactMatch)]
    [InlineData(TlsaSelector.FullCertificate, TlsaMatchingType.Sha256Hash)]
    [InlineData(TlsaSelector.FullCertificate, TlsaMatchingType.ExactMatch)]
    public void The_data_is_the_frameworks(TlsaSelector selector, TlsaMatchingType matching)
    {
        byte[] selected = selector == TlsaSelector.FullCertificate ? _certificate.RawData : _certificate.PublicKey.ExportSubjectPublicKeyInfo();
        byte[] data = matching switch
        {
            TlsaMatchingType.Sha256Hash => SHA256.HashData(selected),
            TlsaMatchingType.Sha512Hash => SHA512.HashData(selected),
            _ => selected,
        };
        foreach (byte[] file in new[] { _certificate.RawData, Encoding.ASCII.GetBytes("junk\n" + _certificate.ExportCertificatePem() + "\n" + _certificate.ExportCertificatePem()) })
        {
            TlsaRecord record = Build(new TlsaRecordOptions { Selector = selector, MatchingType = matching, Certificate = TlsaCertificate.Read(file) });
            Assert.Equal(Convert.ToHexString(data).ToLowerInvariant(), record.CertificateAssociationData);
            Assert.Equal(("_25._tcp.mx1", RecordPurpose.Tlsa), (record.Name, record.Purpose));
        }
    }

    [Theory]
    [InlineData("AA:BB CC", TlsaMatchingType.Sha256Hash)]
    [InlineData("", TlsaMatchingType.Sha256Hash)]
    [InlineData("xyz", TlsaMatchingType.ExactMatch)]
    [InlineData("aabb", TlsaMatchingType.ExactMatch)]
    public void What_the_checks_would_refuse_is_not_built(string data, TlsaMatchingType matching) =>
        Assert.ThrowsAny<ArgumentException>(() => Build(new TlsaRecordOptions { AssociationData = data, MatchingType = matching }));

    [Fact]
    public void Hexadecimal_digits_are_taken_as_tools_print_them() =>
        Assert.Equal("3 1 1 " + new string('a', 64), Build(new TlsaRecordOptions { AssociationData = string.Join(':', Enumerable.Repeat("AA", 32)) }).ToString());

    [Fact]
    public void What_is_no_certificate_is_told_and_not_repeated()
    {
        var random = new Random(6698);
        byte[] good = _certificate.RawData;
        for (int i = 0; i < 2000; i++)
        {
            byte[] bad = (byte[])good.Clone();
            Array.Resize(ref bad, i % 3 == 0 ? random.Next(bad.Length) : bad.Length);
            if (bad.Length > 0) bad[random.Next(Math.Min(bad.Length, 60))] ^= (byte)random.Next(1, 256);

            if (Record.Exception(() => TlsaCertificate.Read(bad)) is { } exception)
                Assert.IsType<FormatException>(exception);
        }

        using var key = RSA.Create(1024);
        var refused = Assert.Throws<FormatException>(() => TlsaCertificate.Read(Encoding.ASCII.GetBytes(key.ExportPkcs8PrivateKeyPem())));
        Assert.DoesNotContain("MII", refused.Message, StringComparison.Ordinal);
        Assert.Throws<FormatException>(() => TlsaCertificate.Read(key.ExportPkcs8PrivateKey()));
        Assert.Throws<FormatException>(() => TlsaCertificate.Read([]));
        Assert.Throws<FormatException>(() => TlsaCertificate.Read(new byte[70_000]));
    }

    private static TlsaRecord Build(TlsaRecordOptions options) =>
        TlsaRecordBuilder.Create(DomainName.Parse("mx1.contoso.com"), DomainName.Parse("contoso.com"), options, TimeSpan.FromHours(1));

    private static X509Certificate2 Create()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=mx1.contoso.com", key, HashAlgorithmName.SHA256);
        return request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(1));
    }
}
