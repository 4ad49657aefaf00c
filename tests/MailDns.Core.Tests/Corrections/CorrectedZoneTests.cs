using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CsCheck;
using MailDns.Core.Tests.Catalogue;
using MailDns.Core.Tests.Dkim;
using MailDns.Core.Tests.Publishing;
using MailDns.Core.Tests.Sending;
using MailDns.Core.Tests.Support;
using MailDns.Dns;
using MailDns.Publishing;
using MailDns.Sending;
using Xunit;

namespace MailDns.Core.Tests.Corrections;

/// <summary>
/// Whole zones with several faults at once: broken records of every kind, wildcards, aliases, names below the domain. Each correction is carried
/// out on its own; then all of them, one after the other, until nothing is left to correct.
/// </summary>
public sealed class CorrectedZoneTests
{
    private const int MostRounds = 40;

    private static readonly string s_key = "\" \"" + TestKeys.Rsa2048[..200] + "\" \"" + TestKeys.Rsa2048[200..] + "\"";

    private static readonly string[] s_mx = ["10 mail", "10 alias", "10 alias|20 mail|30 mx2", "0 .", "10 .", "0 .|10 mail", "10 b\\195\\188cher.vendor.example.|20 mail", ""];

    private static readonly string[] s_tlsa = ["", "", "1 1 1 {h}", "0 0 1 {h}|3 1 1 {h}", "3 1 1 {h}", "2 1 1 {h}|1 1 1 {h}"];

    private static readonly string[] s_caa = ["", "0 issue \"ca.example\"", "0 issue \";\"", "128 unknown \"x\"", "0 ISSUE \"ca.example\"|1 issue \"ca example\""];

    private static readonly string[] s_keyStarts = ["v=DKIM1; k=rsa; p=", "k=rsa; p=", "v=DKIM1; k=RSA; p=", "V=DKIM1; p=", "v=DKIM1; t=y; s=mail; p=", "v=DKIM1; h=sha1; t=x; p=", "\\\"v=DKIM1; p=", "v=DKIM1\\\\; p=", "v=DKIM2; g=; p=", "p=", "v=DKIM1;; K=rsa; P="];

    private static readonly string[] s_extras =
    [
        "", "", "* A 203.0.113.99", "* TXT \"v=spf1 -all\"", "* TXT \"hello\"", "* MX 10 mail", "*._domainkey CNAME k1.vendor.example.", "*._domainkey TXT \"v=DKIM1; p=\"", "@ TXT \"google-site-verification=abc\"\n_dmarc TXT \"MS=ms1\"",
        "@ TXT \"v=DMARC1; p=reject\"", "_spf TXT \"v=spf1 mx -all\"", "dmarc TXT \"v=DMARC1; p=none\"", "_dmarc.contoso.com TXT \"v=DMARC1; p=quarantine\"", "_smtp._tls.contoso.com TXT \"v=TLSRPTv1; rua=mailto:d@contoso.com\"",
        "s1._domainkey TXT \"google-site-verification=abc\"", "www A 203.0.113.80", "www CNAME mail", "_domainkey TXT \"o=~\"", "trk A 203.0.113.80", "bounce CNAME other.vendor.example.", "trk CNAME old.vendor.example.",
    ];

    // What is published at a name may be an alias of somebody's record instead.
    private static readonly string[] s_aliased = ["", "", "", "", "", "", "_dmarc", "s1._domainkey", "default._bimi", "_mta-sts", "_smtp._tls"];

    private static readonly Gen<string> s_spf = BrokenTexts.Spf.Select(sample => Domains(sample.Broken));

    private static readonly Gen<string> s_dmarc = BrokenTexts.Dmarc.Select(sample => Domains(sample.Broken));

    private static readonly Gen<string> s_bimi = BrokenTexts.Of("v=BIMI1; l=https://contoso.com/a,b.svg; a=https://contoso.com/vmc.pem; avp=brand", "BIMI1");

    private static readonly Gen<string> s_tls = BrokenTexts.Of("v=TLSRPTv1; rua=mailto:d@contoso.com,https://contoso.com/tls", "TLSRPTv1");

