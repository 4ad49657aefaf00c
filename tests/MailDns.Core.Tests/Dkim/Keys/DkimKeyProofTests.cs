using System;
using System.Threading;
using System.Threading.Tasks;
using MailDns.Core.Tests.Catalogue;
using MailDns.Core.Tests.Support;
using MailDns.Dkim;
using MailDns.Dkim.Keys;
using MailDns.Dns;
using Xunit;

namespace MailDns.Core.Tests.Dkim.Keys;

public class DkimKeyProofTests
{
    private const string Name = "s1._domainkey.contoso.com";
    private const string Rsa = "v=DKIM1; k=rsa; p=" + TestKeys.Rsa2048;
    private const string Ed25519 = "v=DKIM1; k=ed25519; p=" + TestKeys.Ed25519Raw;

    [Theory]
    [InlineData(Rsa)]
    [InlineData("p=" + TestKeys.Rsa2048)]
    [InlineData("v=DKIM1; p=" + TestKeys.Rsa2048Pkcs1)]
    [InlineData("v=DKIM1; t=y:s; h=sha256; s=email; n=note; p=" + TestKeys.Rsa2048 + ";")]
    public async Task A_record_with_the_key_passes(string text)
    {
        CheckResult result = await TestAsync(TestKeys.Rsa2048, new TableResolver().Txt(Name, text));
        Assert.Equal(CheckStatus.Pass, result.Status);
        Assert.Equal("DKIM-KEY-MISMATCH", result.Id);
        Assert.Equal("contoso.com", result.Domain);
        Assert.Equal(
            "The private key belongs to the key published at " + Name + ": RSA, 2048 bits, SHA-256 " + TestKeys.Rsa2048Fingerprint + ".",
            result.Message);
        Assert.Empty(result.Record);
    }

