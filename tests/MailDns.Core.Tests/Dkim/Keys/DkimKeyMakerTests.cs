using System;
using System.IO;
using System.Linq;
using System.Threading;
using MailDns.Dkim;
using MailDns.Dkim.Keys;
using MailDns.Dns;
using Xunit;

namespace MailDns.Core.Tests.Dkim.Keys;

public class DkimKeyMakerTests
{
    [Theory]
    [InlineData("s1", "contoso.com", "s1.contoso.com.pem")]
    [InlineData("S1", "Contoso.COM.", "s1.contoso.com.pem")]
    [InlineData("a.b", "contoso.com", "a.b.contoso.com.pem")]
    [InlineData("s1", "bücher.example", "s1.xn--bcher-kva.example.pem")]
    [InlineData("s1", null, "s1.pem")]
    public void A_file_is_named_by_selector_and_domain(string selector, string? domain, string expected) =>
        Assert.Equal(expected, DkimKeyMaker.DefaultFileName(selector, domain is null ? null : DomainName.Parse(domain)));

    [Theory]
    [InlineData(DkimKeyType.Rsa, null, false)]
    [InlineData(DkimKeyType.Rsa, 2048, false)]
    [InlineData(DkimKeyType.Rsa, 4096, false)]
    [InlineData(DkimKeyType.Rsa, 1024, true)]
    [InlineData(DkimKeyType.Rsa, 1536, true)]
    [InlineData(DkimKeyType.Ed25519, null, false)]
    public void A_size_that_verifiers_take_is_made(object type, int? size, bool allowWeak)
    {
        var generator = new FakeKeyGenerator();
        DkimKey key = Make(generator, new FakeFileWriter(), Options("s1") with { KeyType = (DkimKeyType)type, Size = size, AllowWeak = allowWeak });
        Assert.Equal((DkimKeyType)type, key.KeyType);
        Assert.Equal(size ?? 2048, generator.Size);
    }

    [Theory]
    [InlineData(DkimKeyType.Rsa, 1024, false, "An RSA key of 1024 bits is weak: signers should use at least 2048 (RFC 8301 section 3.2). -Force makes it all the same.")]
    [InlineData(DkimKeyType.Rsa, 1984, false, "An RSA key of 1984 bits is weak: signers should use at least 2048 (RFC 8301 section 3.2). -Force makes it all the same.")]
    [InlineData(DkimKeyType.Rsa, 960, true, "An RSA key of 960 bits is not made: verifiers take 1024 to 4096 bits (RFC 8301 section 3.2), and the size has to be a multiple of 64.")]
    [InlineData(DkimKeyType.Rsa, 4160, true, "An RSA key of 4160 bits is not made: verifiers take 1024 to 4096 bits (RFC 8301 section 3.2), and the size has to be a multiple of 64.")]
    [InlineData(DkimKeyType.Rsa, 2049, false, "An RSA key of 2049 bits is not made: verifiers take 1024 to 4096 bits (RFC 8301 section 3.2), and the size has to be a multiple of 64.")]
    [InlineData(DkimKeyType.Ed25519, 2048, true, "An Ed25519 key has one size, 256 bits; leave -KeySize out.")]
    public void Another_size_is_refused_and_nothing_is_made(object type, int? size, bool allowWeak, string message)
    {
        var generator = new FakeKeyGenerator();
        var writer = new FakeFileWriter();
        var error = Assert.Throws<ArgumentException>(() =>
            Make(generator, writer, Options("s1") with { KeyType = (DkimKeyType)type, Size = size, AllowWeak = allowWeak }));
        Assert.Equal(message, error.Message);
        Assert.Equal(0, generator.Calls);
        Assert.Null(writer.Path);
    }

    [Theory]
    [InlineData("")]
    [InlineData("s_1")]
    [InlineData("s1._domainkey")]
    [InlineData("../s1")]
    [InlineData("s/1")]
    [InlineData("-s1")]
    public void What_is_no_selector_is_refused(string selector)
    {
        var writer = new FakeFileWriter();
        Assert.Throws<ArgumentException>(() => Make(new FakeKeyGenerator(), writer, Options(selector)));
        Assert.Null(writer.Path);
    }