    private static readonly Gen<string> s_sts = BrokenTexts.Of("v=STSv1; id=20260101T000000Z; ext=1", "STSv1");

    private static readonly Gen<string> s_zone = Gen.Select(
        Gen.Select(Maybe(s_spf, "v=spf1 mx -all"), Maybe(s_dmarc, "v=DMARC1; p=reject; rua=mailto:d@contoso.com"), Maybe(s_bimi, string.Empty), Maybe(s_tls, string.Empty), Maybe(s_sts, string.Empty), Maybe(s_spf, string.Empty)),
        Gen.Select(OneOf(s_mx), OneOf(s_tlsa), OneOf(s_caa), OneOf(s_keyStarts), OneOf(s_extras), OneOf(s_extras), OneOf(s_aliased)),
        (texts, rest) => Zone(texts.Item1, texts.Item2, texts.Item3, texts.Item4, texts.Item5, texts.Item6, rest.Item1, rest.Item2, rest.Item3, rest.Item4, rest.Item5 + "\n" + rest.Item6, rest.Item7));

    [Theory]
    [InlineData("", 60)]
    [InlineData("parked", 30)]
    [InlineData("platform", 25)]
    [InlineData("bounce", 20)]
    [InlineData("below", 30)]
    public async Task Every_correction_is_carried_out_alone_and_all_of_them_in_turn(string with, int count)
    {
        Func<IDnsResolver, Task<IReadOnlyList<CheckResult>>> read = with == "below" ? Below : CarriedOutTests.Reader(with);
        var ids = new SortedSet<string>(StringComparer.Ordinal);
        var failures = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string lines in FixedSamples.Of(s_zone, count))
        {
            IReadOnlyList<DnsRecord> zone = CarriedOutTests.Parse(lines);
            IReadOnlyList<CheckResult> results = Seen.In(await read(CarriedOutTests.Resolver(zone)));
            foreach (CheckResult finding in results.Where(result => result.Record.Length > 0))
            {
                ids.Add(finding.Id);
                await HoldsAsync(finding.Id, lines, failures, () => CarriedOut.CheckAsync(zone, results, finding, read, CarriedOutTests.Resolver, isStrict: false));
            }

            await HoldsAsync("all", lines, failures, () => CarryOutAllAsync(zone, results, read));
        }

