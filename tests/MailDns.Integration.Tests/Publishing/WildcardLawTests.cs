using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using MailDns.Core.Tests.Publishing;
using MailDns.Dns;
using MailDns.Module.Tests.Engine;
using MailDns.TestSupport;
using Xunit;

namespace MailDns.Integration.Tests.Publishing;

/// <summary>
/// Whether a name has records of its own, where a wildcard or a DNAME answers too (RFC 4592, RFC 6672): planned, published by
/// dynamic update, planned again and undone against BIND and Knot DNS.
/// </summary>
public sealed class WildcardLawTests(EngineFixture engine) : IClassFixture<EngineFixture>
{
    private const string Law = """
        $ORIGIN law.test.
        $TTL 3600
        @ SOA ns1 hostmaster 1 3600 600 86400 3600
        @ NS ns1
        @ TXT "v=spf1 mx -all"
        ns1 A 192.0.2.53
        * A 192.0.2.1
        * MX 10 ns1
        *.same TXT "v=spf1 -all"
        equal.same TXT "v=spf1 -all"
        *.alias CNAME t.example.
        own.alias CNAME t.example.
        deep.ent A 192.0.2.2
        *.below.ent TXT "v=spf1 mx -all"
        d DNAME elsewhere.example.
        host HINFO "PC" "LINUX"
        web HTTPS 1 . alpn=h2

        """;

    private const string Prepare = """
        param($server, $key, $domain)
        $target = @{ UpdateServer = $server; TsigKeyPath = $key; Confirm = $false }
        function Text($name, $text) { [MailDns.TxtRecord]::new($domain, $name, $text, [timespan]::FromHours(1), 'Other') }
        function Alias($name, $to) { [MailDns.CnameRecord]::new($domain, $name, $to, [timespan]::FromHours(1), 'Other') }
        function Exchange($name, $preference, $to) { [MailDns.MxRecord]::new($domain, $name, $preference, $to, [timespan]::FromHours(1), 'Mx') }

        """;

    /// <summary>Name, wanted record, planned action, and what the zone has then.</summary>
    public static TheoryData<bool, string, string, string> Cases()
    {
        (string Wanted, string Action, string After)[] cases =
        [
            // A name under a wildcard of other types has nothing of its own.
            ("Alias 'trk' 'trk.provider.example'", "Add", "trk.law.test. 3600 IN CNAME trk.provider.example."),
            ("Text 'new' 'v=spf1 -all'", "Add", "new.law.test. 3600 IN TXT \"v=spf1 -all\""),
            ("Text 's1._domainkey' 'v=DKIM1; p='", "Add", "s1._domainkey.law.test. 3600 IN TXT \"v=DKIM1; p=\""),
            ("Exchange 'new' 20 'mx.example'", "Add", "new.law.test. 3600 IN MX 20 mx.example."),

            // Under a wildcard of the same type, too.
            ("Text 'x.same' 'v=spf1 -all'", "Add", "x.same.law.test. 3600 IN TXT \"v=spf1 -all\""),
            ("Text 'y.x.same' 'v=spf1 mx -all'", "Add", "y.x.same.law.test. 3600 IN TXT \"v=spf1 mx -all\""),
            ("Alias 'x.alias' 't.example'", "Add", "x.alias.law.test. 3600 IN CNAME t.example."),
            ("Alias 'x.alias' 'other.example'", "Add", "x.alias.law.test. 3600 IN CNAME other.example."),

            // A name's own set that equals the wildcard's is its own.
            ("Text 'equal.same' 'v=spf1 include:spf.example -all'", "Replace", "equal.same.law.test. 3600 IN TXT \"v=spf1 include:spf.example -all\""),
            ("Text 'equal.same' 'v=spf1 -all'", "Keep", "equal.same.law.test. 3600 IN TXT \"v=spf1 -all\""),
            ("Alias 'own.alias' 't.example'", "Keep", "own.alias.law.test. 3600 IN CNAME t.example."),
            ("Text 'own.alias' 'v=spf1 -all'", "Conflict", ""),

            // The wildcard itself.
            ("Text '*.same' 'v=spf1 include:spf.example -all'", "Replace", "*.same.law.test. 3600 IN TXT \"v=spf1 include:spf.example -all\""),
            ("Text '*.new' 'v=spf1 -all'", "Add", "*.new.law.test. 3600 IN TXT \"v=spf1 -all\""),

            // Empty non-terminals exist, and hold nothing.
            ("Alias 'ent' 't.example'", "Add", "ent.law.test. 3600 IN CNAME t.example."),
            ("Text 'ent' 'v=spf1 -all'", "Add", "ent.law.test. 3600 IN TXT \"v=spf1 -all\""),
            ("Text 'below.ent' 'v=spf1 -all'", "Add", "below.ent.law.test. 3600 IN TXT \"v=spf1 -all\""),
            ("Text 'same' 'v=spf1 -all'", "Add", "same.law.test. 3600 IN TXT \"v=spf1 -all\""),

            // Below a DNAME nothing can be; beside data of any type no alias.
            ("Text 'x.d' 'v=spf1 -all'", "Conflict", ""),
            ("Alias 'x.d' 't.example'", "Conflict", ""),
            ("Alias 'd' 't.example'", "Conflict", ""),
            ("Alias 'host' 't.example'", "Conflict", ""),
            ("Alias 'web' 't.example'", "Conflict", ""),
            ("Text 'host' 'v=spf1 -all'", "Add", "host.law.test. 3600 IN TXT \"v=spf1 -all\""),
        ];
        var data = new TheoryData<bool, string, string, string>();
        foreach (bool isKnot in new[] { false, true })
        {
            foreach ((string wanted, string action, string after) in cases)
                data.Add(isKnot, wanted, action, after);
        }

        return data;
    }

