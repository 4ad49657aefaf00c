using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using MailDns.Blocklists;
using MailDns.Core.Tests.Catalogue;
using MailDns.Core.Tests.Sending;
using MailDns.Core.Tests.Support;
using MailDns.Dns;
using Xunit;

namespace MailDns.Core.Tests.Blocklists;

public class BlocklistStatusReaderTests
{
    private const string V4 = "25.2.0.192.bl.example.net";
    private const string Domain = "contoso.com.bits.example.net";

    // The same entry from a list whose test entries answer, and from one whose do not.
    [Theory]
    [InlineData("192.0.2.25", "", false, "")]
    [InlineData("192.0.2.25", V4 + "=127.0.0.2", true, "BLOCKLIST-LISTED=Fail")]
    [InlineData("192.0.2.25", V4 + "=127.0.0.3", true, "BLOCKLIST-NOTED=Warning")]
    [InlineData("192.0.2.25", V4 + "=127.0.0.3,127.0.0.2", true, "BLOCKLIST-LISTED=Fail")]
    [InlineData("192.0.2.25", V4 + "=127.0.0.77", true, "BLOCKLIST-LISTED=Fail")]
    [InlineData("192.0.2.25", V4 + "=127.0.1.255", null, "BLOCKLIST-LISTED=Unknown BLOCKLIST-NOTED=Unknown BLOCKLIST-REFUSED=Warning")]
    [InlineData("192.0.2.25", V4 + "=127.255.255.254", null, "BLOCKLIST-LISTED=Unknown BLOCKLIST-NOTED=Unknown BLOCKLIST-REFUSED=Warning")]
    [InlineData("192.0.2.25", V4 + "=127.255.255.252", null, "BLOCKLIST-LISTED=Unknown BLOCKLIST-NOTED=Unknown BLOCKLIST-REFUSED=Warning")]
    [InlineData("192.0.2.25", V4 + "=127.255.255.1", null, "BLOCKLIST-LISTED=Unknown BLOCKLIST-NOTED=Unknown BLOCKLIST-REFUSED=Warning")]
    [InlineData("192.0.2.25", V4 + "=127.0.0.2,127.255.255.255", null, "BLOCKLIST-LISTED=Unknown BLOCKLIST-NOTED=Unknown BLOCKLIST-REFUSED=Warning")]
    [InlineData("192.0.2.25", V4 + "=127.0.0.1", null, "BLOCKLIST-LISTED=Unknown BLOCKLIST-NOTED=Unknown BLOCKLIST-REFUSED=Warning")]
    [InlineData("192.0.2.25", V4 + "=203.0.113.80", null, "BLOCKLIST-DEAD=Warning BLOCKLIST-LISTED=Unknown BLOCKLIST-NOTED=Unknown")]
    [InlineData("192.0.2.25", V4 + "=203.0.113.80,127.0.0.2", null, "BLOCKLIST-DEAD=Warning BLOCKLIST-LISTED=Unknown BLOCKLIST-NOTED=Unknown")]
    [InlineData("192.0.2.25", V4 + "!", null, "BLOCKLIST-LISTED=Unknown BLOCKLIST-NOTED=Unknown")]
    [InlineData("::ffff:192.0.2.25", V4 + "=127.0.0.2", true, "BLOCKLIST-LISTED=Fail")]
    [InlineData("2001:db8::25", "5.2.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.bl.example.net=127.0.0.2", true, "BLOCKLIST-LISTED=Fail")]
    [InlineData("2001:db8::25", "", false, "")]
    [InlineData("contoso.com", "contoso.com.bl.example.net=127.0.0.2", true, "BLOCKLIST-LISTED=Fail")]
    [InlineData("contoso.com", "", false, "")]
    [InlineData("192.0.2.25", "2.0.0.127.bl.example.net=-", null, "BLOCKLIST-DEAD=Warning BLOCKLIST-LISTED=Unknown BLOCKLIST-NOTED=Unknown")]
    [InlineData("192.0.2.25", "1.0.0.127.bl.example.net=127.0.0.2 " + V4 + "=127.0.0.2", null, "BLOCKLIST-DEAD=Warning BLOCKLIST-LISTED=Unknown BLOCKLIST-NOTED=Unknown")]
    [InlineData("192.0.2.25", "2.0.0.127.bl.example.net=127.255.255.254", null, "BLOCKLIST-LISTED=Unknown BLOCKLIST-NOTED=Unknown BLOCKLIST-REFUSED=Warning")]
    [InlineData("192.0.2.25", "2.0.0.127.bl.example.net!", null, "BLOCKLIST-DEAD=Unknown BLOCKLIST-LISTED=Unknown BLOCKLIST-NOTED=Unknown BLOCKLIST-REFUSED=Unknown")]
    [InlineData("192.0.2.25", "1.0.0.127.bl.example.net!", null, "BLOCKLIST-DEAD=Unknown BLOCKLIST-LISTED=Unknown BLOCKLIST-NOTED=Unknown BLOCKLIST-REFUSED=Unknown")]
    [InlineData("contoso.com", "test.bl.example.net=-", null, "BLOCKLIST-DEAD=Warning BLOCKLIST-LISTED=Unknown BLOCKLIST-NOTED=Unknown")]
    public async Task An_entry_counts_only_from_a_list_that_works(string query, string zone, bool? listed, string expected)
    {
        BlocklistStatus status = Assert.Single(await Read("sample", query, Zone(zone)));
        StatusAssert.Findings(Seen.In(status.Results), BlocklistChecks.All, expected);
        Assert.Equal((listed, listed is true ? "https://example.net/remove" : status.DelistUri), (status.Listed, status.DelistUri));
        Assert.Equal(listed is false, status.Meaning is null);
    }

