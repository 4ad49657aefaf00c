using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using MailDns.Core.Tests.Support;
using MailDns.Dns;
using MailDns.Spf;
using Xunit;
using Xunit.Abstractions;

namespace MailDns.Core.Tests.Spf;

/// <summary>
/// Random records and zones: the record before and after, both through check_host, at every address where a verdict can
/// change. check_host shares nothing with the optimiser but the parser.
/// </summary>
public class SpfOptimizerDifferentialTests
{
    private const string Domain = "d0.example";
    private readonly ITestOutputHelper _output;

    public SpfOptimizerDifferentialTests(ITestOutputHelper output) => _output = output;

    [Theory]
    [InlineData(20261124, true, 25_000)]
    [InlineData(20261125, false, 12_000)]
    public async Task No_verdict_changes(int seed, bool flatten, int cases)
    {
        var random = new Random(seed);
        var tally = new Tally();
        while (tally.Cases < cases)
            await CompareAsync(new RandomZone(random), flatten, tally);

        _output.WriteLine(tally.ToString());
        Assert.True(tally.Changed > tally.Records / 10, "Too few records were changed for the comparison to mean anything: " + tally);
        Assert.True(!flatten || tally.Split > 0, "No record was split: " + tally);
    }

    private static async Task CompareAsync(RandomZone zone, bool flatten, Tally tally)
    {
        SpfOptimization result;
        tally.Records++;
        try
        {
            result = await SpfOptimizer.OptimizeAsync(DomainName.FromDns(Domain), zone.Record, flatten, zone.ToResolver(zone.Record), CancellationToken.None);
        }
        catch (SpfRefusalException refusal)
        {
            tally.Refused++;
            if (flatten && refusal.Message.StartsWith("The record is in error", StringComparison.Ordinal) && !zone.DependsOnMessage)
                await AssertInErrorAsync(zone, refusal, tally);

            return;
        }

        tally.Changed += result.IsChanged ? 1 : 0;
        tally.Split += result.Parts.Count > 0 ? 1 : 0;
        bool mayMeetLimit = !result.CostBefore.IsWithinLimits || result.Changes.Any(change => change.Contains("unless the record before meets a limit", StringComparison.Ordinal));
        var before = new Memo(zone.ToResolver(zone.Record));
        var after = new Memo(zone.ToResolver(result.After, result.Parts));
        foreach (IPAddress address in zone.Boundaries(result))
        {
            string sender = (tally.Cases % 2 == 0 ? "listed" : "other") + "@" + Domain;
            SpfResult expected = await CheckAsync(before, address, sender);
            SpfResult actual = await CheckAsync(after, address, sender);
            bool metLimit = mayMeetLimit && expected.Result == SpfResultCode.PermError && expected.Problem!.Contains("section 4.6.4", StringComparison.Ordinal);
            tally.Limited += metLimit ? 1 : 0;
            tally.Cases += metLimit ? 0 : 1;
            if (expected.Result != actual.Result && !metLimit)
            {
                Assert.Fail(address + ": " + expected + " before, " + actual + " after.\n" + zone + "\nafter: " + result.After + "\n"
                    + string.Join("\n", result.Parts.Select(part => part.Name + ": " + part.Text)));
            }

            Assert.True(expected.Explanation == actual.Explanation || metLimit, "Another explanation for " + address + ".\n" + zone + "\nafter: " + result.After);
        }
    }

    // A refused record must be in error for somebody.
    private static async Task AssertInErrorAsync(RandomZone zone, SpfRefusalException refusal, Tally tally)
    {
        var before = new Memo(zone.ToResolver(zone.Record));
        foreach (IPAddress address in zone.Boundaries(null))
        {
            tally.Cases++;
            if ((await CheckAsync(before, address, "other@" + Domain)).Result == SpfResultCode.PermError) return;
        }

        Assert.Fail("Refused for no reason: " + refusal.Message + "\n" + zone);
    }

    private static Task<SpfResult> CheckAsync(IDnsResolver resolver, IPAddress address, string sender) => SpfEvaluator.CheckHostAsync(
        SpfQuery.ForMailFrom(address, sender, "helo.example"), resolver, SpfLimits.Default, CancellationToken.None, CancellationToken.None);

