using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using MailDns.Core.Tests.Dkim;
using MailDns.Core.Tests.Sending;
using MailDns.Core.Tests.Publishing;
using MailDns.Dkim;
using MailDns.Dkim.Keys;
using MailDns.Dns;
using MailDns.Sending;
using Xunit;

namespace MailDns.Core.Tests.Corrections;

/// <summary>
/// Every check that offers a corrected record: laid over the zone as a planned record, and planned and published in it, the record
/// removes the finding that it came with, and brings no new error.
/// </summary>
public class CarriedOutTests
{
    private const string Head = "$ORIGIN contoso.com.\n$TTL 3600\n@ SOA ns1 h 1 3600 600 86400 60\n@ NS ns1\nns1 A 203.0.113.53\n";

    private static readonly string s_half = TestKeys.Rsa2048[..200];

    // What a well-kept zone has, by name.
    private static readonly (string Name, string Lines)[] s_well =
    [
        ("@", "@ MX 10 mail\n@ TXT \"v=spf1 mx -all\""),
        ("mail", "mail A 203.0.113.25\nmail AAAA 2001:db8::25\nmail TXT \"v=spf1 a -all\""),
        ("_dmarc", "_dmarc TXT \"v=DMARC1; p=reject; rua=mailto:d@contoso.com\""),
        ("s1._domainkey", "s1._domainkey TXT \"v=DKIM1; k=rsa; p=\" \"" + s_half + "\" \"" + TestKeys.Rsa2048[200..] + "\""),
        ("default._bimi", "default._bimi TXT \"v=BIMI1; l=https://contoso.com/logo.svg; a=https://contoso.com/vmc.pem\""),
        ("_mta-sts", "_mta-sts TXT \"v=STSv1; id=1\"\nmta-sts A 203.0.113.26\nmta-sts TXT \"v=spf1 -all\""),
        ("_smtp._tls", "_smtp._tls TXT \"v=TLSRPTv1; rua=mailto:d@contoso.com\""),
        ("ns1", "ns1 TXT \"v=spf1 -all\""),
    ];

    private const string Platform = """
        {
          "id": "vendor", "name": "Vendor", "kind": "esp", "returnPath": "bounce", "confidence": "high",
          "sources": [ { "id": "page", "title": "The page", "url": "https://vendor.example/", "firstParty": true } ],
          "records": [
            { "role": "spf", "host": "{domain}", "type": "TXT", "include": ["spf.vendor.example"], "all": "softfail", "source": "page" },
            { "role": "dkim", "host": "{selector}._domainkey.{domain}", "type": "CNAME", "selector": "s1", "target": "k1.vendor.example", "source": "page" },
            { "role": "tracking", "host": "trk.{domain}", "type": "CNAME", "target": "trk.vendor.example", "source": "page" },
            { "role": "bounce", "host": "bounce.{domain}", "type": "CNAME", "target": "bounce.vendor.example", "delegates": ["spf", "mx"], "source": "page" },
            { "role": "dmarc", "host": "_dmarc.{domain}", "type": "TXT", "value": "v=DMARC1; p=none", "required": false, "source": "page" }
          ],
          "obsolete": [ { "role": "tracking", "value": "old.vendor.example", "replacement": "trk.vendor.example", "source": "page" } ]
        }
        """;

    private static readonly string s_hash = string.Concat(Enumerable.Repeat("a1", 32));

    // What the zone leads to.
    private static readonly ZoneFile[] s_others =
    [
        Parse("com", "ns A 192.0.2.1"),
        Parse("vendor.example", "ns A 192.0.2.1\n@ MX 10 mx\nmx A 8.8.8.8\nmx AAAA 2001:4860::8\n@ TXT \"v=spf1 mx -all\"\n_dmarc TXT \"v=DMARC1; p=reject\"\nspf TXT \"v=spf1 ip4:8.8.8.0/24 -all\"\nk1._domainkey A 192.0.2.1\ntrk A 198.51.100.7\nother A 198.51.100.8\nother TXT \"v=spf1 -all\"\nold A 198.51.100.9\n"
            + "bounce MX 10 mx\nbounce TXT \"v=spf1 ip4:8.8.8.0/24 -all\"\nk1 TXT \"v=DKIM1; p=\" \"" + TestKeys.Rsa2048[..200] + "\" \"" + TestKeys.Rsa2048[200..] + "\"\nk2 TXT \"v=DKIM1; p=\" \"" + TestKeys.Rsa2048[..200] + "\" \"" + TestKeys.Rsa2048[200..]
            + "\"\nxn--bcher-kva A 8.8.8.8\nxn--bcher-kva AAAA 2001:4860::8\nxn--bcher-kva TXT \"v=spf1 ip4:8.8.8.8 -all\"\nxn--mller-kva A 8.8.8.8\nxn--mller-kva AAAA 2001:4860::8\nxn--b-eha MX 10 mx\ncontoso.com._report._dmarc.xn--bcher-kva TXT \"v=DMARC1;\"\ncontoso.com._report._dmarc.xn--b-eha TXT \"v=DMARC1;\""),
        Parse("113.0.203.in-addr.arpa", "ns A 192.0.2.1\n77 PTR helo.contoso.com.\n25 PTR mail.contoso.com."),
    ];

