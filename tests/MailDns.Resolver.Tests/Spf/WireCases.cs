using System.Collections.Generic;
using System.Linq;
using MailDns.Dns;
using MailDns.TestSupport;

namespace MailDns.Resolver.Tests.Spf;

/// <summary>Cases of our own, each with what comes out of it.</summary>
internal static class WireCases
{
    public static IReadOnlyList<WireCase> All { get; } =
    [
        new("an include tree: the leaf passes",
            "example.com TXT \"v=spf1 include:a.example.net -all\"",
            "a.example.net TXT \"v=spf1 include:b.example.net include:c.example.net ~all\"",
            "b.example.net TXT \"v=spf1 ip4:198.51.100.0/24 -all\"",
            "c.example.net TXT \"v=spf1 ip4:192.0.2.0/28 -all\"")
        { Result = SpfResultCode.Pass, Mechanism = "ip4:192.0.2.0/28", Lookups = 3 },
        new("an include tree: no leaf passes, the first record decides",
            "example.com TXT \"v=spf1 include:a.example.net ?include:b.example.net ~all\"",
            "a.example.net TXT \"v=spf1 -all\"",
            "b.example.net TXT \"v=spf1 ~all\"")
        { Result = SpfResultCode.SoftFail, Mechanism = "~all", Lookups = 2 },
        new("an include of a name without a record",
            "example.com TXT \"v=spf1 include:a.example.net -all\"",
            "a.example.net TXT \"no policy\"")
        { Result = SpfResultCode.PermError, Mechanism = "include:a.example.net", Lookups = 1, Problem = "refers to a domain without an SPF record" },
        new("includes in a circle",
            "example.com TXT \"v=spf1 include:a.example.net -all\"",
            "a.example.net TXT \"v=spf1 include:example.com -all\"")
        { Result = SpfResultCode.PermError, Mechanism = "include:a.example.net", Lookups = 11, Problem = "More than 10 terms" },
        new("redirect with a macro",
            "example.com TXT \"v=spf1 redirect=%{l}._spf.%{d}\"",
            "user._spf.example.com TXT \"v=spf1 ip6:2001:db8::/32 ~all\"")
        { Result = SpfResultCode.SoftFail, Mechanism = "~all", Lookups = 1 },
        new("redirect to a name that does not exist",
            "example.com TXT \"v=spf1 redirect=nothing.example.net\"")
        { Result = SpfResultCode.PermError, Mechanism = "redirect=nothing.example.net", Lookups = 1, Problem = "refers to a domain without an SPF record" },
        new("a with a prefix, and letters of either case",
            "EXAMPLE.com TXT \"V=SPF1 A:Mail.Example.NET/28 -ALL\"",
            "mail.example.net A 192.0.2.15")
        { Result = SpfResultCode.Pass, Mechanism = "A:Mail.Example.NET/28", Lookups = 1 },
        new("a behind aliases",
            "example.com TXT \"v=spf1 a:alias.example.com -all\"",
            "alias.example.com CNAME other.example.net",
            "other.example.net CNAME host.example.org",
            "host.example.org A 198.51.100.1",
            "host.example.org A 192.0.2.1")
        { Result = SpfResultCode.Pass, Mechanism = "a:alias.example.com", Lookups = 1 },
        new("a of an IPv6 client",
            "example.com TXT \"v=spf1 a//64 -all\"",
            "example.com A 192.0.2.1",
            "example.com AAAA 2001:db8::25")
        { Client = "2001:db8::ffff", Result = SpfResultCode.Pass, Mechanism = "a//64", Lookups = 1 },
        new("mx: the second exchanger",
            "example.com TXT \"v=spf1 mx -all\"",
            "example.com MX 10 mx1.example.com",
            "example.com MX 20 mx2.example.com",
            "mx1.example.com A 198.51.100.1",
            "mx2.example.com A 192.0.2.1")
        { Result = SpfResultCode.Pass, Mechanism = "mx", Lookups = 1 },
        new("mx: null MX",
            "example.com TXT \"v=spf1 mx -all\"",
            "example.com MX 0 .")
        { Result = SpfResultCode.Fail, Mechanism = "-all", Lookups = 1 },
        new("mx: eleven exchangers",
            ["example.com TXT \"v=spf1 mx -all\"", .. Enumerable.Range(1, 11).Select(i => $"example.com MX {i} mx{i}.example.com"), .. Enumerable.Range(1, 11).Select(i => $"mx{i}.example.com A 198.51.100.{i}")])
        { Result = SpfResultCode.PermError, Mechanism = "mx", Lookups = 1, Problem = "10" },
        new("ptr: the name leads back",
            "example.com TXT \"v=spf1 ptr -all\"",
            "1.2.0.192.in-addr.arpa PTR elsewhere.example.org",
            "1.2.0.192.in-addr.arpa PTR mail.example.com",
            "elsewhere.example.org A 192.0.2.1",
            "mail.example.com A 192.0.2.1")
        { Result = SpfResultCode.Pass, Mechanism = "ptr", Lookups = 1 },
        new("ptr: the name leads elsewhere",
            "example.com TXT \"v=spf1 ptr -all\"",
            "1.2.0.192.in-addr.arpa PTR mail.example.com",
            "mail.example.com A 198.51.100.1")
        { Result = SpfResultCode.Fail, Mechanism = "-all", Lookups = 1 },
        new("exists with macros of the address",
            "example.com TXT \"v=spf1 exists:%{ir}.%{v}._spf.%{d2} -all\"",
            "1.2.0.192.in-addr._spf.example.com A 127.0.0.2")
        { Result = SpfResultCode.Pass, Mechanism = "exists:%{ir}.%{v}._spf.%{d2}", Lookups = 1 },
        new("exists with macros of an IPv6 address",
            "example.com TXT \"v=spf1 exists:%{ir}.%{v}._spf.%{d2} -all\"",
            "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6._spf.example.com A 127.0.0.2")
        { Client = "2001:db8::1", Result = SpfResultCode.Pass, Mechanism = "exists:%{ir}.%{v}._spf.%{d2}", Lookups = 1 },
        new("exists with macros of the sender, not all of them host names",
            "example.com TXT \"v=spf1 exists:%{lr+}.%{h}.%{o}._spf.example.net -all\"",
            "o'tag.user.mail.example.net.example.com._spf.example.net A 127.0.0.2")
        { Sender = "user+o'tag@example.com", Result = SpfResultCode.Pass, Mechanism = "exists:%{lr+}.%{h}.%{o}._spf.example.net", Lookups = 1 },
        new("a null sender is postmaster of the HELO name",
            "mail.example.net TXT \"v=spf1 exists:%{l}.%{d} -all\"",
            "postmaster.mail.example.net A 127.0.0.2")
        { Sender = string.Empty, Result = SpfResultCode.Pass, Mechanism = "exists:%{l}.%{d}", Lookups = 1 },
        new("exp with macros, of several strings",
            "example.com TXT \"v=spf1 -all exp=why.%{d}\"",
            "why.example.com TXT \"%{i} may not send\" \" for %{s} (%{c}, %{r})\"")
        { Result = SpfResultCode.Fail, Mechanism = "-all", Explanation = "192.0.2.1 may not send for user@example.com (192.0.2.1, mx.example.org)" },
        new("exp of a name that does not exist",
            "example.com TXT \"v=spf1 -all exp=why.%{d}\"")
        { Result = SpfResultCode.Fail, Mechanism = "-all" },
        new("exp whose lookup fails",
            "example.com TXT \"v=spf1 -all exp=why.%{d}\"",
            "why.example.com TXT \"why\"")
        { Faults = [ServFail("why.example.com", "TXT")], Result = SpfResultCode.Fail, Mechanism = "-all" },
        new("two void lookups, NXDOMAIN and NODATA, are borne",
            "example.com TXT \"v=spf1 a:nothing.example.net a:empty.example.net ip4:192.0.2.1 -all\"",
            "below.empty.example.net A 192.0.2.1")
        { Result = SpfResultCode.Pass, Mechanism = "ip4:192.0.2.1", Lookups = 2, Voids = 2 },
        new("three void lookups are not",
            "example.com TXT \"v=spf1 a:nothing.example.net mx:empty.example.net exists:none.example.net ip4:192.0.2.1 -all\"",
            "below.empty.example.net A 192.0.2.1")
        { Result = SpfResultCode.PermError, Mechanism = "exists:none.example.net", Lookups = 3, Voids = 3, Problem = "More than 2 lookups gave no answer" },
        new("ten terms with lookups",
            ["example.com TXT \"v=spf1 " + Includes(10) + "ip4:192.0.2.1 -all\"", .. IncludedRecords(10)])
        { Result = SpfResultCode.Pass, Mechanism = "ip4:192.0.2.1", Lookups = 10 },
        new("eleven terms with lookups",
            ["example.com TXT \"v=spf1 " + Includes(11) + "ip4:192.0.2.1 -all\"", .. IncludedRecords(11)])
        { Result = SpfResultCode.PermError, Mechanism = "include:s11.example.net", Lookups = 11, Problem = "More than 10 terms" },
        new("a record of several strings, joined without a space",
            "example.com TXT \"v=spf1 ip4:192.\" \"0.2.1 -a\" \"\" \"ll\"")
        { Result = SpfResultCode.Pass, Mechanism = "ip4:192.0.2.1" },
        new("a record that only TCP carries",
            "example.com TXT \"v=spf1 " + string.Join("\" \"", Enumerable.Range(1, 100).Select(i => $"ip4:198.51.100.{i} ")) + "ip4:192.0.2.1 -all\"")
        { Result = SpfResultCode.Pass, Mechanism = "ip4:192.0.2.1", IsOverTcp = true },
        new("a record cut off over UDP",
            "example.com TXT \"v=spf1 ip4:192.0.2.1 -all\"")
        { Faults = [new WireFault("example.com", "TXT", DnsFault.Truncate, DnsResponseStatus.Success)], Result = SpfResultCode.Pass, Mechanism = "ip4:192.0.2.1", IsOverTcp = true },
        new("a server that knows no EDNS",
            "example.com TXT \"v=spf1 ip4:192.0.2.1 -all\"")
        { Faults = [new WireFault("example.com", "TXT", DnsFault.FormErrOnEdns, DnsResponseStatus.Success)], Result = SpfResultCode.Pass, Mechanism = "ip4:192.0.2.1" },
        new("one policy among other texts",
            "example.com TXT \"MS=ms1\"",
            "example.com TXT \"v=spf10 -all\"",
            "example.com TXT \"v=spf1 ip4:192.0.2.1 -all\"",
            "example.com TXT \"\\195\\164\\255\"")
        { Result = SpfResultCode.Pass, Mechanism = "ip4:192.0.2.1" },
        new("two policies",
            "example.com TXT \"v=spf1 ip4:192.0.2.1 -all\"",
            "example.com TXT \"v=spf1 -all\"")
        { Result = SpfResultCode.PermError, Problem = "2 SPF records" },
        new("an octet outside ASCII in the policy",
            "example.com TXT \"v=spf1 ip4:192.0.2.1 \\160-all\"")
        { Result = SpfResultCode.PermError, Problem = "syntax error" },
        new("a policy of a wildcard",
            "*.example.com TXT \"v=spf1 ip4:192.0.2.1 -all\"")
        { Sender = "user@any.example.com", Result = SpfResultCode.Pass, Mechanism = "ip4:192.0.2.1" },
        new("a policy of type SPF alone is none",
            "example.com SPF \"v=spf1 -all\"")
        { Result = SpfResultCode.None, Problem = "NODATA" },
        new("a domain that does not exist",
            "example.net TXT \"v=spf1 -all\"")
        { Result = SpfResultCode.None, Problem = "NXDOMAIN" },
        new("SERVFAIL of the policy",
            "example.com TXT \"v=spf1 ip4:192.0.2.1 -all\"")
        { Faults = [ServFail("example.com", "TXT")], Result = SpfResultCode.TempError, Problem = "SERVFAIL" },
        new("SERVFAIL of an included policy",
            "example.com TXT \"v=spf1 include:a.example.net ip4:192.0.2.1 -all\"",
            "a.example.net TXT \"v=spf1 -all\"")
        { Faults = [ServFail("a.example.net", "TXT")], Result = SpfResultCode.TempError, Lookups = 1, Problem = "SERVFAIL" },
        new("SERVFAIL of an exchanger's address",
            "example.com TXT \"v=spf1 mx ip4:192.0.2.1 -all\"",
            "example.com MX 10 mx1.example.com",
            "mx1.example.com A 192.0.2.1")
        { Faults = [ServFail("mx1.example.com", "A")], Result = SpfResultCode.TempError, Mechanism = "mx", Lookups = 1, Problem = "SERVFAIL" },
        new("SERVFAIL of the reverse mapping is not a match (RFC 7208 section 5.5)",
            "example.com TXT \"v=spf1 ptr -all\"")
        { Faults = [ServFail("1.2.0.192.in-addr.arpa", "PTR")], Result = SpfResultCode.Fail, Mechanism = "-all", Lookups = 1 },
        new("a timeout of the policy",
            "example.com TXT \"v=spf1 ip4:192.0.2.1 -all\"")
        { Faults = [Timeout("example.com", "TXT")], Result = SpfResultCode.TempError, Problem = "timed out" },
        new("a timeout of an address in an included policy",
            "example.com TXT \"v=spf1 include:a.example.net ip4:192.0.2.1 -all\"",
            "a.example.net TXT \"v=spf1 a -all\"",
            "a.example.net A 192.0.2.1")
        { Faults = [Timeout("a.example.net", "A")], Result = SpfResultCode.TempError, Mechanism = "a", Lookups = 2, Problem = "timed out" },
        new("a timeout that is never reached",
            "example.com TXT \"v=spf1 ip4:192.0.2.1 a:slow.example.net -all\"")
        { Faults = [Timeout("slow.example.net", "A")], Result = SpfResultCode.Pass, Mechanism = "ip4:192.0.2.1" },
        new("REFUSED",
            "example.com TXT \"v=spf1 exists:a.example.net -all\"")
        { Faults = [new WireFault("a.example.net", "A", DnsFault.Refused, DnsResponseStatus.Refused)], Result = SpfResultCode.TempError, Mechanism = "exists:a.example.net", Lookups = 1, Problem = "REFUSED" },
        new("data that is not an address",
            "example.com TXT \"v=spf1 a:a.example.net -all\"",
            "a.example.net A 192.0.2.1")
        { Faults = [new WireFault("a.example.net", "A", DnsFault.GarbageData, DnsResponseStatus.Malformed)], Result = SpfResultCode.TempError, Mechanism = "a:a.example.net", Lookups = 1, Problem = "malformed" },
        new("aliases in a circle",
            "example.com TXT \"v=spf1 a:a.example.net -all\"",
            "a.example.net CNAME b.example.net",
            "b.example.net CNAME a.example.net")
        { Result = SpfResultCode.TempError, Mechanism = "a:a.example.net", Lookups = 1, Problem = "loop" },
    ];

    private static string Includes(int count) => string.Join("\" \"", Enumerable.Range(1, count).Select(i => $"include:s{i}.example.net "));

    private static IEnumerable<string> IncludedRecords(int count) => Enumerable.Range(1, count).Select(i => $"s{i}.example.net TXT \"v=spf1 ip4:198.51.100.{i} -all\"");

    private static WireFault ServFail(string name, string type) => new(name, type, DnsFault.ServFail, DnsResponseStatus.ServerFailure);

    private static WireFault Timeout(string name, string type) => new(name, type, DnsFault.Timeout, DnsResponseStatus.Timeout);
}
