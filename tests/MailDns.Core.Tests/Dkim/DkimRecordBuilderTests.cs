using System;
using System.Linq;
using MailDns.Dkim;
using MailDns.Dns;
using Xunit;

namespace MailDns.Core.Tests.Dkim;

public class DkimRecordBuilderTests
{
    private const string Key = TestKeys.Rsa2048;
    private const string Pem = "-----BEGIN PUBLIC KEY-----\r\n" + Key + "\r\n-----END PUBLIC KEY-----\r\n";
    private const string Pkcs1Pem = "-----BEGIN RSA PUBLIC KEY-----\n" + TestKeys.Rsa2048Pkcs1 + "\n-----END RSA PUBLIC KEY-----";
    private const string Text = "v=DKIM1; k=rsa; p=" + Key;

    [Theory]
    [InlineData(Key, Text)]
    [InlineData("  " + Key + "\n", Text)]
    [InlineData(Pem, Text)]
    [InlineData(Pkcs1Pem, Text)]
    [InlineData(TestKeys.Rsa2048Pkcs1, Text)]
    [InlineData("v=DKIM1; k=rsa; p=" + Key, Text)]
    [InlineData("p=" + Key, Text)]
    [InlineData("k=rsa; p=" + TestKeys.Rsa2048Pkcs1, Text)]
    [InlineData("v=DKIM1; k=rsa; h=sha256; p=" + Key, "v=DKIM1; h=sha256; k=rsa; p=" + Key)]
    [InlineData("v=DKIM1; g=*; k=rsa; q=x; p=" + Key, Text)]
    [InlineData("ak._domainkey IN TXT ( \"v=DKIM1; k=rsa; \"\n  \"p=" + Key + "\" ) ; ----- DKIM key ak for contoso.com", Text)]
    [InlineData("\"v=DKIM1\\; k=rsa\\; p=" + Key + "\"", Text)]
    [InlineData(TestKeys.Ed25519Raw, "v=DKIM1; k=ed25519; p=" + TestKeys.Ed25519Raw)]
    [InlineData(TestKeys.Ed25519Spki, "v=DKIM1; k=ed25519; p=" + TestKeys.Ed25519Raw)]
    public void Takes_a_key_in_every_form(string key, string text)
    {
        var record = (TxtRecord)Build(options => options with { PublicKey = key }).Record;
        Assert.Equal(text, record.Value);
        Assert.Equal(("ak._domainkey", "contoso.com", RecordPurpose.Dkim), (record.Name, record.ZoneName, record.Purpose));
        Assert.All(record.Strings, part => Assert.InRange(part.Length, 1, 255));
    }