    [Fact]
    public async Task A_record_with_the_Ed25519_key_passes()
    {
        CheckResult result = await TestAsync(TestKeys.Ed25519Spki, new TableResolver().Txt(Name, Ed25519));
        Assert.Equal(CheckStatus.Pass, result.Status);
        Assert.EndsWith(": Ed25519, SHA-256 " + TestKeys.Ed25519Fingerprint + ".", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task White_space_in_the_key_and_strings_do_not_matter()
    {
        string folded = "v=DKIM1; p=" + TestKeys.Rsa2048.Insert(60, " \t ");
        var resolver = new TableResolver().TxtStrings(Name, folded.Substring(0, 200), folded.Substring(200));
        Assert.Equal(CheckStatus.Pass, (await TestAsync(TestKeys.Rsa2048, resolver)).Status);
    }

    [Fact]
    public async Task A_key_behind_aliases_passes()
    {
        var resolver = new TableResolver()
            .Cname(Name, "s1.platform.net")
            .Cname("s1.platform.net", "k.platform.net")
            .Txt("k.platform.net", Rsa);
        CheckResult result = await TestAsync(TestKeys.Rsa2048, resolver);
        Assert.Equal(CheckStatus.Pass, result.Status);
        Assert.Contains("published at " + Name + " (an alias of k.platform.net): RSA", result.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("v=DKIM1; k=rsa; p=" + TestKeys.Rsa1024, "the published key is another one")]
    [InlineData("v=DKIM1; p=" + TestKeys.Rsa2048Exponent3, "the published key is another one")]
    [InlineData(Ed25519, "the published key is another one")]
    [InlineData("v=DKIM1; k=ed25519; p=" + TestKeys.Rsa2048, "k= says ed25519, and p= contains a key of another type")]
    [InlineData("v=DKIM1; k=rsa; p=" + TestKeys.Ed25519Raw, "k= says rsa, and p= contains a key of another type")]
    [InlineData("v=DKIM1; k=RSA; p=" + TestKeys.Rsa2048, "k=RSA is not a key type, so verifiers ignore the record")]
    [InlineData("v=DKIM1; p=", "the key is revoked (its p= is empty)")]
    [InlineData("v=DKIM1; k=rsa", "the record is broken, and verifiers discard it (There is no p= tag, and it is required)")]
    [InlineData("v=DKIM2; p=" + TestKeys.Rsa2048, "the record is broken, and verifiers discard it (The version is \"DKIM2\" and has to be DKIM1 exactly; verifiers must discard the record)")]
    [InlineData("v=DKIM1; p=" + TestKeys.Rsa2048 + "; p=" + TestKeys.Rsa1024, "the record is broken, and verifiers discard it (The tag p= is given more than once, which makes the whole record invalid)")]
    [InlineData("v=DKIM1; p=" + TestKeys.EllipticCurve, "its p= contains no public key: it is an elliptic-curve (ECDSA) key, which DKIM does not have")]
    [InlineData("v=spf1 -all", "it is not a key record")]
    public async Task Another_record_fails_and_the_right_one_is_given(string text, string why)
    {
        CheckResult result = await TestAsync(TestKeys.Rsa2048, new TableResolver().Txt(Name, text));
        Assert.Equal(CheckStatus.Fail, result.Status);
        Assert.Equal("The private key does not belong to what is published at " + Name + ": " + why + ".", result.Message);
        Assert.Equal("RSA, 2048 bits, SHA-256 " + TestKeys.Rsa2048Fingerprint, result.Expected);
        TxtRecord record = Assert.IsType<TxtRecord>(Assert.Single(result.Record));
        Assert.Equal(Name, record.Fqdn);
        Assert.Equal(Rsa, record.Value);
    }

    [Fact]
    public async Task An_Ed25519_key_in_a_wrapping_fails()
    {
        var resolver = new TableResolver().Txt(Name, "v=DKIM1; k=ed25519; p=" + TestKeys.Ed25519Spki);
        CheckResult result = await TestAsync(TestKeys.Ed25519Spki, resolver);
        Assert.Equal(CheckStatus.Fail, result.Status);
        Assert.Contains("it is this key, and wrapped in a SubjectPublicKeyInfo, where verifiers want the raw 32 octets", result.Message, StringComparison.Ordinal);
        Assert.Equal(Ed25519, Assert.IsType<TxtRecord>(Assert.Single(result.Record)).Value);
    }

    [Theory]
    [InlineData("v=DKIM1; p=" + TestKeys.PrivatePkcs8)]
    [InlineData("v=DKIM1; p=" + TestKeys.PrivatePkcs1)]
    [InlineData("v=DKIM1; p=-----BEGIN PRIVATE KEY-----" + TestKeys.PrivatePkcs8)]
    public async Task A_published_private_key_fails_and_is_not_shown(string text)
    {
        CheckResult result = await TestAsync(TestKeys.Rsa1024, new TableResolver().Txt(Name, text));
        Assert.Equal(CheckStatus.Fail, result.Status);
        Assert.Contains("a PRIVATE key is published there", result.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("MII", result.Message + result.Actual + result.Expected + result.Recommendation, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, "no such name (NXDOMAIN)")]
    [InlineData(true, "no such record (NODATA)")]
    public async Task No_record_fails_and_the_record_is_given(bool nameExists, string described)
    {
        var resolver = new TableResolver().Txt("other.contoso.com", "x");
        if (nameExists)
            resolver.Address(Name, "192.0.2.1");
        CheckResult result = await TestAsync(TestKeys.Rsa2048, resolver);
        Assert.Equal(CheckStatus.Fail, result.Status);
        Assert.Equal("There is no key at " + Name + ": " + described + ".", result.Message);
        Assert.Null(result.Actual);
        Assert.Single(result.Record);
    }

    [Fact]
    public async Task A_dangling_alias_fails_and_no_record_is_laid_beside_it()
    {
        CheckResult result = await TestAsync(TestKeys.Rsa2048, new TableResolver().Cname(Name, "gone.platform.net").Txt("platform.net", "x"));
        Assert.Equal(CheckStatus.Fail, result.Status);
        Assert.Equal("There is no key at " + Name + " (an alias of gone.platform.net): no such name (NXDOMAIN).", result.Message);
        Assert.Contains("gone.platform.net", result.Recommendation, StringComparison.Ordinal);
        Assert.Empty(result.Record);
    }

    [Theory]
    [InlineData(DnsResponseStatus.Timeout, "timed out")]
    [InlineData(DnsResponseStatus.ServerFailure, "SERVFAIL")]
    [InlineData(DnsResponseStatus.Refused, "REFUSED")]
    [InlineData(DnsResponseStatus.OutOfZone, "the name is outside the zone files given")]
    public async Task A_failed_lookup_is_unknown(object status, string described)
    {
        CheckResult result = await TestAsync(TestKeys.Rsa2048, new TableResolver().Fail(Name, DnsRecordType.Txt, (DnsResponseStatus)status));
        Assert.Equal(CheckStatus.Unknown, result.Status);
        Assert.False(result.Passed);
        Assert.Equal("The lookup of the key at " + Name + " failed: " + described + ".", result.Message);
        Assert.Empty(result.Record);
    }

    [Fact]
    public async Task Two_records_with_different_keys_fail()
    {
        CheckResult result = await TestAsync(TestKeys.Rsa2048, new TableResolver().Txt(Name, Rsa, "v=DKIM1; p=" + TestKeys.Rsa1024));
        Assert.Equal(CheckStatus.Fail, result.Status);
        Assert.Equal(
            "There are 2 TXT records at " + Name + ", and verifiers may take any of them; of one it is true that the published key is another one.",
            result.Message);
    }

    [Fact]
    public async Task Two_records_with_the_same_key_pass_and_are_named()
    {
        CheckResult result = await TestAsync(TestKeys.Rsa2048, new TableResolver().Txt(Name, Rsa, "p=" + TestKeys.Rsa2048));
        Assert.Equal(CheckStatus.Pass, result.Status);
        Assert.Contains("(2 records, all of them with this key; keep one)", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_must_not_be_published_has_no_record()
    {
        CheckResult result = await TestAsync(TestKeys.Rsa512, new TableResolver().Txt(Name, Rsa));
        Assert.Equal(CheckStatus.Fail, result.Status);
        Assert.Empty(result.Record);
    }

    [Fact]
    public async Task What_is_no_selector_is_an_error()
    {
        var resolver = new TableResolver();
        var error = await Assert.ThrowsAsync<ArgumentException>(() =>
            Seen.In(DkimKeyProof.TestAsync(DomainName.Parse("contoso.com"), "a b", Key(TestKeys.Rsa2048), resolver, CancellationToken.None)));
        Assert.StartsWith("The selector \"a b\" is not valid (RFC 6376 section 3.1)", error.Message, StringComparison.Ordinal);
        Assert.Empty(resolver.Questions);
    }

    [Fact]
    public async Task One_question_is_asked()
    {
        var resolver = new TableResolver().Txt(Name, Rsa);
        await TestAsync(TestKeys.Rsa2048, resolver);
        Assert.Equal(new DnsQuestion(DomainName.FromDns(Name), DnsRecordType.Txt), Assert.Single(resolver.Questions));
    }

    private static DkimPublicKey Key(string base64) => DkimPublicKey.Read(Convert.FromBase64String(base64));

    private static Task<CheckResult> TestAsync(string own, IDnsResolver resolver) =>
        Seen.In(DkimKeyProof.TestAsync(DomainName.Parse("contoso.com"), "s1", Key(own), resolver, CancellationToken.None));
}
