using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Threading;
using System.Threading.Tasks;
using MailDns.Crypto;
using MailDns.Dns;
using MailDns.Resolver.Smtp;
using MailDns.Smtp;
using MailDns.TestSupport;
using Xunit;

namespace MailDns.Resolver.Tests.Smtp;

/// <summary>Real sockets and real TLS against servers that do one thing wrong each.</summary>
public sealed class SmtpFaultTests : IDisposable
{
    private const string Host = "mx.contoso.test";

    private static readonly string[] s_allowed = ["EHLO", "STARTTLS", "QUIT"];

    private readonly TlsAuthority _authority = new();
    private readonly X509Certificate2 _certificate;

    public SmtpFaultTests() => _certificate = _authority.Issue([Host]);

    public void Dispose()
    {
        _certificate.Dispose();
        _authority.Dispose();
    }

    // The fault, what becomes of STARTTLS, and what is found: the certificate's authority is the tests' own, which the machine does not trust.
    [Theory]
    [InlineData(SmtpFault.None, StartTlsState.Succeeded, "SMTP-CERT-CHAIN=Warning")]
    [InlineData(SmtpFault.CloseAfterTls, StartTlsState.Succeeded, "SMTP-CERT-CHAIN=Warning")]
    [InlineData(SmtpFault.NoStartTls, StartTlsState.NotOffered, "SMTP-STARTTLS=Warning")]
    [InlineData(SmtpFault.EhloUnknown, StartTlsState.NotOffered, "SMTP-STARTTLS=Warning")]
    [InlineData(SmtpFault.Masked, StartTlsState.NotOffered, "SMTP-STARTTLS-STRIPPED=Warning SMTP-STARTTLS=Warning")]
    [InlineData(SmtpFault.Stripped, StartTlsState.Stripped, "SMTP-CERT-CHAIN=Warning SMTP-STARTTLS-STRIPPED=Warning")]
    [InlineData(SmtpFault.StartTlsRefused, StartTlsState.Refused, "SMTP-STARTTLS-REFUSED=Fail")]
    [InlineData(SmtpFault.StartTlsClose, StartTlsState.Failed, "SMTP-TLS-HANDSHAKE=Fail")]
    [InlineData(SmtpFault.StartTlsSilent, StartTlsState.Failed, "SMTP-TLS-HANDSHAKE=Fail")]
    [InlineData(SmtpFault.HandshakeClose, StartTlsState.Failed, "SMTP-TLS-HANDSHAKE=Fail")]
    [InlineData(SmtpFault.HandshakeSilent, StartTlsState.Failed, "SMTP-TLS-HANDSHAKE=Fail")]
    [InlineData(SmtpFault.HandshakeGarbage, StartTlsState.Failed, "SMTP-TLS-HANDSHAKE=Fail")]
    [InlineData(SmtpFault.Alert, StartTlsState.Failed, "SMTP-TLS-HANDSHAKE=Fail")]
    [InlineData(SmtpFault.Injection, StartTlsState.Failed, "SMTP-TLS-HANDSHAKE=Fail")]
    [InlineData(SmtpFault.OldTls, StartTlsState.Failed, "SMTP-TLS-VERSION=Fail")]
    [InlineData(SmtpFault.Garbage, StartTlsState.Unknown, "SMTP-REPLY=Fail")]
    [InlineData(SmtpFault.HugeLine, StartTlsState.Unknown, "SMTP-REPLY=Fail")]
    [InlineData(SmtpFault.HugeGreeting, StartTlsState.Unknown, "SMTP-REPLY=Fail")]
    [InlineData(SmtpFault.MixedCodes, StartTlsState.Unknown, "SMTP-REPLY=Fail")]
    [InlineData(SmtpFault.CloseAtEhlo, StartTlsState.Unknown, "SMTP-REPLY=Fail")]
    [InlineData(SmtpFault.Silent, StartTlsState.Unknown, "SMTP-UNREACHABLE=Unknown")]
    [InlineData(SmtpFault.Drip, StartTlsState.Unknown, "SMTP-UNREACHABLE=Unknown")]
    [InlineData(SmtpFault.CloseAtOnce, StartTlsState.Unknown, "SMTP-UNREACHABLE=Unknown")]
    [InlineData(SmtpFault.Rejects, StartTlsState.Unknown, "SMTP-UNREACHABLE=Unknown")]
    [InlineData(SmtpFault.EhloRejected, StartTlsState.Unknown, "SMTP-UNREACHABLE=Unknown")]
    public async Task A_fault_is_told_as_what_it_is(SmtpFault fault, StartTlsState state, string findings)
    {
        using var server = new SmtpTestServer(fault, _certificate);
        SmtpTlsStatus status = Assert.Single(await ReadAsync(server.Port, Access()));
        Assert.Equal(state, status.StartTls);
        Assert.Equal(findings, string.Join(' ', status.Findings.Where(finding => finding.Status != CheckStatus.Info).Select(finding => finding.Id + "=" + finding.Status).Order(StringComparer.Ordinal)));
        Assert.True(status.Reachable);
        Assert.Equal(findings.Contains("UNREACHABLE", StringComparison.Ordinal) ? null : !findings.Contains("Fail", StringComparison.Ordinal), status.IsValid);
        Assert.All(server.Lines, line => Assert.Contains(line.Split(' ')[0], s_allowed));
        Assert.All(status.Findings, finding => Assert.All(finding.Message, c => Assert.InRange(c, ' ', '~')));
        Assert.Equal(fault == SmtpFault.OldTls ? "TLS 1.0" : status.Certificate is null ? null : "TLS 1.3", status.Protocol);
    }

