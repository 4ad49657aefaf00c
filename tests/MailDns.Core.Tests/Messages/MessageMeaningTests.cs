using System.Net;
using System.Text;
using MailDns.Core.Tests.Support;
using MailDns.Dns;
using MailDns.Messages;
using MailDns.Sending;
using MailDns.TestSupport;
using Xunit;
using static MailDns.Core.Tests.Messages.MessageCase;

namespace MailDns.Core.Tests.Messages;

/// <summary>Copies, SPF, DMARC, ARC, what others recorded, and the platform: each finding with its twin.</summary>
public class MessageMeaningTests
{
    private const string Received = "Received: from mail.example.com (mail.example.com [192.0.2.10])\r\n\tby mx.receiver.example (Postfix) with ESMTPS id 4AbC;\r\n\tTue, 14 Nov 2023 22:13:25 +0000 (UTC)\r\n";

    private static readonly DomainName[] s_trusted = [DomainName.Parse("mx.receiver.example")];

    private static MessageRequest Trusting(MessageRequest request) => request with { TrustedHosts = s_trusted };

    private static void Has(MailMessageResult result, string id, CheckStatus? status = null) =>
        Assert.True(result.Results.Any(found => found.Id == id && (status is null ? found.Status is not (CheckStatus.Pass or CheckStatus.NotApplicable) : found.Status == status)), id + " among " + string.Join("; ", result.Results));

    [Theory]
    [InlineData("\u00ef\u00bb\u00bf", "byte order mark")]
    [InlineData("From ann@example.com Tue Nov 14 22:13:20 2023\r\n", "mbox")]
    [InlineData("\r\n\r\n", "empty lines")]
    public async Task What_stands_before_the_header_is_skipped_and_told(string before, string told)
    {
        string signed = Signer.Sign(Plain, new SigningOptions { Canonicalization = "simple/simple" });
        MailMessageResult result = await ProveAsync(before + signed);
        Assert.Equal(AuthenticationResultCode.Pass, result.Dkim[0].Result);
        Assert.Contains(told, Assert.Single(result.Results, found => found.Id == "MSG-COPY-NORMALIZED").Message, StringComparison.Ordinal);
        Has(await ProveAsync(signed), "MSG-COPY-NORMALIZED", CheckStatus.Pass);
    }

