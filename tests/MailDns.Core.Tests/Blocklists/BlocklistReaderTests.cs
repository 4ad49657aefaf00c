using System;
using System.IO;
using System.Linq;
using MailDns.Blocklists;
using MailDns.Text;
using Xunit;

namespace MailDns.Core.Tests.Blocklists;

public class BlocklistReaderTests
{
    [Fact]
    public void A_file_is_read_whole()
    {
        Blocklist sample = BlocklistFixture.Small.Get("SAMPLE").Single();
        Assert.Equal(
            ("sample", "Sample List", "bl.example.net", "https://example.net/remove", "2026-12-01", true, false),
            (sample.Id, sample.Name, sample.Zone.Text, sample.DelistUri, sample.Checked, sample.IsDefault, sample.RefusesPublicResolvers));
        Assert.Equal(new[] { BlocklistKind.IPv4, BlocklistKind.IPv6, BlocklistKind.Domain }, sample.Kinds);
        Assert.Equal(new[] { "127.0.0.2 Listed", "127.0.0.3 Noted", "127.0.1.255 Refused" }, sample.Codes.Select(code => code.Text + " " + code.Weight));
        Assert.Equal("2.0.0.0.0.0.f.7.f.f.f.f.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.bl.example.net", sample.TestPointOf(BlocklistKind.IPv6).Listed.NameIn(sample.Zone)!.Text);
        Assert.Equal("test.example.net", BlocklistFixture.Small.Get("bits").Single().TestPointOf(BlocklistKind.Domain).Listed.Text);
    }

    [Theory]
    [InlineData("\"id\": \"sample\"", "\"id\": \"Sample\"", "blocklists[0].id: expected lower-case letters")]
    [InlineData("\"id\": \"sample\"", "\"id\": \"default\"", "blocklists[0].id: expected")]
    [InlineData("\"id\": \"bits\"", "\"id\": \"sample\"", "occurs twice")]
    [InlineData("\"zone\": \"bl.example.net\"", "\"zone\": \"bl..example.net\"", "blocklists[0].zone: ")]
    [InlineData("\"zone\": \"bl.example.net\",", "", "blocklists[0].zone: the property is missing")]
    [InlineData("[\"ip4\", \"ip6\", \"domain\"]", "[\"ip5\"]", "blocklists[0].kinds: expected an array of ip4, ip6, domain")]
    [InlineData("[\"ip4\", \"ip6\", \"domain\"]", "[]", "blocklists[0].kinds: expected")]
    [InlineData("\"address\": \"127.0.0.2\"", "\"address\": \"192.0.2.1\"", "expected an address in 127.0.0.0/8")]
    [InlineData("\"address\": \"127.0.0.2\"", "\"address\": \"127.2\"", "expected an address in 127.0.0.0/8")]
    [InlineData("\"address\": \"127.0.0.3\"", "\"address\": \"127.0.0.2\"", "127.0.0.2 occurs twice")]
    [InlineData("\"bit\": 2", "\"bit\": 3", "expected 1, 2, 4, 8")]
    [InlineData("\"bit\": 2", "\"bit\": 256", "expected 1, 2, 4, 8")]
    [InlineData("\"bit\": 2,", "", "expected either an address or a bit")]
    [InlineData("\"weight\": \"noted\"", "\"weight\": \"note\"", "Did you mean \"noted\"")]
    [InlineData("\"https://example.net/remove\"", "\"javascript:alert(1)\"", "expected an http or https address")]
    [InlineData("\"2026-12-01\"", "\"1.12.2026\"", "expected a date as yyyy-mm-dd")]
    [InlineData("{ \"domain\": {", "{ \"ip4\": {", "the list has no entries of that kind")]
    [InlineData("\"meaning\": \"sends spam\"", "\"meaning\": \"sends\\u001b spam\"", "printable ASCII")]
    [InlineData("\"name\": \"Bits\"", "\"nmae\": \"Bits\"", "unknown property \"nmae\"")]
    public void A_broken_file_is_refused_with_its_place(string old, string replacement, string expected)
    {
        Assert.Contains(old, BlocklistFixture.Sample, StringComparison.Ordinal);
        JsonTextException exception = Assert.Throws<JsonTextException>(() => BlocklistFixture.Read(BlocklistFixture.Sample.Replace(old, replacement, StringComparison.Ordinal)));
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
        Assert.StartsWith("my.json, line ", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_without_lists_is_refused() =>
        Assert.Contains("at least one list", Assert.Throws<JsonTextException>(() => BlocklistFixture.Read("{ \"blocklists\": [] }")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("default", "sample")]
    [InlineData("sample list", "sample")]
    [InlineData("bits.example.net.", "bits")]
    [InlineData("BL.other.example", "bl.other.example")]
    public void A_list_is_found_by_what_users_call_it(string word, string expected) =>
        Assert.Equal(expected, string.Join(" ", BlocklistFixture.Small.Get(word).Select(list => list.Id)));

    [Theory]
    [InlineData("sampel", "Did you mean \"sample\"?")]
    [InlineData("zzz", "Known: sample, bits, Default.")]
    [InlineData("a..b", "is not a valid domain name")]
    public void A_word_that_names_no_list_is_an_error(string word, string expected) =>
        Assert.Contains(expected, Assert.Throws<ArgumentException>(() => BlocklistFixture.Small.Get(word)).Message, StringComparison.Ordinal);

    [Fact]
    public void Every_shipped_list_names_a_page_and_a_day_and_the_default_ones_have_every_kind()
    {
        Assert.All(BlocklistFixture.Shipped.All, list =>
        {
            Assert.NotNull(list.DocumentationUri);
            Assert.NotNull(list.Checked);
            Assert.False(list.IsDefault && list.NeedsRegistration);
        });
        Assert.Equal(BlocklistFixture.Shipped.All.Count, BlocklistFixture.Shipped.All.Select(list => list.Zone).Distinct().Count());
        foreach (BlocklistKind kind in Enum.GetValues<BlocklistKind>())
            Assert.Contains(BlocklistFixture.Shipped.Get("Default"), list => list.Kinds.Contains(kind));
    }

    // MAILDNS_UPDATE_DOCS=1 writes the table of the document.
    [Fact]
    public void The_lists_are_documented()
    {
        const string begin = "<!-- lists: written by a test from module/blocklists -->\n";
        const string end = "<!-- end of lists -->";
        string file = Path.Combine(BlocklistFixture.Folder, "..", "..", "docs", "blocklists.md");
        string text = File.ReadAllText(file).ReplaceLineEndings("\n");
        int start = text.IndexOf(begin, StringComparison.Ordinal) + begin.Length;
        string written = text[..start] + BlocklistTable.Write(BlocklistFixture.Shipped) + text[text.IndexOf(end, StringComparison.Ordinal)..];
        if (Environment.GetEnvironmentVariable("MAILDNS_UPDATE_DOCS") == "1") File.WriteAllText(file, written);

        Assert.Equal(written, File.ReadAllText(file).ReplaceLineEndings("\n"));
    }
}
