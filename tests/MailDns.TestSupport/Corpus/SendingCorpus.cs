using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace MailDns.TestSupport.Corpus;

/// <summary>
/// Sending domains as they are found, from a seed: shared providers with nested includes, own mail servers, aliases, faults
/// of each kind. The same number and seed give the same records and the same verdicts on every machine. What a domain
/// shares with others is what a bulk reader can save.
/// </summary>
public sealed class SendingCorpus
{
    /// <summary>Providers that domains include.</summary>
    public const int Providers = 60;

    /// <summary>The address that SPF is checked for.</summary>
    public const string Client = "203.0.113.7";

    /// <summary>The DKIM selector that domains use.</summary>
    public const string Selector = "s1";

    /// <summary>A public key of 2048 bits, whose private key nobody has.</summary>
    private const string Key =
        "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAlT3ceb1GyJ64kYx/3iVju+6qUeQLZ5+whDALJYO7Hze8dL6mVCUK5E+HRLewOragpyIsoPhE4SNl"
        + "aniAuMU4Bw0jRkMBfLGMUibia4bn5FF4enLZUjg0kxW7XEC2imFXcnZcywNIbtV28L/aldSJ8/0rwbN6RrvHIauCEoeIAdpssyzgr9HM0x3Uayzmd62nM8C4"
        + "J8CjjVlahQkQEPxhlynocs0yr6tQrlQdlqawyYrj03XLp3J9qkAoaCsHB0zYcNkXRa4d/tOe1mGLhkxc6IwbCwhO6i0JNhZ7LfRWgp8mId1QrdinMyNRlUvr"
        + "uDrOyNyJZt+nOFJDhLNksHNQpQIDAQAB";

    private readonly Random _random;
    private readonly TestZone _zone = new();
    private readonly List<CorpusDomain> _domains = [];

    private SendingCorpus(int seed) => _random = new Random(seed);

    public IReadOnlyList<CorpusDomain> Domains => _domains;

    public TestZone Zone => _zone;

    public static SendingCorpus Generate(int count, int seed = 1)
    {
        var corpus = new SendingCorpus(seed);
        corpus.AddProviders();
        for (int i = 0; i < count; i++)
            corpus.AddDomain(i);
        return corpus;
    }

    private static string Provider(int index) => string.Create(CultureInfo.InvariantCulture, $"spf.p{index}.net");

    // Nested includes of a provider, and whether the last of them names the client.
    private static int Nested(int provider) => 1 + (provider % 3);

    private static bool Authorizes(int provider) => provider % 3 is 0;

    private bool Draw(double share) => _random.NextDouble() < share;

    private void AddProviders()
    {
        for (int p = 0; p < Providers; p++)
        {
            string name = Provider(p);
            var includes = new List<string>();
            for (int n = 0; n < Nested(p); n++)
            {
                string nested = $"n{n}.{name}";
                bool names = Authorizes(p) && n == Nested(p) - 1;
                _zone.Txt(nested, $"v=spf1 ip4:198.51.{p}.0/24 ip4:192.0.{100 + p}.0/25 ip6:2001:db8:{p:x}:{n}::/64" + (names ? " ip4:203.0.113.0/28" : string.Empty) + " ~all");
                includes.Add("include:" + nested);
            }

            _zone.Txt(name, "v=spf1 " + string.Join(' ', includes) + " ~all")
                .A($"mx1.p{p}.net", $"198.51.{p}.11")
                .A($"mx2.p{p}.net", $"198.51.{p}.12")
                .Aaaa($"mx1.p{p}.net", $"2001:db8:{p:x}::11")
                .Txt($"key.p{p}.net", "v=DKIM1; k=rsa; p=" + Key)
                .A($"click.p{p}.net", $"198.51.{p}.80");
        }

        _zone.Txt("policy.p0.net", "v=DMARC1; p=reject; rua=mailto:agg@policy.p0.net")
            .Txt("loop.p0.net", "v=spf1 include:loop.p0.net ~all");
    }

