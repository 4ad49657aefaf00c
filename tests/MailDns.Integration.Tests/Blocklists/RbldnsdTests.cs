using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using MailDns.Module.Tests.Engine;
using MailDns.TestSupport;
using Xunit;

namespace MailDns.Integration.Tests.Blocklists;

/// <summary>Block lists as rbldnsd serves them, asked in PowerShell itself.</summary>
public sealed class RbldnsdTests
{
    private static readonly Dictionary<string, (string Type, string Text)> s_zones = new(StringComparer.Ordinal)
    {
        // zen and dbl stand for the real ones: the shipped meanings are read.
        ["zen.spamhaus.org"] = ("ip4set", """
            $SOA 300 ns.example.net hostmaster.example.net 0 600 300 86400 300
            127.0.0.2 :127.0.0.2:test
            192.0.2.0/28 :127.0.0.4:Listed, see https://example.net/?$
            !192.0.2.7
            198.51.100.9 :127.255.255.254:Error: open resolver
            """),
        ["zen.spamhaus.org#6"] = ("ip6trie", """
            ::ffff:7f00:2 :127.0.0.2:test
            2001:db8:25::/48 :127.0.0.3:Listed $
            """),
        ["dbl.spamhaus.org"] = ("dnset", """
            test :127.0.1.2:test
            .contoso.com :127.0.1.4:$ is listed
            """),
        ["everything.example.net"] = ("ip4trie", "0.0.0.0/0 :127.0.0.2:The list has ended.\n"),
        ["nothing.example.net"] = ("ip4set", "$SOA 300 ns.example.net hostmaster.example.net 0 600 300 86400 300\n"),
    };

    [RbldnsdFact]
    public async Task Entries_are_told_from_refusals_and_from_dead_lists()
    {
        using RbldnsdServer server = RbldnsdServer.Start(s_zones);
        PowerShellResult result = await PowerShellProcess.RunCommandAsync(
            "Import-Module " + PowerShellProcess.Quote(TestPaths.Manifest) + "; Get-BlocklistStatus 192.0.2.5, 192.0.2.7, 198.51.100.9, 2001:db8:25::1, 2001:db8::1, mail.contoso.com, fabrikam.com"
            + " -List spamhaus-zen, spamhaus-dbl, everything.example.net, nothing.example.net -Server " + server.Address + " -Ordered"
            + " | ForEach-Object { '{0}|{1}|{2}|{3}|{4}' -f $_.Query, $_.List, $_.Listed, $_.Meaning, $_.Text }");
        string[] lines = [.. result.Output.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries)];
        string[] expected =
        [
            "192.0.2.5|spamhaus-zen|True|XBL: a machine that is infected or exploited|Listed, see https://example.net/?192.0.2.5",
            "192.0.2.5|everything.example.net||it lists 127.0.0.1, which is never to be listed: it answers everything|",
            "192.0.2.5|nothing.example.net||its test entry 127.0.0.2 is not listed, so it has no entries of that kind|",
            "192.0.2.7|spamhaus-zen|False||",
            "198.51.100.9|spamhaus-zen||it refuses resolvers that many share (127.255.255.254)|",
            "2001:db8:25::1|spamhaus-zen|True|CSS: sends mail of low reputation, found automatically|Listed 2001:db8:25::1",
            "2001:db8::1|spamhaus-zen|False||",
            "mail.contoso.com|spamhaus-dbl|True|a phishing domain|contoso.com is listed",
            "fabrikam.com|spamhaus-dbl|False||",
        ];
        Assert.All(expected, line => Assert.Contains(line, lines));
        Assert.Equal(7 * 3, lines.Length);
        Assert.All(lines.Where(line => line.Contains(".example.net|", StringComparison.Ordinal)), line => Assert.Contains(".example.net||", line, StringComparison.Ordinal));
    }
}
