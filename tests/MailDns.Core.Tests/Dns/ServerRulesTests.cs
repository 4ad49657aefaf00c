using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using MailDns.Core.Tests.Catalogue;
using MailDns.Core.Tests.Support;
using MailDns.Diagnostics;
using MailDns.Dns;
using MailDns.Sending;
using Xunit;

namespace MailDns.Core.Tests.Dns;

/// <summary>Name servers that agree, lag, refuse or are silent, by tables; over sockets in the tests of the resolver.</summary>
public class ServerRulesTests
{
    private static readonly DomainName s_zone = DomainName.Parse("contoso.com");

    [Theory]
    [InlineData(DnsResponseStatus.Success, 5U, "same", "")]
    [InlineData(DnsResponseStatus.Success, 4U, "same", "DNS-SOA-SERIAL")]
    [InlineData(DnsResponseStatus.Success, 5U, "other", "DNS-AUTH-DISAGREE")]
    [InlineData(DnsResponseStatus.Success, 4U, "other", "DNS-AUTH-DISAGREE DNS-SOA-SERIAL")]
    [InlineData(DnsResponseStatus.Refused, 5U, "same", "DNS-NS-LAME")]
    [InlineData(DnsResponseStatus.ServerFailure, 5U, "same", "DNS-NS-LAME")]
    [InlineData(DnsResponseStatus.Timeout, 5U, "same", "DNS-NS-SILENT")]
    public async Task The_second_server_is_judged(object status, uint serial, string text, string expected)
    {
        IReadOnlyList<CheckResult> results = await JudgeAsync(serial, text, (DnsResponseStatus)status, isAuthoritative: true);
        Assert.Equal(expected, string.Join(' ', results.Where(result => result.Status == CheckStatus.Warning).Select(result => result.Id).OrderBy(id => id, StringComparer.Ordinal)));
        bool answers = (DnsResponseStatus)status == DnsResponseStatus.Success;
        Assert.Equal(!answers, results.Any(result => result is { Id: "DNS-AUTH-DISAGREE", Status: CheckStatus.Unknown }));
        Assert.All(ServerChecks.All, check => Assert.Contains(results, result => result.Id == check.Id));
    }

    [Fact]
    public async Task An_answer_without_authority_is_lame() =>
        Assert.Contains(await JudgeAsync(5, "same", DnsResponseStatus.Success, isAuthoritative: false), result => result is { Id: "DNS-NS-LAME", Status: CheckStatus.Warning });

    [Theory]
    [InlineData(1U, 0U, true)]
    [InlineData(0U, 1U, false)]
    [InlineData(0U, 4294967295U, true)]
    [InlineData(4294967295U, 0U, false)]
    [InlineData(7U, 7U, false)]
    public void Serial_numbers_wrap(uint one, uint other, bool isNewer) => Assert.Equal(isNewer, SerialNumber.IsNewer(one, other));

    [Fact]
    public async Task So_many_name_servers_are_asked_and_no_more()
    {
        var resolver = new ScriptedResolver(question => question.Type switch
        {
            DnsRecordType.Soa => DnsResponse.Answer(question, [Soa(1)]),
            DnsRecordType.Ns => DnsResponse.Answer(question, [.. Enumerable.Range(0, 100).Select(i => new DnsRecord(s_zone, DnsRecordType.Ns, 60, new NameData(DomainName.Parse("ns" + i + ".contoso.net"))))]),
            DnsRecordType.A => DnsResponse.Answer(question, [.. Enumerable.Range(1, 50).Select(i => new DnsRecord(question.Name, DnsRecordType.A, 60, new AddressData(IPAddress.Parse("192.0.2." + i))))]),
            _ => DnsResponse.NoData(question),
        });
        int asked = 0;
        var reader = new ZoneServersReader(resolver, server =>
        {
            asked++;
            return new ScriptedResolver(question => DnsResponse.Answer(question, [Soa(1)], new AnswerOrigin { IsAuthoritative = true }));
        });
        using ZoneServers zone = await reader.ReadAsync(s_zone, CancellationToken.None);
        Assert.Equal(ZoneServersReader.MaxHosts * ZoneServersReader.MaxAddresses, asked);
        Assert.Equal(84 + (16 * 46), zone.LeftOut);
    }