        // The first of each kind.
        Assert.True(failures.Count == 0, string.Join("\n\n", failures.Values));
        Assert.True(ids.Count >= 8, string.Join(", ", ids));
    }

    private static async Task HoldsAsync(string id, string lines, Dictionary<string, string> failures, Func<Task> assert)
    {
        try
        {
            await assert();
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            failures.TryAdd(id, exception.Message + "\n  " + lines.Replace("\n", "\n  ", StringComparison.Ordinal));
        }
    }

    // One correction makes room for the next; none comes back.
    private static async Task CarryOutAllAsync(IReadOnlyList<DnsRecord> zone, IReadOnlyList<CheckResult> results, Func<IDnsResolver, Task<IReadOnlyList<CheckResult>>> read)
    {
        var done = new List<string>();
        for (int round = 0; results.FirstOrDefault(result => result.Record.Length > 0 && result.Record.All(record => record.Zone.IsSameOrBelow(PlannedZone.Apex))) is { } finding; round++)
        {
            done.Add(finding.Id + " " + string.Join(" and ", finding.Record.Select(record => record.Fqdn + " " + record)));
            Assert.True(round < MostRounds, "No end: " + string.Join("; ", done.TakeLast(6)));
            IReadOnlyList<RecordChange> plan = await RecordPlanner.PlanAsync(finding.Record, CarriedOutTests.Resolver(zone), new RecordPlanOptions(), CancellationToken.None);
            zone = CarriedOut.Cleared(zone, plan);
            plan = await RecordPlanner.PlanAsync(finding.Record, CarriedOutTests.Resolver(zone), new RecordPlanOptions(), CancellationToken.None);
            using var target = new ZoneTarget(zone);
            new PlanPublisher(target).Publish(RecordSetChange.Group(plan), _ => { });
            zone = [.. target.Zone];
            results = await read(CarriedOutTests.Resolver(zone));
        }
    }

    // A subdomain that sends, of a domain whose policy says something of subdomains.
    private static Task<IReadOnlyList<CheckResult>> Below(IDnsResolver resolver) => CarriedOutTests.CheckAsync(resolver, new SendingDomainRequest(PlannedZone.Apex.Prepend("news")) { Selectors = ["s1"] });

    private static string Zone(string spf, string dmarc, string bimi, string tls, string sts, string below, string mx, string tlsa, string caa, string key, string extra, string aliased)
    {
        var lines = new List<(string Name, string Line)>
        {
            ("@", Txt(spf)), ("_dmarc", Txt(dmarc)), ("default._bimi", Txt(bimi)), ("_smtp._tls", Txt(tls)), ("_mta-sts", Txt(sts)), ("news", Txt(below)), ("_dmarc.news", Txt(dmarc.Replace("reject", "none", StringComparison.OrdinalIgnoreCase))),
            ("s1._domainkey", "TXT \"" + key + s_key), ("s1._domainkey.news", "TXT \"" + key + s_key), ("mail", "A 203.0.113.25"), ("mail", "AAAA 2001:db8::25"), ("mx2", "A 203.0.113.26"), ("alias", "CNAME mail"), ("mta-sts", "A 203.0.113.27"),
        };
        lines.AddRange(mx.Split('|', StringSplitOptions.RemoveEmptyEntries).SelectMany(item => new[] { ("@", "MX " + item), ("news", "MX " + item) }));
        lines.AddRange(tlsa.Split('|', StringSplitOptions.RemoveEmptyEntries).Select(item => ("_25._tcp.mail", "TLSA " + item.Replace("{h}", string.Concat(Enumerable.Repeat("a1", 32)), StringComparison.Ordinal))));
        lines.AddRange(caa.Split('|', StringSplitOptions.RemoveEmptyEntries).Select(item => ("@", "CAA " + item)));
        if (aliased.Length > 0)
        {
            lines.RemoveAll(line => line.Name == aliased);
            lines.Add((aliased, "CNAME " + aliased + ".vendor.example."));
            extra = string.Join('\n', extra.Split('\n').Where(line => !line.StartsWith(aliased + " ", StringComparison.Ordinal)));
        }

        return string.Join('\n', lines.Where(line => line.Line.Length > 0).Select(line => line.Name + " " + line.Line)) + "\n" + extra;
    }

    private static string Txt(string text) => text.Length == 0 ? string.Empty : "TXT " + string.Join(' ', Enumerable.Range(0, (text.Length + 199) / 200).Select(i => "\"" + Escape(text.Substring(i * 200, Math.Min(200, text.Length - (i * 200)))) + "\""));

    private static string Escape(string text) => string.Concat(text.Select(c => c is '"' or '\\' ? "\\" + c : c is < ' ' or > '~' ? "\\" + ((int)c).ToString("000", System.Globalization.CultureInfo.InvariantCulture) : c.ToString()));

    private static string Domains(string text) => text.Replace("contoso.org", "contoso.com", StringComparison.OrdinalIgnoreCase).Replace("_spf.vendor.test", "spf.vendor.example", StringComparison.OrdinalIgnoreCase).Replace("spf.other.test", "spf.vendor.example", StringComparison.OrdinalIgnoreCase)
        .Replace("spf.fabrikam.com", "other.vendor.example", StringComparison.OrdinalIgnoreCase).Replace("_spf.contoso.net", "spf.vendor.example", StringComparison.OrdinalIgnoreCase).Replace("contoso.net", "vendor.example", StringComparison.OrdinalIgnoreCase).Replace("vendor.test", "vendor.example", StringComparison.OrdinalIgnoreCase);

    private static Gen<string> OneOf(string[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);

    // Broken, right, or not there.
    private static Gen<string> Maybe(Gen<string> broken, string right) => Gen.Select(Gen.Int[0, 5], broken, (choice, text) => choice switch
    {
        0 => right,
        1 => string.Empty,
        _ => text,
    });
}
