using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text;
using MailDns.Integration.Tests.Publishing;
using MailDns.Module.Tests.Engine;
using MailDns.TestSupport;
using Xunit;

namespace MailDns.Integration.Tests.MailReports;

/// <summary>
/// The recipe from none to reject against a real BIND: reports in, sources named, records planned and published, readiness
/// asked again, the next policy published, until p=reject.
/// </summary>
public sealed class NoneToRejectTests : IClassFixture<EngineFixture>, IDisposable
{
    private const string Prepare = """
        param($root, $server, $key, $folder)
        $target = @{ UpdateServer = $server; TsigKeyPath = $key; Confirm = $false }
        $public = [System.IO.File]::ReadAllText("$root/examples/ak.public.pem")

        """;

    private static readonly string[] s_receivers = ["google.com", "receiver.example", "mailbox.example"];

    private readonly EngineFixture _engine;
    private readonly PrimaryServer? _bind;
    private readonly string _folder = Directory.CreateTempSubdirectory("maildns-reports-").FullName;

    public NoneToRejectTests(EngineFixture engine)
    {
        _engine = engine;
        _bind = PrimaryServer.IsInstalled ? PrimaryServer.Start(Zones()) : null;
    }

    public void Dispose()
    {
        _bind?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [BindFact]
    public void From_none_to_reject_one_step_at_a_time()
    {
        // A month of reports: the own server signs, the platform does not authenticate as the domain, somebody pretends.
        WriteMonth("august", new DateTime(2026, 8, 1, 0, 0, 0, DateTimeKind.Utc), "none", Own(40) + Platform(25, aligned: false) + Spoof(300));
        EngineResult sources = Run("Measure-DmarcReport $folder/august -Server $server").EnsureClean();
        Assert.Equal(["Unknown", "OwnPassing", "ServiceUnaligned"], sources.Properties<object>("Class").Select(value => value!.ToString()!).OrderBy(name => name == "Unknown" ? 0 : name == "OwnPassing" ? 1 : 2));
        Assert.Equal("NotYet", Verdict("august", "Quarantine", "2026-08-31"));
        EngineResult early = Run("(Test-DmarcReadiness example.com $folder/august -Policy Reject -ListUse None -Before 2026-08-31 -Server $server).Record").EnsureClean();
        Assert.Empty(early.Output);

        // What mends it: the records of the source, and the key that the platform's account gave.
        EngineResult mended = Run("""
            $records = Measure-DmarcReport $folder/august -Server $server | Where-Object Class -eq ServiceUnaligned | ForEach-Object Record
            $records | Compare-SendingDomain -Server $server | Publish-SendingDomainRecord @target
            New-DkimRecord example.com -Selector ak -PublicKey $public | Compare-SendingDomain -Server $server | Publish-SendingDomainRecord @target
            """).EnsureClean();
        Assert.All(mended.Properties<object>("Status"), status => Assert.Contains(status!.ToString()!, (string[])["Verified", "Unchanged"]));
        string after = _bind!.Transfer("example.com");
        Assert.Contains("include:spf.akmta.net", after, StringComparison.Ordinal);
        Assert.Contains("ac-bounces.example.com. 3600 IN CNAME akmta.net.", after, StringComparison.Ordinal);

        // The next month it authenticates, and the spoofing went on.
        WriteMonth("september", new DateTime(2026, 9, 1, 0, 0, 0, DateTimeKind.Utc), "none", Own(40) + Platform(25, aligned: true) + Spoof(5000));
        Assert.Equal("Ready", Verdict("september", "Quarantine", "2026-10-01"));
        Publish("september", "Quarantine", "2026-10-01");
        Assert.Contains("v=DMARC1; p=quarantine;", _bind.Transfer("example.com"), StringComparison.Ordinal);

        // At once to reject: a month at quarantine was not seen.
        Assert.Equal("NotEnoughEvidence", Verdict("september", "Reject", "2026-10-01"));
        WriteMonth("october", new DateTime(2026, 10, 1, 0, 0, 0, DateTimeKind.Utc), "quarantine", Own(40) + Platform(25, aligned: true) + Spoof(5000));
        Assert.Equal("Ready", Verdict("october", "Reject", "2026-10-31"));
        Publish("october", "Reject", "2026-10-31");
        Assert.Contains("v=DMARC1; p=reject;", _bind.Transfer("example.com"), StringComparison.Ordinal);
        Assert.Contains("rua=mailto:dmarc@example.com", _bind.Transfer("example.com"), StringComparison.Ordinal);
    }

    private static Dictionary<string, string> Zones()
    {
        var zones = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string name in new[] { "com", "akmta.net", "aksend.net" })
            zones.Add(name, File.ReadAllText(Path.Combine(TestPaths.Root, "examples", "zones", name + ".zone")));

        string own = File.ReadAllText(Path.Combine(TestPaths.Root, "examples", "zones", "example.com.zone"));
        string key = string.Concat(File.ReadAllLines(Path.Combine(TestPaths.Root, "examples", "ak.public.pem")).Where(line => !line.StartsWith('-')));
        string strings = string.Join(' ', ("v=DKIM1; k=rsa; p=" + key).Chunk(250).Select(part => "\"" + new string(part) + "\""));
        zones.Add("example.com", own + "\n_dmarc IN TXT \"v=DMARC1; p=none; rua=mailto:dmarc@example.com\"\ns1._domainkey IN TXT ( " + strings + " )\n");
        return zones;
    }