    private void AddDomain(int index)
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"d{index}.com");
        _zone.A(name, $"198.18.{(index >> 8) & 255}.{index & 255}");
        int provider = _random.Next(Providers);
        bool hasOwnMail = AddMail(name, provider, index);
        (string kind, string spf) = AddSpf(name, hasOwnMail);
        string dmarc = AddDmarc(name);
        string dkim = AddDkim(name, provider);
        bool bimi = Draw(0.08);
        if (bimi)
            _zone.Txt($"default._bimi.{name}", $"v=BIMI1; l=https://{name}/logo.svg; a=");
        if (Draw(0.06))
            _zone.Txt($"_mta-sts.{name}", "v=STSv1; id=20260101000000");
        if (Draw(0.07))
            _zone.Txt($"_smtp._tls.{name}", $"v=TLSRPTv1; rua=mailto:tls@{name}");
        if (Draw(0.35))
            _zone.Cname($"click.{name}", $"click.p{provider}.net").Cname($"bounce.{name}", $"mx1.p{provider}.net");
        _domains.Add(new CorpusDomain(name, kind, spf, dmarc, dkim, bimi));
    }

    /// <returns>True where the domain has an exchanger of its own, which has the client's address.</returns>
    private bool AddMail(string name, int provider, int index)
    {
        double draw = _random.NextDouble();
        if (draw < 0.70)
        {
            _zone.Mx(name, 10, $"mx1.p{provider}.net").Mx(name, 20, $"mx2.p{provider}.net");
        }
        else if (draw < 0.91)
        {
            _zone.Mx(name, 10, $"mail.{name}").A($"mail.{name}", index % 2 is 0 ? Client : $"198.18.{(index >> 8) & 255}.{index & 255}");
            return index % 2 is 0;
        }
        else if (draw < 0.93)
        {
            _zone.Mx(name, 0, ".");
        }

        return false;
    }

    private (string Kind, string Result) AddSpf(string name, bool hasOwnMail)
    {
        double draw = _random.NextDouble();
        switch (draw)
        {
            case < 0.54:
                return AddIncludes(name, "v=spf1 ", isRedirect: false);
            case < 0.70:
                _zone.Txt(name, "v=spf1 ip4:198.18.0.0/15 a mx -all");
                return ("a-mx", hasOwnMail ? "pass" : "fail");
            case < 0.76:
                return AddIncludes(name, "v=spf1 ", isRedirect: true);
            case < 0.80:
                bool exists = Draw(0.5);
                _zone.Txt(name, $"v=spf1 exists:%{{i}}._spf.%{{d}} -all");
                if (exists)
                    _zone.A($"{Client}._spf.{name}", "127.0.0.2");
                return ("macro", exists ? "pass" : "fail");
            case < 0.82:
                _zone.Txt(name, "v=spf1 ip4:198.18.0.0/33 includ:" + Provider(1) + " -all");
                return ("syntax", "permerror");
            case < 0.84:
                _zone.Txt(name, $"v=spf1 include:nothing.{name} -all");
                return ("void-include", "permerror");
            case < 0.86:
                // Five providers with three lookups each, of which none names the client.
                _zone.Txt(name, "v=spf1 " + string.Join(' ', new[] { 2, 5, 8, 11, 14 }.Select(p => "include:" + Provider(p))) + " -all");
                return ("too-many-lookups", "permerror");
            case < 0.87:
                _zone.Txt(name, "v=spf1 include:loop.p0.net -all");
                return ("loop", "permerror");
            case < 0.89:
                _zone.Txt(name, "v=spf1 -all").Txt(name, "v=spf1 ~all");
                return ("two-records", "permerror");
            case < 0.90:
                _zone.Txt(name, "v=spf1 " + string.Join(' ', Enumerable.Range(1, 40).Select(i => $"ip4:192.88.99.{i}")) + $" ip4:{Client} -all");
                return ("long", "pass");
            case < 0.92:
                _zone.Txt(name, "v=spf1 -all");
                return ("nothing-sends", "fail");
            default:
                if (Draw(0.5))
                    _zone.Txt(name, "site-verification=" + name);
                return ("none", "none");
        }
    }

    // As many providers as fit into ten lookups.
    private (string Kind, string Result) AddIncludes(string name, string start, bool isRedirect)
    {
        int wanted = 1 + (int)(_random.NextDouble() * _random.NextDouble() * 6);
        var chosen = new List<int>();
        int cost = 0;
        for (int i = 0; i < wanted; i++)
        {
            int p = _random.Next(Providers);
            if (chosen.Contains(p) || cost + 1 + Nested(p) > 9)
                continue;
            chosen.Add(p);
            cost += 1 + Nested(p);
        }

        bool passes = chosen.Exists(Authorizes);
        bool soft = Draw(0.6);
        string text = start + string.Join(' ', chosen.Select(p => "include:" + Provider(p))) + (soft ? " ~all" : " -all");
        if (isRedirect)
        {
            _zone.Txt(name, $"v=spf1 redirect=_spf.{name}").Txt($"_spf.{name}", text);
            return ("redirect", passes ? "pass" : soft ? "softfail" : "fail");
        }

        if (Draw(0.3))
            _zone.Txt(name, "site-verification=" + name);
        _zone.Txt(name, text);
        return ("include", passes ? "pass" : soft ? "softfail" : "fail");
    }

    private string AddDmarc(string name)
    {
        double draw = _random.NextDouble();
        string owner = $"_dmarc.{name}";
        switch (draw)
        {
            case < 0.02:
                _zone.Cname(owner, "policy.p0.net");
                return "reject";
            case < 0.06:
                _zone.Txt(owner, "v=DMARC2; p=reject");
                return "none found";
            case < 0.76:
                string policy = draw < 0.40 ? "none" : draw < 0.55 ? "quarantine" : "reject";
                _zone.Txt(owner, $"v=DMARC1; p={policy}; rua=mailto:agg@{name}; adkim=r; aspf=r");
                return policy;
            default:
                return "none found";
        }
    }

    private string AddDkim(string name, int provider)
    {
        double draw = _random.NextDouble();
        string owner = $"{Selector}._domainkey.{name}";
        switch (draw)
        {
            case < 0.55:
                _zone.Txt(owner, "v=DKIM1; k=rsa; p=" + Key);
                return "rsa2048";
            case < 0.60:
                _zone.Txt(owner, "v=DKIM1; k=rsa; p=" + Key[..216]);
                return "damaged";
            case < 0.88:
                _zone.Cname(owner, $"key.p{provider}.net");
                return "rsa2048";
            case < 0.90:
                _zone.Txt(owner, "v=DKIM1; p=");
                return "revoked";
            default:
                return "none";
        }
    }
}