    /// <summary>Answers the same question once from the table.</summary>
    private sealed class Memo : IDnsResolver
    {
        private readonly IDnsResolver _inner;
        private readonly Dictionary<DnsQuestion, Task<DnsResponse>> _answers = new();

        public Memo(IDnsResolver inner) => _inner = inner;

        public Task<DnsResponse> QueryAsync(DnsQuestion question, CancellationToken cancellationToken)
        {
            if (!_answers.TryGetValue(question, out Task<DnsResponse>? answer))
                _answers[question] = answer = _inner.QueryAsync(question, cancellationToken);

            return answer;
        }
    }

    private sealed class Tally
    {
        public int Cases { get; set; }

        public int Records { get; set; }

        public int Refused { get; set; }

        public int Changed { get; set; }

        public int Split { get; set; }

        public int Limited { get; set; }

        public override string ToString() =>
            $"{Cases} cases of {Records} records: {Changed} changed, {Split} split, {Refused} refused; {Limited} cases where the record before met a limit";
    }

    private sealed class RandomZone
    {
        private readonly Random _random;
        private readonly List<(string Name, string Text)> _texts = new();
        private readonly List<(string Name, string Address)> _addresses = new();
        private readonly List<(string Name, string Exchange)> _exchanges = new();

        public RandomZone(Random random)
        {
            _random = random;
            bool big = Chance(25);
            for (int i = 0; i <= 5; i++)
            {
                Host("h" + i + ".example");
                Host("d" + i + ".example");
                for (int n = _random.Next(3); n > 0; n--)
                    _exchanges.Add(("d" + i + ".example", "h" + Index() + ".example"));
            }

            Record = Text(0, big);
            for (int i = 1; i <= 5; i++)
            {
                if (!Chance(3)) _texts.Add(("d" + i + ".example", Text(i, big)));
            }

            for (int i = 0; i < 8; i++)
                _addresses.Add((Address4() + ".x.example", "127.0.0.2"));

            _addresses.Add(("listed.y.example", "127.0.0.2"));
            _texts.Add(("why.example", "See %{d} of %{i}"));
        }

        public string Record { get; }

        public bool DependsOnMessage => Record.Contains("exists", StringComparison.Ordinal)
            || _texts.Any(text => text.Text.Contains("exists", StringComparison.Ordinal) || text.Text.Contains("%{", StringComparison.Ordinal));

        public TableResolver ToResolver(string record, IReadOnlyList<SpfPart>? parts = null)
        {
            var resolver = new TableResolver().Txt(Domain, record);
            foreach ((string name, string text) in _texts)
            {
                resolver.Txt(name, text);
            }

            foreach ((string name, string address) in _addresses)
            {
                resolver.Address(name, address);
            }

            foreach ((string name, string exchange) in _exchanges)
            {
                resolver.Mx(name, 10, exchange);
            }

            foreach (SpfPart part in parts ?? Array.Empty<SpfPart>())
                resolver.Txt(part.Name.Text, part.Text);

            return resolver;
        }

        /// <summary>Every address at which some term of some record begins or stops to match, and its neighbours.</summary>
        public IEnumerable<IPAddress> Boundaries(SpfOptimization? result)
        {
            var sets = new List<AddressSet> { AddressSet.Universe };
            IEnumerable<string> texts = _texts.Select(text => text.Text).Append(Record);
            if (result is not null) texts = texts.Append(result.After).Concat(result.Parts.Select(part => part.Text));

            foreach (SpfDirective directive in texts.Where(SpfParser.IsSpfRecord).SelectMany(text => SpfParser.Parse(text).Directives))
            {
                if (directive.IsNetwork)
                {
                    sets.Add(AddressSet.Of(AddressBlock.Create(directive.NetworkBits, directive.PrefixLength)));
                }
                else if (directive.Mechanism is SpfMechanism.A or SpfMechanism.Mx)
                {
                    sets.AddRange(_addresses.Where(a => a.Name[0] is 'h' or 'd').Select(a => IPAddress.Parse(a.Address)).Select(a => AddressSet.Of(
                        AddressBlock.Create(AddressBits.From(a, unmap: false), a.GetAddressBytes().Length == 4 ? directive.IPv4PrefixLength : directive.IPv6PrefixLength))));
                }
            }

            sets.AddRange(_addresses.Where(a => a.Name.EndsWith(".x.example", StringComparison.Ordinal))
                .Select(a => AddressSet.Of(AddressBlock.Create(IPAddress.Parse(a.Name[..^".x.example".Length]), 32))));
            return sets.SelectMany(set => set.Boundaries()).Append(IPAddress.Parse("::ffff:192.0.2.9")).Distinct();
        }

