using MailDns.Core.Tests.Sending;
using MailDns.Dns;
using MailDns.MailReports;
using MailDns.Sending;

namespace MailDns.Core.Tests.MailReports;

/// <summary>Adds made reports up, as Measure-DmarcReport does.</summary>
internal static class MeasureRun
{
    public const string Zone = """
        $ORIGIN example.com.
        $TTL 1h
        @ IN SOA ns hostmaster ( 1 4h 1h 2w 1h )
        @ IN TXT "v=spf1 ip4:192.0.2.0/24 include:_spf.example.net -all"
        s1._domainkey IN TXT "v=DKIM1; k=rsa; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQCldFYh3Rfrmeov"
        s2._domainkey IN CNAME s2.domainkey.u1.wl2.sendgrid.net.
        _dmarc IN TXT "v=DMARC1; p=none; rua=mailto:dmarc@example.com"
        news IN A 192.0.2.80
        """;

    private const string Other = """
        $ORIGIN example.net.
        $TTL 1h
        @ IN SOA ns hostmaster ( 1 4h 1h 2w 1h )
        _spf IN TXT "v=spf1 ip4:198.51.100.0/25 -all"
        """;

    private const string SendGrid = """
        $ORIGIN sendgrid.net.
        $TTL 1h
        @ IN SOA ns hostmaster ( 1 4h 1h 2w 1h )
        s2.domainkey.u1.wl2 IN TXT "v=DKIM1; k=rsa; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQCldFYh3Rfrmeov"
        """;

    private static readonly ProviderIndex s_platforms = new(ProviderFixture.Catalog);

    public static IDnsResolver Resolver(string zone = Zone) => new AliasFollowingResolver(new ZoneFileResolver(
    [
        ZoneFileParser.Parse(zone, "example.com.zone", DomainName.Parse("example.com")),
        ZoneFileParser.Parse(Other, "example.net.zone", DomainName.Parse("example.net")),
        ZoneFileParser.Parse("$ORIGIN com.\n$TTL 1h\n@ IN SOA a.gtld-servers.net. nstld.verisign-grs.com. ( 1 4h 1h 2w 1h )\n", "com.zone", DomainName.FromDns("com")),
        ZoneFileParser.Parse(SendGrid, "sendgrid.net.zone", DomainName.Parse("sendgrid.net")),
    ]));

    public static DmarcMeasure Create(bool hasResolver = true, IReadOnlyList<string>? own = null) => new(new DmarcMeasureOptions
    {
        Resolver = hasResolver ? Resolver() : null,
        Platforms = s_platforms,
        OwnSources = own ?? [],
    });

    public static async Task<IReadOnlyList<DmarcSource>> OfAsync(params ReportModel[] models) => await OfAsync(Create(), models);

    public static async Task<IReadOnlyList<DmarcSource>> OfAsync(DmarcMeasure measure, params ReportModel[] models)
    {
        foreach (ReportModel model in models)
            await AddAsync(measure, model);

        return await measure.FinishAsync(CancellationToken.None);
    }

    public static async Task<DmarcReport> AddAsync(DmarcMeasure measure, ReportModel model)
    {
        DmarcReport report = ReportRun.Of(model.Open()).Single;
        var tally = new RowTally();
        foreach (DmarcReportRow row in report.Rows)
            tally.Add(row);

        await measure.AddAsync(report, tally, CancellationToken.None);
        return report;
    }
}
