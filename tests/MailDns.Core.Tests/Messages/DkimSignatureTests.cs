using MailDns.Core.Tests.Support;
using MailDns.Dns;
using MailDns.TestSupport;
using Xunit;
using static MailDns.Core.Tests.Messages.MessageCase;

namespace MailDns.Core.Tests.Messages;

/// <summary>One signature: what passes, and its twin that does not, each with its word and its reason.</summary>
public class DkimSignatureTests
{
    [Theory]
    [InlineData("simple/simple")]
    [InlineData("simple/relaxed")]
    [InlineData("relaxed/simple")]
    [InlineData("relaxed/relaxed")]
    [InlineData("relaxed")]
    public async Task Both_canonicalizations_pass_and_a_changed_body_or_subject_fails(string canonicalization)
    {
        foreach (MailSigner signer in new[] { Signer, Edwards })
        {
            string signed = signer.Sign(Plain, new SigningOptions { Canonicalization = canonicalization });
            await ExpectAsync(signed, AuthenticationResultCode.Pass, "as they were signed");
            await ExpectAsync(signed.Replace("invoice", "invoices", StringComparison.Ordinal), AuthenticationResultCode.Fail, "The body differs");
            await ExpectAsync(signed.Replace("4711", "4712", StringComparison.Ordinal), AuthenticationResultCode.Fail, "a signed header field differs");
        }
    }