    private string Verdict(string month, string policy, string before) =>
        Run($"Test-DmarcReadiness example.com $folder/{month} -Policy {policy} -ListUse None -Before {before} -Server $server").EnsureClean().Properties<object>("Verdict").Single()!.ToString()!;

    private void Publish(string month, string policy, string before)
    {
        EngineResult published = Run($"(Test-DmarcReadiness example.com $folder/{month} -Policy {policy} -ListUse None -Before {before} -Server $server).Record | Compare-SendingDomain -Server $server | Publish-SendingDomainRecord @target").EnsureClean();
        Assert.Equal(["Verified"], published.Properties<object>("Status").Select(status => status!.ToString()!).Distinct());
    }

    private EngineResult Run(string script) => _engine.Invoke(Prepare + script, TestPaths.Root, _bind!.Address, _bind.KeyPath, _folder);

    private static string Own(int count) => Row("203.0.113.25", count, "pass", "pass", "<dkim><domain>example.com</domain><selector>s1</selector><result>pass</result></dkim><spf><domain>example.com</domain><result>pass</result></spf>");

    private static string Platform(int count, bool aligned) => aligned
        ? Row("192.0.2.10", count, "pass", "pass", "<dkim><domain>example.com</domain><selector>ak</selector><result>pass</result></dkim><dkim><domain>akmta.net</domain><selector>x</selector><result>pass</result></dkim><spf><domain>ac-bounces.example.com</domain><result>pass</result></spf>")
        : Row("192.0.2.10", count, "fail", "fail", "<dkim><domain>akmta.net</domain><selector>x</selector><result>pass</result></dkim><spf><domain>akmta.net</domain><result>pass</result></spf>");

    private static string Spoof(int count) => Row("198.51.100.200", count, "fail", "fail", "<spf><domain>example.com</domain><result>softfail</result></spf>");

    private static string Row(string source, int count, string dkim, string spf, string results) =>
        $"<record><row><source_ip>{source}</source_ip><count>{count}</count><policy_evaluated><disposition>none</disposition><dkim>{dkim}</dkim><spf>{spf}</spf></policy_evaluated></row><identifiers><header_from>example.com</header_from></identifiers><auth_results>{results}</auth_results></record>";

    private void WriteMonth(string name, DateTime first, string policy, string rows)
    {
        string folder = Directory.CreateDirectory(Path.Combine(_folder, name)).FullName;
        for (int day = 0; day < 30; day++)
        {
            foreach (string receiver in s_receivers)
            {
                long begin = new DateTimeOffset(first.AddDays(day)).ToUnixTimeSeconds();
                string report = string.Create(CultureInfo.InvariantCulture, $"<?xml version=\"1.0\"?><feedback><report_metadata><org_name>{receiver}</org_name><email>r@{receiver}</email><report_id>{receiver}-{begin}</report_id><date_range><begin>{begin}</begin><end>{begin + 86_399}</end></date_range></report_metadata><policy_published><domain>example.com</domain><p>{policy}</p></policy_published>{rows}</feedback>");
                using FileStream file = File.Create(Path.Combine(folder, $"{receiver}!example.com!{begin}.xml.gz"));
                using var gzip = new GZipStream(file, CompressionLevel.Fastest);
                gzip.Write(Encoding.UTF8.GetBytes(report));
            }
        }
    }
}
