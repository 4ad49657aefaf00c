using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using MailDns.Dns;
using MailDns.Publishing;

namespace MailDns.Core.Tests.Publishing;

/// <summary>Zones as people have them, drawn at random: wildcards, aliases, DNAMEs, delegations, several texts, broken ones.</summary>
internal static class PlannedZone
{
    public static readonly string[] ForeignTexts = ["google-site-verification=abc", "MS=ms1", "a text of somebody's"];

    private const string Key = "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA";

    private static readonly string[] s_names =
    [
        "@", "a", "b.a", "shop", "x.shop", "*", "*.shop", "*.a", "trk", "trk2", "_dmarc", "_dmarc.shop", "_domainkey", "s1._domainkey", "s2._domainkey", "*._domainkey",
        "default._bimi", "_mta-sts", "_smtp._tls", "d", "y.d", "sub", "z.sub",
    ];

    private static readonly string[] s_texts =
    [
        "v=spf1 -all", "v=spf1 mx ~all", "v=spf1 include:a.example -all", "v=spf1include:a.example -all", "\"v=spf1 mx -all\"", "v=spf1 mx mx -all",
        "v=DMARC1; p=none", "v=DMARC1; p=reject; sp=none; rua=mailto:d@contoso.com", "v=DMARCl; p=reject", "v=DMARC1\\; p=quarantine",
        "v=DKIM1; k=rsa; p=" + Key, Key, "k=rsa; p=", "v=DKIM1; p=AAAA; t=y", "v=BIMI1; l=https://a.example/l.svg", "v=BIMI; l=https://a.example/l.svg",
        "v=STSv1; id=1", "v=STS1; id=1", "v=TLSRPTv1; rua=mailto:t@contoso.com", "v=TLSRPT1; rua=mailto:t@contoso.com", .. ForeignTexts,
    ];

    private static readonly (string Name, string Text)[] s_wantedTexts =
    [
        ("@", "v=spf1 include:a.example -all"), ("@", "v=spf1 -all"), ("@", "v=spf1 ip4:192.0.2.0/24 ~all"), ("shop", "v=spf1 include:a.example -all"), ("x.shop", "v=spf1 -all"),
        ("a", "v=spf1 mx -all"), ("_dmarc", "v=DMARC1; p=none; rua=mailto:r@contoso.com"), ("_dmarc", "v=DMARC1; p=reject; sp=reject; np=reject"), ("_dmarc.shop", "v=DMARC1; p=quarantine"),
        ("s1._domainkey", "v=DKIM1; k=rsa; p=" + Key), ("s2._domainkey", "v=DKIM1; p="), ("*._domainkey", "v=DKIM1; p="), ("default._bimi", "v=BIMI1; l=https://a.example/l.svg"),
        ("_mta-sts", "v=STSv1; id=2"), ("_smtp._tls", "v=TLSRPTv1; rua=mailto:t@contoso.com"), ("@", "MS=ms1"), ("y.d", "v=spf1 -all"), ("z.sub", "v=spf1 -all"), ("b.a", "MS=ms2"),
    ];

    public static DomainName Apex { get; } = DomainName.FromDns("contoso.com");

    /// <summary>Every name that a zone may have, and some that none has.</summary>
    public static IReadOnlyList<DomainName> Names { get; } = [.. s_names.Where(name => name[0] != '*').Concat(["other", "other.shop", "other.a", "other._domainkey"]).Select(Owner)];

    public static IDnsResolver Resolver(IReadOnlyList<DnsRecord> zone) => new ZoneFileResolver([new ZoneFile("contoso.com.zone", Apex, zone)]);

    /// <summary>The zone's records, one a line, strings as they are cut, in ordinal order.</summary>
    public static string Text(IEnumerable<DnsRecord> zone) => string.Join('\n', zone.Select(Line).Order(StringComparer.Ordinal));

    /// <summary>A zone that a server loads.</summary>
    public static List<DnsRecord> Draw(Random random)
    {
        var zone = new List<DnsRecord>();
        int count = random.Next(14);
        for (int i = 0; i < count; i++)
        {
            DomainName owner = Owner(s_names[random.Next(s_names.Length)]);
            uint ttl = zone.FirstOrDefault(record => record.Owner.Equals(owner))?.Ttl ?? (uint)(random.Next(1, 5) * 300);
            DnsRecord record = random.Next(12) switch
            {
                0 => new(owner, DnsRecordType.A, ttl, new AddressData(IPAddress.Parse("192.0.2." + random.Next(1, 3)))),
                1 => new(owner, DnsRecordType.Mx, ttl, random.Next(4) == 0 ? new MxData(0, DomainName.Root) : new MxData(10, DomainName.FromDns("mx" + random.Next(2) + ".example"))),
                2 => new(owner, DnsRecordType.Cname, ttl, new NameData(DomainName.FromDns(random.Next(2) == 0 ? "trk.example" : "other.example"))),
                3 => new(owner, DnsRecordType.Dname, ttl, new NameData(DomainName.FromDns("elsewhere.example"))),
                4 => new(owner, DnsRecordType.Ns, ttl, new NameData(DomainName.FromDns("ns.other.example"))),
                5 => new(owner, (DnsRecordType)13, ttl, new UnknownData("PC LINUX")),
                _ => Txt(owner, ttl, s_texts[random.Next(s_texts.Length)], random),
            };
            if (Fits(zone, record))
                zone.Add(record);
        }

        return zone;
    }