    [Fact]
    public async Task Relaxed_forgives_white_space_and_simple_does_not()
    {
        string relaxed = Signer.Sign(Plain);
        await ExpectAsync(relaxed.Replace("Subject: Invoice  4711", "SUBJECT:Invoice\r\n\t 4711 ", StringComparison.Ordinal), AuthenticationResultCode.Pass, null);
        await ExpectAsync(relaxed.Replace("please  find the invoice. ", "please find \tthe invoice.", StringComparison.Ordinal), AuthenticationResultCode.Pass, null);
        await ExpectAsync(relaxed.Replace("4711", "47 11", StringComparison.Ordinal), AuthenticationResultCode.Fail, "b=");
        string simple = Signer.Sign(Plain, new SigningOptions { Canonicalization = "simple/simple" });
        await ExpectAsync(simple.Replace("Subject: Invoice  4711", "Subject: Invoice 4711", StringComparison.Ordinal), AuthenticationResultCode.Fail, "b=");
        await ExpectAsync(simple.Replace("invoice. \r\n", "invoice.\r\n", StringComparison.Ordinal), AuthenticationResultCode.Fail, "bh=");
        await ExpectAsync(simple + "\r\n\r\n", AuthenticationResultCode.Pass, null);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\r\n")]
    [InlineData("\r\n\r\n\r\n")]
    [InlineData("  \r\n\t\r\n")]
    [InlineData("no end of line")]
    [InlineData(".\r\n..\r\n. \r\n")]
    [InlineData("a\rb\r\r\n\rc")]
    [InlineData("caf\u00e9 \u00ff\u0000\r\n")]
    public async Task Odd_bodies_verify_in_every_canonicalization(string body)
    {
        string message = Plain[..(Plain.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)] + body;
        foreach (string canonicalization in new[] { "simple/simple", "relaxed/relaxed" })
            await ExpectAsync(Signer.Sign(message, new SigningOptions { Canonicalization = canonicalization }), AuthenticationResultCode.Pass, null);
    }

    [Fact]
    public async Task Line_ends_of_any_kind_are_those_that_were_signed()
    {
        string signed = Signer.Sign(Plain, new SigningOptions { Canonicalization = "simple/simple" });
        await ExpectAsync(signed.Replace("\r\n", "\n", StringComparison.Ordinal), AuthenticationResultCode.Pass, null);
        int mixed = 0;
        await ExpectAsync(string.Concat(signed.Split("\r\n").Select(line => line + (mixed++ % 2 == 0 ? "\n" : "\r\n"))), AuthenticationResultCode.Pass, null);
    }

    [Fact]
    public async Task Repeated_and_absent_fields_are_taken_from_the_bottom_up()
    {
        string message = "X-Note: upper\r\n" + Plain.Replace("To: Bob", "x-note: lower\r\nTo: Bob", StringComparison.Ordinal);
        string one = Signer.Sign(message, new SigningOptions { Fields = ["From", "X-Note"] });
        await ExpectAsync(one.Replace("upper", "changed", StringComparison.Ordinal), AuthenticationResultCode.Pass, null);
        await ExpectAsync(one.Replace("lower", "changed", StringComparison.Ordinal), AuthenticationResultCode.Fail, null);
        string both = Signer.Sign(message, new SigningOptions { Fields = ["From", "X-Note ", " x-note", "Absent"] });
        await ExpectAsync(both, AuthenticationResultCode.Pass, null);
        await ExpectAsync(both.Replace("upper", "changed", StringComparison.Ordinal), AuthenticationResultCode.Fail, null);

        // Signed once more than it is there: nobody can add another (RFC 6376 section 8.15).
        string over = Signer.Sign(Plain, new SigningOptions { Fields = ["From", "From", "Subject", "Subject"] });
        await ExpectAsync(over, AuthenticationResultCode.Pass, null);
        await ExpectAsync("Subject: another\r\n" + over, AuthenticationResultCode.Fail, null);
    }

    [Fact]
    public async Task A_signature_that_signs_older_signatures_passes()
    {
        string twice = Platform.Sign(Signer.Sign(Plain), new SigningOptions { Fields = ["From", "DKIM-Signature", "DKIM-Signature"] });
        MailMessageResult result = await ProveAsync(twice);
        Assert.All(result.Dkim, signature => Assert.Equal(AuthenticationResultCode.Pass, signature.Result));
        Assert.Equal(["esp.example", "example.com"], result.Dkim.Select(signature => signature.Domain));
        Assert.Equal([false, true], result.Dkim.Select(signature => signature.Aligned!.Value));
    }

    [Theory]
    [InlineData(" v=1;", "", "v= is missing")]
    [InlineData("v=1; ", "v=2; ", "not a known version")]
    [InlineData("d=example.com", "d=example.com; d=example.com", "given more than once")]
    [InlineData("d=example.com;", ";", "nothing between two semicolons")]
    [InlineData("d=example.com;", "", "d= is missing")]
    [InlineData("d=example.com", "d=example..com", "not a valid domain name")]
    [InlineData("s=s2048", "s=s 2048", "not a valid selector")]
    [InlineData("a=rsa-sha256", "a=rsa-sha512", "not an algorithm")]
    [InlineData("a=rsa-sha256", "a=rsa-sha1", "rsa-sha1")]
    [InlineData("c=relaxed/relaxed", "c=nowsp", "not a canonicalization")]
    [InlineData("h=From:To", "h=Sender:To", "From is not among")]
    [InlineData("h=From:To", "h=From::To", "an empty name")]
    [InlineData("s=s2048;", "s=s2048; i=ann@other.example;", "not in the domain")]
    [InlineData("s=s2048;", "s=s2048; i=ann;", "not an address")]
    [InlineData("s=s2048;", "s=s2048; q=http;", "no way to get the key")]
    [InlineData("s=s2048;", "s=s2048; t=soon;", "not a time")]
    [InlineData("s=s2048;", "s=s2048; t=1700000000; x=1700000000;", "expires (x=) no later")]
    [InlineData("s=s2048;", "s=s2048; l=-1;", "not a number of octets")]
    [InlineData("s=s2048;", "s=s2048; junk;", "not a tag=value")]
    [InlineData("\tb=", "\tb=*", "b= is not base64")]
    [InlineData("bh=", "bh=AAAA", "bh=")]
    public async Task A_signature_that_breaks_the_grammar_is_a_permanent_error(string from, string to, string reason)
    {
        string signed = Signer.Sign(Plain);
        await ExpectAsync(signed, AuthenticationResultCode.Pass, null);
        Assert.Contains(from, signed, StringComparison.Ordinal);
        int place = signed.IndexOf(from, StringComparison.Ordinal);
        await ExpectAsync(signed[..place] + to + signed[(place + from.Length)..], AuthenticationResultCode.PermError, reason);
    }

    [Theory]
    [InlineData("v=DKIM1; p={p}", AuthenticationResultCode.Pass, null)]
    [InlineData("p={p}", AuthenticationResultCode.Pass, null)]
    [InlineData("k=rsa; t=s; h=sha256; p={p}", AuthenticationResultCode.Pass, null)]
    [InlineData("v=DKIM1; h=sha1:sha256; s=email; t=y; n=note; x=unknown; p={p}", AuthenticationResultCode.Pass, null)]
    [InlineData("v=DKIM1; p={pkcs1}", AuthenticationResultCode.Pass, null)]
    [InlineData("v=DKIM1; h=sha1; p={p}", AuthenticationResultCode.PermError, "does not allow the hash")]
    [InlineData("v=DKIM1; s=other; p={p}", AuthenticationResultCode.PermError, "is not for mail")]
    [InlineData("v=DKIM1; k=ed25519; p={p}", AuthenticationResultCode.PermError, "of another type")]
    [InlineData("v=DKIM1; p=", AuthenticationResultCode.PermError, "is revoked")]
    [InlineData("v=DKIM1; k=rsa", AuthenticationResultCode.PermError, "no p= tag")]
    [InlineData("v=DKIM2; p={p}", AuthenticationResultCode.PermError, "has to be DKIM1")]
    [InlineData("v=DKIM1; p={p}; p={p}", AuthenticationResultCode.PermError, "more than once")]
    [InlineData("v=DKIM1; p={other}", AuthenticationResultCode.Fail, "another key")]
    [InlineData("v=DKIM1; p={weak}", AuthenticationResultCode.PermError, "768 bits")]
    [InlineData("v=spf1 -all", AuthenticationResultCode.PermError, "not a DKIM key")]
    public async Task The_key_decides(string record, AuthenticationResultCode expected, string? reason)
    {
        using var other = MailSigner.Rsa("example.com", "s2048");
        string text = record.Replace("{p}", Signer.PublicKey, StringComparison.Ordinal)
            .Replace("{pkcs1}", Signer.Pkcs1PublicKey, StringComparison.Ordinal)
            .Replace("{other}", other.PublicKey, StringComparison.Ordinal)
            .Replace("{weak}", Dkim.TestKeys.Rsa768, StringComparison.Ordinal);
        TableResolver zone = new TableResolver().Txt("_dmarc.example.com", "v=DMARC1; p=none").Txt(Signer.KeyName, text);
        await ExpectAsync(Signer.Sign(Plain), expected, reason, zone);
    }

    [Fact]
    public async Task The_lookup_of_the_key_decides_too()
    {
        string signed = Signer.Sign(Plain);
        await ExpectAsync(signed, AuthenticationResultCode.PermError, "there is no key", new TableResolver().Txt("_dmarc.example.com", "v=DMARC1; p=none"));
        foreach (DnsResponseStatus status in new[] { DnsResponseStatus.ServerFailure, DnsResponseStatus.Timeout, DnsResponseStatus.OutOfZone })
        {
            MailMessageResult result = await ExpectAsync(signed, AuthenticationResultCode.TempError, "failed", Zone().Fail(Signer.KeyName, DnsRecordType.Txt, status));
            Assert.Equal(AuthenticationResultCode.TempError, result.DmarcResult);
            Assert.False(result.IsConclusive);
        }

        TableResolver alias = new TableResolver().Txt("_dmarc.example.com", "v=DMARC1; p=none").Cname(Signer.KeyName, "s2048.keys.esp.example").Txt("s2048.keys.esp.example", Signer.KeyRecord);
        MailMessageResult followed = await ExpectAsync(signed, AuthenticationResultCode.Pass, null, alias);
        Assert.Equal("s2048.keys.esp.example", followed.Dkim[0].KeyTarget);
        await ExpectAsync(signed, AuthenticationResultCode.PermError, "2 key records", Zone().Txt(Signer.KeyName, "v=DKIM1; p=" + Edwards.PublicKey));
        await ExpectAsync(signed, AuthenticationResultCode.Pass, null, Zone().Txt(Signer.KeyName, "some-verification=1"));
    }

    [Fact]
    public async Task An_identity_below_the_domain_needs_a_key_without_the_flag_s()
    {
        string signed = Signer.Sign(Plain, new SigningOptions { Extra = " i=ann@mail.example.com;" });
        await ExpectAsync(signed, AuthenticationResultCode.Pass, null);
        TableResolver strict = new TableResolver().Txt("_dmarc.example.com", "v=DMARC1; p=none").Txt(Signer.KeyName, "v=DKIM1; t=s; p=" + Signer.PublicKey);
        await ExpectAsync(signed, AuthenticationResultCode.PermError, "t=s", strict);
        await ExpectAsync(Signer.Sign(Plain, new SigningOptions { Extra = " i=ann@EXAMPLE.com;" }), AuthenticationResultCode.Pass, null, strict);
    }

    [Fact]
    public async Task A_length_covers_the_beginning_and_never_more_than_the_body()
    {
        string body = "Hello Bob,\r\n";
        string signed = Signer.Sign(Plain, new SigningOptions { Length = body.Length });
        MailMessageResult result = await ExpectAsync(signed, AuthenticationResultCode.Pass, "octets behind them are not signed");
        Assert.Equal(body.Length, result.Dkim[0].BodyCovered);
        Assert.Contains(result.Findings, finding => finding.Id == "MSG-DKIM-LENGTH");
        MailMessageResult nothing = await ExpectAsync(Signer.Sign(Plain, new SigningOptions { Length = 0 }), AuthenticationResultCode.Pass, "the first 0 octets");
        Assert.Equal(0, nothing.Dkim[0].BodyCovered);
        await ExpectAsync(Signer.Sign(Plain, new SigningOptions { Length = 5000 }), AuthenticationResultCode.PermError, "more than the");
        string whole = Signer.Sign(Plain);
        Assert.DoesNotContain((await ExpectAsync(whole, AuthenticationResultCode.Pass, null)).Findings, finding => finding.Id == "MSG-DKIM-LENGTH");
    }

    [Fact]
    public async Task Times_are_judged_now_and_at_receipt()
    {
        string received = "Received: from mail.example.com (mail.example.com [192.0.2.10]) by mx.receiver.example; Tue, 14 Nov 2023 22:13:25 +0000\r\n";
        string signed = received + Signer.Sign(Plain, new SigningOptions { Extra = " t=1700000000; x=1700604800;" });
        MailMessageResult expired = await ExpectAsync(signed, AuthenticationResultCode.PermError, "it was still valid");
        Assert.Contains(expired.Findings, finding => finding.Id == "MSG-DKIM-EXPIRED" && finding.Status == CheckStatus.Fail);
        MailMessageResult then = await ProveAsync(signed, with: request => request with { TrustedHosts = [DomainName.Parse("mx.receiver.example")] });
        Assert.Equal(AuthenticationResultCode.Pass, then.Dkim[0].Result);
        Assert.Contains("after it was received", then.Dkim[0].Reason, StringComparison.Ordinal);
        MailMessageResult future = await ExpectAsync(Signer.Sign(Plain, new SigningOptions { Extra = " t=999999999999; x=9999999999999;" }), AuthenticationResultCode.Pass, null);
        Assert.Contains(future.Findings, finding => finding.Id == "MSG-DKIM-FUTURE");
    }

    [Fact]
    public async Task Testing_keys_and_short_keys_are_told()
    {
        using var small = MailSigner.Rsa("example.com", "small");
        MailMessageResult result = await ExpectAsync(small.Sign(Plain), AuthenticationResultCode.Pass, null, Zone().Txt(small.KeyName, "v=DKIM1; t=y; p=" + small.PublicKey));
        Assert.Contains(result.Findings, finding => finding.Id == "MSG-DKIM-KEY-SIZE");
        Assert.Contains(result.Findings, finding => finding.Id == "MSG-DKIM-TESTING");
        Assert.DoesNotContain((await ProveAsync(Signer.Sign(Plain))).Findings, finding => finding.Id is "MSG-DKIM-KEY-SIZE" or "MSG-DKIM-TESTING");
    }

    [Fact]
    public async Task Of_a_thousand_signatures_those_near_the_author_are_verified()
    {
        string junk = string.Concat(Enumerable.Range(0, 999).Select(i => Platform.Field(Plain, new SigningOptions { Extra = " n=" + i + ";" })));
        MailMessageResult result = await ProveAsync(junk + Signer.Sign(Plain));
        Assert.Equal(1000, result.Dkim.Length);
        Assert.Equal(AuthenticationResultCode.Pass, result.Dkim[^1].Result);
        Assert.Equal(950, result.Dkim.Count(signature => signature.Result == AuthenticationResultCode.Policy));
        Assert.Contains(result.Findings, finding => finding.Id == "MSG-DKIM-MANY");
        Assert.Equal(AuthenticationResultCode.Pass, result.DmarcResult);
    }

    [Fact]
    public async Task International_domains_are_looked_up_as_A_labels()
    {
        MailSigner signer = Signer.As("m\u00c3\u00bcller.example", "s");
        TableResolver zone = new TableResolver().Txt("_dmarc.xn--mller-kva.example", "v=DMARC1; p=reject").Txt("s._domainkey.xn--mller-kva.example", Signer.KeyRecord);
        MailMessageResult result = await ProveAsync(signer.Sign(Plain.Replace("ann@example.com", "\u00c3\u00bc@m\u00c3\u00bcller.example", StringComparison.Ordinal)), zone);
        Assert.Equal(AuthenticationResultCode.Pass, result.DmarcResult);
        Assert.Equal("xn--mller-kva.example", result.Dkim[0].Domain);
    }

    [Fact]
    public async Task A_private_key_in_DNS_verifies_nothing()
    {
        TableResolver zone = new TableResolver().Txt("_dmarc.example.com", "v=DMARC1; p=none").Txt(Signer.KeyName, "v=DKIM1; p=" + Dkim.TestKeys.PrivatePkcs8);
        MailMessageResult result = await ExpectAsync(Signer.Sign(Plain), AuthenticationResultCode.PermError, "PRIVATE", zone);
        Assert.DoesNotContain(Dkim.TestKeys.PrivatePkcs8[..20], string.Concat(result.Findings.Select(finding => finding.Message)), StringComparison.Ordinal);
    }

    private static async Task<MailMessageResult> ExpectAsync(string message, AuthenticationResultCode expected, string? reason, IDnsResolver? zone = null)
    {
        MailMessageResult result = await ProveAsync(message, zone);
        DkimSignatureResult signature = Assert.Single(result.Dkim);
        Assert.True(expected == signature.Result, signature.ToString());
        if (reason is not null)
            Assert.Contains(reason, signature.Reason, StringComparison.OrdinalIgnoreCase);
        return result;
    }
}
