using System;
using System.Diagnostics;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using MailDns.Dns;
using MailDns.Resolver.Tests.Support;
using MailDns.TestSupport;
using Xunit;

namespace MailDns.Resolver.Tests;

/// <summary>Every fault over real sockets: the right status, and never an exception but for cancellation.</summary>
public abstract class FaultTests : AskingTests
{
    private protected FaultTests(ExchangeKind kind)
        : base(kind)
    {
    }

    public sealed class OverPooledSockets() : FaultTests(ExchangeKind.Pooled);

    public sealed class OverDnsClient() : FaultTests(ExchangeKind.DnsClient);

    private static TestZone Zone() => ResolverZone.Create();

    [Theory]
    [InlineData(DnsFaultKind.Timeout, "Timeout")]
    [InlineData(DnsFaultKind.ServFail, "ServerFailure")]
    [InlineData(DnsFaultKind.Refused, "Refused")]
    [InlineData(DnsFaultKind.FormErr, "FormatError")]
    [InlineData(DnsFaultKind.NotImp, "NotImplemented")]
    [InlineData(DnsFaultKind.WrongId, "Malformed")]
    [InlineData(DnsFaultKind.WrongQuestion, "Malformed")]
    [InlineData(DnsFaultKind.MalformedPacket, "Malformed")]
    [InlineData(DnsFaultKind.RandomOctets, "Malformed")]
    [InlineData(DnsFaultKind.CnameLoop, "AliasLoop")]
    [InlineData(DnsFaultKind.LameDelegation, "Refused")]
    [InlineData(DnsFaultKind.UpwardReferral, "Refused")]
    [InlineData(DnsFaultKind.GarbageData, "Malformed")]
    [InlineData(DnsFaultKind.Duplicate, "Success")]
    [InlineData(DnsFaultKind.Delay, "Success")]
    [InlineData(DnsFaultKind.Truncate, "Success")]
    [InlineData(DnsFaultKind.FormErrOnEdns, "Success")]
    public async Task A_fault_has_its_status(DnsFaultKind kind, string expected)
    {
        await using LoopbackDnsServer server = LoopbackDnsServer.Start(Zone());
        server.AddFault(new DnsFault(kind) { MinDelay = TimeSpan.FromMilliseconds(50), MaxDelay = TimeSpan.FromMilliseconds(80) });
        DnsResponse response = await Ask.QueryAsync(server.EndPoint, "example.com", "TXT", seconds: kind is DnsFaultKind.Timeout ? 0.5 : 5);
        Assert.Equal(expected, response.Status.ToString());
        Assert.Equal(expected is not "Success", response.IsFailure);
        Assert.DoesNotContain("DnsClient", response.Detail ?? string.Empty, StringComparison.Ordinal);
        if (response.IsFailure)
            Assert.Empty(response.Texts);
    }

    // RFC 2181 section 5.4.1: a server that answers with another name's records has not said that this one has none.
    [Theory]
    [InlineData("other.example.com", DnsResponseStatus.Malformed)]
    [InlineData("asked.example.com", DnsResponseStatus.Success)]
    internal async Task Records_of_another_owner_alone_are_no_answer(string owner, DnsResponseStatus expected)
    {
        using var server = new System.Net.Sockets.UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        Task answering = Task.Run(async () =>
        {
            System.Net.Sockets.UdpReceiveResult query = await server.ReceiveAsync();
            byte[] question = [.. query.Buffer.AsSpan(12, WireName.Parse("asked.example.com").Length + 4)];
            byte[] text = [11, .. "v=spf1 -all"u8];
            byte[] answer = [query.Buffer[0], query.Buffer[1], 0x85, 0x80, 0, 1, 0, 1, 0, 0, 0, 0, .. question, .. WireName.Parse(owner), 0, 16, 0, 1, 0, 0, 0, 60, 0, (byte)text.Length, .. text];
            await server.SendAsync(answer, query.RemoteEndPoint);
        });
        DnsResponse response = await Ask.QueryAsync((IPEndPoint)server.Client.LocalEndPoint!, "asked.example.com", "TXT");
        Assert.Equal(expected, response.Status);
        Assert.Equal(expected == DnsResponseStatus.Success ? 1 : 0, response.Texts.Count);
        await answering;
    }

