using System;
using System.Linq;
using MailDns.TestSupport;

namespace MailDns.Resolver.Tests.Support;

/// <summary>The zone that the loopback server and the system's server both hold, so that one table of answers fits both.</summary>
internal static class ResolverZone
{
    public static string LongText { get; } = "v=spf1 " + string.Concat(Enumerable.Range(1, 200).Select(i => $"ip4:192.0.2.{i} ")) + "-all";

    /// <summary>Every octet but the two that quotes and lengths make special are ordinary here; so are those.</summary>
    public static string AllOctets { get; } = string.Concat(Enumerable.Range(0, 256).Select(i => (char)i));

    public static TestZone Create() => new TestZone()
        .Zone("example.com")
        .Txt("example.com", "v=spf1 -all")
        .Txt("example.com", "MS=ms1")
        .Mx("example.com", 10, "mx1.example.com")
        .Mx("example.com", 20, "mx2.example.com")
        .A("mx1.example.com", "192.0.2.25", "192.0.2.26")
        .Aaaa("mx1.example.com", "2001:db8::25")
        .Mx("null.example.com", 0, ".")
        .Cname("alias.example.com", "target.example.com")
        .Txt("target.example.com", "there")
        .Cname("dangling.example.com", "nothing.example.com")
        .Cname("far.example.com", "outside.example.net")
        .Txt("*.wild.example.com", "wild")
        .A("b.empty.example.com", "192.0.2.1")
        .TxtStrings("strings.example.com", "v=DKIM1; p=", "MIG", string.Empty, "fA0")
        .Txt("long.example.com", LongText)
        .TxtStrings("octets.example.com", AllOctets[..128], AllOctets[128..])
        .Txt("latin.example.com", "f\u00FCr \u00E4\u00F6\u00FC\u00DF \u0080\u00FF")
        .TxtStrings("utf8.example.com", "\u00C3\u00BC\u00E2\u0082\u00AC\u00F0\u009F\u0098\u0080")
        .Txt("backslash.example.com", "a\\200b\\\\c\\\"d\u00C8\\201\\")
        .Txt("empty.txt.example.com", string.Empty)
        .Txt("odd+name!#$%&'*=/?^`{|}~.example.com", "odd")
        .Txt("a b.example.com", "space")
        .Add("\\195\\164.example.com", DnsType.TXT, [1, (byte)'u'])
        .Add("\\255.example.com", DnsType.TXT, [5, .. "octet"u8])
        .Ns("sub.example.com", "ns.sub.example.com")
        .Ptr("1.2.0.192.ptr.example.com", "mx1.example.com")
        .Lines(
            "example.com. 300 IN CAA 128 issue \"ca.example.net; account=1\"",
            "_25._tcp.mx1.example.com. 300 IN TLSA 3 1 1 AABBCCDD",
            "_submission._tcp.example.com. 300 IN SRV 0 5 587 mx1.example.com.",
            "https.example.com. 300 IN TYPE65 \\# 3 000100",
            "spf.example.com. 300 IN TYPE99 \\# 12 0B763D73706631202D616C6C");
}
