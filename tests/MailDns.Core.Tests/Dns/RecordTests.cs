using System;
using System.Net;
using MailDns.Dns;
using Xunit;

namespace MailDns.Core.Tests.Dns;

/// <summary>Record objects: their texts, and what they refuse.</summary>
public sealed class RecordTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly string Sha256 = new('a', 64);

    [Fact]
    public void Addresses_have_their_family()
    {
        Assert.Equal("192.0.2.1", new ARecord("example.com", "mx", IPAddress.Parse("192.0.2.1"), Hour, RecordPurpose.Address).ToString());
        Assert.Equal("2001:db8::1", new AaaaRecord("example.com", "mx", IPAddress.Parse("2001:db8::1"), Hour, RecordPurpose.Address).ToString());
        Assert.Throws<ArgumentException>(() => new ARecord("example.com", "mx", IPAddress.Parse("2001:db8::1"), Hour, RecordPurpose.Address));
        Assert.Throws<ArgumentException>(() => new AaaaRecord("example.com", "mx", IPAddress.Parse("192.0.2.1"), Hour, RecordPurpose.Address));
    }

    [Theory]
    [InlineData(TlsaMatchingType.Sha256Hash, 64, true)]
    [InlineData(TlsaMatchingType.Sha512Hash, 128, true)]
    [InlineData(TlsaMatchingType.ExactMatch, 10, true)]
    [InlineData(TlsaMatchingType.Sha256Hash, 62, false)]
    [InlineData(TlsaMatchingType.Sha512Hash, 64, false)]
    [InlineData(TlsaMatchingType.ExactMatch, 9, false)]
    [InlineData(TlsaMatchingType.ExactMatch, 0, false)]
    public void Association_data_fits_its_matching_type(TlsaMatchingType type, int digits, bool fits)
    {
        var record = () => new TlsaRecord("example.com", "_25._tcp.mx", TlsaCertificateUsage.DomainIssuedCertificate, TlsaSelector.SubjectPublicKeyInfo, type, new string('A', digits), Hour, RecordPurpose.Tlsa);
        if (fits)
        {
            Assert.Equal("3 1 " + (byte)type + " " + new string('a', digits), record().ToString());
            Assert.Equal("_25._tcp.mx.example.com", record().Fqdn);
        }
        else
        {
            Assert.Throws<ArgumentException>(record);
        }
    }

    [Fact]
    public void Association_data_is_hexadecimal() =>
        Assert.Throws<ArgumentException>(() => new TlsaRecord("example.com", "x", TlsaCertificateUsage.DomainIssuedCertificate, TlsaSelector.FullCertificate, TlsaMatchingType.Sha256Hash, Sha256.Replace('a', 'g'), Hour, RecordPurpose.Tlsa));

    [Theory]
    [InlineData("issue", "ca.example.net", "0 issue \"ca.example.net\"")]
    [InlineData("issue", ";", "0 issue \";\"")]
    [InlineData("issuemail", "ca.example.net; policy=\"x\\y\"", "0 issuemail \"ca.example.net; policy=\\\"x\\\\y\\\"\"")]
    [InlineData("", "x", null)]
    [InlineData("is sue", "x", null)]
    [InlineData("issue", "a\nb", null)]
    [InlineData("issue", "m\u00fcller", null)]
    public void A_property_is_quoted_or_refused(string tag, string value, string? text)
    {
        var record = () => new CaaRecord("example.com", "@", 0, tag, value, Hour, RecordPurpose.Caa);
        if (text is null)
            Assert.Throws<ArgumentException>(record);
        else
            Assert.Equal(text, record().ToString());
    }

    [Fact]
    public void A_tag_longer_than_its_length_octet_is_refused() =>
        Assert.Throws<ArgumentException>(() => new CaaRecord("example.com", "@", 0, new string('a', 256), "x", Hour, RecordPurpose.Caa));
}
