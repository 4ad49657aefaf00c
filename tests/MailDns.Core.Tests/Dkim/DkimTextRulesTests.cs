using System;
using System.Linq;
using MailDns.Core.Tests.Catalogue;
using MailDns.Diagnostics;
using MailDns.Dkim;
using MailDns.Dns;
using Xunit;

namespace MailDns.Core.Tests.Dkim;

public class DkimTextRulesTests
{
    private const string Key = TestKeys.Rsa2048;
    private const string Good = "v=DKIM1; k=rsa; t=s; p=" + Key;

    // The fault, its repaired twin, and the record that is offered (null: none is).
    [Theory]
    [InlineData("DKIM-SYNTAX", "v=DKIM1; k=rsa;; t=s; p=" + Key, Good, "v=DKIM1; k=rsa; t=s; p=" + Key)]
    [InlineData("DKIM-TAG-DUPLICATE", "v=DKIM1; k=rsa; k=rsa; t=s; p=" + Key, Good, null)]
    [InlineData("DKIM-VERSION", "v=dkim1; k=rsa; t=s; p=" + Key, Good, Good)]
    [InlineData("DKIM-VERSION-NOT-FIRST", "k=rsa; t=s; p=" + Key + "; v=DKIM1", Good, Good)]
    [InlineData("DKIM-VERSION-ABSENT", "k=rsa; t=s; p=" + Key, Good, Good)]
    [InlineData("DKIM-TAG-UNKNOWN", "V=DKIM1; k=rsa; t=s; p=" + Key, Good, Good)]
    [InlineData("DKIM-NOTE-ENCODING", "v=DKIM1; n=a=b; p=" + Key, "v=DKIM1; n=a=3Db; p=" + Key, null)]
    [InlineData("DKIM-P-MISSING", "v=DKIM1; k=rsa", Good, null)]
    [InlineData("DKIM-P-MISSING", "v=DKIM1; k=rsa; t=s; P=" + Key, Good, Good)]
    [InlineData("DKIM-REVOKED", "v=DKIM1; p=", Good, null)]
    [InlineData("DKIM-P-BASE64", "v=DKIM1; k=rsa; t=s; p=\"" + Key + "\"", Good, Good)]
    [InlineData("DKIM-P-BASE64", "v=DKIM1; k=rsa; t=s; p=-----BEGIN PUBLIC KEY-----" + Key + "-----END PUBLIC KEY-----", Good, Good)]
    [InlineData("DKIM-P-BASE64", "v=DKIM1; k=rsa; p=MIIBIjANBg...", Good, null)]
    [InlineData("DKIM-P-DER", "v=DKIM1; k=rsa; p=MIIBIjANBgkq", Good, null)]
    [InlineData("DKIM-P-DER", "v=DKIM1; k=rsa; p=" + TestKeys.EllipticCurve, Good, null)]
    [InlineData("DKIM-P-DER", "v=DKIM1; p=" + TestKeys.Ed25519Raw, Good, "v=DKIM1; k=ed25519; p=" + TestKeys.Ed25519Raw)]
    [InlineData("DKIM-P-DER", "v=DKIM1; p=" + TestKeys.Ed25519Spki, Good, "v=DKIM1; k=ed25519; p=" + TestKeys.Ed25519Raw)]
    [InlineData("DKIM-P-DER", "v=DKIM1; k=rsa; p=" + TestKeys.Ed25519Raw, Good, null)]
    [InlineData("DKIM-P-DER", "v=DKIM1; p=MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQE=", Good, null)]
    [InlineData("DKIM-PRIVATE-KEY", "v=DKIM1; k=rsa; p=" + TestKeys.PrivatePkcs1, Good, null)]
    [InlineData("DKIM-PRIVATE-KEY", "v=DKIM1; k=ed25519; p=" + TestKeys.PrivateEd25519, Good, null)]
    [InlineData("DKIM-PRIVATE-KEY", "v=DKIM1; p=-----BEGIN RSA PRIVATE KEY-----" + TestKeys.PrivatePkcs1, Good, null)]
    [InlineData("DKIM-RSA-WEAK", "v=DKIM1; p=" + TestKeys.Rsa768, "v=DKIM1; p=" + TestKeys.Rsa1024, null)]
    [InlineData("DKIM-RSA-1024", "v=DKIM1; p=" + TestKeys.Rsa1024, "v=DKIM1; p=" + TestKeys.Rsa2048, null)]
    [InlineData("DKIM-RSA-LARGE", "v=DKIM1; p=" + TestKeys.Rsa5120, "v=DKIM1; p=" + TestKeys.Rsa4096, null)]
    [InlineData("DKIM-RSA-EXPONENT", "v=DKIM1; p=" + TestKeys.Rsa2048Exponent3, "v=DKIM1; p=" + TestKeys.Rsa2048Pkcs1, null)]
    [InlineData("DKIM-SAMPLE-KEY", "v=DKIM1; k=rsa; p=" + TestKeys.SampleAltcraft, "v=DKIM1; k=rsa; p=" + TestKeys.Rsa1024, null)]
    [InlineData("DKIM-SAMPLE-KEY", "v=DKIM1; k=ed25519; p=" + TestKeys.SampleRfc8463Ed25519, "v=DKIM1; k=ed25519; p=" + TestKeys.Ed25519Raw, null)]
    [InlineData("DKIM-KEYTYPE", "v=DKIM1; k=dsa; p=" + TestKeys.EllipticCurve, Good, null)]
    [InlineData("DKIM-KEYTYPE", "v=DKIM1; k=RSA; t=s; p=" + Key, Good, Good)]
    [InlineData("DKIM-ED25519-LENGTH", "v=DKIM1; k=ed25519; p=" + TestKeys.Ed25519Spki, "v=DKIM1; k=ed25519; p=" + TestKeys.Ed25519Raw, "v=DKIM1; k=ed25519; p=" + TestKeys.Ed25519Raw)]
    [InlineData("DKIM-ED25519-LENGTH", "v=DKIM1; k=ed25519; p=" + Key, Good, "v=DKIM1; k=rsa; p=" + Key)]
    [InlineData("DKIM-HASH-SHA1-ONLY", "v=DKIM1; h=sha1; p=" + Key, "v=DKIM1; h=sha1:sha256; p=" + Key, "v=DKIM1; p=" + Key)]
    [InlineData("DKIM-HASH-UNKNOWN", "v=DKIM1; h=SHA256; p=" + Key, "v=DKIM1; h=sha256; p=" + Key, "v=DKIM1; p=" + Key)]
    [InlineData("DKIM-SERVICE", "v=DKIM1; s=tlsrpt; p=" + Key, "v=DKIM1; s=tlsrpt:email; p=" + Key, "v=DKIM1; p=" + Key)]
    [InlineData("DKIM-TESTING", "v=DKIM1; t=y:s; p=" + Key, Good, "v=DKIM1; t=s; p=" + Key)]
    [InlineData("DKIM-STRICT-I", "v=DKIM1; p=" + Key, Good, null)]
    [InlineData("DKIM-FLAG-UNKNOWN", "v=DKIM1; t=s:Y; p=" + Key, Good, "v=DKIM1; t=s; p=" + Key)]
    [InlineData("DKIM-GRANULARITY", "v=DKIM1; g=; p=" + Key, Good, "v=DKIM1; p=" + Key)]
    public void A_fault_fires_with_its_correction_and_the_twin_does_not(string id, string bad, string good, string? corrected)
    {
        CheckResult result = Assert.Single(Apply(bad), result => result.Id == id);
        Assert.Equal(corrected, (result.Record.SingleOrDefault() as TxtRecord)?.Value);
        Assert.Equal(corrected, result.Expected == "65537" || result.Expected == "2048 bits" ? null : result.Expected);
        Assert.DoesNotContain(Apply(good), result => result.Id == id);
        if (corrected is not null) Assert.DoesNotContain(Apply(corrected), result => result.Status == CheckStatus.Fail);
    }