    public static ResourceRecord[] DrawWanted(Random random)
    {
        var wanted = new List<ResourceRecord>();
        int count = random.Next(1, 6);
        for (int i = 0; i < count; i++)
        {
            TimeSpan ttl = TimeSpan.FromHours(1);
            if (random.Next(4) == 0)
            {
                string[] hosts = ["trk", "trk2", "x.shop", "a", "y.d", "z.sub"];
                wanted.Add(new CnameRecord("contoso.com", hosts[random.Next(hosts.Length)], "trk.example", ttl, RecordPurpose.Tracking));
            }
            else if (random.Next(6) == 0)
            {
                wanted.Add(new MxRecord("contoso.com", random.Next(2) == 0 ? "@" : "shop", (ushort)(random.Next(2) * 10), random.Next(3) == 0 ? "." : "mx0.example", ttl, RecordPurpose.Mx));
            }
            else
            {
                (string name, string text) = s_wantedTexts[random.Next(s_wantedTexts.Length)];
                wanted.Add(new TxtRecord("contoso.com", name, text, ttl, RecordPurpose.Other));
            }
        }

        return [.. wanted];
    }

    /// <summary>Whether the record may stand beside the others (RFC 1034 section 3.6.2, RFC 6672 section 2.4, RFC 2181 section 6).</summary>
    public static bool Fits(IReadOnlyList<DnsRecord> zone, DnsRecord record)
    {
        DnsRecord[] node = zone.Where(other => other.Owner.Equals(record.Owner)).ToArray();
        if (node.Any(other => other.Type == record.Type && other.Data.ToString() == record.Data.ToString()))
            return false;
        if (record.Type == DnsRecordType.Cname ? node.Length > 0 || record.Owner.Equals(Apex) : node.Any(other => other.Type == DnsRecordType.Cname))
            return false;
        if (record.Type is DnsRecordType.Dname && (record.Owner.Equals(Apex) || record.Owner.Text[0] == '*' || node.Any(other => other.Type is DnsRecordType.Dname or DnsRecordType.Ns) || zone.Any(other => other.Owner.IsBelow(record.Owner))))
            return false;
        if (record.Type is DnsRecordType.Ns && (record.Owner.Equals(Apex) || record.Owner.Text[0] == '*' || node.Length > 0 || zone.Any(other => other.Owner.IsBelow(record.Owner))))
            return false;
        return !node.Any(other => other.Type == DnsRecordType.Ns) && !zone.Any(other => other.Type is DnsRecordType.Dname or DnsRecordType.Ns && record.Owner.IsBelow(other.Owner));
    }

    private static DomainName Owner(string name) => name == "@" ? Apex : Apex.Prepend(name);

    private static DnsRecord Txt(DomainName owner, uint ttl, string text, Random random)
    {
        int cut = random.Next(1, text.Length);
        return new(owner, DnsRecordType.Txt, ttl, random.Next(3) == 0 ? new TxtData([text[..cut], text[cut..]]) : new TxtData(text));
    }

    private static string Line(DnsRecord record) => record.Owner + " " + record.Ttl + " " + record.Type + " " + (record.Data is TxtData text ? string.Join(' ', text.Strings.Select(part => "\"" + part + "\"")) : record.Data.ToString());
}

/// <summary>A zone at hand as the place where records are published.</summary>
internal sealed class ZoneTarget(IReadOnlyList<DnsRecord> zone) : IRecordTarget
{
    private readonly List<DnsRecord> _zone = [.. zone];

    public IReadOnlyList<DnsRecord> Zone => _zone;

    public string Description => "a zone at hand";

    public bool HasFirstStringOnly => false;

    public void Dispose()
    {
        // Holds nothing.
    }

    public IReadOnlyList<IReadOnlyList<RecordSetChange>> Divide(IReadOnlyList<RecordSetChange> sets) => [sets];

    public IDnsResolver CreateResolver(IReadOnlyCollection<DomainName> zones) => PlannedZone.Resolver(_zone);

    public string? FindObstacle(RecordSetChange set) => null;

    public bool IsSame(ResourceRecord planned, ResourceRecord actual) => RecordEquality.IsSameData(planned, actual);

    public IReadOnlyList<ResourceRecord> Read(RecordSetState key) =>
#pragma warning disable VSTHRD002, xUnit1031 // A zone at hand answers at once.
        new NodeReader(PlannedZone.Resolver(_zone), default).ReadSetAsync(key.Owner, key.Zone, key.Type, RecordPurpose.Other).GetAwaiter().GetResult().Records;
#pragma warning restore VSTHRD002, xUnit1031

    public void Write(DomainName zone, IReadOnlyList<RecordSetChange> sets)
    {
        foreach (RecordSetChange set in sets)
        {
            foreach (ResourceRecord record in set.Removed)
            {
                int count = _zone.RemoveAll(other => other.Owner.Equals(record.Owner) && other.Type == record.DnsType && other.Data.ToString() == record.ToDnsRecord().Data.ToString());
                if (count != 1)
                    throw new TargetException("what goes is not there once but " + count + " times");
            }

            foreach (ResourceRecord record in set.Added)
            {
                if (!PlannedZone.Fits(_zone, record.ToDnsRecord()))
                    throw new TargetException(record.Owner + " " + record + " cannot be there");
                _zone.Add(record.ToDnsRecord());
            }
        }
    }
}