    [Fact]
    public async Task The_chain_is_as_it_was_sent()
    {
        using var intermediate = new TlsAuthority("Test issuing authority", _authority);
        using X509Certificate2 certificate = intermediate.Issue([Host, "*.contoso.test"]);
        using var server = new SmtpTestServer(SmtpFault.None, certificate, [intermediate.Root]);
        SmtpTlsStatus status = Assert.Single(await ReadAsync(server.Port, Access()));
        SmtpCertificate shown = status.Certificate!;
        Assert.Equal([Host, "*.contoso.test"], shown.Names);
        Assert.Equal(("CN=Test issuing authority", false), (shown.Issuer, shown.ChainTrusted));
        Assert.Equal(["CN=Test issuing authority"], shown.Chain.Select(other => other.Subject));
        Assert.Equal(certificate.NotAfter.ToUniversalTime(), shown.NotAfter);
        Assert.StartsWith("TLS_", status.Cipher, StringComparison.Ordinal);
        Assert.Equal(["EHLO [127.0.0.1]", "STARTTLS", "QUIT"], server.Lines);
    }

    [Fact]
    public async Task A_missing_intermediate_is_told()
    {
        using var intermediate = new TlsAuthority("Test issuing authority", _authority);
        using X509Certificate2 certificate = intermediate.Issue([Host]);
        using var server = new SmtpTestServer(SmtpFault.None, certificate);
        SmtpTlsStatus status = Assert.Single(await ReadAsync(server.Port, Access()));
        Assert.Empty(status.Certificate!.Chain);
        Assert.Contains("incomplete", status.Findings.Single(finding => finding.Id == "SMTP-CERT-CHAIN").Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_that_is_not_public_is_not_connected_to()
    {
        using var server = new SmtpTestServer(SmtpFault.None, _certificate);
        SmtpTlsStatus status = Assert.Single(await ReadAsync(server.Port, Access(allowPrivateAddress: false)));
        Assert.Equal((null, 0), (status.Reachable, server.Connections));
        Assert.Contains("-AllowPrivateAddress", Assert.Single(status.Findings).Message, StringComparison.Ordinal);
        Assert.Equal(CheckStatus.Unknown, status.Findings[0].Status);
    }

    // A port that nobody listens on, at every host: one result for the domain.
    [Fact]
    public async Task A_blocked_port_is_one_unknown()
    {
        int port;
        using (var server = new SmtpTestServer(SmtpFault.None))
        {
            port = server.Port;
        }

        IReadOnlyList<SmtpTlsStatus> statuses = await ReadAsync(port, Access(), "127.0.0.1", "127.0.0.2", "127.0.0.3");
        CheckResult finding = Assert.Single(statuses.SelectMany(status => status.Findings));
        Assert.Equal(CheckStatus.Unknown, finding.Status);
        Assert.Contains("No mail host could be reached on port " + port, finding.Message, StringComparison.Ordinal);
        Assert.All(statuses, status => Assert.Equal(false, status.Reachable));
        Assert.All(statuses, status => Assert.Null(status.IsValid));
        Assert.Equal(3, statuses.Count);
    }

    [Fact]
    public async Task One_closed_port_among_open_ones_is_that_hosts_fault()
    {
        using var server = new SmtpTestServer(SmtpFault.NoStartTls, address: IPAddress.Loopback);
        IReadOnlyList<SmtpTlsStatus> statuses = await ReadAsync(server.Port, Access(), "127.0.0.1", "127.0.0.2");
        Assert.Equal("SMTP-STARTTLS", statuses[0].Findings.Single(finding => finding.Status == CheckStatus.Warning).Id);
        CheckResult closed = Assert.Single(statuses[1].Findings);
        Assert.Equal(("SMTP-UNREACHABLE", CheckStatus.Warning), (closed.Id, closed.Status));
        Assert.Contains("refused", closed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Domains_that_share_a_host_ask_it_once()
    {
        using var server = new SmtpTestServer(SmtpFault.None, _certificate);
        SmtpAccess access = Access();
        SmtpTlsStatus[][] all = await Task.WhenAll(Enumerable.Range(0, 20).Select(async _ => (await ReadAsync(server.Port, access)).ToArray()));
        Assert.All(all, statuses => Assert.Equal(StartTlsState.Succeeded, Assert.Single(statuses).StartTls));
        Assert.Equal(1, server.Connections);
    }

    [Theory]
    [InlineData(SmtpFault.Silent)]
    [InlineData(SmtpFault.Drip)]
    [InlineData(SmtpFault.StartTlsSilent)]
    [InlineData(SmtpFault.HandshakeSilent)]
    public async Task Cancelling_ends_every_wait(SmtpFault fault)
    {
        using var server = new SmtpTestServer(fault, _certificate);
        using var stop = new CancellationTokenSource();
        Task<IReadOnlyList<SmtpTlsStatus>> reading = ReadAsync(server.Port, Access(TimeSpan.FromMinutes(10)), stop.Token);
        await Eventually.HoldsAsync(() => server.Connections > 0 && (fault is SmtpFault.Silent or SmtpFault.Drip || server.Lines.Contains("STARTTLS")), "the server is waited for");
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
    }

    private static SmtpAccess Access(TimeSpan? timeout = null, bool allowPrivateAddress = true) =>
        new(new SmtpSocketTransport(), new CertificateReader(), DateTime.UtcNow, allowPrivateAddress) { Timeout = timeout ?? TimeSpan.FromSeconds(3) };

    private static Task<IReadOnlyList<SmtpTlsStatus>> ReadAsync(int port, SmtpAccess access, params string[] addresses) =>
        ReadAsync(port, access, CancellationToken.None, addresses);

    private static Task<IReadOnlyList<SmtpTlsStatus>> ReadAsync(int port, SmtpAccess access, CancellationToken cancellationToken, params string[] addresses)
    {
        string zone = "@ SOA ns a 1 2 3 4 5\n" + string.Concat((addresses.Length == 0 ? ["127.0.0.1"] : addresses).Select(address => "mx A " + address + "\n"));
        var request = new SmtpRequest(DomainName.Parse("contoso.test")) { Hosts = [DomainName.Parse(Host)], Port = port };
        return SmtpStatusReader.ReadAsync(request, access, new ZoneFileResolver([ZoneFileParser.Parse(zone, "zone", DomainName.Parse("contoso.test"))]), cancellationToken);
    }
}