    [Fact]
    public void A_good_record_has_no_finding() => Assert.Empty(Apply(Good));

    [Theory]
    [InlineData(TestKeys.PrivatePkcs1)]
    [InlineData(TestKeys.PrivatePkcs8)]
    [InlineData("-----BEGIN RSA PRIVATE KEY-----" + TestKeys.PrivatePkcs1 + "-----END RSA PRIVATE KEY-----")]
    public void No_finding_repeats_a_private_key(string key)
    {
        string secret = key.Substring(60, 30);
        foreach (CheckResult result in Apply("v=dkim1; p=" + key))
        {
            string all = result.Message + result.Expected + result.Actual + result.Recommendation + string.Concat(result.Record.Select(record => record.ToString()));
            Assert.DoesNotContain(secret, all, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Control_characters_never_reach_a_message_raw()
    {
        foreach (CheckResult result in Apply("v=\u001b[31m; k=\u0007; h=\u0008; s=\u0001; t=\u0002; g=\u0003; \u0004=\u0005; \u0006; p=\u009b"))
            Assert.DoesNotContain(result.Message + result.Actual + result.Expected, c => c < ' ' || c > '~');
    }

    private static CheckResult[] Apply(string text)
    {
        var sheet = Seen.In(new CheckSheet("contoso.com"));
        DomainName zone = DomainName.Parse("contoso.com");
        DkimTextRules.Apply(
            DkimKeyParser.Read(text),
            sheet,
            value => new TxtRecord(zone.Prepend("s._domainkey"), zone, value, TimeSpan.FromHours(1), RecordPurpose.Dkim));
        return sheet.Results.ToArray();
    }
}