    private static ZoneFile Parse(string zone, string lines) => ZoneFileParser.Parse("$ORIGIN " + zone + ".\n$TTL 3600\n@ SOA ns h 1 3600 600 86400 60\n@ NS ns\n" + lines + "\n", zone + ".zone", defaultOrigin: null);

    private static readonly (string Id, string With, string Name, string Lines)[] s_cases =
    [
        ("SPF-VERSION", "", "@", Spf("v=spf1-all")),
        ("SPF-VERSION", "", "@", "@ MX 10 mail\n@ TXT \"v=spf1\" \"mx\" \"-all\""),
        ("SPF-VERSION", "", "@", Spf("\\\"v=spf1 mx -all\\\"")),
        ("SPF-SYNTAX", "", "@", Spf("v=spf1 mx, -all")),
        ("SPF-UNKNOWN-MECH", "", "@", Spf("v=spf1 mx ipv4:203.0.113.5 -all")),
        ("SPF-IP-SYNTAX", "", "@", Spf("v=spf1 ip4:203.0.113.5ip4:203.0.113.6 -all")),
        ("SPF-IP-HOSTBITS", "", "@", Spf("v=spf1 mx ip4:8.8.8.8/24 -all")),
        ("SPF-MULTIPLE", "", "@", Spf("v=spf1 mx -all") + "\n@ TXT \"v=spf1 ip4:8.8.8.8 -all\""),
        ("SPF-SUBDOMAIN-GAP", "", "mail", "mail A 203.0.113.25\nmail AAAA 2001:db8::25"),
        ("DKIM-MULTIPLE", "", "s1._domainkey", "s1._domainkey TXT \"v=DKIM1; k=rsa; p=" + s_half + "\"\ns1._domainkey TXT \"" + TestKeys.Rsa2048[200..300] + "\" \"" + TestKeys.Rsa2048[300..] + "\""),
        ("DKIM-VERSION", "", "s1._domainkey", Key("v=DKIM2; k=rsa; p=")),
        ("DKIM-KEYTYPE", "", "s1._domainkey", Key("v=DKIM1; k=RSA; p=")),
        ("DMARC-VERSION", "", "_dmarc", Dmarc("v=DMARCl; p=reject; rua=mailto:d@contoso.com")),
        ("DMARC-VERSION", "", "_dmarc", Dmarc("v=DMARC1\\\\; p=reject\\\\; rua=mailto:d@contoso.com")),
        ("DMARC-VERSION", "", "_dmarc", Dmarc("p=reject; v=DMARC1; rua=mailto:d@contoso.com")),
        ("DMARC-JUNK-SEGMENT", "", "_dmarc", Dmarc("v=DMARC1; p=reject; rua mailto:d@contoso.com")),
        ("DMARC-P-MISSING", "", "_dmarc", Dmarc("v=DMARC1; policy=reject; rua=mailto:d@contoso.com")),
        ("DMARC-P-INVALID", "", "_dmarc", Dmarc("v=DMARC1; p=rejct; rua=mailto:d@contoso.com")),
        ("DMARC-SP-INVALID", "", "_dmarc", Dmarc("v=DMARC1; p=reject; sp=quarentine; rua=mailto:d@contoso.com")),
        ("DMARC-ALIGN-INVALID", "", "_dmarc", Dmarc("v=DMARC1; p=reject; adkim=strict; rua=mailto:d@contoso.com")),
        ("DMARC-RUA-SCHEME", "", "_dmarc", Dmarc("v=DMARC1; p=reject; rua=d@contoso.com")),
        ("DMARC-URI-INVALID", "", "_dmarc", Dmarc("v=DMARC1; p=reject; rua=mailto://d@contoso.com")),
        ("DMARC-TAG-EMPTY", "", "_dmarc", Dmarc("v=DMARC1; p=reject; sp=; rua=mailto:d@contoso.com")),
        ("DMARC-PCT-REMOVED", "", "_dmarc", Dmarc("v=DMARC1; p=reject; pct=50%; rua=mailto:d@contoso.com")),
        ("BIMI-VERSION", "", "default._bimi", Bimi("v=BIMI; l=https://contoso.com/logo.svg; a=https://contoso.com/vmc.pem")),
        ("BIMI-SYNTAX", "", "default._bimi", Bimi("\\\"v=BIMI1; l=https://contoso.com/logo.svg; a=https://contoso.com/vmc.pem\\\"")),
        ("BIMI-URI-COMMA", "", "default._bimi", Bimi("v=BIMI1; l=https://contoso.com/a,b.svg; a=https://contoso.com/vmc.pem")),
        ("MTASTS-TXT-SYNTAX", "", "_mta-sts", "_mta-sts TXT \"id=1; v=STSv1\"\nmta-sts A 203.0.113.26\nmta-sts TXT \"v=spf1 -all\""),
        ("TLSRPT-SYNTAX", "", "_smtp._tls", "_smtp._tls TXT \"v=TLSRPT1; rua=mailto:d@contoso.com\""),
        ("TLSRPT-RUA", "", "_smtp._tls", "_smtp._tls TXT \"v=TLSRPTv1; rua=d@contoso.com\""),
        ("DNS-NAME-DOUBLED", "", "_dmarc", "_dmarc.contoso.com TXT \"v=DMARC1; p=reject; rua=mailto:d@contoso.com\""),
        ("DNS-NAME-DOUBLED", "", "_smtp._tls", "_smtp._tls.contoso.com TXT \"v=TLSRPTv1; rua=mailto:d@contoso.com\""),
        // SPF.
        ("SPF-MACRO-SYNTAX", "", "@", Spf("\\\"v=spf1 mx exists:%{\\\" \\\"i}.spf.vendor.example -all\\\"")),
        ("SPF-UNKNOWN-MODIFIER", "", "@", Spf("v=spf1 mx v=spf1 ip4:8.8.8.8 -all")),
        ("SPF-AFTER-ALL", "", "@", Spf("v=spf1 mx -all -all")),
        ("SPF-DUP-TERM", "", "@", Spf("v=spf1 mx mx -all")),
        ("SPF-REDIRECT-DUP", "", "@", Spf("v=spf1 mx redirect=spf.vendor.example redirect=spf.vendor.example")),
        ("SPF-MULTIPLE", "", "@", Spf("v=spf1 mx -all") + "\n@ TXT \"v=spf1 mx -all \""),
        ("SPF-SYNTAX", "", "@", Spf("v=spf1 mx, -all") + "\n@ TXT \"google-site-verification=abc\""),
        ("SPF-IN-WRONG-PLACE", "", "@", "@ MX 10 mail\n_spf TXT \"v=spf1 mx -all\""),
        ("SPF-SUBDOMAIN-GAP", "", "mail", "mail A 203.0.113.25\nwww A 203.0.113.80\nmail TXT \"v=spf1a -all\""),
        ("SPF-PARKED", "parked", "@", Spf("v=spf1 mx -all")),
        ("SPF-PARKED", "parked", "@", Spf("v=spf1 mx -all") + "\n@ TXT \"v=spf1 ip4:8.8.8.8 -all\""),
        ("SPF-PARKED", "parked", "@", Spf("v=spf1mx -all")),
        ("SPF-PARKED", "parked", "@", "@ MX 10 mail"),
        ("SPF-PARKED", "parked", "@", Spf("v=spf1 redirect=spf.vendor.example")),
        ("SPF-HELO-MISSING", "helo", "x", "helo A 203.0.113.77"),
        ("SPF-PROVIDER-MISSING", "platform", "@", "@ MX 10 mail"),
        ("DNS-IDN-ULABEL", "", "@", "@ MX 10 mail\n@ TXT \"v=spf1 include:b\\195\\188cher.vendor.example a:m\\195\\188ller.vendor.example -all\""),
        ("DMARC-VALUE-CHARSET", "", "_dmarc", "_dmarc TXT \"v=DMARC1; p=reject; rua=mailto:d@b\\195\\188cher.vendor.example,mailto:d@b\\195\\188.vendor.example\""),
        ("DNS-IDN-ULABEL", "", "@", "@ MX 10 mail\n@ MX 20 b\\195\\188cher.vendor.example.\n@ TXT \"v=spf1 mx -all\""),

        // DKIM.
        ("DKIM-VERSION-NOT-FIRST", "", "s1._domainkey", Key("k=rsa; v=DKIM1; p=")),
        ("DKIM-VERSION-ABSENT", "", "s1._domainkey", Key("k=rsa; p=")),
        ("DKIM-TAG-UNKNOWN", "", "s1._domainkey", Key("v=DKIM1; K=rsa; p=")),
        ("DKIM-SYNTAX", "", "s1._domainkey", Key("v=DKIM1;; k=rsa; p=")),
        ("DKIM-SERVICE", "", "s1._domainkey", Key("v=DKIM1; s=mail; p=")),
        ("DKIM-TESTING", "", "s1._domainkey", Key("v=DKIM1; t=y; p=")),
        ("DKIM-FLAG-UNKNOWN", "", "s1._domainkey", Key("v=DKIM1; t=x; p=")),
        ("DKIM-HASH-SHA1-ONLY", "", "s1._domainkey", Key("v=DKIM1; h=sha1; p=")),
        ("DKIM-HASH-UNKNOWN", "", "s1._domainkey", Key("v=DKIM1; h=SHA256; p=")),
        ("DKIM-GRANULARITY", "", "s1._domainkey", Key("v=DKIM1; g=; p=")),
        ("DKIM-P-BASE64", "", "s1._domainkey", Key("v=DKIM1; p=-----BEGIN PUBLIC KEY-----")),
        ("DKIM-P-MISSING", "", "s1._domainkey", Key("v=DKIM1; k=rsa; P=")),
        ("DKIM-P-DER", "", "s1._domainkey", "s1._domainkey TXT \"v=DKIM1; p=" + TestKeys.Ed25519Spki + "\""),
        ("DKIM-ED25519-LENGTH", "", "s1._domainkey", "s1._domainkey TXT \"v=DKIM1; k=ed25519; p=" + TestKeys.Ed25519Spki + "\""),
        ("DKIM-KEY-PKCS1", "", "s1._domainkey", "s1._domainkey TXT \"v=DKIM1; p=\" \"" + TestKeys.Rsa2048Pkcs1[..200] + "\" \"" + TestKeys.Rsa2048Pkcs1[200..] + "\""),
        ("DKIM-MULTIPLE", "", "s1._domainkey", Key("v=DKIM1; k=rsa; p=") + "\ns1._domainkey TXT \"k=rsa\""),
        ("DKIM-PARKED", "parked", "s1._domainkey", Key("v=DKIM1; k=rsa; p=")),
        ("DKIM-CNAME-WRONG", "platform", "s1._domainkey", "s1._domainkey CNAME k2.vendor.example."),
        ("DKIM-MISSING", "platform", "s1._domainkey", string.Empty),
        ("DKIM-KEY-MISMATCH", "key", "s1._domainkey", "s1._domainkey TXT \"v=DKIM1; p=" + TestKeys.Rsa1024 + "\""),
        ("DKIM-KEY-MISMATCH", "key", "s1._domainkey", string.Empty),

        // DMARC.
        ("DMARC-VALUE-CHARSET", "", "_dmarc", Dmarc("v=DMARC1; p=reject\\195\\160; rua=mailto:d@contoso.com")),
        ("DMARC-TAG-UNKNOWN", "", "_dmarc", Dmarc("v=DMARC1; P=reject; rua=mailto:d@contoso.com")),
        ("DMARC-TAG-DUPLICATE", "", "_dmarc", Dmarc("v=DMARC1; p=reject; p=reject; rua=mailto:d@contoso.com")),
        ("DMARC-SP-REDUNDANT", "", "_dmarc", Dmarc("v=DMARC1; p=quarantine; sp=quarantine; rua=mailto:d@contoso.com")),
        ("DMARC-T-INVALID", "", "_dmarc", Dmarc("v=DMARC1; p=reject; t=yes; rua=mailto:d@contoso.com")),
        ("DMARC-FO-NO-RUF", "", "_dmarc", Dmarc("v=DMARC1; p=reject; fo=1; rua=mailto:d@contoso.com")),
        ("DMARC-FO-INVALID", "", "_dmarc", Dmarc("v=DMARC1; p=reject; fo=0:1; ruf=mailto:d@contoso.com; rua=mailto:d@contoso.com")),
        ("DMARC-RI-REMOVED", "", "_dmarc", Dmarc("v=DMARC1; p=reject; ri=86400; rua=mailto:d@contoso.com")),
        ("DMARC-RF-REMOVED", "", "_dmarc", Dmarc("v=DMARC1; p=reject; rf=afrf; rua=mailto:d@contoso.com")),
        ("DMARC-URI-ENCODING", "", "_dmarc", Dmarc("v=DMARC1; p=reject; rua=mailto:d;x@contoso.com")),
        ("DMARC-URI-SIZE-OBSOLETE", "", "_dmarc", Dmarc("v=DMARC1; p=reject; rua=mailto:d@contoso.com!10m")),
        ("DMARC-NP-INVALID", "", "_dmarc", Dmarc("v=DMARC1; p=quarantine; np=rejct; rua=mailto:d@contoso.com")),
        ("DMARC-NP-MISSING", "", "_dmarc", Dmarc("v=DMARC1; p=quarantine; nps=x; np reject; rua=mailto:d@contoso.com")),
        ("DMARC-PSD-Y", "", "_dmarc", Dmarc("v=DMARC1; p=reject; psd=y; rua=mailto:d@contoso.com")),
        ("DMARC-PSD-INVALID", "", "_dmarc", Dmarc("v=DMARC1; p=reject; psd=yes; rua=mailto:d@contoso.com")),
        ("DMARC-P-NOT-SECOND", "", "_dmarc", Dmarc("v=DMARC1; rua=mailto:d@contoso.com; p=reject; pct=100")),
        ("DMARC-RUA-MISSING", "", "_dmarc", Dmarc("v=DMARC1; p=reject; rau=mailto:d@contoso.com")),
        ("DMARC-WRONG-PLACE", "", "_dmarc", "@ TXT \"v=DMARC1; p=reject; rua=mailto:d@contoso.com\""),
        ("DMARC-WRONG-PLACE", "", "_dmarc", "dmarc TXT \"v=DMARC1; p=reject; rua=mailto:d@contoso.com\""),
        ("DMARC-RUA-EXTERNAL", "", "_dmarc", Dmarc("v=DMARC1; p=reject; rua=mailto:d@vendor.example")),
        ("DMARC-PARKED-WEAK", "parked", "_dmarc", Dmarc("v=DMARC1; p=none; sp=none; t=y; rua=mailto:d@contoso.com")),
        ("DMARC-PARKED-WEAK", "parked", "_dmarc", Dmarc("v=DMARC1; p=reject; t=y; np=none; adkim=s; rua=mailto:d@contoso.com")),
        ("DMARC-PARKED-WEAK", "parked", "_dmarc", Dmarc("v=DMARC1; p=rejct")),
        ("DMARC-PARKED-WEAK", "parked", "_dmarc", string.Empty),
        ("DMARC-ASPF-S-BOUNCE", "bounce", "_dmarc", Dmarc("v=DMARC1; p=reject; aspf=s; rua=mailto:d@contoso.com")),
        ("DMARC-ADKIM-S-D", "signer", "_dmarc", Dmarc("v=DMARC1; p=reject; adkim=s; rua=mailto:d@contoso.com")),

        // Logos, transport.
        ("BIMI-L-MISSING", "", "default._bimi", Bimi("v=BIMI1; L=https://contoso.com/logo.svg; a=https://contoso.com/vmc.pem")),
        ("BIMI-L-HTTPS", "", "default._bimi", Bimi("v=BIMI1; l=\\\"https://contoso.com/logo.svg\\\"; a=https://contoso.com/vmc.pem")),
        ("BIMI-AVP", "", "default._bimi", Bimi("v=BIMI1; l=https://contoso.com/logo.svg; a=https://contoso.com/vmc.pem; avp=\\\"brand\\\"")),
        ("BIMI-TAG-UNKNOWN", "", "default._bimi", Bimi("v=BIMI1; l=https://contoso.com/logo.svg; a=https://contoso.com/vmc.pem; x=1")),
        ("MTASTS-ID", "", "_mta-sts", "_mta-sts TXT \"v=STSv1; id=\\\"20260101\\\"\"\nmta-sts A 203.0.113.26\nmta-sts TXT \"v=spf1 -all\""),
        ("DANE-USAGE", "", "x", "_25._tcp.mail TLSA 1 1 1 " + s_hash),
        ("DANE-USAGE", "", "x", "_25._tcp.mail TLSA 1 1 1 " + s_hash + "\n_25._tcp.mail TLSA 3 1 1 " + s_hash.Replace('a', 'b') + "\n_25._tcp.mail TLSA 0 0 1 " + s_hash),
        ("MX-CNAME", "", "@", "@ MX 10 mx\nmx CNAME mail\n@ TXT \"v=spf1 mx -all\""),
        ("MX-CNAME", "", "@", "@ MX 10 mx\n@ MX 20 mail\n@ MX 30 mx3\nmx CNAME mx.vendor.example.\nmx3 CNAME mail\n@ TXT \"v=spf1 mx -all\""),
        ("MX-NULL-SYNTAX", "", "@", "@ MX 10 .\n@ TXT \"v=spf1 ip4:8.8.8.8 -all\""),
        ("MX-NULL-SYNTAX", "parked", "@", "@ MX 0 .\n@ MX 10 mail\n@ TXT \"v=spf1 -all\""),
        ("MX-MISSING", "parked", "@", "@ A 203.0.113.80\n@ TXT \"v=spf1 -all\""),

        // Platforms, hosts, addresses.
        ("PROFILE-INCOMPLETE", "platform", "x", string.Empty),
        ("PROFILE-INCOMPLETE", "platform", "@", "@ MX 10 mail\n@ TXT \"v=spf1mx -all\"\n@ TXT \"MS=ms1\""),
        ("PROFILE-INCOMPLETE", "altcraft", "x", string.Empty),
        ("PROFILE-WRONG-VALUE", "platform", "x", "trk CNAME other.vendor.example.\nbounce CNAME other.vendor.example."),
        ("PROFILE-OBSOLETE-VALUE", "platform", "x", "trk CNAME old.vendor.example."),
        ("TRACK-MISSING", "platform", "x", string.Empty),
        ("TRACK-TARGET", "platform", "x", "trk CNAME other.vendor.example."),
        ("TRACK-NOT-CNAME", "platform", "x", "trk A 203.0.113.80"),
        ("BOUNCE-MISSING", "platform", "x", string.Empty),
        ("BOUNCE-TARGET", "platform", "x", "bounce CNAME other.vendor.example."),
        ("BOUNCE-TARGET", "platform", "x", "bounce MX 10 mail\nbounce TXT \"v=spf1 -all\""),
        ("DNS-CNAME-FLATTENED", "platform", "x", "trk A 198.51.100.7"),
        ("HELO-UNRESOLVED", "helo", "x", string.Empty),
        ("PTR-FORWARD", "helo", "x", "helo TXT \"v=spf1 a -all\""),
    ];