    [PrimaryServerFact]
    public void Every_case_is_planned_published_kept_and_undone()
    {
        foreach (bool isKnot in Kinds())
        {
            object[][] cases = Cases().Where(row => (bool)row[0] == isKnot).ToArray();
            using PrimaryServer server = PrimaryServer.Start(new Dictionary<string, string> { ["law.test"] = Law }, isKnot);
            foreach (object[] row in cases)
            {
                string before = server.Transfer("law.test");
                Run run = Carry(server, "law.test", "$wanted = @(" + row[1] + ")", string.Empty);
                string context = $"{(isKnot ? "Knot" : "BIND")}: {row[1]}\n{run.Text}\n";
                Assert.True(run.Actions.SequenceEqual([(string)row[2]]), context);
                Assert.True(((string)row[3]).Length == 0 ? run.After == before : run.After.Split('\n').Contains((string)row[3]), context + run.After);
                Assert.True(run.Undone == before, context + run.Undone);
            }
        }
    }

    [PrimaryServerFact]
    public void Unrelated_records_are_published_beside_a_name_under_a_wildcard()
    {
        foreach (bool isKnot in Kinds())
        {
            using PrimaryServer server = PrimaryServer.Start(new Dictionary<string, string> { ["law.test"] = Law }, isKnot);
            Run run = Carry(server, "law.test", "$wanted = @(Text 'x.same' 'v=spf1 -all'; Text '_dmarc' 'v=DMARC1; p=none'; Alias 'trk' 't.example')", string.Empty);
            Assert.Equal(["Add", "Add", "Add"], run.Actions);
            Assert.Equal(["Verified", "Verified", "Verified"], run.Statuses);
        }
    }

    // Zones and wanted records of the seeds 1 to 60 on BIND, 1 to 30 on Knot DNS.
    [PrimaryServerFact]
    public void Any_zone_is_planned_published_kept_and_undone()
    {
        foreach (bool isKnot in Kinds())
        {
            int count = isKnot ? 30 : 60;
            var drawn = Enumerable.Range(1, count).ToDictionary(seed => "z" + seed + ".test", seed =>
            {
                var random = new Random(seed);
                List<DnsRecord> zone = PlannedZone.Draw(random);
                return (Zone: zone, Wanted: PlannedZone.DrawWanted(random), Options: (random.Next(6) == 0 ? "-NoMerge " : string.Empty) + (random.Next(6) == 0 ? "-Prune " : string.Empty));
            });
            using PrimaryServer server = PrimaryServer.Start(drawn.ToDictionary(pair => pair.Key, pair => Master(pair.Value.Zone, pair.Key)), isKnot);
            foreach ((string domain, (List<DnsRecord> zone, ResourceRecord[] wanted, string options)) in drawn)
            {
                string before = server.Transfer(domain);
                Run run = Carry(server, domain, "$wanted = @(" + string.Join("; ", wanted.Select(Script)) + ")", options);
                string context = $"{(isKnot ? "Knot" : "BIND")} {domain} {options}\n{before}\n\n{string.Join('\n', wanted.Select(Script))}\n{run.Text}\nafter:\n{run.After}\n";
                for (int i = 0; i < run.Actions.Length; i++)
                {
                    bool isChange = run.Actions[i] is "Add" or "Replace" or "Remove";
                    Assert.True(run.Statuses[i] == (isChange ? "Verified" : run.Actions[i] == "Keep" ? "Unchanged" : "Skipped"), context);
                }

                int refused = run.Actions.Count(action => action is "Conflict" or "Unknown");
                Assert.True(run.Again.All(action => action == "Keep" || refused > 0), context + "again: " + string.Join(' ', run.Again));
                foreach (string text in PlannedZone.ForeignTexts)
                    Assert.True(Count(before, text) <= Count(run.After, text), context + "lost: " + text);
                Assert.True(run.Undone == before, context + "undone:\n" + run.Undone);
            }
        }
    }

