using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MailDns.Bimi;
using MailDns.Certificates;
using MailDns.TestSupport;
using Xunit;

namespace MailDns.Core.Tests.Bimi;

/// <summary>Paths that strangers make: circles of names, keys of any size, critical extensions.</summary>
public class MarkCertificatePathTests
{
    private const string Pilot = "1.3.6.1.4.1.53087.4.1";

    private static readonly DateTimeOffset s_start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly ECDsa s_key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    // A path builder tries every way through the circle: minutes for 49 KB.
    [Theory]
    [InlineData(1024)]
    [InlineData(8192)]
    public void A_circle_of_names_is_left_at_once(int bits)
    {
        var circle = new List<X509Certificate2>();
        for (int i = 0; i < 15; i++)
            circle.Add(Issue(i % 2 == 0 ? "CN=A" : "CN=B", i % 2 == 0 ? "CN=B" : "CN=A", Noise(bits, 65537), authority: true));

        string? problem = Find(Issue("CN=Leaf", "CN=A", Own(), authority: false), circle, [circle[14]]);
        Assert.Contains("has signed \"CN=Leaf\"", problem, StringComparison.Ordinal);
    }

    // Everybody has signed everybody: each step has a signature that holds, and the steps are counted.
    [Fact]
    public void A_circle_that_is_signed_ends()
    {
        var circle = new List<X509Certificate2>();
        for (int i = 0; i < 15; i++)
            circle.Add(Issue(i % 2 == 0 ? "CN=A" : "CN=B", i % 2 == 0 ? "CN=B" : "CN=A", Own(), authority: true));

        X509Certificate2 other = Issue("CN=C", "CN=C", Own(), authority: true);
        Assert.NotNull(Find(Issue("CN=Leaf", "CN=A", Own(), authority: false), circle, [other]));
    }

    [Theory]
    [InlineData(16384, 65537)]
    [InlineData(2048, 0)]
    public void A_key_that_no_authority_has_is_not_tried(int bits, int exponent)
    {
        X509Certificate2 root = Issue("CN=A", "CN=A", Noise(bits, exponent), authority: true);
        Assert.Contains("larger than any authority has", Assert.Throws<FormatException>(() => Find(Issue("CN=Leaf", "CN=A", Own(), authority: false), [], [root])).Message, StringComparison.Ordinal);
    }

    // Real certificates for common marks have the Pilot Identifier as a critical extension.
    [Theory]
    [InlineData(Pilot, true)]
    [InlineData("1.3.6.1.5.5.7.1.12", true)]
    [InlineData("1.2.3.4.5", false)]
    public void A_critical_extension_that_is_known_is_no_reason_to_refuse(string extension, bool holds)
    {
        X509Certificate2 root = Issue("CN=Root", "CN=Root", Own(), authority: true);
        X509Certificate2 leaf = Issue("CN=Leaf", "CN=Root", Own(), authority: false, new X509Extension(extension, [0x0C, 0x01, 0x61], critical: true));
        Assert.Equal(holds, Find(leaf, [], [root]) is null);
    }

    [Fact]
    public void A_path_over_intermediates_holds_in_any_order()
    {
        X509Certificate2 root = Issue("CN=Root", "CN=Root", Own(), authority: true);
        X509Certificate2 upper = Issue("CN=Upper", "CN=Root", Own(), authority: true);
        X509Certificate2 lower = Issue("CN=Lower", "CN=Upper", Own(), authority: true);
        X509Certificate2 leaf = Issue("CN=Leaf", "CN=Lower", Own(), authority: false);
        Assert.Null(Find(leaf, [upper, lower, root], [root]));
        Assert.NotNull(Find(leaf, [upper, root], [root]));
    }

    private static string? Find(X509Certificate2 leaf, IReadOnlyList<X509Certificate2> others, IReadOnlyList<X509Certificate2> anchors) =>
        MarkSamples.Reader.FindPathProblem(Read(leaf), others.Select(Read).ToArray(), anchors.Select(Read).ToArray(), MarkSamples.Time);

    private static CertificateData Read(X509Certificate2 certificate) => MarkSamples.Reader.Read(Encoding.ASCII.GetBytes(MarkAuthority.Pem(certificate)))[0];

    private static PublicKey Own() => new(s_key);

    // A modulus and an exponent that belong to nobody; 0 stands for an exponent as long as the modulus.
    private static PublicKey Noise(int bits, int exponent)
    {
        byte[] modulus = RandomNumberGenerator.GetBytes(bits / 8);
        modulus[0] |= 0x80;
        modulus[^1] |= 1;
        byte[] numbers = exponent == 0 ? modulus.ToArray() : [1, 0, 1];
        var writer = new System.Formats.Asn1.AsnWriter(System.Formats.Asn1.AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteIntegerUnsigned(modulus);
            writer.WriteIntegerUnsigned(numbers);
        }

        return new PublicKey(new Oid("1.2.840.113549.1.1.1"), new AsnEncodedData([5, 0]), new AsnEncodedData(writer.Encode()));
    }

    private static X509Certificate2 Issue(string subject, string issuer, PublicKey key, bool authority, X509Extension? extension = null)
    {
        var request = new CertificateRequest(new X500DistinguishedName(subject), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(authority, hasPathLengthConstraint: false, 0, critical: true));
        if (authority)
            request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));

        if (extension is not null) request.CertificateExtensions.Add(extension);

        byte[] serial = RandomNumberGenerator.GetBytes(12);
        serial[0] = 0x21;
        return request.Create(new X500DistinguishedName(issuer), X509SignatureGenerator.CreateForECDsa(s_key), s_start, s_start.AddYears(5), serial);
    }
}
