using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using CsCheck;
using MailDns.Bimi;
using MailDns.Core.Tests.Catalogue;
using MailDns.Diagnostics;
using MailDns.Dns;
using MailDns.TestSupport;
using Xunit;

namespace MailDns.Core.Tests.Bimi;

public class MarkCertificateRulesTests
{
    private static readonly DomainName s_domain = DomainName.Parse("contoso.com");
    private static readonly MarkAuthority s_foreign = new("Foreign");

    private static byte[] Packed => MarkLogotype.Pack(MarkSamples.Svg);

    private static string GoodUri => MarkLogotype.DataUri(Packed);

    // what is wrong, the certificate that has it, the check that fires
    public static TheoryData<string, MarkSettings, string> Faulty => new()
    {
        { "no usage", MarkSamples.Settings with { Usages = [] }, "BIMI-VMC-EKU" },
        { "usage of a web server", MarkSamples.Settings with { Usages = ["1.3.6.1.5.5.7.3.1"] }, "BIMI-VMC-EKU" },
        { "expired", MarkSamples.Settings with { NotAfter = Day(5, 31) }, "BIMI-VMC-EXPIRED" },
        { "not yet", MarkSamples.Settings with { NotBefore = Day(6, 2) }, "BIMI-VMC-EXPIRED" },
        { "ends soon", MarkSamples.Settings with { NotAfter = Day(6, 30) }, "BIMI-VMC-EXPIRING" },
        { "another domain", MarkSamples.Settings with { DnsNames = ["fabrikam.com"] }, "BIMI-VMC-SAN" },
        { "no domain", MarkSamples.Settings with { DnsNames = [] }, "BIMI-VMC-SAN" },
        { "a wildcard", MarkSamples.Settings with { DnsNames = ["*.contoso.com"] }, "BIMI-VMC-SAN" },
        { "another selector", MarkSamples.Settings with { DnsNames = ["brand._bimi.contoso.com"] }, "BIMI-VMC-SAN" },
        { "a subdomain", MarkSamples.Settings with { DnsNames = ["mail.contoso.com"] }, "BIMI-VMC-SAN" },
        { "no logo", MarkSamples.Settings with { Logotype = null }, "BIMI-VMC-LOGOTYPE" },
        { "a broken logotype", MarkSamples.Settings with { Logotype = [0x30, 0x02, 0x05, 0x00, 0x05] }, "BIMI-VMC-LOGOTYPE" },
        { "an empty logotype", MarkSamples.Settings with { Logotype = [0x30, 0x00] }, "BIMI-VMC-LOGOTYPE" },
        { "a logo elsewhere", MarkSamples.Settings with { Logotype = Logotype("https://contoso.com/logo.svg") }, "BIMI-VMC-LOGOTYPE" },
        { "a logo without base64", MarkSamples.Settings with { Logotype = Logotype("data:image/svg+xml+gzip,%1F%8B") }, "BIMI-VMC-LOGOTYPE" },
        { "a logo in broken base64", MarkSamples.Settings with { Logotype = Logotype("data:image/svg+xml+gzip;base64,####") }, "BIMI-VMC-LOGOTYPE" },
        { "a logo that does not unpack", MarkSamples.Settings with { Logotype = Logotype(MarkLogotype.DataUri([0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 7, 7, 7, 7])) }, "BIMI-VMC-LOGOTYPE" },
        { "a logo cut off", MarkSamples.Settings with { Logotype = Logotype(MarkLogotype.DataUri(Packed[..12])) }, "BIMI-VMC-LOGOTYPE" },
        { "a bomb", MarkSamples.Settings with { Logotype = Logotype(MarkLogotype.DataUri(MarkLogotype.Pack(new byte[(1 << 20) + 1]))) }, "BIMI-VMC-LOGOTYPE" },
        { "an unpacked logo", MarkSamples.Settings with { Logotype = Logotype(MarkLogotype.DataUri(MarkSamples.Svg)) }, "BIMI-VMC-LOGOTYPE" },
        { "a raster", MarkSamples.Settings with { Logotype = Logotype(MarkLogotype.DataUri(Packed, "image/png")) }, "BIMI-VMC-LOGOTYPE" },
        { "another media type", MarkSamples.Settings with { Logotype = MarkLogotype.Of("image/png", GoodUri, SHA256.HashData(Packed)) }, "BIMI-VMC-LOGOTYPE" },
        { "another hash", MarkSamples.Settings with { Logotype = MarkLogotype.Of(MarkLogotype.MediaType, GoodUri, new byte[32]) }, "BIMI-VMC-LOGOTYPE" },
        { "two logos", MarkSamples.Settings with { Logotype = MarkLogotype.Of(MarkLogotype.MediaType, GoodUri, SHA256.HashData(Packed), images: 2) }, "BIMI-VMC-LOGOTYPE" },
        { "another logo", MarkSamples.Settings with { Logotype = MarkLogotype.Of([.. MarkSamples.Svg, (byte)'\n']) }, "BIMI-VMC-LOGO" },
        { "no mark type", MarkSamples.Settings with { MarkTypes = [] }, "BIMI-VMC-MARK-TYPE" },
        { "an unknown mark type", MarkSamples.Settings with { MarkTypes = ["Nice Mark"] }, "BIMI-VMC-MARK-TYPE" },
        { "two mark types", MarkSamples.Settings with { MarkTypes = ["Registered Mark", "Prior Use Mark"] }, "BIMI-VMC-MARK-TYPE" },
        { "prior use", MarkSamples.Settings with { MarkTypes = ["Prior Use Mark"] }, "BIMI-VMC-CMC" },
        { "modified", MarkSamples.Settings with { MarkTypes = ["Modified Registered Mark"] }, "BIMI-VMC-CMC" },
        { "no timestamps", MarkSamples.Settings with { TimestampList = null }, "BIMI-VMC-SCT" },
        { "an empty list", MarkSamples.Settings with { TimestampList = [0, 0] }, "BIMI-VMC-SCT" },
        { "a broken list", MarkSamples.Settings with { TimestampList = [0, 5, 0, 9, 1, 2, 3] }, "BIMI-VMC-SCT" },
        { "no revocation list", MarkSamples.Settings with { RevocationList = null }, "BIMI-VMC-CRL" },
        { "its own issuer", MarkSamples.Settings with { IsSelfSigned = true }, "BIMI-VMC-CHAIN" },
    };