    [Theory]
    [InlineData("", "The key text is empty.")]
    [InlineData("not a key!", "The text is neither base64 nor PEM nor a key record")]
    [InlineData("ssh-rsa AAAAB3NzaC1yc2E user@host", "The text is a key in OpenSSH's form.")]
    [InlineData("-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----", "The PEM text is a \"CERTIFICATE\"")]
    [InlineData("-----BEGIN PUBLIC KEY-----\n" + Key, "The PEM text is cut off")]
    [InlineData("-----BEGIN PUBLIC KEY", "The PEM text has no complete BEGIN line")]
    [InlineData(Pem + Pem, "The PEM text contains more than one block")]
    [InlineData("-----BEGIN PUBLIC KEY-----\n***\n-----END PUBLIC KEY-----", "The PEM text is not base64 between its lines")]
    [InlineData(TestKeys.EllipticCurve, "The text is not a public key of DKIM: it is an elliptic-curve (ECDSA) key")]
    [InlineData(TestKeys.Certificate, "The text is not a public key of DKIM: it is a certificate")]
    [InlineData("v=DKIM1; p=" + TestKeys.EllipticCurve, "The record that was given contains no public key of DKIM: it is an elliptic-curve")]
    [InlineData("v=DKIM1; p=", "The record that was given is revoked")]
    [InlineData(TestKeys.SampleAltcraft, "This is the sample key of Altcraft's page")]
    [InlineData("v=DKIM1; k=rsa; p=" + TestKeys.SampleRfc6376, "This is the sample key of RFC 6376 appendix C")]
    [InlineData(TestKeys.SampleRfc8463Ed25519, "This is the sample key of RFC 8463")]
    [InlineData(TestKeys.Rsa768, "The RSA key has 768 bits; verifiers must not accept")]
    [InlineData("v=DKIM1; h=sha1; p=" + Key, "h=sha1 allows only sha1")]
    [InlineData("v=DKIM1; s=tlsrpt; p=" + Key, "s=tlsrpt leaves mail out")]
    [InlineData("v=DKIM1; k=ed25519; p=" + Key, "The key is of type rsa, not ed25519.")]
    [InlineData("MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQE=", "The key seems to be cut off after 32 octets.")]
    public void Refuses_what_is_no_key_to_publish(string key, string message)
    {
        var exception = Assert.ThrowsAny<ArgumentException>(() => Build(options => options with { PublicKey = key }));
        Assert.StartsWith(message, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(TestKeys.PrivatePkcs1)]
    [InlineData(TestKeys.PrivatePkcs8)]
    [InlineData(TestKeys.PrivatePkcs8Encrypted)]
    [InlineData(TestKeys.PrivateEllipticCurve)]
    [InlineData("-----BEGIN PRIVATE KEY-----\n" + TestKeys.PrivatePkcs8 + "\n-----END PRIVATE KEY-----")]
    [InlineData("-----BEGIN ENCRYPTED PRIVATE KEY-----\n" + TestKeys.PrivatePkcs8Encrypted)]
    [InlineData("-----begin rsa private key-----\n" + TestKeys.PrivatePkcs1)]
    [InlineData("-----BEGIN PUBLIC KEY-----\n" + TestKeys.PrivatePkcs1 + "\n-----END PUBLIC KEY-----")]
    [InlineData("v=DKIM1; k=rsa; p=" + TestKeys.PrivatePkcs1)]
    [InlineData("v=DKIM1; k=ed25519; p=" + TestKeys.PrivateEd25519)]
    [InlineData("\"v=DKIM1; p=" + TestKeys.PrivatePkcs8 + "\"")]
    public void A_private_key_is_refused_and_never_repeated(string key)
    {
        var exception = Assert.ThrowsAny<ArgumentException>(() => Build(options => options with { PublicKey = key }));
        Assert.StartsWith("This is a PRIVATE key.", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(TestKeys.PrivatePkcs1.Substring(20, 16), exception.ToString(), StringComparison.Ordinal);
    }

    // A damaged record may hold a damaged private key: whatever looks like a key is masked, at its place.
    [Theory]
    [InlineData("v=DKIM2; p=" + TestKeys.PrivatePkcs1 + "*")]
    [InlineData("v=DKIM1; p=" + TestKeys.PrivatePkcs1 + "A")]
    [InlineData("v=DKIM1; k=rsa; " + TestKeys.PrivatePkcs1)]
    [InlineData("k=rsa; v=DKIM1; p=" + Key)]
    public void A_parse_error_masks_the_key(string text)
    {
        var exception = Assert.Throws<RecordParseException>(() => Build(options => options with { PublicKey = text }));
        Assert.Equal(text.Length, exception.Text.Length);
        Assert.DoesNotContain(text.Substring(60, 30), exception.Text + exception.Message, StringComparison.Ordinal);
        Assert.Contains("****", exception.Text, StringComparison.Ordinal);
        Assert.StartsWith(text.Substring(0, 10), exception.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Flags_note_and_type_are_written_in_the_usual_order()
    {
        DkimBuiltRecord built = Build(options => options with { PublicKey = Key, Flags = new[] { "y", "s", "y" }, Note = "a;b=c", KeyType = DkimKeyType.Rsa });
        Assert.Equal("v=DKIM1; k=rsa; t=y:s; n=a=3Bb=3Dc; p=" + Key, built.Record.ToString());
    }

    [Fact]
    public void Flags_that_are_given_replace_those_of_a_pasted_record() =>
        Assert.Equal("v=DKIM1; k=rsa; p=" + Key, Build(options => options with { PublicKey = "t=y; p=" + Key, Flags = Array.Empty<string>() }).Record.ToString());

    [Fact]
    public void A_flag_of_no_standard_is_refused() =>
        Assert.Throws<ArgumentException>(() => Build(options => options with { PublicKey = Key, Flags = new[] { "x" } }));

    [Fact]
    public void A_type_that_the_key_is_not_is_refused()
    {
        Assert.Throws<ArgumentException>(() => Build(options => options with { PublicKey = Key, KeyType = DkimKeyType.Ed25519 }));
        Assert.Throws<ArgumentException>(() => Build(options => options with { PublicKey = TestKeys.Ed25519Raw, KeyType = DkimKeyType.Rsa }));
    }

    [Theory]
    [InlineData(null, "v=DKIM1; p=")]
    [InlineData(DkimKeyType.Ed25519, "v=DKIM1; k=ed25519; p=")]
    public void A_revocation_has_an_empty_key_and_no_warning(DkimKeyType? type, string text)
    {
        DkimBuiltRecord built = Build(options => options with { Revoked = true, KeyType = type });
        Assert.Equal(text, built.Record.ToString());
        Assert.Empty(built.Warnings);
    }

    [Fact]
    public void An_alias_is_a_cname()
    {
        var record = Assert.IsType<CnameRecord>(Build(options => options with { CnameTarget = "ak.dkim.platform.net." }).Record);
        Assert.Equal(("ak._domainkey.contoso.com", "ak.dkim.platform.net"), (record.Fqdn, record.Cname));
    }

    [Fact]
    public void Nothing_to_publish_is_an_error() => Assert.Throws<ArgumentException>(() => Build(options => options));

    [Fact]
    public void A_key_of_1024_bits_warns_and_one_of_2048_does_not()
    {
        string weak = Assert.Single(Build(options => options with { PublicKey = TestKeys.Rsa1024 }).Warnings);
        Assert.StartsWith("The RSA key has 1024 bits", weak, StringComparison.Ordinal);
        Assert.Empty(Build(options => options with { PublicKey = Key }).Warnings);
        Assert.Empty(Build(options => options with { PublicKey = TestKeys.Ed25519Raw }).Warnings);
    }

    [Fact]
    public void Testing_warns_only_where_it_was_not_asked_for()
    {
        Assert.Contains(Build(options => options with { PublicKey = "t=y; p=" + TestKeys.Ed25519Raw + "; k=ed25519" }).Warnings, warning => warning.StartsWith("t=y", StringComparison.Ordinal));
        Assert.Empty(Build(options => options with { PublicKey = TestKeys.Ed25519Raw, Flags = new[] { "y" } }).Warnings);
    }

    [Theory]
    [InlineData("ak")]
    [InlineData("a.b-c.2026")]
    [InlineData("2026")]
    public void Takes_selectors_of_the_grammar(string selector) =>
        Assert.Equal(selector + "._domainkey.contoso.com", Build(options => options with { Selector = selector, Revoked = true }).Record.Fqdn);

    [Theory]
    [InlineData("")]
    [InlineData("-a")]
    [InlineData("a-")]
    [InlineData("a..b")]
    [InlineData("a_b")]
    [InlineData("ak._domainkey")]
    [InlineData("a b")]
    [InlineData("a/b")]
    public void Refuses_other_selectors(string selector)
    {
        var exception = Assert.ThrowsAny<ArgumentException>(() => Build(options => options with { Selector = selector, Revoked = true }));
        Assert.StartsWith("The selector ", exception.Message, StringComparison.Ordinal);
        Assert.Contains("RFC 6376 section 3.1", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_over_253_octets_is_refused()
    {
        string selector = string.Join(".", Enumerable.Repeat(new string('a', 60), 4));
        Assert.Throws<DomainNameException>(() => Build(options => options with { Selector = selector, Revoked = true }));
    }

    [Fact]
    public void A_name_within_the_parent_zone_is_relative_to_it()
    {
        ResourceRecord record = Build(options => options with { Domain = DomainName.Parse("mail.contoso.com"), Revoked = true }).Record;
        Assert.Equal(("ak._domainkey.mail", "contoso.com"), (record.Name, record.ZoneName));
    }

    private static DkimBuiltRecord Build(Func<DkimRecordOptions, DkimRecordOptions> change)
    {
        DomainName domain = DomainName.Parse("contoso.com");
        return DkimRecordBuilder.Build(change(new DkimRecordOptions { Domain = domain, Zone = domain, Selector = "ak" }));
    }
}