    [Theory]
    [InlineData(DnsFaultKind.WrongId)]
    [InlineData(DnsFaultKind.WrongQuestion)]
    [InlineData(DnsFaultKind.MalformedPacket)]
    [InlineData(DnsFaultKind.GarbageData)]
    [InlineData(DnsFaultKind.Timeout)]
    public async Task A_single_bad_or_lost_datagram_is_mended_by_another_try(DnsFaultKind kind)
    {
        await using LoopbackDnsServer server = LoopbackDnsServer.Start(Zone());
        server.AddFault(new DnsFault(kind) { Times = 1, Transport = QueryTransport.Udp });
        DnsResponse response = await Ask.QueryAsync(server.EndPoint, "mx1.example.com", "A");
        Assert.Equal(DnsResponseStatus.Success, response.Status);
        Assert.Equal(2, response.Records.Count);
    }

    [Theory]
    [InlineData("A")]
    [InlineData("AAAA")]
    [InlineData("CNAME")]
    [InlineData("MX")]
    [InlineData("NS")]
    [InlineData("PTR")]
    [InlineData("SOA")]
    [InlineData("TXT")]
    [InlineData("SPF")]
    [InlineData("CAA")]
    [InlineData("TLSA")]
    [InlineData("SRV")]
    public async Task Data_that_is_none_of_its_type_is_malformed(string type)
    {
        await using LoopbackDnsServer server = LoopbackDnsServer.Start(Zone());
        server.AddFault(DnsFault.GarbageData);
        DnsResponse response = await Ask.QueryAsync(server.EndPoint, "example.com", type, retries: 0);
        Assert.True(response.IsFailure || type is "TLSA", response.Status.ToString());
    }

    [Theory]
    [InlineData(TcpMode.Refused)]
    [InlineData(TcpMode.Hang)]
    [InlineData(TcpMode.Close)]
    public async Task Truncated_and_no_tcp_has_its_own_status(TcpMode mode)
    {
        await using LoopbackDnsServer server = LoopbackDnsServer.Start(Zone(), new LoopbackDnsServerOptions { Tcp = mode });
        DnsResponse response = await Ask.QueryAsync(server.EndPoint, "long.example.com", "TXT", seconds: mode is TcpMode.Hang ? 0.6 : 5);
        Assert.Equal(DnsResponseStatus.TruncatedNoTcp, response.Status);
        Assert.Empty(response.Records);

        // What fits into a datagram needs no TCP.
        Assert.Equal(DnsResponseStatus.Success, (await Ask.QueryAsync(server.EndPoint, "example.com", "TXT")).Status);
    }

    [Fact]
    public async Task A_server_failure_over_tcp_is_a_server_failure()
    {
        await using LoopbackDnsServer server = LoopbackDnsServer.Start(Zone());
        server.AddFault(null, null, DnsFault.ServFail with { Transport = QueryTransport.Tcp });
        Assert.Equal(DnsResponseStatus.ServerFailure, (await Ask.QueryAsync(server.EndPoint, "long.example.com", "TXT")).Status);
    }

    [Fact]
    public async Task A_third_of_all_datagrams_lost_and_still_answered()
    {
        await using LoopbackDnsServer server = LoopbackDnsServer.Start(Zone(), new LoopbackDnsServerOptions { Seed = 7 });
        server.AddFault(DnsFault.Loss(0.3));
        IDnsResolver resolver = Ask.Resolver(60, 30, server.EndPoint);
        DnsResponse[] responses = await Task.WhenAll(Enumerable.Range(0, 40).Select(i =>
            resolver.QueryAsync(new DnsQuestion(DomainName.FromDns($"n{i}.wild.example.com"), DnsRecordType.Txt), CancellationToken.None)));
        Assert.All(responses, response => Assert.Equal(["wild"], response.Texts));
    }

