using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using MailDns.Dns;
using Xunit;

namespace MailDns.Resolver.Tests;

/// <summary>Which server is asked when, over a scripted exchange.</summary>
public sealed class DnsClientResolverTests
{
    private static readonly IPEndPoint s_first = new(IPAddress.Parse("192.0.2.1"), 53);
    private static readonly IPEndPoint s_second = new(IPAddress.Parse("192.0.2.2"), 53);
    private static readonly DnsQuestion s_question = new(DomainName.FromDns("example.com"), DnsRecordType.Txt);

    private static DnsResponse Fail(DnsResponseStatus status) => DnsResponse.Failure(s_question, status);

    private static Task<DnsResponse> AskAsync(Script script, int retries, params IPEndPoint[] servers) =>
        new DnsClientResolver(new DnsClientOptions { Servers = servers, Retries = retries, Timeout = TimeSpan.FromSeconds(60) }, script)
            .QueryAsync(s_question, CancellationToken.None);

    [Theory]
    [InlineData(DnsResponseStatus.ServerFailure, 1)]
    [InlineData(DnsResponseStatus.Refused, 1)]
    [InlineData(DnsResponseStatus.Unreachable, 1)]
    [InlineData(DnsResponseStatus.OtherError, 1)]
    [InlineData(DnsResponseStatus.AliasLoop, 1)]
    // Asked once more without EDNS.
    [InlineData(DnsResponseStatus.FormatError, 2)]
    [InlineData(DnsResponseStatus.NotImplemented, 2)]
    // What may be an accident of the way is tried again.
    [InlineData(DnsResponseStatus.Malformed, 4)]
    [InlineData(DnsResponseStatus.Timeout, 4)]
    internal async Task How_often_one_server_is_asked(DnsResponseStatus status, int expected)
    {
        var script = new Script((_, _) => Fail(status));
        DnsResponse response = await AskAsync(script, 3, s_first);
        Assert.Equal(status, response.Status);
        Assert.Equal(expected, script.Asked.Count);
    }

    [Fact]
    public async Task Servers_are_asked_in_their_order_and_take_turns()
    {
        var script = new Script((_, _) => Fail(DnsResponseStatus.Timeout));
        Assert.Equal(DnsResponseStatus.Timeout, (await AskAsync(script, 1, s_first, s_second)).Status);
        Assert.Equal([s_first, s_second, s_first, s_second], script.Asked.Select(asked => asked.Server));
    }

    [Fact]
    public async Task A_server_that_said_no_is_not_asked_again()
    {
        var script = new Script((server, _) => Fail(server.Equals(s_first) ? DnsResponseStatus.ServerFailure : DnsResponseStatus.Timeout));
        Assert.Equal(DnsResponseStatus.ServerFailure, (await AskAsync(script, 2, s_first, s_second)).Status);
        Assert.Equal(1, script.Asked.Count(asked => asked.Server.Equals(s_first)));
        Assert.Equal(5, script.Asked.Count(asked => asked.Server.Equals(s_second)));
    }

    [Fact]
    public async Task Truncation_goes_to_tcp_in_the_same_edns_mode()
    {
        var script = new Script((_, mode) => mode switch
        {
            ExchangeMode.None => Fail(DnsResponseStatus.FormatError),
            ExchangeMode.NoEdns => Fail(DnsResponseStatus.TruncatedNoTcp),
            _ => DnsResponse.NoData(s_question),
        });
        Assert.Equal(DnsResponseStatus.NoData, (await AskAsync(script, 3, s_first)).Status);
        Assert.Equal([ExchangeMode.None, ExchangeMode.NoEdns, ExchangeMode.NoEdns | ExchangeMode.Tcp], script.Asked.Select(asked => asked.Mode));
    }

    [Theory]
    [InlineData(DnsResponseStatus.Unreachable, DnsResponseStatus.TruncatedNoTcp, 1)]
    [InlineData(DnsResponseStatus.Timeout, DnsResponseStatus.TruncatedNoTcp, 3)]
    [InlineData(DnsResponseStatus.TruncatedNoTcp, DnsResponseStatus.Malformed, 1)]
    [InlineData(DnsResponseStatus.ServerFailure, DnsResponseStatus.ServerFailure, 1)]
    [InlineData(DnsResponseStatus.NxDomain, DnsResponseStatus.NxDomain, 1)]
    internal async Task What_tcp_says_after_truncation(DnsResponseStatus overTcp, DnsResponseStatus expected, int tcpQueries)
    {
        var script = new Script((_, mode) => mode is ExchangeMode.None ? Fail(DnsResponseStatus.TruncatedNoTcp)
            : overTcp is DnsResponseStatus.NxDomain ? DnsResponse.NxDomain(s_question)
            : Fail(overTcp));
        Assert.Equal(expected, (await AskAsync(script, 0, s_first)).Status);
        Assert.Equal(tcpQueries, script.Asked.Count(asked => asked.Mode is ExchangeMode.Tcp));
    }