    // Held where what is found is not read from DNS alone.
    private static readonly string[] s_elsewhere =
    [
        "SMTP-DANE-MISMATCH", // SmtpStatusReaderTests.A_mismatch_comes_with_the_record_that_mends_it
        "MSG-PLATFORM-DKIM", "MSG-PLATFORM-BOUNCE", // MessageMeaningTests.The_platform_is_recognised_and_compared_with_its_profile
        "DNS-SPLIT-ZONE", // The records are those of the other side.
    ];

    // What is known beside the zone, by a word.
    private static readonly Dictionary<string, Func<IDnsResolver, Task<IReadOnlyList<CheckResult>>>> s_readers = new(StringComparer.Ordinal)
    {
        [""] = resolver => CheckAsync(resolver, new SendingDomainRequest(PlannedZone.Apex) { Selectors = ["s1"] }),
        ["parked"] = resolver => CheckAsync(resolver, new SendingDomainRequest(PlannedZone.Apex) { Selectors = ["s1"], IsParked = true }),
        ["platform"] = resolver => CheckAsync(resolver, new SendingDomainRequest(PlannedZone.Apex) { Providers = [ProviderFixture.Read(Platform)] }),
        ["altcraft"] = resolver => CheckAsync(resolver, new SendingDomainRequest(PlannedZone.Apex) { Providers = [ProviderFixture.Shipped("altcraft")], ProviderValues = [new("publicKey", TestKeys.Rsa2048), new("aggregateReportUri", "mailto:d@contoso.com")] }),
        ["helo"] = resolver => CheckAsync(resolver, new SendingDomainRequest(PlannedZone.Apex) { Selectors = ["s1"], HeloNames = [PlannedZone.Apex.Prepend("helo")], Addresses = [System.Net.IPAddress.Parse("203.0.113.77")] }),
        ["bounce"] = resolver => CheckAsync(resolver, new SendingDomainRequest(PlannedZone.Apex) { Selectors = ["s1"], BounceHost = PlannedZone.Apex.Prepend("bounce") }),
        ["signer"] = async resolver => (await DmarcAlignmentPredictor.PredictAsync(
            new AlignmentRequest(PlannedZone.Apex) { Signatures = [new AlignmentSignature(PlannedZone.Apex.Prepend("mail"), PlannedZone.Apex.Prepend("s1._domainkey"))] }, resolver, CancellationToken.None, CancellationToken.None)).Results,
        ["key"] = async resolver => [await DkimKeyProof.TestAsync(PlannedZone.Apex, "s1", DkimPublicKey.Read(Convert.FromBase64String(TestKeys.Rsa2048)), resolver, CancellationToken.None)],
    };