    [Fact]
    public async Task A_slow_answer_is_an_answer()
    {
        // Slower than the first interval: the query is sent again, and the first answer counts.
        await using LoopbackDnsServer server = LoopbackDnsServer.Start(Zone());
        server.AddFault(DnsFault.Delay(TimeSpan.FromMilliseconds(900)));
        Assert.Equal(DnsResponseStatus.Success, (await Ask.QueryAsync(server.EndPoint, "example.com", "TXT", seconds: 30)).Status);
        Assert.True(server.UdpQueries >= 2);
    }

    /// <summary>The server's wheel turns in about a second: what waits longer keeps its place while others beside it leave.</summary>
    [Fact]
    public async Task The_server_keeps_long_delays_and_short_ones_apart()
    {
        await using LoopbackDnsServer server = LoopbackDnsServer.Start(Zone());
        server.AddFault("example.com", "TXT", DnsFault.Delay(TimeSpan.FromMilliseconds(1300)));
        server.AddFault(null, "MX", DnsFault.Delay(TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(600)));
        var clock = System.Diagnostics.Stopwatch.StartNew();
        Task<DnsResponse> slow = Ask.QueryAsync(server.EndPoint, "example.com", "TXT", seconds: 30);
        DnsResponse[] quick = await Task.WhenAll(Enumerable.Range(0, 300).Select(_ => Ask.QueryAsync(server.EndPoint, "example.com", "MX", seconds: 30)));
        Assert.All(quick, response => Assert.False(response.IsFailure));
        Assert.Equal(DnsResponseStatus.Success, (await slow).Status);
        Assert.True(clock.ElapsedMilliseconds >= 1290);
    }

    [Fact]
    public async Task Without_retries_one_query_is_sent()
    {
        await using LoopbackDnsServer server = LoopbackDnsServer.Start(Zone());
        server.AddFault(DnsFault.Timeout);
        Assert.Equal(DnsResponseStatus.Timeout, (await Ask.QueryAsync(server.EndPoint, "example.com", "TXT", seconds: 0.5, retries: 0)).Status);
        Assert.Equal(1, server.UdpQueries);
    }

    [Theory]
    [InlineData(DnsFaultKind.Timeout)]
    [InlineData(DnsFaultKind.ServFail)]
    [InlineData(DnsFaultKind.Refused)]
    [InlineData(DnsFaultKind.LameDelegation)]
    [InlineData(DnsFaultKind.WrongId)]
    [InlineData(DnsFaultKind.MalformedPacket)]
    public async Task The_second_server_is_asked_when_the_first_fails(DnsFaultKind kind)
    {
        await using LoopbackDnsServer first = LoopbackDnsServer.Start(Zone());
        await using LoopbackDnsServer second = LoopbackDnsServer.Start(Zone());
        first.AddFault(new DnsFault(kind));
        DnsResponse response = await Ask.Resolver(5, 3, first.EndPoint, second.EndPoint)
            .QueryAsync(new DnsQuestion(DomainName.FromDns("target.example.com"), DnsRecordType.Txt), CancellationToken.None);
        Assert.Equal(["there"], response.Texts);
        Assert.True(first.UdpQueries >= 1);
        Assert.True(second.UdpQueries >= 1);
    }

    [Fact]
    public async Task When_all_servers_fail_what_one_said_counts_more_than_silence()
    {
        await using LoopbackDnsServer first = LoopbackDnsServer.Start(Zone());
        await using LoopbackDnsServer second = LoopbackDnsServer.Start(Zone());
        first.AddFault(DnsFault.ServFail);
        second.AddFault(DnsFault.Timeout);
        DnsResponse response = await Ask.Resolver(0.8, 1, first.EndPoint, second.EndPoint)
            .QueryAsync(new DnsQuestion(DomainName.FromDns("example.com"), DnsRecordType.Txt), CancellationToken.None);
        Assert.Equal(DnsResponseStatus.ServerFailure, response.Status);
    }

