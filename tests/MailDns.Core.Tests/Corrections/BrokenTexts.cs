using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using CsCheck;

namespace MailDns.Core.Tests.Corrections;

/// <summary>Right records and what hands, panels and copying make of them. The texts are octets, as DNS has them.</summary>
internal static class BrokenTexts
{
    private static readonly string[] s_spfTerms =
    {
        "mx", "a", "ip4:203.0.113.25", "ip4:198.51.100.0/24", "ip6:2001:db8:1::25", "include:spf.fabrikam.com", "include:_spf.vendor.test",
        "a:mail.contoso.org", "mx:contoso.net", "exists:%{i}._spf.contoso.org", "?include:spf.other.test", "-ip4:192.0.2.66",
    };

    private static readonly string[] s_alls = { "-all", "~all", "?all", "redirect=_spf.contoso.net" };

    private static readonly string[] s_dmarcTags =
    {
        "sp=quarantine", "sp=reject", "np=reject", "adkim=s", "aspf=s", "adkim=r", "rua=mailto:d@contoso.org", "rua=mailto:d@contoso.org,mailto:agg@vendor.test",
        "ruf=mailto:f@contoso.org", "fo=1", "fo=1:d:s", "rua=https://vendor.test/dmarc", "t=y", "pct=50", "ri=86400",
    };

    private static readonly Func<string, string>[] s_anyDamage =
    {
        text => "\"" + text + "\"",
        text => "'" + text + "'",
        text => Octets("\u201C" + text + "\u201D"),
        text => "\u0093" + text + "\u0094",
        text => Octets("\uFEFF" + text),
        text => " " + text,
        text => text + " ",
        text => text.Replace(" ", "\t"),
        text => text.Replace(" ", "\u00C2\u00A0"),
        text => text.Replace(" ", "\u00A0"),
        text => text.Replace(" ", "  "),
        text => text.Replace(" ", "\" \" "),
        text => text.Replace("=", "=="),
        text => text.Replace("=", " = "),
        text => text.Replace("=", "= "),
        text => text.Replace("=", ":"),
        text => text.Replace("\"", string.Empty).Replace(";", "\\;"),
        text => "contoso.org. 3600 IN TXT \"" + text + "\"",
        text => "@ IN TXT ( \"" + text + "\" )",
        text => "TXT \"" + text + "\"",
        text => text.ToUpperInvariant().Replace("%{I}", "%{i}"),
        text => text + ";",
        text => text + "\\",
        text => text.Replace("-", Octets("\u2013")),
        text => text.Replace("v=", "v= "),
        text => text.Replace("v=", string.Empty),
        text => Halves(text, "\" \""),
        text => text.Replace("\"", "\\\""),
    };

    private static readonly Func<string, string>[] s_spfDamage =
    {
        text => text.Replace(" ", ","),
        text => text.Replace(" ", ", "),
        text => text.Replace(" ", ";"),
        text => text.Replace(" ", "; "),
        text => text.Replace("v=spf1 ", "v=spf1"),
        text => text.Replace("v=spf1 ", "v=spf1; "),
        text => text.Replace("v=spf1", "v=spf"),
        text => text.Replace("v=spf1", "v=spfl"),
        text => text.Replace("v=spf1", "V=SPF1.0"),
        text => text.Replace("v=spf1", "v=sfp1"),
        text => text.Replace("ip4:", "ipv4:"),
        text => text.Replace("ip4:", "ip4: "),
        text => text.Replace("ip4:", "ip4="),
        text => text.Replace("ip4:", "ip:"),
        text => text.Replace("ip4:", string.Empty),
        text => text.Replace("ip6:", "ip4:"),
        text => text.Replace("include:", "include="),
        text => text.Replace("include:", "include "),
        text => text.Replace("include:", "inlcude:"),
        text => text.Replace("include:", "include: "),
        text => text.Replace("include:", "includes:"),
        text => text.Replace(" -all", "-all"),
        text => text.Replace(" ~all", "~all"),
        text => text.Replace("-all", "- all"),
        text => text.Replace("all", "all."),
        text => text.Replace("all", "all;"),
        text => text.Replace("/24", " /24"),
        text => text.Replace(" include", "include"),
        text => text + " " + text,
        text => text + text,
        text => text.Replace("v=spf1 ", "v=spf1 v=spf1 "),
        text => text.Replace("redirect=", "redirect:"),
        text => text.Replace("198.51.100.0/24", "198.51.100.7/24"),
        text => string.Join(" ", text.Split(' ').Take(1).Concat(text.Split(' ').Skip(1).Reverse())),
    };