        public override string ToString() =>
            Domain + ": " + Record + "\n"
            + string.Join("\n", _texts.Select(text => text.Name + ": " + text.Text)) + "\n"
            + string.Join("\n", _addresses.Select(a => a.Name + " " + a.Address)) + "\n"
            + string.Join("\n", _exchanges.Select(mx => mx.Name + " MX " + mx.Exchange));

        // The seventh host and domain do not exist.
        private int Index() => Chance(3) ? 6 : _random.Next(6);

        private bool Chance(int percent) => _random.Next(100) < percent;

        private void Host(string name)
        {
            // Some names have one family only, some none.
            for (int n = Chance(10) ? 0 : 1 + _random.Next(2); n > 0; n--)
                _addresses.Add((name, Address4()));

            if (Chance(80)) _addresses.Add((name, "2001:db8::" + _random.Next(16).ToString("x")));
        }

        private string Address4() => (Chance(80) ? "192.0.2." : "198.51.100.") + _random.Next(16);

        private string Text(int index, bool big)
        {
            var terms = new List<string>();
            int count = big && index == 0 ? 20 + _random.Next(40) : _random.Next(6);
            for (int i = 0; i < count; i++)
                terms.Add(Term(index, big));

            if (Chance(5)) terms.Insert(_random.Next(terms.Count + 1), "x-note=%{i}");
            if (Chance(8)) terms.Insert(_random.Next(terms.Count + 1), "exp=why.example");

            bool redirects = Chance(20);
            if (!redirects || Chance(10))
            {
                if (Chance(90)) terms.Add(Qualifier(onlyAll: true) + "all");

                // Text after all.
                for (int i = _random.Next(8) - 5; i > 0; i--)
                    terms.Add(Term(index, big));
            }

            if (redirects) terms.Insert(_random.Next(terms.Count + 1), "redirect=" + Target(index));

            return ("v=spf1 " + string.Join(" ", terms)).Trim();
        }

        private string Qualifier(bool onlyAll = false) =>
            onlyAll ? Pick("-", "-", "~", "?", "+") : Pick("", "", "", "", "", "+", "-", "-", "~", "?");

        // Mostly onward, so that most trees have no loop.
        private string Target(int index) => "d" + (Chance(97) ? Math.Min(Chance(10) ? 6 : 5, index + 1 + _random.Next(3)) : _random.Next(6)) + ".example";

        private string Term(int index, bool big) => Qualifier() + (_random.Next(big ? 40 : 14) switch
        {
            0 => "a" + Prefix(),
            1 => "mx" + Prefix(),
            2 => "a:h" + _random.Next(7) + ".example" + Prefix(),
            3 => "mx:d" + Index() + ".example" + Prefix(),
            4 or 5 or 6 => index < 5 ? "include:" + Target(index) : "ip4:" + Address4(),
            7 => Chance(50) ? "ip4:" + Address4() : Pick("exists:%{i}.x.example", "exists:%{l}.y.example", "ptr:h1.example", "include:%{l}.z.example", "a:%{d}", "exists:h1.example"),
            8 or 9 => "ip6:2001:db8::" + _random.Next(16).ToString("x") + Pick("", "", "/126", "/124", "/120"),
            10 => "ip4:" + Address4() + "/" + (24 + _random.Next(9)),
            11 => "ip4:" + Address4() + Pick("/28", "/29", "/30", "/31", "/0"),
            _ => "ip4:" + (big ? "10." + _random.Next(4) + "." + _random.Next(250) + "." + _random.Next(250) : Address4()),
        });

        private string Prefix() => Pick("", "", "", "/28", "/31", "//124", "/30//126");

        private string Pick(params string[] values) => values[_random.Next(values.Length)];
    }
}