    [Fact]
    public void A_key_says_what_its_public_half_is()
    {
        DkimKey key = Make(new FakeKeyGenerator(), new FakeFileWriter(), Options("S1") with { Domain = DomainName.Parse("contoso.com") });
        Assert.Equal("contoso.com", key.Domain);
        Assert.Equal("s1", key.Selector);
        Assert.Equal(DkimKeyType.Rsa, key.KeyType);
        Assert.Equal(2048, key.KeySize);
        Assert.Equal(TestKeys.Rsa2048, key.PublicKey);
        Assert.Equal(TestKeys.Rsa2048Fingerprint, key.Fingerprint);
        Assert.Equal("/keys/a.pem", key.PrivateKeyPath);
        Assert.Equal("s1._domainkey.contoso.com Rsa 2048 SHA-256 " + TestKeys.Rsa2048Fingerprint, key.ToString());
    }

    [Fact]
    public void An_Ed25519_key_gives_its_raw_public_half()
    {
        DkimKey key = Make(new FakeKeyGenerator(), new FakeFileWriter(), Options("s1") with { KeyType = DkimKeyType.Ed25519 });
        Assert.Null(key.Domain);
        Assert.Equal(256, key.KeySize);
        Assert.Equal(TestKeys.Ed25519Raw, key.PublicKey);
        Assert.Equal(TestKeys.Ed25519Fingerprint, key.Fingerprint);
    }

    [Fact]
    public void No_property_of_a_key_can_hold_its_private_half()
    {
        Assert.Equal(
            new[] { "Domain", "Fingerprint", "KeySize", "KeyType", "PrivateKeyPath", "PublicKey", "Selector" },
            typeof(DkimKey).GetProperties().Select(property => property.Name).OrderBy(name => name, StringComparer.Ordinal));
    }

    [Fact]
    public void The_private_half_is_cleared_when_it_is_written()
    {
        var generator = new FakeKeyGenerator();
        var writer = new FakeFileWriter();
        Make(generator, writer, Options("s1") with { Overwrite = true });
        Assert.Equal(FakeKeyGenerator.Pem, writer.Written);
        Assert.True(writer.Overwrite);
        Assert.All(generator.Last!, octet => Assert.Equal(0, octet));
    }

    [Fact]
    public void The_private_half_is_cleared_when_it_cannot_be_written()
    {
        var generator = new FakeKeyGenerator();
        var writer = new FakeFileWriter { Error = new IOException("full") };
        Assert.Throws<IOException>(() => Make(generator, writer, Options("s1")));
        Assert.All(generator.Last!, octet => Assert.Equal(0, octet));
    }

    [Fact]
    public void Nothing_is_written_once_it_is_cancelled()
    {
        var generator = new FakeKeyGenerator();
        var writer = new FakeFileWriter();
        Assert.Throws<OperationCanceledException>(() =>
            new DkimKeyMaker(generator, writer).Make(Options("s1"), password: null, new CancellationToken(canceled: true)));
        Assert.Equal(1, generator.Calls);
        Assert.Null(writer.Path);
        Assert.All(generator.Last!, octet => Assert.Equal(0, octet));
    }

    [Fact]
    public void An_empty_pass_phrase_is_refused()
    {
        var generator = new FakeKeyGenerator();
        var error = Assert.Throws<ArgumentException>(() =>
            new DkimKeyMaker(generator, new FakeFileWriter()).Make(Options("s1"), Array.Empty<char>(), CancellationToken.None));
        Assert.Equal("The pass phrase is empty. Leave it out for a file that is not encrypted.", error.Message);
        Assert.Equal(0, generator.Calls);
    }

    private static DkimKeyOptions Options(string selector) => new() { Selector = selector, Path = "/keys/a.pem" };

    private static DkimKey Make(FakeKeyGenerator generator, FakeFileWriter writer, DkimKeyOptions options) =>
        new DkimKeyMaker(generator, writer).Make(options, password: null, CancellationToken.None);
}