    private static readonly Func<string, string>[] s_dmarcDamage =
    {
        text => text.Replace(";", ","),
        text => text.Replace(";", string.Empty),
        text => text.Replace("; ", ";"),
        text => text.Replace(";", ";;"),
        text => text.Replace("v=DMARC1;", "v=DMARC1"),
        text => text.Replace("DMARC1", "DMARCl"),
        text => text.Replace("DMARC1", "dmarc1"),
        text => text.Replace("DMARC1", "DMARC1.0"),
        text => text.Replace("DMARC1", "DMARC"),
        text => text.Replace("DMARC1", "DMARC 1"),
        text => text.Replace("p=", "policy="),
        text => text.Replace("p=", "p - "),
        text => text.Replace("p=", "p "),
        text => text.Replace("=s", "=strict"),
        text => text.Replace("=r;", "=relaxed;"),
        text => text.Replace("rua=", "rua "),
        text => text.Replace("rua=", "rua:"),
        text => text.Replace("rua=", "rau="),
        text => text.Replace("rua=", string.Empty),
        text => text.Replace("rua=", "rua=rua="),
        text => text.Replace("mailto:", "mailto://"),
        text => text.Replace("mailto:", "mailto: "),
        text => text.Replace("mailto:", "mailto="),
        text => text.Replace("mailto:", string.Empty),
        text => text.Replace("mailto:", "MAILTO:"),
        text => text.Replace(",mailto:", ", mailto:"),
        text => text.Replace(",mailto:", ",\tmailto:"),
        text => text.Replace(",mailto:", ";mailto:"),
        text => text.Replace(",mailto:", " mailto:"),
        text => text.Replace("contoso.org", "contoso.org."),
        text => text.Replace("contoso.org", "contoso.org!10m"),
        text => text.Replace("mailto:d@contoso.org", "<d@contoso.org>"),
        text => text.Replace("reject", "rejct"),
        text => text.Replace("quarantine", "quarentine"),
        text => text + " " + text,
        text => text + "; " + text,
        text => text.Replace("p=", "P="),
        text => text.Replace("adkim", "akdim"),
        text => text.Replace("fo=1:d:s", "fo=1,d,s"),
        text => string.Join("; ", text.Split("; ").Reverse()),
    };

    /// <summary>A right SPF record and what became of it.</summary>
    public static Gen<(string Meant, string Broken)> Spf { get; } = Gen.Select(
        Gen.Int[0, s_spfTerms.Length - 1].Array[0, 4].Select(indexes => indexes.Distinct().Select(index => s_spfTerms[index])),
        Gen.Int[0, s_alls.Length - 1].Select(index => s_alls[index]),
        Damages(s_spfDamage),
        (terms, all, damages) => Break(string.Join(" ", new[] { "v=spf1" }.Concat(terms).Concat(new[] { all })), damages));

    /// <summary>A right DMARC record and what became of it.</summary>
    public static Gen<(string Meant, string Broken)> Dmarc { get; } = Gen.Select(
        Gen.Int[0, 2].Select(index => new[] { "none", "quarantine", "reject" }[index]),
        Gen.Int[0, s_dmarcTags.Length - 1].Array[0, 5].Select(indexes => indexes.Select(index => s_dmarcTags[index]).GroupBy(tag => tag.Split('=')[0]).Select(group => group.First())),
        Damages(s_dmarcDamage),
        (policy, tags, damages) => Break(string.Join("; ", new[] { "v=DMARC1", "p=" + policy }.Concat(tags)), damages));

    /// <summary>A right record of another kind, damaged once to three times.</summary>
    public static Gen<string> Of(string text, string version)
    {
        Func<string, string>[] own =
        {
            value => value.Replace(version, version.ToLowerInvariant()),
            value => value.Replace(version, version.Replace("1", "l")),
            value => value.Replace(version + ";", version),
            value => value.Replace(";", ","),
            value => value.Replace("; ", ";"),
            value => value.Replace(";", ";;"),
            value => value + "; junk",
            value => value + "; " + value,
            value => value.Replace("=https", "=HTTPS"),
            value => string.Join("; ", value.Split("; ").Reverse()),
        };
        return Damages(own).Select(damages => Break(text, damages).Broken);
    }

    /// <summary>The text as the octets of its UTF-8.</summary>
    public static string Octets(string text) => string.Concat(Encoding.UTF8.GetBytes(text).Select(octet => (char)octet));

    private static Gen<Func<string, string>[]> Damages(Func<string, string>[] own)
    {
        Func<string, string>[] all = own.Concat(s_anyDamage).ToArray();
        return Gen.Int[0, all.Length - 1].Array[1, 3].Select(indexes => indexes.Distinct().Select(index => all[index]).ToArray());
    }

    private static (string Meant, string Broken) Break(string meant, IEnumerable<Func<string, string>> damages) =>
        (meant, damages.Aggregate(meant, (text, damage) => damage(text)));

    private static string Halves(string text, string between)
    {
        int middle = text.Length / 2;
        return "\"" + text.Substring(0, middle) + between + text.Substring(middle) + "\"";
    }
}