    public static TheoryData<string, MarkSettings> Sound => new()
    {
        { "as it should be", MarkSamples.Settings },
        { "a government's mark", MarkSamples.Settings with { MarkTypes = ["Government Mark"] } },
        { "the selector", MarkSamples.Settings with { DnsNames = ["default._bimi.contoso.com"] } },
        { "one of several, in capitals", MarkSamples.Settings with { DnsNames = ["fabrikam.com", "CONTOSO.com"] } },
        { "more usages", MarkSamples.Settings with { Usages = ["1.3.6.1.5.5.7.3.1", MarkSettings.BimiUsage] } },
        { "the hash of the svg itself", MarkSamples.Settings with { Logotype = MarkLogotype.Of(MarkLogotype.MediaType, GoodUri, SHA256.HashData(MarkSamples.Svg)) } },
        { "31 days left", MarkSamples.Settings with { NotAfter = Day(7, 2) } },
        { "two timestamps", MarkSamples.Settings with { TimestampList = [0, 6, 0, 1, 1, 0, 1, 1] } },
    };

    [Theory]
    [MemberData(nameof(Sound))]
    public void A_sound_certificate_passes(string what, MarkSettings settings)
    {
        CheckSheet sheet = Judge(MarkSamples.Authority.Chain(settings));
        Assert.True(sheet.IsClean, what);
        Assert.Equal(["BIMI-VMC-REVOCATION"], sheet.Findings.Select(result => result.Id));
    }

    [Theory]
    [MemberData(nameof(Faulty))]
    public void A_fault_fires_its_check(string what, MarkSettings settings, string id)
    {
        CheckSheet sheet = Judge(MarkSamples.Authority.Chain(settings));
        Assert.True(sheet.Findings.Any(result => result.Id == id), what + ": " + string.Join(", ", sheet.Findings.Select(result => result.Id)));
        Assert.Equal(1, sheet.Results.Count(result => result.Id == id));
        Assert.DoesNotContain(sheet.Findings, result => result.Id != id && result.Id is not ("BIMI-VMC-REVOCATION" or "BIMI-VMC-ORDER"));
    }

    [Fact]
    public void A_mark_is_described()
    {
        MarkCertificate mark = Read(MarkSamples.Authority.Chain(MarkSamples.Settings with { MarkTypes = ["Prior Use Mark"] })).Certificate!;
        Assert.Equal((MarkCertificateKind.Common, "Prior Use Mark", "Contoso Ltd"), (mark.Kind, mark.MarkType, mark.Organization));
        Assert.Equal("CMC of Contoso Ltd, valid until 2027-02-01", mark.ToString());
        Assert.Equal(["contoso.com"], mark.DomainNames);
    }

    [Fact]
    public void Foreign_text_is_escaped()
    {
        MarkCertificate mark = Read(MarkSamples.Authority.Chain(MarkSamples.Settings with { MarkTypes = ["a\u001b[31m"] })).Certificate!;
        Assert.DoesNotContain('\u001b', mark.MarkType + mark.Subject);
    }