    // what the parent zone names (null: it does not show; empty: its servers fail), what the zone names
    [Theory]
    [InlineData("ns1 ns2", "ns1 ns2", CheckStatus.Pass, "")]
    [InlineData("ns2 ns1", "ns1 ns2", CheckStatus.Pass, "")]
    [InlineData("ns1 old", "ns1 ns2", CheckStatus.Warning, "com delegates contoso.com to old.contoso.com, which the zone does not name; contoso.com names ns2.contoso.com, to which com does not delegate.")]
    [InlineData("ns1", "ns1 ns2", CheckStatus.Warning, "contoso.com names ns2.contoso.com, to which com does not delegate.")]
    [InlineData("ns1 ns2", "ns1", CheckStatus.Warning, "com delegates contoso.com to ns2.contoso.com, which the zone does not name.")]
    [InlineData("", "ns1 ns2", CheckStatus.Unknown, "No server of com that was asked shows the delegation of contoso.com: timed out.")]
    [InlineData(null, "ns1 ns2", CheckStatus.NotApplicable, "The servers of com serve contoso.com too, so its delegation does not show.")]
    public async Task The_delegation_is_compared(string? above, string own, CheckStatus status, string message)
    {
        DomainName[] names(string hosts) => [.. hosts.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(host => DomainName.Parse(host + ".contoso.com"))];
        DnsRecord[] records(DnsQuestion question, string hosts) => [.. names(hosts).Select(host => new DnsRecord(question.Name, DnsRecordType.Ns, 60, new NameData(host)))];
        DomainName parent = DomainName.FromDns("com");
        var resolver = new ScriptedResolver(question => question switch
        {
            { Type: DnsRecordType.Soa } => DnsResponse.Answer(question, [new DnsRecord(question.Name, DnsRecordType.Soa, 60, new SoaData(s_zone, DomainName.FromDns("hostmaster.contoso.com"), 1, 1, 2, 3, 60))]),
            { Type: DnsRecordType.Ns } when question.Name.Equals(parent) => DnsResponse.Answer(question, [new DnsRecord(parent, DnsRecordType.Ns, 60, new NameData(DomainName.Parse("a.gtld.net")))]),
            { Type: DnsRecordType.Ns } => DnsResponse.Answer(question, records(question, own)),
            { Type: DnsRecordType.A } => DnsResponse.Answer(question, [new DnsRecord(question.Name, DnsRecordType.A, 60, new AddressData(IPAddress.Parse(question.Name.Text == "a.gtld.net" ? "192.0.2.99" : "192.0.2.1")))]),
            _ => DnsResponse.NoData(question),
        });
        var reader = new ZoneServersReader(resolver, server => new ScriptedResolver(question =>
            server.Address.ToString() != "192.0.2.99"
                ? DnsResponse.Answer(question, question.Type == DnsRecordType.Soa ? [Soa(1)] : records(question, own), new AnswerOrigin { IsAuthoritative = true })
            : above is null ? DnsResponse.Answer(question, records(question, own), new AnswerOrigin { IsAuthoritative = true })
            : above.Length == 0 ? DnsResponse.Failure(question, DnsResponseStatus.Timeout)
            : DnsResponse.Failure(question, DnsResponseStatus.Refused, detail: null, new AnswerOrigin { IsReferral = true, Delegation = names(above) })));
        using ServerPanel panel = await ServerPanel.OfZoneAsync(s_zone, reader, resolver, CancellationToken.None);
        var sheet = Seen.In(new CheckSheet("contoso.com"));
        ServerRules.Apply(panel, sheet);
        CheckResult result = Assert.Single(sheet.Results, item => item.Id == "DNS-NS-DELEGATION");
        Assert.Equal(status, result.Status);
        Assert.Contains(message, result.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("v=spf1 -all", "v=spf1 -all", CheckStatus.Pass, 0)]
    [InlineData("v=spf1 mx -all", "v=spf1 -all", CheckStatus.Warning, 0)]
    [InlineData("v=spf1 -all", null, CheckStatus.Warning, 1)]
    [InlineData(null, "v=spf1 -all", CheckStatus.Warning, 0)]
    public async Task A_zone_that_differs_inside_and_outside_is_one_finding_with_what_the_outside_lacks(string? inside, string? outside, CheckStatus status, int lacking)
    {
        DnsServer Server(string address, string? text) => new(
            ServerAddress.TryParse(address, out ServerAddress? parsed, out _) ? parsed! : throw new InvalidOperationException(),
            new ScriptedResolver(question => question.Type != DnsRecordType.Txt || text is null ? DnsResponse.NoData(question) : DnsResponse.Answer(question, [new DnsRecord(question.Name, DnsRecordType.Txt, 60, new TxtData([text]))])));
        ServerPanel panel = ServerPanel.OfServers(s_zone, [Server("10.0.0.53", inside), Server("9.9.9.9", outside)], new ScriptedResolver(DnsResponse.NoData));
        DnsResponse believed = await panel.Resolver.QueryAsync(new DnsQuestion(s_zone, DnsRecordType.Txt), CancellationToken.None);

        CheckSheet sheet = Seen.In(new CheckSheet(s_zone.Text));
        ServerRules.Apply(panel, sheet);

        CheckResult result = Assert.Single(sheet.Results, found => found.Id == "DNS-SPLIT-ZONE");
        Assert.Equal((status, lacking), (result.Status, result.Record.Length));
        Assert.Equal(outside ?? string.Empty, string.Concat(believed.Texts));
    }

    private static DnsRecord Soa(uint serial) => new(s_zone, DnsRecordType.Soa, 60, new SoaData(s_zone, DomainName.FromDns("hostmaster.contoso.com"), serial, 1, 2, 3, 60));

    private static async Task<IReadOnlyList<CheckResult>> JudgeAsync(uint serial, string text, DnsResponseStatus status, bool isAuthoritative)
    {
        var resolver = new ScriptedResolver(question => question switch
        {
            { Type: DnsRecordType.Soa } => DnsResponse.Answer(question, [Soa(5)]),
            { Type: DnsRecordType.Ns } => DnsResponse.Answer(question, [.. new[] { "ns1", "ns2" }.Select(host => new DnsRecord(s_zone, DnsRecordType.Ns, 60, new NameData(DomainName.Parse(host + ".contoso.com"))))]),
            { Type: DnsRecordType.A } => DnsResponse.Answer(question, [new DnsRecord(question.Name, DnsRecordType.A, 60, new AddressData(IPAddress.Parse(question.Name.Text[2] == '1' ? "192.0.2.1" : "192.0.2.2")))]),
            _ => DnsResponse.NoData(question),
        });
        var reader = new ZoneServersReader(resolver, server => server.Address.ToString() == "192.0.2.1"
            ? new ScriptedResolver(question => Reply(question, 5, "same", DnsResponseStatus.Success, isAuthoritative: true))
            : new ScriptedResolver(question => Reply(question, serial, text, status, isAuthoritative)));
        using ServerPanel panel = await ServerPanel.OfZoneAsync(s_zone, reader, resolver, CancellationToken.None);
        await panel.Resolver.QueryAsync(new DnsQuestion(s_zone, DnsRecordType.Txt), CancellationToken.None);
        var sheet = Seen.In(new CheckSheet("contoso.com"));
        ServerRules.Apply(panel, sheet);
        return sheet.Results;
    }

    private static DnsResponse Reply(DnsQuestion question, uint serial, string text, DnsResponseStatus status, bool isAuthoritative) =>
        status != DnsResponseStatus.Success ? DnsResponse.Failure(question, status)
        : DnsResponse.Answer(question, [question.Type == DnsRecordType.Soa ? Soa(serial) : new DnsRecord(s_zone, DnsRecordType.Txt, 60, new TxtData(text))], new AnswerOrigin { IsAuthoritative = isAuthoritative });
}