    [Fact]
    public async Task A_copy_in_UTF_16_is_the_message()
    {
        string signed = Signer.Sign(Plain.Replace("Bob,", "B\u00f6b \u20ac,", StringComparison.Ordinal), new SigningOptions());
        string octets = Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(Plain.Replace("Bob,", "B\u00f6b \u20ac,", StringComparison.Ordinal)));
        string utf8 = Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(Signer.Sign(octets)));
        foreach (Encoding encoding in new[] { Encoding.Unicode, Encoding.BigEndianUnicode })
        {
            MailMessageResult result = await ProveAsync([.. encoding.GetPreamble(), .. encoding.GetBytes(utf8)]);
            Assert.Equal(AuthenticationResultCode.Pass, result.Dkim[0].Result);
            Has(result, "MSG-COPY-NORMALIZED");
        }

        Assert.NotEqual(signed, utf8);
    }

    [Theory]
    [InlineData("From here on\r\n", ">From here on\r\n", "mbox")]
    [InlineData(">From here on\r\n", ">>From here on\r\n", "mbox")]
    [InlineData(".one\r\n", "..one\r\n", "two dots")]
    [InlineData("one\r\ntwo\r\n", "one\r\r\ntwo\r\r\n", "CR CR LF")]
    [InlineData("one\r\n", "one\r\n-- \r\nfooter\r\n", "the last 2 lines")]
    public async Task What_programs_do_to_bodies_is_proven(string sent, string copy, string told)
    {
        foreach (string canonicalization in new[] { "simple/simple", "relaxed/relaxed" })
        {
            string message = Plain + sent;
            string signed = Signer.Sign(message, new SigningOptions { Canonicalization = canonicalization });
            MailMessageResult result = await ProveAsync(signed[..^sent.Length] + copy);
            Assert.Equal(AuthenticationResultCode.Fail, result.Dkim[0].Result);
            Assert.Contains(told, result.Dkim[0].Repair, StringComparison.Ordinal);
            Has(result, "MSG-COPY-REPAIRED");
            Has(result, "MSG-DMARC-FAIL", CheckStatus.Unknown);
            Assert.False(result.IsConclusive);

            MailMessageResult forged = await ProveAsync(signed[..^sent.Length] + "something else\r\n", with: request => request with { IPAddress = IPAddress.Parse("198.51.100.1"), Sender = "ann@example.com" });
            Assert.Null(forged.Dkim[0].Repair);
            Has(forged, "MSG-DKIM-BODY", CheckStatus.Fail);
            Has(forged, "MSG-DMARC-FAIL", CheckStatus.Fail);
            Assert.True(forged.IsConclusive);
        }
    }

    [Fact]
    public async Task A_copy_from_a_store_that_changes_bodies_proves_nothing_and_says_what_the_receiver_recorded()
    {
        string signed = "Authentication-Results: spf=pass (sender IP is 192.0.2.10)\r\n smtp.mailfrom=example.com; dkim=pass (signature was verified)\r\n header.d=example.com;dmarc=pass action=none header.from=example.com;compauth=pass reason=100\r\n"
            + "Received: from mail.example.com (192.0.2.10) by SN1.mail.protection.outlook.com (10.167.8.1) with Microsoft SMTP Server; Tue, 14 Nov 2023 22:13:25 +0000\r\n"
            + Signer.Sign(Plain).Replace("invoice", "invoices", StringComparison.Ordinal);
        string stored = "X-MS-Exchange-Organization-AuthAs: Anonymous\r\n" + signed;
        MailMessageResult result = await ProveAsync(stored);
        Has(result, "MSG-COPY-UNPROVEN");
        Assert.Contains("recorded dkim=pass", result.Results.Single(found => found.Id == "MSG-COPY-UNPROVEN").Message, StringComparison.Ordinal);
        Assert.False(result.IsConclusive);
        Assert.DoesNotContain(result.Claims, claim => claim.IsBelieved);
        Has(result, "MSG-CLAIM-UNTRUSTED");

        MailMessageResult believed = await ProveAsync(signed, with: request => request with { TrustedHosts = [DomainName.Parse("protection.outlook.com")] });
        Assert.All(believed.Claims, claim => Assert.True(claim.IsBelieved));
        Has(believed, "MSG-COPY-UNPROVEN");
        Has(believed, "MSG-CLAIM-DIFFERS");
        Has(believed, "MSG-CLAIM-UNTRUSTED", CheckStatus.Pass);
        Assert.Equal(["spf", "dkim", "dmarc", "compauth"], believed.Claims.Select(claim => claim.Method));
        Assert.Equal(SpfResultCode.Pass, believed.Spf!.Result);
        Assert.Equal("example.com", believed.Spf.Domain);
    }

    [Theory]
    [InlineData("Hello\r\nWorld: no\r\n", "none of the usual")]
    [InlineData("<!DOCTYPE html>\r\n<html>", "web page")]
    [InlineData("PK\u0003\u0004aaaa", "ZIP")]
    [InlineData("", "empty")]
    [InlineData("\0\0\0\0", "binary")]
    public async Task What_is_no_message_is_refused(string octets, string told)
    {
        MessageException exception = await Assert.ThrowsAsync<MessageException>(() => ProveAsync(octets));
        Assert.False(exception.IsTooLarge);
        Assert.Contains(told, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Limits_are_held()
    {
        Assert.True((await Assert.ThrowsAsync<MessageException>(() => ProveAsync(string.Concat(Enumerable.Range(0, 100_000).Select(i => "X-" + i + ": a\r\n")) + Plain))).IsTooLarge);
        Assert.True((await Assert.ThrowsAsync<MessageException>(() => ProveAsync("Subject: " + new string('a', 10 << 20) + "\r\n" + Plain))).IsTooLarge);
        Assert.True((await Assert.ThrowsAsync<MessageException>(() => ProveAsync("Subject: a\r\n" + string.Concat(Enumerable.Repeat(" b\r\n", 2_000_000)) + Plain))).IsTooLarge);
        Assert.True((await Assert.ThrowsAsync<MessageException>(() => ProveAsync("From: a@example.com\r\n" + string.Concat(Enumerable.Repeat("no field here\r\n", 100_000))))).IsTooLarge);

        string nested = Plain + string.Concat(Enumerable.Range(0, 50_000).Select(i => "--b" + i + "\r\nContent-Type: multipart/mixed; boundary=b" + (i + 1) + "\r\n\r\n"));
        Assert.Equal(AuthenticationResultCode.Pass, (await ProveAsync(Signer.Sign(nested))).Dkim[0].Result);

        // Parentheses, quotation marks and lists without end in fields that are read.
        string hostile = "From: " + new string('(', 500_000) + "\r\nReceived: from " + new string('(', 500_000) + "\r\nAuthentication-Results: " + new string('(', 200_000) + new string('"', 200_000) + "\r\nSubject: x\r\n\r\n";
        Assert.Equal(AuthenticationResultCode.None, (await ProveAsync(hostile)).DmarcResult);
    }

    [Fact]
    public async Task Lines_that_are_no_field_are_left_out()
    {
        string signed = Signer.Sign(Plain);
        MailMessageResult result = await ProveAsync(signed.Replace("\r\nDate:", "\r\nthis is no field\r\n and this neither\r\nDate:", StringComparison.Ordinal));
        Assert.Equal(AuthenticationResultCode.Pass, result.Dkim[0].Result);
        Has(result, "MSG-HEADER-STRAY");
        Has(await ProveAsync(signed), "MSG-HEADER-STRAY", CheckStatus.Pass);
    }

    [Theory]
    [InlineData("ann@example.com", "example.com")]
    [InlineData("Ann (evil@evil.example) <ann@example.com>", "example.com")]
    [InlineData("\"evil@evil.example\" <ann@example.com>", "example.com")]
    [InlineData("=?utf-8?q?evil=40evil.example?= <ann@example.com>", "example.com")]
    [InlineData("Team: ann@example.com, bob@example.com;", "example.com")]
    [InlineData("ann@example.com, bob@EXAMPLE.com", "example.com")]
    [InlineData("<@relay.example:ann@example.com>", "example.com")]
    [InlineData("\"a@b\"@example.com", "example.com")]
    [InlineData("ann@example.com (one (two) \\) three)", "example.com")]
    [InlineData("evil@evil.example <ann@example.com>", "example.com")]
    [InlineData("ann@example.com, bob@other.example", null)]
    [InlineData("undisclosed-recipients:;", null)]
    [InlineData("Ann", null)]
    [InlineData("ann@", null)]
    [InlineData("<ann@example.com> <bob@other.example>", null)]
    [InlineData("ann@[192.0.2.1]", null)]
    public async Task The_author_is_the_one_domain_in_From(string from, string? domain)
    {
        MailMessageResult result = await ProveAsync("From: " + from + "\r\nSubject: x\r\n\r\n");
        Assert.Equal(domain, result.Domain);
        Assert.Equal(domain is null ? AuthenticationResultCode.None : AuthenticationResultCode.Fail, result.DmarcResult);
        Has(result, "MSG-AUTHOR", domain is null ? CheckStatus.Fail : CheckStatus.Pass);
    }

    [Fact]
    public async Task Two_From_fields_are_no_author()
    {
        MailMessageResult result = await ProveAsync("From: evil@evil.example\r\n" + Signer.Sign(Plain));
        Assert.Equal(AuthenticationResultCode.Pass, result.Dkim[0].Result);
        Assert.Equal(AuthenticationResultCode.None, result.DmarcResult);
        Has(result, "MSG-AUTHOR", CheckStatus.Fail);
        Has(result, "MSG-HEADER-REPEATED", CheckStatus.Fail);
        Has(await ProveAsync(Signer.Sign(Plain)), "MSG-HEADER-REPEATED", CheckStatus.Pass);
    }

    [Theory]
    [InlineData("v=DMARC1; p=reject", "example.com", AuthenticationResultCode.Pass)]
    [InlineData("v=DMARC1; p=reject", "news.example.com", AuthenticationResultCode.Pass)]
    [InlineData("v=DMARC1; p=reject; adkim=s", "news.example.com", AuthenticationResultCode.Fail)]
    [InlineData("v=DMARC1; p=reject", "other.example", AuthenticationResultCode.Fail)]
    [InlineData("v=DMARC1; p=wrong", "example.com", AuthenticationResultCode.None)]
    [InlineData("", "example.com", AuthenticationResultCode.None)]
    public async Task DMARC_needs_a_policy_and_an_aligned_pass(string policy, string signer, AuthenticationResultCode expected)
    {
        MailSigner key = Signer.As(signer, "s");
        TableResolver zone = new TableResolver().Txt(key.KeyName, key.KeyRecord);
        if (policy.Length > 0)
            zone.Txt("_dmarc.example.com", policy);
        MailMessageResult result = await ProveAsync(key.Sign(Plain), zone, request => request with { IPAddress = IPAddress.Parse("198.51.100.1"), Sender = "a@nowhere.example" });
        Assert.True(expected == result.DmarcResult, result.ToString());
        if (expected == AuthenticationResultCode.None)
            Has(result, "MSG-DMARC-NONE");
        else
            Has(result, "MSG-DMARC-NONE", CheckStatus.Pass);
        Has(result, "MSG-DMARC-FAIL", expected switch { AuthenticationResultCode.Pass => CheckStatus.Pass, AuthenticationResultCode.Fail => CheckStatus.Fail, _ => CheckStatus.NotApplicable });
        if (signer == "other.example")
            Has(result, "MSG-ALIGN-DKIM");
        if (expected == AuthenticationResultCode.Pass)
            Has(result, "MSG-ALIGN-DKIM", CheckStatus.Pass);
    }

    [Fact]
    public async Task A_policy_that_cannot_be_looked_up_is_a_temporary_error()
    {
        MailMessageResult result = await ProveAsync(Signer.Sign(Plain), Zone().Fail("_dmarc.example.com", DnsRecordType.Txt, DnsResponseStatus.Timeout));
        Assert.Equal(AuthenticationResultCode.TempError, result.DmarcResult);
        Has(result, "MSG-DMARC-FAIL", CheckStatus.Unknown);

        // One aligned pass is enough, whatever else fails to be looked up.
        string twice = Signer.As("example.com", "other").Sign(Signer.Sign(Plain));
        MailMessageResult passed = await ProveAsync(twice, Zone().Fail("other._domainkey.example.com", DnsRecordType.Txt, DnsResponseStatus.Timeout));
        Assert.Equal(AuthenticationResultCode.Pass, passed.DmarcResult);
    }

    [Theory]
    [InlineData("192.0.2.10", "ann@example.com", null, SpfResultCode.Pass, true, AuthenticationResultCode.Pass)]
    [InlineData("198.51.100.1", "ann@example.com", null, SpfResultCode.Fail, true, AuthenticationResultCode.Fail)]
    [InlineData("203.0.113.7", "b@bounce.esp.example", null, SpfResultCode.Pass, false, AuthenticationResultCode.Fail)]
    [InlineData("192.0.2.10", "", "example.com", SpfResultCode.Pass, true, AuthenticationResultCode.Pass)]
    [InlineData("192.0.2.10", null, "example.com", SpfResultCode.Pass, null, AuthenticationResultCode.Fail)]
    [InlineData("192.0.2.10", "", null, null, null, AuthenticationResultCode.Fail)]
    [InlineData("192.0.2.10", null, null, null, null, AuthenticationResultCode.Fail)]
    public async Task SPF_is_of_what_the_user_says(string address, string? sender, string? helo, SpfResultCode? expected, bool? aligned, AuthenticationResultCode dmarc)
    {
        MailMessageResult result = await ProveAsync("Return-Path: <ann@example.com>\r\n" + Received + Plain, with: request => request with { IPAddress = IPAddress.Parse(address), Sender = sender, Helo = helo });
        Assert.Equal(expected, result.Spf?.Result);
        Assert.Equal(aligned, result.SpfAligned);
        Assert.Equal(dmarc, result.DmarcResult);
        Has(result, "MSG-SPF-UNKNOWN", expected is null ? CheckStatus.Info : CheckStatus.Pass);
        Has(result, "MSG-SPF-RESULT", expected switch { null => CheckStatus.NotApplicable, SpfResultCode.Pass => CheckStatus.Pass, _ => CheckStatus.Warning });
        if (aligned is { } isAligned)
            Has(result, "MSG-ALIGN-SPF", isAligned ? CheckStatus.Pass : CheckStatus.Warning);
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("Received: from localhost (localhost [127.0.0.1]) by mx.receiver.example; Tue, 14 Nov 2023 22:13:26 +0000\r\n", null)]
    [InlineData("Received: by 2002:a05:7110:1 with SMTP id x; Tue, 14 Nov 2023 22:13:26 +0000\r\n", null)]
    [InlineData("Received: from mx.receiver.example (mx.receiver.example [198.51.100.8]) by mailbox.receiver.example; Tue, 14 Nov 2023 22:13:26 +0000\r\n", null)]
    [InlineData("Received: from evil.example (evil.example [198.51.100.9]) by other.example; Tue, 14 Nov 2023 22:13:26 +0000\r\n", "not named")]
    public async Task SPF_is_of_the_line_with_which_a_trusted_host_received_the_message(string above, string? refused)
    {
        string message = "Return-Path: <ann@example.com>\r\n" + above + Received + Plain;
        MailMessageResult result = await ProveAsync(message, with: Trusting);
        if (refused is null)
        {
            Assert.Equal("192.0.2.10", result.Spf!.IPAddress.ToString());
            Assert.Equal(SpfResultCode.Pass, result.Spf.Result);
            Assert.Equal("ann@example.com", result.Spf.Sender);
        }
        else
        {
            Assert.Null(result.Spf);
            Assert.Contains(refused, result.Results.Single(found => found.Id == "MSG-SPF-UNKNOWN").Message, StringComparison.Ordinal);
        }

        Assert.Null((await ProveAsync(message)).Spf);
    }

    [Fact]
    public async Task A_Return_Path_below_the_trusted_line_is_the_senders_word()
    {
        MailMessageResult result = await ProveAsync(Received + "Return-Path: <ann@example.com>\r\nReceived: from good.example (good.example [192.0.2.10]) by mx.receiver.example; Tue, 14 Nov 2023 22:13:20 +0000\r\n" + Plain, with: Trusting);
        Assert.NotEqual(true, result.SpfAligned);
        Assert.Equal("mail.example.com", result.Spf!.Domain);
    }

    [Theory]
    [InlineData("from helo.example (rdns.example [192.0.2.1]) by mx.example (Postfix) with ESMTP id 1; Tue, 14 Nov 2023 22:13:25 +0000", "192.0.2.1", "helo.example", "rdns.example")]
    [InlineData("from rdns.example ([192.0.2.1] helo=helo.example) by mx.example with esmtp (Exim 4.96) id 1; Tue, 14 Nov 2023 22:13:25 +0000", "192.0.2.1", "helo.example", "rdns.example")]
    [InlineData("from [192.0.2.1] (helo=helo.example) by mx.example with esmtp; Tue, 14 Nov 2023 22:13:25 +0000", "192.0.2.1", "helo.example", "[192.0.2.1]")]
    [InlineData("from rdns.example ([192.0.2.1] helo=[9.9.9.9]) by mx.example with esmtp; Tue, 14 Nov 2023 22:13:25 +0000", "192.0.2.1", "[9.9.9.9]", "rdns.example")]
    [InlineData("from helo.example (192.0.2.1) by mx.example (10.0.0.1) with Microsoft SMTP Server; Tue, 14 Nov 2023 22:13:25 +0000", "192.0.2.1", "helo.example", "helo.example")]
    [InlineData("from unknown (HELO helo.example) (192.0.2.1) by mx.example with SMTP; 14 Nov 2023 22:13:25 -0000", "192.0.2.1", "helo.example", "unknown")]
    [InlineData("from helo.example (rdns.example. [2001:db8::1]) by mx.example with ESMTPS id 1; Tue, 14 Nov 2023 14:13:25 -0800 (PST)", "2001:db8::1", "helo.example", "rdns.example")]
    [InlineData("from helo.example (rdns.example [IPv6:2001:db8::1]) by mx.example; Tue, 14 Nov 2023 22:13:25 GMT", "2001:db8::1", "helo.example", "rdns.example")]
    [InlineData("from [9.9.9.9] (rdns.example [192.0.2.1] (may be forged)) by mx.example (8.17) with ESMTP; Tue, 14 Nov 2023 22:13:25 +0000", "192.0.2.1", "[9.9.9.9]", "rdns.example")]
    [InlineData("from by (rdns.example [::ffff:192.0.2.1]) by mx.example; Tue, 14 Nov 2023 22:13:25 +0000", "192.0.2.1", "by", "rdns.example")]
    [InlineData("from [9.9.9.9] by mx.example; junk", null, "[9.9.9.9]", "[9.9.9.9]")]
    public void Received_fields_of_many_servers_are_read(string text, string? address, string helo, string peer)
    {
        ReceivedField field = ReceivedField.Read(text, 0);
        Assert.Equal(address, field.Address?.ToString());
        Assert.Equal(helo, field.Helo);
        Assert.Equal(peer, field.Peer);
        Assert.Equal("mx.example", field.By);
        if (address is not null)
            Assert.Equal(new DateTimeOffset(2023, 11, 14, 22, 13, 25, TimeSpan.Zero), field.Date);
    }

    [Fact]
    public async Task Forged_results_below_the_trusted_line_are_not_believed()
    {
        string forged = "Authentication-Results: mx.receiver.example; dkim=pass header.d=example.com; dmarc=pass header.from=example.com\r\n";
        MailMessageResult below = await ProveAsync(Received + forged + Plain, with: Trusting);
        Assert.All(below.Claims, claim => Assert.False(claim.IsBelieved));
        MailMessageResult above = await ProveAsync(forged + Received + Signer.Sign(Plain), with: Trusting);
        Assert.All(above.Claims, claim => Assert.True(claim.IsBelieved));
        Has(above, "MSG-CLAIM-DIFFERS", CheckStatus.Pass);
        MailMessageResult other = await ProveAsync(forged.Replace("mx.receiver", "mx.other", StringComparison.Ordinal) + Received + Plain, with: Trusting);
        Assert.All(other.Claims, claim => Assert.False(claim.IsBelieved));
        MailMessageResult differs = await ProveAsync(forged + Received + Signer.Sign(Plain).Replace("4711", "0815", StringComparison.Ordinal), with: Trusting);
        Has(differs, "MSG-CLAIM-DIFFERS");
    }

    [Theory]
    [InlineData("mx.google.com; dkim=neutral (body hash did not verify) header.i=@a.example header.s=s header.b=AbC; spf=pass (google.com: domain of b@a.example designates 192.0.2.1 as permitted sender) smtp.mailfrom=b@a.example; dmarc=pass (p=REJECT sp=REJECT dis=NONE) header.from=a.example", "mx.google.com", "dkim=neutral spf=pass dmarc=pass")]
    [InlineData("i=2; mx.microsoft.com 1; spf=pass smtp.mailfrom=a.example; dmarc=bestguesspass action=none header.from=a.example; arc=pass (0 oda=1 ltdi=1 spf=[1,1,smtp.mailfrom=a.example])", "mx.microsoft.com", "spf=pass dmarc=bestguesspass arc=pass")]
    [InlineData("spf=fail (sender IP is 192.0.2.1) smtp.mailfrom=a.example; dkim=none (message not signed) header.d=none;dmarc=fail action=oreject header.from=a.example;compauth=fail reason=000", "", "spf=fail dkim=none dmarc=fail compauth=fail")]
    [InlineData("example.org 1; none", "example.org", "")]
    [InlineData("\"a;b\" 1; dkim/1 = pass (a (nested) comment; here) reason=\"all; good\" header.d = a.example", "a;b", "dkim=pass")]
    public void Authentication_results_of_many_servers_are_read(string text, string host, string results)
    {
        AuthenticationResultsField field = AuthenticationResultsField.Read(text, 0);
        Assert.Equal(host, field.Host);
        Assert.Equal(results, string.Join(" ", field.Results.Select(result => result.Method + "=" + result.Result)));
    }

    [Fact]
    public async Task An_ARC_chain_is_validated_and_never_makes_DMARC_pass()
    {
        string first = Platform.Seal(Signer.Sign(Plain), 1, "none", "list.example; dkim=pass header.d=example.com");
        string second = Edwards.Seal(first, 2, "pass", "mx.receiver.example; arc=pass; dkim=pass header.d=example.com");
        MailMessageResult good = await ProveAsync(second);
        Assert.True(good.Arc.Result == AuthenticationResultCode.Pass, good.Arc.ToString());
        Assert.Equal(["esp.example", "example.com"], good.Arc.Sets.Select(set => set.Domain));
        Has(good, "MSG-ARC", CheckStatus.Pass);

        // The list changes the body and seals: its chain is valid, DKIM fails, and so does DMARC.
        string changed = Signer.Sign(Plain).Replace("invoice.", "invoice!", StringComparison.Ordinal);
        MailMessageResult list = await ProveAsync(Platform.Seal(changed, 1, "none", "list.example; dkim=pass header.d=example.com"), with: request => request with { IPAddress = IPAddress.Parse("203.0.113.7"), Sender = "l@bounce.esp.example" });
        Assert.Equal(AuthenticationResultCode.Pass, list.Arc.Result);
        Assert.Equal(AuthenticationResultCode.Fail, list.DmarcResult);

        foreach (string broken in new[]
        {
            second.Replace("invoice.", "invoice!", StringComparison.Ordinal),
            second.Replace("cv=pass", "cv=fail", StringComparison.Ordinal),
            second.Replace("cv=pass", "cv=none", StringComparison.Ordinal),
            second.Replace("dkim=pass header", "dkim=fail header", StringComparison.Ordinal),
            second.Replace("ARC-Seal: i=1", "X-Seal: i=1", StringComparison.Ordinal),
            second.Replace("i=2", "i=3", StringComparison.Ordinal),
            first + second,
            "ARC-Seal: i=51; a=rsa-sha256; cv=pass; d=a.example; s=s; b=AAAA\r\n" + second,
        })
        {
            MailMessageResult bad = await ProveAsync(broken.Contains("ARC-Seal", StringComparison.Ordinal) ? broken : broken);
            Assert.True(bad.Arc.Result == AuthenticationResultCode.Fail, bad.Arc.ToString());
            Has(bad, "MSG-ARC", CheckStatus.Warning);
        }

        Assert.Equal(AuthenticationResultCode.TempError, (await ProveAsync(second, Zone().Fail(Platform.KeyName, DnsRecordType.Txt, DnsResponseStatus.Timeout))).Arc.Result);
        Assert.Equal(AuthenticationResultCode.None, (await ProveAsync(Plain)).Arc.Result);
    }

    [Fact]
    public async Task The_platform_is_recognised_and_compared_with_its_profile()
    {
        SendingProvider profile = Provider();
        var platform = new PlatformRequest { Known = new ProviderIndex(new SendingProviderCatalog([profile])) };
        string own = Signer.As("esp.example", "esp").Sign(Plain);
        TableResolver zone = Zone().Fail("none.example", DnsRecordType.Txt, DnsResponseStatus.Timeout);
        MailMessageResult result = await ProveAsync("Return-Path: <b@bounce.esp.example>\r\n" + Platform.Sign(Plain), zone, platform: platform);
        Assert.Equal("Example ESP", result.Platform);
        CheckResult dkim = result.Results.Single(found => found.Id == "MSG-PLATFORM-DKIM");
        Assert.Contains("the platform's own domain", dkim.Message, StringComparison.Ordinal);
        Assert.Contains("s1._domainkey.example.com", dkim.Message, StringComparison.Ordinal);
        Assert.Equal("s1._domainkey.example.com", Assert.IsType<CnameRecord>(Assert.Single(dkim.Record)).Fqdn);
        CheckResult bounce = result.Results.Single(found => found.Id == "MSG-PLATFORM-BOUNCE");
        Assert.Equal("em.example.com", Assert.Single(bounce.Record).Fqdn);
        Has(result, "MSG-PLATFORM", CheckStatus.Info);
        Assert.NotEqual(Plain, own);

        TableResolver published = Zone().Cname("s1._domainkey.example.com", "s1.keys.esp.example").Txt("s1.keys.esp.example", Signer.KeyRecord).Cname("em.example.com", "bounce.esp.example");
        MailMessageResult notSwitchedOn = await ProveAsync(Platform.Sign(Plain), published, platform: platform);
        Assert.Contains("custom domain is not turned on", notSwitchedOn.Results.Single(found => found.Id == "MSG-PLATFORM-DKIM").Message, StringComparison.Ordinal);

        MailMessageResult good = await ProveAsync("Return-Path: <b@em.example.com>\r\n" + Signer.As("example.com", "s1").Sign(Plain), published, platform: platform);
        Has(good, "MSG-PLATFORM-DKIM", CheckStatus.Pass);
        Has(good, "MSG-PLATFORM-BOUNCE", CheckStatus.Pass);
        Assert.Contains("s1.keys.esp.example", good.Results.Single(found => found.Id == "MSG-PLATFORM").Message, StringComparison.Ordinal);

        MailMessageResult other = await ProveAsync("X-SG-EID: abc\r\n" + Signer.Sign(Plain), platform: new PlatformRequest { Provider = profile, Known = new ProviderIndex(new SendingProviderCatalog([profile, Provider("sendgrid", "Twilio SendGrid", "sendgrid.net")])) });
        Has(other, "MSG-PLATFORM-OTHER", CheckStatus.Warning);
        MailMessageResult same = await ProveAsync(Platform.Sign(Plain), platform: new PlatformRequest { Provider = profile, Known = new ProviderIndex(new SendingProviderCatalog([profile])) });
        Has(same, "MSG-PLATFORM-OTHER", CheckStatus.Pass);
        MailMessageResult unknown = await ProveAsync(Signer.Sign(Plain), platform: platform);
        Has(unknown, "MSG-PLATFORM", CheckStatus.Pass);
        Has(unknown, "MSG-PLATFORM-DKIM", CheckStatus.NotApplicable);
    }

    [Fact]
    public async Task Each_finding_about_signatures_has_a_case()
    {
        Has(await ProveAsync(Plain), "MSG-DKIM-NONE");
        string signed = Signer.Sign(Plain);
        MailMessageResult good = await ProveAsync(signed);
        foreach (string id in new[] { "NONE", "SYNTAX", "ALGORITHM", "KEY-MISSING", "KEY-REVOKED", "KEY-UNUSABLE", "BODY", "HEADER", "EXPIRED", "FUTURE", "LENGTH", "FIELDS", "TESTING", "KEY-SIZE", "MANY" })
            Has(good, "MSG-DKIM-" + id, CheckStatus.Pass);
        Has(good, "MSG-COPY-REPAIRED", CheckStatus.Pass);
        Has(good, "MSG-COPY-UNPROVEN", CheckStatus.Pass);
        Has(await ProveAsync(signed.Replace("v=1", "v=3", StringComparison.Ordinal)), "MSG-DKIM-SYNTAX", CheckStatus.Fail);
        Has(await ProveAsync(signed.Replace("rsa-sha256", "rsa-sha1", StringComparison.Ordinal)), "MSG-DKIM-ALGORITHM", CheckStatus.Fail);
        Has(await ProveAsync(signed.Replace("s=s2048", "s=gone", StringComparison.Ordinal)), "MSG-DKIM-KEY-MISSING", CheckStatus.Fail);
        Has(await ProveAsync(signed.Replace("s=s2048", "s=old", StringComparison.Ordinal), Zone().Txt("old._domainkey.example.com", "v=DKIM1; p=")), "MSG-DKIM-KEY-REVOKED", CheckStatus.Fail);
        Has(await ProveAsync(signed.Replace("s=s2048", "s=ed", StringComparison.Ordinal)), "MSG-DKIM-KEY-UNUSABLE", CheckStatus.Fail);
        Has(await ProveAsync(signed.Replace("4711", "0815", StringComparison.Ordinal)), "MSG-DKIM-HEADER", CheckStatus.Fail);
        Has(await ProveAsync(Signer.Sign(Plain, new SigningOptions { Fields = ["From"] })), "MSG-DKIM-FIELDS");

        // One that fails beside one that passes aligned is a remark.
        MailMessageResult beside = await ProveAsync(Platform.Sign(Signer.Sign(Plain)).Replace("d=esp.example", "d=gone.example", StringComparison.Ordinal));
        Has(beside, "MSG-DKIM-KEY-MISSING", CheckStatus.Info);
    }

    [Fact]
    public async Task An_Outlook_item_shows_its_header_and_proves_nothing()
    {
        string header = Signer.Sign("Authentication-Results: mx.receiver.example; dkim=pass header.d=example.com\r\n" + Received + Plain);
        header = header[..header.IndexOf("\r\n\r\n", StringComparison.Ordinal)];
        foreach (bool large in new[] { false, true })
        {
            string text = large ? header + "\r\nX-Filler: " + new string('x', 5000) : header;
            MailMessageResult result = await ProveAsync(CompoundFile.WithHeader(text));
            Assert.Equal("example.com", result.Domain);
            Assert.Equal(AuthenticationResultCode.Neutral, result.Dkim[0].Result);
            Assert.True(result.Dkim[0].SignatureMatches);
            Has(result, "MSG-COPY-UNPROVEN");
            Assert.False(result.IsConclusive);
        }

        byte[] damaged = CompoundFile.WithHeader(header);
        var random = new Random(1);
        for (int round = 0; round < 200; round++)
        {
            byte[] copy = [.. damaged];
            for (int i = 0; i < 20; i++)
                copy[random.Next(8, copy.Length)] = (byte)random.Next(256);
            try
            {
                await ProveAsync(copy);
            }
            catch (MessageException)
            {
                // Refused, and nothing else.
            }
        }

        Assert.Contains("Outlook item", (await Assert.ThrowsAsync<MessageException>(() => ProveAsync(damaged[..600]))).Message, StringComparison.Ordinal);
    }

    private static SendingProvider Provider(string id = "esp", string name = "Example ESP", string domain = "esp.example")
    {
        string json = $$"""
            { "id": "{{id}}", "name": "{{name}}", "kind": "esp", "returnPath": "bounce", "confidence": "high",
              "sources": [ { "id": "s", "title": "test", "url": "https://{{domain}}/", "firstParty": true } ],
              "parameters": {},
              "records": [
                { "role": "dkim", "host": "{selector}._domainkey.{domain}", "type": "CNAME", "selector": "s1", "target": "{selector}.keys.{{domain}}", "source": "s" },
                { "role": "bounce", "host": "em.{domain}", "type": "CNAME", "target": "bounce.{{domain}}", "source": "s" } ] }
            """;
        return MailDns.Core.Tests.Sending.ProviderFixture.Read(json, id + ".json");
    }
}