    [Fact]
    public async Task A_closed_port_is_a_failure()
    {
        using var taken = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        taken.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        DnsResponse response = await Ask.QueryAsync((IPEndPoint)taken.LocalEndPoint!, "example.com", "TXT", seconds: 0.4);

        // Whether the system reports the closed port of a datagram differs.
        Assert.True(response.Status is DnsResponseStatus.Timeout or DnsResponseStatus.Unreachable, response.Status.ToString());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Cancellation_ends_the_wait(bool overTcp)
    {
        await using LoopbackDnsServer server = LoopbackDnsServer.Start(Zone(), new LoopbackDnsServerOptions { Tcp = TcpMode.Hang });
        server.AddFault(overTcp ? DnsFault.Truncate : DnsFault.Timeout);
        using var source = new CancellationTokenSource();
        Task<DnsResponse> query = Ask.QueryAsync(server.EndPoint, "example.com", "TXT", seconds: 300, cancellationToken: source.Token);
        while (server.UdpQueries + server.TcpQueries < (overTcp ? 2 : 1))
            await Task.Delay(5);
        var clock = Stopwatch.StartNew();
        await source.CancelAsync();
        OperationCanceledException exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => query.WaitAsync(TimeSpan.FromSeconds(60)));
        Assert.Equal(source.Token, exception.CancellationToken);

        // Far under the budget of five minutes; how far is the machine's affair.
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(30), clock.Elapsed.ToString());
    }

    [Fact]
    public async Task A_cancelled_token_asks_nothing()
    {
        await using LoopbackDnsServer server = LoopbackDnsServer.Start(Zone());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            Ask.QueryAsync(server.EndPoint, "example.com", "TXT", cancellationToken: new CancellationToken(canceled: true)));
        Assert.Equal(0, server.UdpQueries);
    }

    [Fact]
    public async Task Thousands_of_questions_at_once_are_all_answered_rightly()
    {
        await using LoopbackDnsServer server = LoopbackDnsServer.Start(Zone(), new LoopbackDnsServerOptions { LogQueries = false });
        server.AddFault(DnsFault.Delay(TimeSpan.FromMilliseconds(5), TimeSpan.FromMilliseconds(25)));
        IDnsResolver resolver = Ask.Resolver(60, 10, server.EndPoint);
        await Parallel.ForEachAsync(Enumerable.Range(0, 3000), new ParallelOptions { MaxDegreeOfParallelism = 800 }, async (i, token) =>
        {
            string name = i % 2 is 0 ? $"n{i}.wild.example.com" : $"n{i}.example.com";
            DnsResponse response = await resolver.QueryAsync(new DnsQuestion(DomainName.FromDns(name), DnsRecordType.Txt), token);
            Assert.Equal(i % 2 is 0 ? DnsResponseStatus.Success : DnsResponseStatus.NxDomain, response.Status);
            Assert.Equal(name, response.Question.Name.Text);
        });
    }

    [Fact]
    public async Task Tcp_connections_are_used_again_and_closed_ones_are_noticed()
    {
        await using LoopbackDnsServer server = LoopbackDnsServer.Start(Zone());
        IDnsResolver resolver = Ask.Resolver(10, 3, server.EndPoint);
        for (int i = 0; i < 20; i++)
        {
            DnsResponse response = await resolver.QueryAsync(new DnsQuestion(DomainName.FromDns("long.example.com"), DnsRecordType.Txt), CancellationToken.None);
            Assert.Equal([ResolverZone.LongText], response.Texts);
        }

        Assert.True(server.TcpQueries >= 20);
    }
}