    [Theory]
    [InlineData("=127.0.0.2", true, "black", "BLOCKLIST-LISTED=Fail")]
    [InlineData("=127.0.0.4", true, "grey", "BLOCKLIST-NOTED=Warning")]
    [InlineData("=127.0.0.6", true, "black; grey", "BLOCKLIST-LISTED=Fail")]
    [InlineData("=127.0.0.1", null, "it refuses the resolver (127.0.0.1)", "BLOCKLIST-LISTED=Unknown BLOCKLIST-NOTED=Unknown BLOCKLIST-REFUSED=Warning")]
    [InlineData("=127.0.0.64", true, "it answers 127.0.0.64, which its documentation does not explain", "BLOCKLIST-LISTED=Fail")]
    public async Task Bits_of_an_answer_add_up(string answer, bool? listed, string meaning, string expected)
    {
        BlocklistStatus status = Assert.Single(await Read("bits", "contoso.com", Zone(Domain + answer)));
        Assert.Equal((listed, meaning), (status.Listed, status.Meaning));
        StatusAssert.Findings(status.Results, BlocklistChecks.All, expected);
    }

    [Fact]
    public async Task What_a_list_says_of_an_entry_is_escaped_and_bounded()
    {
        TableResolver zone = Zone(V4 + "=127.0.0.2").Txt(V4, "see \u001b]0;evil\u0007 " + new string('x', 900));
        BlocklistStatus status = Assert.Single(await Read("sample", "192.0.2.25", zone));
        Assert.StartsWith("see \\027]0;evil\\007 xxx", status.Text, StringComparison.Ordinal);
        Assert.True(status.Text!.Length <= 303, status.Text);
        Assert.Equal(("192.0.2.25", "sample", "Sample List", V4), (status.Query, status.List, status.Name, status.RecordName));
        Assert.Equal("192.0.2.25 sample: listed (127.0.0.2)", status.ToString());
    }

    [Fact]
    public async Task A_text_that_cannot_be_had_leaves_the_entry()
    {
        BlocklistStatus status = Assert.Single(await Read("sample", "192.0.2.25", Zone(V4 + "=127.0.0.2").Fail(V4, DnsRecordType.Txt, DnsResponseStatus.Timeout)));
        Assert.Equal((true, null), (status.Listed, status.Text));
    }

    [Fact]
    public async Task Test_points_are_asked_once_a_list_and_kind()
    {
        TableResolver zone = Zone(string.Empty);
        var probe = new BlocklistProbe(BlocklistFixture.Small.Get("sample"));
        for (int i = 1; i < 100; i++)
            await BlocklistStatusReader.ReadAsync(BlocklistQuery.Of(IPAddress.Parse("192.0.2." + i)), null, probe, zone, CancellationToken.None);

        Assert.Equal(99 + 2, zone.Questions.Count);
    }

    [Fact]
    public async Task Test_points_that_failed_are_asked_again_a_few_times()
    {
        TableResolver zone = Zone("2.0.0.127.bl.example.net!");
        var probe = new BlocklistProbe(BlocklistFixture.Small.Get("sample"));
        for (int i = 1; i < 100; i++)
            Assert.Null(Assert.Single(await BlocklistStatusReader.ReadAsync(BlocklistQuery.Of(IPAddress.Parse("192.0.2." + i)), null, probe, zone, CancellationToken.None)).Listed);

        Assert.Equal(3 * 2, zone.Questions.Count);
    }

    [Fact]
    public async Task A_name_that_is_too_long_for_the_list_is_not_on_it()
    {
        string label = new('a', 60);
        BlocklistStatus status = Assert.Single(await Read("sample", string.Join(".", label, label, label, label) + ".com", Zone(string.Empty)));
        Assert.False(status.Listed);
    }

    [Theory]
    [InlineData("192.0.2.25", "sample")]
    [InlineData("contoso.com", "sample bits")]
    public async Task Only_lists_of_the_kind_are_asked(string query, string expected)
    {
        var probe = new BlocklistProbe(BlocklistFixture.Small.All);
        IReadOnlyList<BlocklistStatus> all = await BlocklistStatusReader.ReadAsync(Query(query), null, probe, Zone(string.Empty), CancellationToken.None);
        Assert.Equal(expected, string.Join(" ", all.Select(status => status.List)));
    }

    private static BlocklistQuery Query(string text) =>
        IPAddress.TryParse(text, out IPAddress? address) ? BlocklistQuery.Of(address) : BlocklistQuery.Of(DomainName.Parse(text));

    private static Task<IReadOnlyList<BlocklistStatus>> Read(string list, string query, TableResolver zone) =>
        BlocklistStatusReader.ReadAsync(Query(query), null, new BlocklistProbe(BlocklistFixture.Small.Get(list)), zone, CancellationToken.None);

    // "name=a,b" has addresses, "name=-" has none though it should, "name!" fails.
    private static TableResolver Zone(string entries)
    {
        var zone = new TableResolver();
        string[] all = entries.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        foreach (string name in new[]
        {
            "2.0.0.127.bl.example.net", "2.0.0.0.0.0.f.7.f.f.f.f.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.bl.example.net", "test.bl.example.net", "test.example.net.bits.example.net",
        })
        {
            if (!all.Any(entry => entry.StartsWith(name, StringComparison.Ordinal))) zone.Address(name, "127.0.0.2");
        }

        foreach (string entry in all)
        {
            string[] parts = entry.Split('=');
            if (entry.EndsWith('!'))
                zone.Fail(entry[..^1], DnsRecordType.A, DnsResponseStatus.Timeout);
            else if (parts[1] is not "-")
                zone.Address(parts[0], parts[1].Split(','));
        }

        return zone;
    }
}