    /// <summary>A check, what is known beside the zone, the name whose lines are replaced, and the lines.</summary>
    public static TheoryData<string, string, string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string, string, string>();
            foreach ((string id, string with, string name, string lines) in s_cases)
                cases.Add(id, with, name, lines);
            return cases;
        }
    }

    /// <summary>The checks that have a case.</summary>
    public static IReadOnlyCollection<string> Ids { get; } = s_cases.Select(item => item.Id).Concat(s_elsewhere).ToHashSet(StringComparer.Ordinal);

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_corrected_record_removes_its_finding(string id, string with, string name, string lines)
    {
        List<DnsRecord> zone = Zone(name, lines);
        Func<IDnsResolver, Task<IReadOnlyList<CheckResult>>> read = s_readers[with];
        IReadOnlyList<CheckResult> before = await read(Resolver(zone));
        CheckResult[] findings = before.Where(result => result.Record.Length > 0).ToArray();
        Assert.True(findings.Any(finding => finding.Id == id), "Found with a record: " + string.Join(", ", findings.Select(finding => finding.Id)) + "; and without: " + string.Join(", ", before.Where(result => result.Id == id).Select(result => result.Message)));
        foreach (CheckResult finding in findings)
            await CarriedOut.CheckAsync(zone, before, finding, read, Resolver);
    }

    // The twin: a zone that is well has nothing to correct.
    [Fact]
    public async Task A_well_kept_zone_has_nothing_to_correct() =>
        Assert.DoesNotContain(await s_readers[""](Resolver(Zone(string.Empty, string.Empty))), result => result.Record.Length > 0);

    internal static Func<IDnsResolver, Task<IReadOnlyList<CheckResult>>> Reader(string with) => s_readers[with];

    internal static List<DnsRecord> Parse(string lines) =>
        [.. ZoneFileParser.Parse(Head + lines + "\n", "contoso.com.zone", defaultOrigin: null).Records.Where(record => record.Type is not (DnsRecordType.Soa or DnsRecordType.Ns))];

    private static List<DnsRecord> Zone(string name, string lines) => Parse(string.Join('\n', s_well.Where(item => item.Name != name).Select(item => item.Lines)) + "\n" + lines);

    internal static IDnsResolver Resolver(IReadOnlyList<DnsRecord> zone) => new AliasFollowingResolver(new ZoneFileResolver([new ZoneFile("contoso.com.zone", PlannedZone.Apex, zone), .. s_others]));

    internal static async Task<IReadOnlyList<CheckResult>> CheckAsync(IDnsResolver resolver, SendingDomainRequest request) =>
        (await SendingDomainChecker.CheckAsync(request, resolver, CancellationToken.None)).Results;

    private static string Spf(string text) => "@ MX 10 mail\n@ TXT \"" + text + "\"";

    private static string Dmarc(string text) => "_dmarc TXT \"" + text + "\"";

    private static string Bimi(string text) => "default._bimi TXT \"" + text + "\"";

    private static string Key(string start) => "s1._domainkey TXT \"" + start + "\" \"" + s_half + "\" \"" + TestKeys.Rsa2048[200..] + "\"";
}