    private static int Count(string zone, string text) => zone.Split('\n').Count(line => line.Replace("\" \"", string.Empty, StringComparison.Ordinal).Contains("\"" + text + "\"", StringComparison.Ordinal));

    private static bool[] Kinds() => new[] { false, true }.Where(isKnot => isKnot ? PrimaryServer.IsKnotInstalled : PrimaryServer.IsInstalled).ToArray();

    private Run Carry(PrimaryServer server, string domain, string wanted, string options)
    {
        string script = Prepare + wanted + $$"""

            $plan = @($wanted | Compare-SendingDomain -Server $server {{options}} -WarningAction SilentlyContinue)
            $results = @($plan | Publish-SendingDomainRecord @target -WarningAction SilentlyContinue -ErrorAction SilentlyContinue)
            $again = @($wanted | Compare-SendingDomain -Server $server {{options}} -WarningAction SilentlyContinue)
            [pscustomobject]@{
                Actions = [string[]]@($plan | ForEach-Object { [string]$_.Action })
                Statuses = [string[]]@($results | ForEach-Object { [string]$_.Status })
                Again = [string[]]@($again | ForEach-Object { [string]$_.Action })
                Text = @($plan + $again | ForEach-Object { "$($_.Action) $_ | $($_.Reason)" }) + @($results | ForEach-Object { "$($_.Status) $($_.Message)" }) -join "`n"
                Undo = @($results | ForEach-Object Undo)
            }
            """;
        EngineResult result = engine.Invoke(script, [server.Address, server.KeyPath, domain]);
        Assert.True(result.Errors.Count == 0, wanted + "\n" + string.Join('\n', result.Errors) + server.Transfer(domain));
        dynamic run = Assert.Single(result.Output);
        string after = server.Transfer(domain);
        EngineResult undone = engine.Invoke(Prepare + "$args[0] | Publish-SendingDomainRecord @target -WarningAction SilentlyContinue", [server.Address, server.KeyPath, domain, (object)run.Undo]);
        Assert.True(undone.Errors.Count == 0, wanted + "\n" + string.Join('\n', undone.Errors));
        return new Run((string[])run.Actions, (string[])run.Statuses, (string[])run.Again, (string)run.Text, after, server.Transfer(domain));
    }

    private static string Master(IEnumerable<DnsRecord> zone, string domain)
    {
        var text = new StringBuilder($"$ORIGIN {domain}.\n$TTL 3600\n@ SOA ns.other.example. h.other.example. 1 3600 600 86400 3600\n@ NS ns.other.example.\n");
        foreach (DnsRecord record in zone)
        {
            string type = (int)record.Type == 13 ? "HINFO" : DnsRecordTypes.Mnemonic(record.Type);
            string data = record.Data is UnknownData unknown ? unknown.Presentation : record.Data.ToPresentation();
            text.Append(CultureInfo.InvariantCulture, $"{In(record.Owner.ToPresentation(), domain)} {record.Ttl} IN {type} {data}\n");
        }

        return text.ToString();
    }

    private static string Script(ResourceRecord record) => record switch
    {
        CnameRecord alias => $"Alias '{alias.Name}' '{alias.HostNameAlias}'",
        MxRecord exchange => $"Exchange '{exchange.Name}' {exchange.Preference} '{exchange.MailExchange}'",
        _ => $"Text '{record.Name}' {PowerShellProcess.Quote(record.ToString()!)}",
    };

    private static string In(string owner, string domain) => owner.Replace("contoso.com.", domain + ".", StringComparison.Ordinal);

    private sealed record Run(string[] Actions, string[] Statuses, string[] Again, string Text, string After, string Undone);
}

/// <summary>A test against BIND or Knot DNS, where one is installed.</summary>
public sealed class PrimaryServerFactAttribute : FactAttribute
{
    public PrimaryServerFactAttribute()
    {
        if (!PrimaryServer.IsInstalled && !PrimaryServer.IsKnotInstalled)
            Skip = "Neither BIND nor Knot DNS is installed with BIND's tools (bind9, bind9-dnsutils, knot).";
    }
}