    [Theory]
    [InlineData("Success")]
    [InlineData("NoData")]
    [InlineData("NxDomain")]
    public async Task The_second_server_is_not_asked_when_the_first_answers(string status)
    {
        var script = new Script((_, _) => status switch
        {
            "Success" => DnsResponse.Answer(s_question, [new DnsRecord(s_question.Name, DnsRecordType.Txt, 60, new TxtData("x"))]),
            "NoData" => DnsResponse.NoData(s_question),
            _ => DnsResponse.NxDomain(s_question),
        });
        Assert.Equal(status, (await AskAsync(script, 3, s_first, s_second)).Status.ToString());
        Assert.Equal([s_first], script.Asked.Select(asked => asked.Server));
    }

    [Fact]
    public async Task While_tcp_is_under_way_the_server_is_not_asked_over_udp_again()
    {
        var script = new Script((_, mode) => mode is ExchangeMode.None ? Fail(DnsResponseStatus.TruncatedNoTcp) : null);
        DnsResponse response = await new DnsClientResolver(new DnsClientOptions { Servers = [s_first], Retries = 3, Timeout = TimeSpan.FromSeconds(1.5) }, script)
            .QueryAsync(s_question, CancellationToken.None);
        Assert.Equal(DnsResponseStatus.TruncatedNoTcp, response.Status);
        Assert.Single(script.Asked, asked => asked.Mode is ExchangeMode.None);
    }

    [Fact]
    public async Task Silence_is_a_timeout_after_the_whole_budget_and_all_tries()
    {
        var script = new Script((_, _) => null);
        DnsResponse response = await new DnsClientResolver(new DnsClientOptions { Servers = [s_first], Retries = 1, Timeout = TimeSpan.FromSeconds(3) }, script)
            .QueryAsync(s_question, CancellationToken.None);
        Assert.Equal(DnsResponseStatus.Timeout, response.Status);
        Assert.Equal(2, script.Asked.Count);
    }

    [Fact]
    public async Task Blocked_tcp_of_one_server_is_answered_by_the_other()
    {
        var script = new Script((server, mode) => server.Equals(s_second) ? DnsResponse.NoData(s_question)
            : Fail(mode is ExchangeMode.None ? DnsResponseStatus.TruncatedNoTcp : DnsResponseStatus.Unreachable));
        Assert.Equal(DnsResponseStatus.NoData, (await AskAsync(script, 3, s_first, s_second)).Status);
    }

    [Fact]
    public async Task Without_any_server_nothing_is_asked()
    {
        var script = new Script((_, _) => DnsResponse.NoData(s_question));
        DnsResponse response = await AskAsync(script, 3);
        Assert.Equal(DnsResponseStatus.Unreachable, response.Status);
        Assert.Contains("-Server", response.Detail, StringComparison.Ordinal);
        Assert.Empty(script.Asked);
    }

    [Fact]
    public async Task The_systems_servers_are_asked_only_when_none_is_given()
    {
        var script = new Script((_, _) => DnsResponse.NoData(s_question)) { System = [s_second] };
        await AskAsync(script, 3, s_first);
        await AskAsync(script, 3);
        Assert.Equal([s_first, s_second], script.Asked.Select(asked => asked.Server));
    }

    [Theory]
    [InlineData(0, 3)]
    [InlineData(-1, 3)]
    [InlineData(5, -1)]
    public void Settings_that_cannot_be_are_refused(int seconds, int retries) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new DnsClientResolver(new DnsClientOptions { Timeout = TimeSpan.FromSeconds(seconds), Retries = retries }));

    /// <summary>Answers what a function says; null is silence.</summary>
    private sealed class Script(Func<IPEndPoint, ExchangeMode, DnsResponse?> answer) : IDnsExchange
    {
        private readonly ConcurrentQueue<(IPEndPoint Server, ExchangeMode Mode)> _asked = new();

        public IReadOnlyCollection<(IPEndPoint Server, ExchangeMode Mode)> Asked => _asked;

        public IReadOnlyList<IPEndPoint> System { get; init; } = [];

        public IReadOnlyList<IPEndPoint> FindSystemServers() => System;

        public async Task<DnsResponse> AskAsync(IPEndPoint server, DnsQuestion question, ExchangeMode mode, TimeSpan timeout, CancellationToken cancellationToken)
        {
            _asked.Enqueue((server, mode));
            if (answer(server, mode) is { } response)
                return response;
            await Task.Delay(timeout, cancellationToken);
            return Fail(DnsResponseStatus.Timeout);
        }
    }
}
