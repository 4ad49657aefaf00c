using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MailDns.Module.Tests.Engine;
using MailDns.TestSupport;
using Xunit;

namespace MailDns.Integration.Tests.Smtp;

/// <summary>Postfix as it should be set up and in the ways in which it should not, seen from PowerShell itself.</summary>
public sealed class PostfixTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("maildns-").FullName;
    private readonly TlsAuthority _root = new("Test root");
    private readonly TlsAuthority _issuer;

    public PostfixTests() => _issuer = new TlsAuthority("Test issuing authority", _root);

    public void Dispose()
    {
        _issuer.Dispose();
        _root.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [PostfixFact]
    public async Task Every_host_is_told_as_what_it_is()
    {
        using X509Certificate2 good = _issuer.Issue(["mx1.contoso.test", "mx3.contoso.test", "mx6.contoso.test"]);
        using X509Certificate2 other = _issuer.Issue(["mail.fabrikam.test"]);
        using X509Certificate2 expired = _issuer.Issue(["mx5.contoso.test"], DateTimeOffset.UtcNow.AddDays(-2));
        using X509Certificate2 soon = _issuer.Issue(["mx7.contoso.test"], DateTimeOffset.UtcNow.AddDays(5));
        await using PostfixServer server = await PostfixServer.StartAsync(
        [
            ("127.0.0.1", "mx1.contoso.test", [], [good, _issuer.Root, _root.Root]),
            ("127.0.0.2", "mx2.contoso.test", ["smtpd_tls_security_level=none"], []),
            ("127.0.0.3", "mx3.contoso.test", ["smtpd_tls_protocols=TLSv1", "smtpd_tls_ciphers=low", "tls_low_cipherlist=ALL:@SECLEVEL=0"], [good, _issuer.Root]),
            ("127.0.0.4", "localhost", [], [other, _issuer.Root]),
            ("127.0.0.5", "mx5.contoso.test", [], [expired, _issuer.Root]),
            ("127.0.0.6", "mx6.contoso.test", [], [good]),
            ("127.0.0.7", "mx7.contoso.test", [], [soon, _issuer.Root]),
        ]);

        string keyOfGood = Convert.ToHexStringLower(SHA256.HashData(good.PublicKey.ExportSubjectPublicKeyInfo()));
        string issuer = Convert.ToHexStringLower(SHA512.HashData(_issuer.Root.RawData));
        string zone = "@ 60 SOA ns a 1 2 3 4 5\n"
            + string.Concat(Enumerable.Range(1, 7).Select(i => $"@ 60 MX {i}0 mx{i}\nmx{i} 60 A 127.0.0.{i}\n"))
            + $"_{server.Port}._tcp.mx1 60 TLSA 3 1 1 {keyOfGood}\n_{server.Port}._tcp.mx1 60 TLSA 3 1 1 {new string('a', 64)}\n"
            + $"_{server.Port}._tcp.mx2 60 TLSA 3 1 1 {keyOfGood}\n"
            + $"_{server.Port}._tcp.mx4 60 TLSA 3 1 1 {keyOfGood}\n"
            + $"_{server.Port}._tcp.mx6 60 TLSA 2 0 2 {issuer}\n"
            + $"_{server.Port}._tcp.mx7 60 TLSA 2 0 2 {issuer}\n";
        string command = "Get-SmtpTlsStatus contoso.test -ZoneFile ./contoso.test.zone -AllowPrivateAddress -Port " + server.Port
            + " | ForEach-Object { @($_.Host, $_.StartTls, $_.Protocol, $_.Certificate.ChainTrusted, $_.DaneMatch, (($_.Findings | Where-Object Id -like 'SMTP-*' | Where-Object Status -ne Unknown).Id -replace '^SMTP-' -join ' ')) -join '|'; $_.Findings.Record | Where-Object { $_ } | ForEach-Object { '  ' + $_.Fqdn + ' ' + $_ } }";
        string keyOfOther = Convert.ToHexStringLower(SHA256.HashData(other.PublicKey.ExportSubjectPublicKeyInfo()));
        Assert.Equal(
            [
                "mx1.contoso.test|Succeeded|TLS 1.3|True|True|DANE-STALE",
                "mx2.contoso.test|NotOffered|||False|STARTTLS DANE-MISMATCH",
                "mx3.contoso.test|Failed|TLS 1.0|||TLS-VERSION",
                "mx4.contoso.test|Succeeded|TLS 1.3|True|False|DANE-MISMATCH CERT-NAME HELO",
                $"  _{server.Port}._tcp.mx4.contoso.test 3 1 1 {keyOfOther}",
                "mx5.contoso.test|Succeeded|TLS 1.3|False||CERT-EXPIRED",
                "mx6.contoso.test|Succeeded|TLS 1.3|False|False|DANE-MISMATCH CERT-CHAIN",
                $"  _{server.Port}._tcp.mx6.contoso.test 3 1 1 {Convert.ToHexStringLower(SHA256.HashData(good.PublicKey.ExportSubjectPublicKeyInfo()))}",
                "mx7.contoso.test|Succeeded|TLS 1.3|True|True|CERT-EXPIRING",
            ],
            await RunAsync(command, zone));
    }

    [PostfixFact]
    public async Task A_tlsa_record_is_taken_from_the_host()
    {
        using X509Certificate2 certificate = _issuer.Issue(["mx1.contoso.test"]);
        await using PostfixServer server = await PostfixServer.StartAsync([("127.0.0.1", "mx1.contoso.test", [], [certificate, _issuer.Root])]);
        await using LoopbackDnsServer names = LoopbackDnsServer.Start(TestZone.Parse("mx1.contoso.test. 60 IN A 127.0.0.1\n"));
        await File.WriteAllTextAsync(Path.Combine(_folder, "mx1.pem"), certificate.ExportCertificatePem());
        await File.WriteAllTextAsync(Path.Combine(_folder, "ca.pem"), _issuer.Root.ExportCertificatePem());
        string host = $" -FromHost -Server {names.EndPoint} -AllowPrivateAddress";
        string shown = string.Join("; ", new[] { "", " -Usage 2 -Selector 0 -MatchingType 2" }.SelectMany(options => new[] { host, options.Length == 0 ? " -CertificatePath ./mx1.pem" : " -CertificatePath ./ca.pem" }.Select(from =>
            $"New-TlsaRecord contoso.test -HostName mx1 -Port {server.Port}{options}{from} | ForEach-Object {{ $_.Name + ' ' + $_ }}")));
        string[] lines = await RunAsync(shown, string.Empty);
        Assert.Equal(4, lines.Length);
        Assert.Equal((lines[1], lines[3]), (lines[0], lines[2]));
        Assert.StartsWith($"_{server.Port}._tcp.mx1 3 1 1 ", lines[0], StringComparison.Ordinal);
        Assert.StartsWith($"_{server.Port}._tcp.mx1 2 0 2 ", lines[2], StringComparison.Ordinal);
        Assert.Equal(
            ["CertificateNotShown True"],
            await RunAsync($"New-TlsaRecord contoso.test -HostName mx1 -FromHost -Port {server.Port} -Server {names.EndPoint} -ErrorAction SilentlyContinue -ErrorVariable e; $e[0].FullyQualifiedErrorId.Split(',')[0] + ' ' + ($e[0].Exception.Message -like '*not an address of the public Internet*')", string.Empty));
    }

    // Nobody listens on port 25 of that address.
    [Fact]
    public async Task A_blocked_port_is_one_unknown_of_a_whole_domain()
    {
        const string Zone = "@ 60 SOA ns a 1 2 3 4 5\n@ 60 MX 10 mx1\n@ 60 MX 20 mx2\nmx1 60 A 127.0.0.99\nmx2 60 A 127.0.0.98\n";
        string[] lines = await RunAsync("Test-SendingDomain contoso.test -ZoneFile ./contoso.test.zone -AllowPrivateAddress -IncludeSmtp | Where-Object Area -eq Smtp | ForEach-Object { [string]$_.Status + ' ' + $_.NotJudged.Count + ' ' + $_.Message.Substring(0, 40) }; (Test-SendingDomain contoso.test -ZoneFile ./contoso.test.zone | Where-Object Area -eq Smtp).Count", Zone);
        Assert.Equal(["Unknown 15 No mail host could be reached on port 25", "0"], lines);
    }

    private async Task<string[]> RunAsync(string command, string zone)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "contoso.test.zone"), zone);
        string trusted = Path.Combine(_folder, "roots.pem");
        await File.WriteAllTextAsync(trusted, _root.Root.ExportCertificatePem());
        PowerShellResult result = await PowerShellProcess.RunCommandAsync(
            "$PSStyle.OutputRendering = 'PlainText'; Import-Module " + PowerShellProcess.Quote(TestPaths.Manifest) + "; " + command,
            _folder,
            ("SSL_CERT_FILE", trusted));
        Assert.True(result.Error.Length == 0, result.Error);
        return result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.TrimEnd('\r')).ToArray();
    }
}
