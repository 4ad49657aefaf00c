using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using CsCheck;
using MailDns.Core.Tests.Catalogue;
using MailDns.Core.Tests.Support;
using MailDns.Diagnostics;
using MailDns.Dns;
using MailDns.SenderId;
using MailDns.Spf;
using Xunit;

namespace MailDns.Core.Tests.Spf;

public class SpfPropertyTests
{
    private static readonly DomainName s_domain = DomainName.FromDns("example.com");

    private static Gen<string> OneOf(params string[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);

    private static readonly Gen<string> s_label = Gen.Char["abcXYZ019"].Array[1, 6].Select(chars => new string(chars));

    private static readonly Gen<string> s_macro = Gen.Select(
        Gen.Char["slodiphvSLODIPHV"],
        Gen.Int[0, 12],
        Gen.Bool,
        Gen.Char[".-+,/_="].Array[0, 2],
        (letter, digits, reverse, delimiters) => "%{" + letter + (digits == 0 ? string.Empty : digits) + (reverse ? "r" : string.Empty) + new string(delimiters) + "}");

    private static readonly Gen<string> s_piece = Gen.OneOf(s_label, s_macro, OneOf("%%", "%_", "%-", "_x", "a/b", "a:b", "*"));

    private static readonly Gen<string> s_domainSpec = Gen.Select(
        s_piece.Array[1, 3],
        Gen.OneOf(s_macro.Select(macro => macro), OneOf(".com", ".Example.net.", ".x-1", ".xn--p1ai")),
        (pieces, end) => string.Join(".", pieces) + (end[0] == '%' ? "." : string.Empty) + end);

    private static readonly Gen<string> s_ip4 = Gen.Select(Gen.UInt, Gen.Int[-1, 32], (address, prefix) =>
        "ip4:" + AddressBits.IPv4(address) + (prefix < 0 ? string.Empty : "/" + prefix));

    private static readonly Gen<string> s_ip6 = Gen.Select(Gen.Byte.Array[16], Gen.Int[-1, 128], Gen.Int[0, 15], (octets, prefix, zeros) =>
    {
        Array.Clear(octets, 16 - zeros, zeros);
        return "ip6:" + new IPAddress(octets) + (prefix < 0 ? string.Empty : "/" + prefix);
    });

    private static readonly Gen<string> s_prefix = Gen.Select(Gen.Int[-1, 32], Gen.Int[-1, 128], (ip4, ip6) =>
        (ip4 < 0 ? string.Empty : "/" + ip4) + (ip6 < 0 ? string.Empty : "//" + ip6));

    private static readonly Gen<string> s_mechanism = Gen.OneOf(
        OneOf("all", "ALL", "ptr", "a", "mx"),
        s_ip4,
        s_ip6,
        Gen.Select(OneOf("a", "mx", "A", "Mx"), s_prefix, (name, prefix) => name + prefix),
        Gen.Select(OneOf("a:", "mx:"), s_domainSpec, s_prefix, (name, spec, prefix) => name + spec + prefix),
        Gen.Select(OneOf("include:", "Exists:", "ptr:"), s_domainSpec, (name, spec) => name + spec));

    private static readonly Gen<string> s_term = Gen.OneOf(
        Gen.Select(OneOf("", "+", "-", "~", "?"), s_mechanism, (qualifier, mechanism) => qualifier + mechanism),
        Gen.Select(s_label.Select(label => "m" + label), Gen.OneOf(s_domainSpec, Gen.Const("")), (name, value) => name + "=" + value));

    private static readonly Gen<string> s_record = Gen.Select(
        s_term.Array[0, 8],
        Gen.OneOf(Gen.Const(""), s_domainSpec.Select(spec => " redirect=" + spec), s_domainSpec.Select(spec => " EXP=" + spec)),
        OneOf("v=spf1", "V=spf1"),
        OneOf(" ", "  "),
        (terms, modifier, version, space) => version + string.Concat(terms.Select(term => space + term)) + modifier);

    private static readonly Gen<string> s_anything = Gen.OneOf(
        Gen.String[Gen.Char['\0', '\u00FF'], 0, 60].Select(text => "v=spf1 " + text),
        Gen.String[Gen.Char["v=spf1 %{}/:.-+~?amxip46includeredirectexists0123\t"], 0, 80],
        Gen.Select(s_record, Gen.Int[0, 200], Gen.Char['\0', '\u00FF'], (text, place, c) => text.Insert(place % (text.Length + 1), c.ToString())),
        Gen.Select(s_record, Gen.Int[0, 200], Gen.Int[1, 5], (text, place, count) => text.Remove(place % text.Length, Math.Min(count, text.Length - (place % text.Length)))));

    [Fact]
    public void What_is_written_reads_back_equal() => s_record.Sample(
        text =>
        {
            SpfRecord record = SpfParser.Parse(text);
            Assert.Equal(text, record.ToString());
            Assert.Equal(record, SpfParser.Parse(record.ToString()));
            Assert.Equal(record, SpfRecord.Of(record.Terms));

            // The canonical spelling says the same, and is its own canonical spelling.
            SpfRecord canonical = SpfRecord.OfTexts(record.Terms.Select(term => term.CanonicalText));
            Assert.Equal(record, canonical);
            Assert.Equal(record.GetHashCode(), canonical.GetHashCode());
            Assert.All(record.Terms, term => Assert.Equal(term.Text, text.Substring(term.Offset, term.Length)));
        },
        iter: 20_000,
        threads: 1);

    [Fact]
    public void Both_doors_agree_and_only_a_parse_error_ever_comes_out()
    {
        foreach (string text in Generate(20_000))
        {
            bool valid = SpfParser.TryParse(text, out SpfRecord? record, out RecordParseException? error);
            SpfReading reading = SpfParser.Read(text);
            Assert.Equal(valid, reading.IsValid);
            Assert.Equal(valid, record is not null);
            if (!valid)
            {
                Assert.Equal(reading.Faults[0].Message, error!.Message);
                Assert.InRange(error.Offset, 0, text.Length);
                Assert.InRange(error.Length, 0, text.Length - error.Offset);
                Assert.All(error.Message, c => Assert.InRange(c, ' ', '~'));
            }

            // The rules and corrections stand any text, and what they correct is right.
            var sheet = Seen.In(new CheckSheet(s_domain.Text));
            SpfTextRules.Apply(s_domain, reading, sheet, corrected => new TxtRecord(s_domain, s_domain, corrected, TimeSpan.Zero, RecordPurpose.Spf));
            Assert.All(sheet.Results.SelectMany(result => result.Record), fix => SpfParser.Parse(fix.ToString()!));
            Assert.All(sheet.Results, result => Assert.All(result.Message, c => Assert.InRange(c, ' ', '~')));
            SenderIdParser.Read(text);
        }
    }

    [Fact]
    public async Task Check_host_stands_any_record()
    {
        foreach (string text in Generate(2_000))
        {
            TableResolver dns = new TableResolver().Txt("example.com", text).Txt("example.net", text);
            SpfQuery query = SpfQuery.ForMailFrom(IPAddress.Parse("192.0.2.1"), "user@example.com", "mail.example.com");
            SpfResult result = await SpfEvaluator.CheckHostAsync(query, dns, SpfLimits.Default, CancellationToken.None, CancellationToken.None);

            Assert.InRange(result.LookupCount, 0, 11);
            Assert.InRange(result.VoidLookupCount, 0, 3);
            Assert.InRange(dns.Questions.Count, 1, 250);
            bool parses = !SpfParser.IsSpfRecord(text) || SpfParser.TryParse(text, out _, out _);
            Assert.True(parses || result.Result == SpfResultCode.PermError);
            await Seen.In(SpfStatusReader.ReadAsync(s_domain, dns, CancellationToken.None));
        }
    }

    // The same texts in every run.
    private static IEnumerable<string> Generate(int count)
    {
        var random = new PCG(7208, 4408);
        for (int i = 0; i < count; i++)
            yield return s_anything.Generate(random, null, out _);
    }
}