    // What is in the file, which roots are trusted, how the chain is judged and what the message holds.
    [Theory]
    [InlineData("leaf intermediate", "own", CheckStatus.Pass, "")]
    [InlineData("leaf intermediate root", "own", CheckStatus.Pass, "")]
    [InlineData("intermediate leaf", "own", CheckStatus.Pass, "")]
    [InlineData("leaf intermediate", "foreign own", CheckStatus.Pass, "")]
    [InlineData("leaf", "own", CheckStatus.Fail, "is neither in the file nor among the roots")]
    [InlineData("leaf intermediate", "foreign", CheckStatus.Fail, "is neither in the file nor among the roots")]
    [InlineData("leaf intermediate root", "foreign", CheckStatus.Fail, "which is not among the roots")]
    [InlineData("leaf intermediate", "impostor", CheckStatus.Fail, "does not lead to a trusted root")]
    [InlineData("leaf impostor", "own", CheckStatus.Fail, "does not lead to a trusted root")]
    [InlineData("leaf impostor", "", CheckStatus.Fail, "broken")]
    [InlineData("leaf intermediate", "", CheckStatus.Unknown, "no roots were given")]
    [InlineData("leaf intermediate root", "", CheckStatus.Unknown, "no roots were given")]
    [InlineData("leaf", "", CheckStatus.Unknown, "does not contain its issuer")]
    public void The_chain_passes_only_with_its_root(string file, string roots, CheckStatus expected, string message)
    {
        CheckResult chain = Of(Judge(File(file), Trust(roots)), MarkCertificateChecks.Chain);
        Assert.Equal(expected, chain.Status);
        Assert.Contains(message, chain.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("leaf intermediate", false)]
    [InlineData("leaf intermediate root", false)]
    [InlineData("leaf", false)]
    [InlineData("intermediate leaf", true)]
    [InlineData("leaf root intermediate", true)]
    [InlineData("leaf intermediate intermediate", true)]
    [InlineData("leaf leaf intermediate", true)]
    [InlineData("leaf other intermediate", true)]
    public void The_order_in_the_file_is_judged(string file, bool fires) =>
        Assert.Equal(fires ? CheckStatus.Warning : CheckStatus.Pass, Of(Judge(File(file)), MarkCertificateChecks.Order).Status);

    [Theory]
    [InlineData("")]
    [InlineData("hello")]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")]
    [InlineData("-----BEGIN CERTIFICATE-----\n####\n-----END CERTIFICATE-----\n")]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n")]
    public void What_is_no_certificate_is_said(string file)
    {
        CheckSheet sheet = Judge(file);
        Assert.Equal(file.Contains("PRIVATE", StringComparison.Ordinal), sheet.Findings.Any(finding => finding.Id == "BIMI-VMC-PRIVATE-KEY"));
        Assert.Equal("BIMI-VMC-PEM", Assert.Single(sheet.Findings, finding => finding.Id != "BIMI-VMC-PRIVATE-KEY").Id);
        Assert.All(sheet.Results.Where(result => result.Id is not "BIMI-VMC-PEM" and not "BIMI-VMC-PRIVATE-KEY"), result => Assert.Equal(CheckStatus.NotApplicable, result.Status));
    }

    [Fact]
    public void Authorities_alone_are_no_mark_certificate() =>
        Assert.Contains("authorities only", Of(Judge(File("intermediate root")), MarkCertificateChecks.Pem).Message, StringComparison.Ordinal);

    [Fact]
    public void More_certificates_than_a_chain_has_are_not_read() =>
        Assert.Contains("more than 16", Of(Judge(string.Concat(Enumerable.Repeat(File("intermediate"), 17))), MarkCertificateChecks.Pem).Message, StringComparison.Ordinal);

    [Fact]
    public void The_issuer_needs_the_usage_too()
    {
        using var authority = new MarkAuthority("Plain", intermediateHasUsage: false);
        CheckSheet sheet = Judge(authority.Chain(MarkSamples.Settings), MarkSamples.Trust(authority));
        Assert.Contains("The issuer", Of(sheet, MarkCertificateChecks.Usage).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_expired_issuer_is_said()
    {
        using var authority = new MarkAuthority("Old", intermediateEnds: Day(5, 1));
        CheckSheet sheet = Judge(authority.Chain(MarkSamples.Settings with { NotAfter = Day(8, 1) }), MarkSamples.Trust(authority));
        Assert.Contains("issuing certificate", Of(sheet, MarkCertificateChecks.Expired).Message, StringComparison.Ordinal);
        Assert.Equal(CheckStatus.Fail, Of(sheet, MarkCertificateChecks.Chain).Status);
    }

    [Theory]
    [InlineData("mail.contoso.com", "contoso.com", true, CheckStatus.Pass)]
    [InlineData("mail.contoso.com", null, true, CheckStatus.Fail)]
    [InlineData("mail.contoso.com", null, false, CheckStatus.Unknown)]
    [InlineData("fabrikam.com", null, false, CheckStatus.Fail)]
    [InlineData("contoso.com", null, false, CheckStatus.Pass)]
    public void The_organizational_domain_counts(string domain, string? organization, bool known, CheckStatus expected)
    {
        var target = new MarkCertificateTarget(DomainName.Parse(domain), "default", organization is null ? null : DomainName.Parse(organization), known);
        foreach (string name in new[] { "contoso.com", "default._bimi.contoso.com" })
        {
            var sheet = Seen.In(new CheckSheet(domain));
            MarkCertificateRules.Apply(Bytes(MarkSamples.Authority.Chain(MarkSamples.Settings with { DnsNames = [name] })), target, PublishedLogo.Of(MarkSamples.Svg), Trust("own"), sheet);
            Assert.Equal(expected, Of(sheet, MarkCertificateChecks.Names).Status);
        }
    }

    [Fact]
    public void Without_a_domain_or_a_logo_nothing_is_compared()
    {
        var sheet = Seen.In(new CheckSheet("file"));
        MarkCertificateRules.Apply(Bytes(File("leaf intermediate")), target: null, PublishedLogo.None("none"), Trust("own"), sheet);
        Assert.Equal(CheckStatus.NotApplicable, Of(sheet, MarkCertificateChecks.Names).Status);
        Assert.Equal(CheckStatus.NotApplicable, Of(sheet, MarkCertificateChecks.Logo).Status);
    }

    [Fact]
    public void A_packed_published_logo_is_compared_unpacked()
    {
        var sheet = Seen.In(new CheckSheet("file"));
        MarkCertificateRules.Apply(Bytes(File("leaf intermediate")), target: null, PublishedLogo.Of(Packed), Trust("own"), sheet);
        Assert.Equal(CheckStatus.Pass, Of(sheet, MarkCertificateChecks.Logo).Status);
    }

    [Fact]
    public void Changed_octets_never_throw_and_never_pass_the_chain()
    {
        byte[] good = Bytes(File("leaf intermediate"));
        Gen.Select(Gen.Int[0, good.Length - 1], Gen.Byte).Sample(
            change =>
            {
                byte[] file = (byte[])good.Clone();
                file[change.Item1] = change.Item2;
                var sheet = Seen.In(new CheckSheet("x"));
                MarkCertificateRules.Apply(file, target: null, PublishedLogo.Of(MarkSamples.Svg), Trust(string.Empty), sheet);
                return sheet.Results.All(result => result.Id != "BIMI-VMC-CHAIN" || result.Status != CheckStatus.Pass);
            },
            iter: 2000);
    }

    private static DateTimeOffset Day(int month, int day) => new(2026, month, day, 0, 0, 0, TimeSpan.Zero);

    private static byte[] Logotype(string address) => MarkLogotype.Of(MarkLogotype.MediaType, address, SHA256.HashData(Packed));

    private static byte[] Bytes(string text) => Encoding.ASCII.GetBytes(text);

    private static readonly string s_leaf = MarkSamples.Authority.Issue(MarkSamples.Settings);

    private static string File(string parts) => string.Concat(parts.Split(' ').Select(part => part switch
    {
        "leaf" => s_leaf,
        "other" => MarkSamples.Authority.Issue(MarkSamples.Settings),
        "intermediate" => MarkAuthority.Pem(MarkSamples.Authority.Intermediate),
        "impostor" => MarkAuthority.Pem(MarkSamples.Impostor.Intermediate),
        _ => MarkAuthority.Pem(MarkSamples.Authority.Root),
    }));

    private static MarkCertificateTrust Trust(string roots) => MarkSamples.Trust([.. roots.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(root => root switch
    {
        "own" => MarkSamples.Authority,
        "impostor" => MarkSamples.Impostor,
        _ => s_foreign,
    })]);

    private static CheckSheet Judge(string file) => Judge(file, Trust("own"));

    private static CheckSheet Judge(string file, MarkCertificateTrust trust)
    {
        var sheet = Seen.In(new CheckSheet("contoso.com"));
        MarkCertificateRules.Apply(Bytes(file), new MarkCertificateTarget(s_domain, "default", organization: null, isOrganizationKnown: true), PublishedLogo.Of(MarkSamples.Svg), trust, sheet);
        return sheet;
    }

    private static MarkCertificateReading Read(string file) =>
        MarkCertificateRules.Apply(Bytes(file), target: null, PublishedLogo.None("none"), Trust("own"), Seen.In(new CheckSheet("x")));

    private static CheckResult Of(CheckSheet sheet, CheckDefinition check) => sheet.Results.Single(result => result.Id == check.Id);
}
