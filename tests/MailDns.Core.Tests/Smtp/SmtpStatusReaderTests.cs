using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Threading;
using System.Threading.Tasks;
using MailDns.Core.Tests.Catalogue;
using MailDns.Core.Tests.Support;
using MailDns.Crypto;
using MailDns.Dns;
using MailDns.MtaSts;
using MailDns.Smtp;
using MailDns.TestSupport;
using Xunit;

namespace MailDns.Core.Tests.Smtp;

/// <summary>What is said of a mail host that showed this or that.</summary>
public sealed class SmtpStatusReaderTests : IClassFixture<SmtpStatusReaderTests.Chain>
{
    private const string Owner = "_25._tcp.mx1.contoso.com";

    private static readonly string[] s_signed = ["contoso.com", "mx1.contoso.com", Owner, "."];

    private readonly Chain _chain;

    public SmtpStatusReaderTests(Chain chain) => _chain = chain;

    /// <summary>Usage, selector and matching type, what the record is of, and whether the host matches; every combination and its twin.</summary>
    public static TheoryData<byte, byte, byte, string, bool?> Vectors
    {
        get
        {
            var data = new TheoryData<byte, byte, byte, string, bool?>();
            foreach (byte selector in new byte[] { 0, 1 })
            {
                foreach (byte matching in new byte[] { 0, 1, 2 })
                {
                    foreach (byte usage in new byte[] { 0, 1 })
                    {
                        data.Add(usage, selector, matching, "leaf", null);
                        data.Add(usage, selector, matching, "stranger", null);
                    }

                    data.Add(2, selector, matching, "issuer", true);
                    data.Add(2, selector, matching, "root", true);
                    data.Add(2, selector, matching, "stranger", false);
                    data.Add(2, selector, matching, "leaf", false);
                    data.Add(3, selector, matching, "leaf", true);
                    data.Add(3, selector, matching, "stranger", false);
                    data.Add(3, selector, matching, "issuer", false);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Vectors))]
    public async Task A_tlsa_record_matches_or_does_not(byte usage, byte selector, byte matching, string of, bool? matches)
    {
        TlsaData record = Record(usage, selector, matching, _chain.Of(of));
        SmtpTlsStatus status = Assert.Single(await ReadAsync(Zone(record), Good()));
        Assert.Equal(matches, status.DaneMatch);
        Assert.Equal(matches == true ? [record.ToString()] : [], status.MatchingRecords);
        Assert.Equal(matches switch { true => CheckStatus.Pass, false => CheckStatus.Fail, _ => CheckStatus.NotApplicable }, Of(status, "SMTP-DANE-MISMATCH").Status);
        Assert.Equal(SmtpChecks.All.Select(check => check.Id).Order(), status.Results.Where(result => result.Area == CheckArea.Smtp).Select(result => result.Id).Order());
    }

    // The record that is offered is one that matches.
    [Theory]
    [InlineData(3, "stranger", "3 1 1 leaf")]
    [InlineData(2, "stranger", "2 1 1 issuer")]
    [InlineData(2, "leaf", "2 1 1 issuer")]
    [InlineData(3, "issuer", "3 1 1 leaf")]
    public async Task A_mismatch_comes_with_the_record_that_mends_it(byte usage, string of, string mended)
    {
        SmtpTlsStatus status = Assert.Single(await ReadAsync(Zone(Record(usage, 1, 1, _chain.Of(of))), Good()));
        var fix = (TlsaRecord)Assert.Single(Of(status, "SMTP-DANE-MISMATCH").Record);
        string[] wanted = mended.Split(' ');
        Assert.Equal(Record(byte.Parse(wanted[0], System.Globalization.CultureInfo.InvariantCulture), 1, 1, _chain.Of(wanted[3])).ToString(), fix.ToString());
        Assert.Equal(Owner, fix.Fqdn);
        Assert.True(Assert.Single(await ReadAsync(new OverlayResolver(new TableResolver().Mx("contoso.com", 10, "mx1.contoso.com").Address("mx1.contoso.com", "192.0.2.1"), [fix]), Good())).DaneMatch);
    }

    [Theory]
    [InlineData(3, 1, "issuer", "asks for usage 2")]
    [InlineData(2, 1, "leaf", "asks for usage 3")]
    [InlineData(3, 1, "stranger", "matches no certificate that was sent")]
    [InlineData(2, 1, "stranger", "matches no authority that was sent")]
    public async Task A_mismatch_says_why(byte usage, byte matching, string of, string why)
    {
        SmtpTlsStatus status = Assert.Single(await ReadAsync(Zone(Record(usage, 0, matching, _chain.Of(of))), Good()));
        Assert.Contains(why, Of(status, "SMTP-DANE-MISMATCH").Message, StringComparison.Ordinal);
    }

    // The root is on this machine and not in what the server sends: no other sender can know it by its hash (RFC 7671 section 5.2).
    [Theory]
    [InlineData(0, 1, false)]
    [InlineData(1, 1, false)]
    [InlineData(0, 0, true)]
    public async Task An_authority_that_is_not_sent_is_of_use_only_as_a_whole(byte selector, byte matching, bool matches)
    {
        var host = new ScriptedMailHost { Sent = ScriptedMailHost.Raw(_chain.Leaf, _chain.Issuer), Path = ScriptedMailHost.Raw(_chain.Leaf, _chain.Issuer, _chain.Root) };
        SmtpTlsStatus status = Assert.Single(await ReadAsync(Zone(Record(2, selector, matching, _chain.Root)), host));
        Assert.Equal(matches, status.DaneMatch);
        Assert.Equal(!matches, Of(status, "SMTP-DANE-MISMATCH").Message.Contains("does not send", StringComparison.Ordinal));
    }

    // DANE-TA looks at names, dates and signatures as ever; DANE-EE at none of them (RFC 7671 sections 5.1 and 5.2).
    [Theory]
    [InlineData("expired", 2, false)]
    [InlineData("expired", 3, true)]
    [InlineData("other name", 2, false)]
    [InlineData("other name", 3, true)]
    [InlineData("the domain's name", 2, true)]
    [InlineData("forged issuer", 2, false)]
    [InlineData("forged issuer", 3, true)]
    public async Task Only_a_record_of_the_servers_own_certificate_vouches_for_everything(string what, byte usage, bool matches)
    {
        using var other = new TlsAuthority("Test issuing authority");
        using X509Certificate2 leaf = what switch
        {
            "expired" => _chain.Authority.Issue(["mx1.contoso.com"], DateTimeOffset.UtcNow.AddDays(-1)),
            "other name" => _chain.Authority.Issue(["mx9.contoso.com"]),
            "the domain's name" => _chain.Authority.Issue(["contoso.com"]),
            _ => other.Issue(["mx1.contoso.com"]),
        };
        var host = new ScriptedMailHost { Sent = ScriptedMailHost.Raw(leaf, _chain.Issuer) };
        SmtpTlsStatus status = Assert.Single(await ReadAsync(Zone(Record(usage, 1, 1, usage == 2 ? _chain.Issuer : leaf)), host));
        Assert.Equal(matches, status.DaneMatch);
        if (usage == 3)
            Assert.All(SmtpChecks.OfCertificate, check => Assert.Equal(CheckStatus.NotApplicable, Of(status, check.Id).Status));
    }

    [Fact]
    public async Task In_a_roll_over_one_record_matches_and_the_other_is_told()
    {
        TlsaData now = Record(3, 1, 1, _chain.Leaf);
        TlsaData next = Record(3, 1, 1, _chain.Stranger);
        SmtpTlsStatus status = Assert.Single(await ReadAsync(Zone(now, next), Good()));
        Assert.True(status.DaneMatch);
        Assert.Equal([now.ToString()], status.MatchingRecords);
        CheckResult stale = Of(status, "SMTP-DANE-STALE");
        Assert.Equal((CheckStatus.Info, next.ToString()), (stale.Status, stale.Actual));
        Assert.Equal(CheckStatus.Pass, Of(Assert.Single(await ReadAsync(Zone(now), Good())), "SMTP-DANE-STALE").Status);
    }

    [Fact]
    public async Task Records_that_dnssec_does_not_secure_are_compared_and_stop_nobody()
    {
        TableResolver unsigned = Zone(Record(3, 1, 1, _chain.Stranger)).By("192.0.2.53", ".");
        SmtpTlsStatus status = Assert.Single(await ReadAsync(unsigned, Good(), signed: false));
        Assert.Equal((false, CheckStatus.NotApplicable), (status.DaneMatch, Of(status, "SMTP-DANE-MISMATCH").Status));
    }

    [Fact]
    public async Task What_is_wrong_with_the_records_themselves_is_told_with_the_host()
    {
        SmtpTlsStatus status = Assert.Single(await ReadAsync(Zone(new TlsaData(3, 1, 1, "abcd")), Good()));
        Assert.Equal((CheckStatus.Fail, false, null), (Of(status, "DANE-SYNTAX").Status, status.IsValid, status.DaneMatch));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_failed_lookup_leaves_dane_open(bool fails)
    {
        TableResolver zone = Zone();
        SmtpTlsStatus status = Assert.Single(await ReadAsync(fails ? zone.Fail(Owner, DnsRecordType.Tlsa, DnsResponseStatus.Timeout) : zone, Good()));
        Assert.Equal(fails ? CheckStatus.Unknown : CheckStatus.NotApplicable, Of(status, "SMTP-DANE-MISMATCH").Status);
        Assert.Null(status.DaneMatch);
    }

    [Fact]
    public async Task Records_without_tls_lose_mail()
    {
        SmtpTlsStatus status = Assert.Single(await ReadAsync(Zone(Record(3, 1, 1, _chain.Leaf)), new ScriptedMailHost { Ehlo = "250 mx1.contoso.com\r\n", StartTls = "502 no\r\n" }));
        Assert.Equal((false, CheckStatus.Fail), (status.DaneMatch, Of(status, "SMTP-DANE-MISMATCH").Status));
        Assert.Contains("does not offer STARTTLS", Of(status, "SMTP-DANE-MISMATCH").Message, StringComparison.Ordinal);
    }

    // What the policy says, what the certificate is for, whether its chain is trusted, and what senders do (RFC 8461 section 4.1).
    [Theory]
    [InlineData("enforce", "mx1.contoso.com", "mx1.contoso.com", null, true, "")]
    [InlineData("enforce", "*.contoso.com", "*.contoso.com", null, true, "")]
    [InlineData("enforce", "*.contoso.com", "mx1.contoso.com", null, true, "")]
    [InlineData("testing", "mx1.contoso.com", "mx1.contoso.com", null, true, "")]
    [InlineData("enforce", "mx2.contoso.com", "mx1.contoso.com", null, false, "no mx of the policy names it; senders do not deliver")]
    [InlineData("testing", "mx2.contoso.com", "mx1.contoso.com", null, false, "no mx of the policy names it; senders report it")]
    [InlineData("enforce", "*.mx1.contoso.com", "mx1.contoso.com", null, false, "no mx of the policy names it")]
    [InlineData("enforce", "mx1.contoso.com", "mx2.contoso.com", null, false, "its certificate is for mx2.contoso.com")]
    [InlineData("enforce", "mx1.contoso.com", "*.com", null, false, "its certificate is for *.com")]
    [InlineData("enforce", "mx1.contoso.com", "contoso.com", null, false, "its certificate is for contoso.com")]
    [InlineData("enforce", "mx1.contoso.com", "mx1.contoso.com", "it is issued by itself", false, "not trusted: it is issued by itself")]
    [InlineData("none", "mx1.contoso.com", "mx2.contoso.com", null, null, "mode is none")]
    public async Task The_policy_is_kept_as_a_sender_keeps_it(string mode, string pattern, string name, string? problem, bool? matches, string says)
    {
        using X509Certificate2 leaf = _chain.Authority.Issue([name]);
        var host = new ScriptedMailHost { Sent = ScriptedMailHost.Raw(leaf, _chain.Issuer), TrustProblem = problem };
        SmtpTlsStatus status = Assert.Single(await ReadAsync(Zone(), host, policy: "version: STSv1\r\nmode: " + mode + "\r\nmx: " + pattern + "\r\nmax_age: 604800\r\n"));
        Assert.Equal(matches, status.MtaStsMatch);
        CheckResult result = Of(status, "SMTP-MTASTS");
        Assert.Equal(matches switch { true => CheckStatus.Pass, false => CheckStatus.Fail, _ => CheckStatus.NotApplicable }, result.Status);
        Assert.Contains(says, result.Message, StringComparison.Ordinal);
        if (says.StartsWith("no mx", StringComparison.Ordinal))
            Assert.Equal("version: STSv1; mode: " + mode + "; mx: " + pattern + "; mx: mx1.contoso.com; max_age: 604800", result.Expected);
    }

    [Fact]
    public async Task Without_a_policy_nothing_is_said_of_it()
    {
        SmtpTlsStatus status = Assert.Single(await ReadAsync(Zone(), Good()));
        Assert.Equal((null, CheckStatus.NotApplicable), (status.MtaStsMatch, Of(status, "SMTP-MTASTS").Status));
    }

    // Days before and after now, the check, and what it says.
    [Theory]
    [InlineData(90, "", "")]
    [InlineData(15, "", "")]
    [InlineData(13, "SMTP-CERT-EXPIRING=Warning", "in 12 days")]
    [InlineData(0.5, "SMTP-CERT-EXPIRING=Warning", "less than a day")]
    [InlineData(-1, "SMTP-CERT-EXPIRED=Warning", "expired on")]
    [InlineData(200, "SMTP-CERT-EXPIRED=Warning", "is not valid before")]
    public async Task Dates_are_looked_at(double days, string expected, string says)
    {
        using X509Certificate2 leaf = _chain.Authority.Issue(["mx1.contoso.com"], DateTimeOffset.UtcNow.AddDays(days));
        SmtpTlsStatus status = Assert.Single(await ReadAsync(Zone(), new ScriptedMailHost { Sent = ScriptedMailHost.Raw(leaf), TrustProblem = expected.Contains("EXPIRED", StringComparison.Ordinal) ? SmtpTrust.Dates : null }));
        CheckResult[] findings = status.Findings.Where(finding => finding.Status != CheckStatus.Info).ToArray();
        Assert.Equal(expected, string.Join(' ', findings.Select(finding => finding.Id + "=" + finding.Status)));
        Assert.Contains(says, string.Concat(findings.Select(finding => finding.Message)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("TLS 1.3", CheckStatus.Pass)]
    [InlineData("TLS 1.2", CheckStatus.Pass)]
    [InlineData("TLS 1.1", CheckStatus.Fail)]
    [InlineData("TLS 1.0", CheckStatus.Fail)]
    public async Task Old_versions_are_told(string protocol, CheckStatus expected)
    {
        var host = new ScriptedMailHost { Sent = ScriptedMailHost.Raw(_chain.Leaf), Protocol = protocol };
        Assert.Equal(expected, Of(Assert.Single(await ReadAsync(Zone(), host)), "SMTP-TLS-VERSION").Status);
    }

    // What it says in the greeting and to EHLO and STARTTLS, and what comes of it.
    [Theory]
    [InlineData("220 mx1\r\n", "250-mx1.contoso.com\r\n250 STARTTLS\r\n", "220 go\r\n", "SMTP-TLS-HANDSHAKE=Fail")]
    [InlineData("220 mx1\r\n", "250-mx1.contoso.com\r\n250 STARTTLS\r\n", "454 no\r\n", "SMTP-STARTTLS-REFUSED=Fail")]
    [InlineData("220 mx1\r\n", "250-mx1.contoso.com\r\n250 SIZE\r\n", "502 no\r\n", "SMTP-STARTTLS=Warning")]
    [InlineData("220 mx1\r\n", "250-mx1.contoso.com\r\n250 XXXXXXXX\r\n", "500 no\r\n", "SMTP-STARTTLS-STRIPPED=Warning SMTP-STARTTLS=Warning")]
    [InlineData("220 ***********2**********\r\n", "250-mx1.contoso.com\r\n250 STARTTLS\r\n", "454 no\r\n", "SMTP-STARTTLS-REFUSED=Fail SMTP-STARTTLS-STRIPPED=Warning")]
    [InlineData("220 mx1\r\n", "250-mx1.contoso.com\r\n250 XCLIENT\r\n", "502 no\r\n", "SMTP-STARTTLS=Warning")]
    [InlineData("hello\r\n", "", "", "SMTP-REPLY=Fail")]
    [InlineData("220 mx1\r\n", "250-mx1.contoso.com\r\n", "", "SMTP-REPLY=Fail")]
    [InlineData("354 mx1\r\n", "", "", "SMTP-REPLY=Fail")]
    [InlineData("421 busy\r\n", "", "", "SMTP-UNREACHABLE=Unknown")]
    public async Task Every_answer_is_told_as_what_it_is(string greeting, string ehlo, string startTls, string expected)
    {
        SmtpTlsStatus status = Assert.Single(await ReadAsync(Zone(), new ScriptedMailHost { Greeting = greeting, Ehlo = ehlo, StartTls = startTls }));
        Assert.Equal(expected, string.Join(' ', status.Findings.Where(finding => finding.Status != CheckStatus.Info).Select(finding => finding.Id + "=" + finding.Status).Order(StringComparer.Ordinal)));
        Assert.Equal(SmtpChecks.All.Select(check => check.Id).Order(), status.Results.Where(result => result.Area == CheckArea.Smtp).Select(result => result.Id).Order());
    }

    [Theory]
    [InlineData("mx1.contoso.com", CheckStatus.Pass, "")]
    [InlineData("mail.contoso.com", CheckStatus.Pass, "")]
    [InlineData("other.contoso.com", CheckStatus.Info, "leads to 192.0.2.9")]
    [InlineData("none.contoso.com", CheckStatus.Info, "has no such address")]
    [InlineData("slow.contoso.com", CheckStatus.Unknown, "timed out")]
    [InlineData("EXCHANGE01", CheckStatus.Info, "is not a full host name")]
    [InlineData("[192.0.2.1]", CheckStatus.Info, "is an address")]
    [InlineData("\u001b[31mred", CheckStatus.Info, "\\027[31mred")]
    public async Task The_name_in_the_answer_to_ehlo_leads_to_the_host(string name, CheckStatus expected, string says)
    {
        TableResolver zone = Zone().Address("mail.contoso.com", "192.0.2.1").Address("other.contoso.com", "192.0.2.9").FailName("slow.contoso.com");
        CheckResult result = Of(Assert.Single(await ReadAsync(zone, new ScriptedMailHost { Ehlo = "250-" + name + " hello\r\n250 STARTTLS\r\n", Sent = ScriptedMailHost.Raw(_chain.Leaf) })), "SMTP-HELO");
        Assert.Equal(expected, result.Status);
        Assert.Contains(says, result.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mx1.contoso.com", CheckStatus.Pass)]
    [InlineData("other.contoso.com", CheckStatus.Info)]
    [InlineData(null, CheckStatus.Info)]
    public async Task The_name_of_the_address_leads_back(string? pointer, CheckStatus expected)
    {
        TableResolver zone = pointer is null ? Zone() : Zone().Ptr("1.2.0.192.in-addr.arpa", pointer);
        Assert.Equal(expected, Of(Assert.Single(await ReadAsync(zone, Good())), "SMTP-PTR").Status);
    }

    [Fact]
    public async Task Addresses_that_fail_are_told_each_where_one_answers()
    {
        TableResolver zone = new TableResolver().Mx("contoso.com", 10, "mx1.contoso.com").Mx("contoso.com", 20, "mx2.contoso.com")
            .Address("mx1.contoso.com", "192.0.2.1", "192.0.2.2", "2001:db8::1").By("192.0.2.53", s_signed);
        ScriptedMailHosts hosts = new ScriptedMailHosts().Add("192.0.2.1", Good())
            .Add("192.0.2.2", new ScriptedMailHost { Failure = new SmtpException(SmtpFailureKind.Refused, "the connection was refused") })
            .Add("2001:db8::1", new ScriptedMailHost { Failure = new SmtpException(SmtpFailureKind.Unreachable, "the address cannot be reached") });
        IReadOnlyList<SmtpTlsStatus> statuses = await ReadAsync(zone, hosts);
        Assert.Equal(["192.0.2.1 Pass", "192.0.2.2 Warning", "2001:db8::1 Info", " Warning"], statuses.Select(status => status.Address + " " + Of(status, "SMTP-UNREACHABLE").Status));
        Assert.Equal([10, 10, 10, 20], statuses.Select(status => status.Preference!.Value));
        Assert.All(hosts.Lines, line => Assert.Contains(line, new[] { "EHLO [IPv6:2001:db8::99]", "STARTTLS", "QUIT" }));
    }

    [Fact]
    public async Task A_domain_without_mail_hosts_has_nothing_to_look_at_and_a_failed_lookup_is_unknown()
    {
        Assert.All((await ReadAsync(new TableResolver().Mx("contoso.com", 0, "."), Good()))[0].Results, result => Assert.Equal(CheckStatus.NotApplicable, result.Status));
        Assert.All((await ReadAsync(new TableResolver().Fail("contoso.com", DnsRecordType.Mx, DnsResponseStatus.Timeout), Good()))[0].Results, result => Assert.Equal(CheckStatus.Unknown, result.Status));
        Assert.All((await ReadAsync(new TableResolver().Mx("contoso.com", 1, "mx1.contoso.com").FailName("mx1.contoso.com"), Good()))[0].Results, result => Assert.Equal(CheckStatus.Unknown, result.Status));
        Assert.Equal("contoso.com", (await ReadAsync(new TableResolver().Address("contoso.com", "192.0.2.1"), Good()))[0].Host);
    }

    [Fact]
    public async Task A_certificate_that_cannot_be_read_is_not_trusted()
    {
        SmtpTlsStatus status = Assert.Single(await ReadAsync(Zone(Record(3, 1, 1, _chain.Leaf)), new ScriptedMailHost { Sent = [[0x30, 0x03, 0x02, 0x01, 0x00]] }));
        Assert.Equal((CheckStatus.Warning, CheckStatus.Fail), (Of(status, "SMTP-CERT-CHAIN").Status, Of(status, "SMTP-DANE-MISMATCH").Status));
        Assert.Null(status.Certificate);
    }

    [Theory]
    [InlineData("mx1.contoso.com", "Pass")]
    [InlineData("mx2.contoso.com", "Warning")]
    public async Task The_certificate_names_the_host(string name, string expected)
    {
        using X509Certificate2 leaf = _chain.Authority.Issue([name]);
        SmtpTlsStatus status = Assert.Single(await ReadAsync(Zone(), new ScriptedMailHost { Sent = ScriptedMailHost.Raw(leaf) }));
        Assert.Equal(expected, Of(status, "SMTP-CERT-NAME").Status.ToString());
    }

    private ScriptedMailHost Good() => new() { Sent = ScriptedMailHost.Raw(_chain.Leaf, _chain.Issuer, _chain.Root) };

    private static CheckResult Of(SmtpTlsStatus status, string id) => status.Results.Single(result => result.Id == id);

    // Computed here and not by what is tested.
    private static TlsaData Record(byte usage, byte selector, byte matching, X509Certificate2 certificate)
    {
        byte[] selected = selector == 0 ? certificate.RawData : certificate.PublicKey.ExportSubjectPublicKeyInfo();
        byte[] data = matching switch { 0 => selected, 1 => SHA256.HashData(selected), _ => SHA512.HashData(selected) };
        return new TlsaData(usage, selector, matching, Convert.ToHexStringLower(data));
    }

    private static TableResolver Zone(params TlsaData[] records)
    {
        TableResolver zone = new TableResolver().Mx("contoso.com", 10, "mx1.contoso.com").Address("mx1.contoso.com", "192.0.2.1");
        foreach (TlsaData record in records)
            zone.Add(Owner, DnsRecordType.Tlsa, record);

        return zone;
    }

    private static Task<IReadOnlyList<SmtpTlsStatus>> ReadAsync(IDnsResolver resolver, ScriptedMailHost host, string? policy = null, bool signed = true) =>
        ReadAsync(signed && resolver is TableResolver table ? table.By("192.0.2.53", s_signed) : resolver, new ScriptedMailHosts().Add("192.0.2.1", host), policy);

    private static async Task<IReadOnlyList<SmtpTlsStatus>> ReadAsync(IDnsResolver resolver, ScriptedMailHosts hosts, string? policy = null)
    {
        var domain = DomainName.Parse("contoso.com");
        MtaStsStatus? mtaSts = null;
        if (policy is not null)
        {
            MtaStsPolicy parsed = MtaStsPolicyParser.Read(policy, domain.Text);
            mtaSts = new MtaStsStatus(domain.Text, ["v=STSv1; id=1"], record: null, parsed, [], new Diagnostics.CheckSheet(domain.Text));
        }

        var access = new SmtpAccess(hosts, new CertificateReader(), DateTime.UtcNow, allowPrivateAddress: true);
        return Seen.In(await SmtpStatusReader.ReadAsync(new SmtpRequest(domain) { MtaSts = mtaSts }, access, resolver, CancellationToken.None));
    }

    /// <summary>A root, an issuing authority, a server's certificate, and one of somebody else.</summary>
    public sealed class Chain : IDisposable
    {
        private readonly TlsAuthority _root = new();
        private readonly TlsAuthority _strangers = new("Another authority");

        public Chain()
        {
            Authority = new TlsAuthority("Test issuing authority", _root);
            Leaf = Authority.Issue(["mx1.contoso.com"]);
            Stranger = _strangers.Issue(["mx1.contoso.com"]);
        }

        public TlsAuthority Authority { get; }

        public X509Certificate2 Leaf { get; }

        public X509Certificate2 Stranger { get; }

        public X509Certificate2 Issuer => Authority.Root;

        public X509Certificate2 Root => _root.Root;

        public X509Certificate2 Of(string name) => name switch { "leaf" => Leaf, "issuer" => Issuer, "root" => Root, _ => Stranger };

        public void Dispose()
        {
            Leaf.Dispose();
            Stranger.Dispose();
            Authority.Dispose();
            _strangers.Dispose();
            _root.Dispose();
        }
    }
}
