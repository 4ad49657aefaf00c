using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using MailDns.Dns;
using MailDns.Resolver.Pooled;
using MailDns.TestSupport;
using Xunit;

namespace MailDns.Resolver.Tests.Pooled;

/// <summary>What protects against forged answers, and what becomes of the sockets.</summary>
public sealed class PooledExchangeTests
{
    private static readonly DnsQuestion s_question = new(DomainName.FromDns("a.example"), DnsRecordType.Txt);

    [Fact]
    public async Task Ports_and_ids_differ_from_query_to_query()
    {
        using var server = new RawServer();
        using var exchange = new PooledExchange();
        var seen = new HashSet<(int Port, int Id)>();
        var ports = new HashSet<int>();
        for (int i = 0; i < 200; i++)
        {
            Task<DnsResponse> ask = exchange.AskAsync(server.EndPoint, s_question, ExchangeMode.None, TimeSpan.FromSeconds(30), CancellationToken.None);
            (byte[] query, IPEndPoint from) = await server.ReceiveAsync();
            seen.Add((from.Port, (query[0] << 8) | query[1]));
            ports.Add(from.Port);
            await server.SendAsync(RawServer.Answer(query, "x"), from);
            Assert.Equal(["x"], (await ask).Texts);
        }

        Assert.InRange(ports.Count, 8, ServerSockets.MaxSockets);
        Assert.InRange(seen.Count, 195, 200);
    }

    [Fact]
    public async Task A_socket_is_given_up_after_its_number_of_queries_and_closed_when_they_have_ended()
    {
        await using LoopbackDnsServer server = LoopbackDnsServer.Start(new TestZone().Txt("a.example", "x"), new LoopbackDnsServerOptions { LogQueries = false });
        using var exchange = new PooledExchange();
        int total = QuerySocket.MaxQueries * ServerSockets.MaxSockets * 2;
        await Parallel.ForEachAsync(Enumerable.Range(0, total), new ParallelOptions { MaxDegreeOfParallelism = 200 }, async (_, token) =>
            await exchange.AskAsync(server.EndPoint, s_question, ExchangeMode.None, TimeSpan.FromSeconds(60), token));
        Assert.True(exchange.Counters.Sockets > ServerSockets.MaxSockets);
        while (exchange.OpenSockets > ServerSockets.MaxSockets)
            await Task.Delay(10);
    }

    [Theory]
    [InlineData("id")]
    [InlineData("name")]
    [InlineData("type")]
    [InlineData("class")]
    [InlineData("query")]
    [InlineData("short")]
    public async Task A_forged_answer_is_dropped_and_counted_and_the_right_one_counts(string forgery)
    {
        using var server = new RawServer();
        using var exchange = new PooledExchange();
        Task<DnsResponse> ask = exchange.AskAsync(server.EndPoint, s_question, ExchangeMode.None, TimeSpan.FromSeconds(60), CancellationToken.None);
        (byte[] query, IPEndPoint from) = await server.ReceiveAsync();
        byte[] forged = RawServer.Answer(query, "forged");
        switch (forgery)
        {
            case "id":
                forged[0] ^= 1;
                break;
            case "name":
                forged[13] = (byte)'b';
                break;
            case "type":
                forged[24] = 15;
                break;
            case "class":
                forged[26] = 3;
                break;
            case "query":
                forged[2] &= 0x7F;
                break;
            case "short":
                forged = forged[..7];
                break;
        }

        await server.SendAsync(forged, from);
        await server.SendAsync(RawServer.Answer(query, "right"), from);
        Assert.Equal(["right"], (await ask).Texts);
        Assert.Equal(1, exchange.Counters.WrongId + exchange.Counters.WrongQuestion);
    }

    [Fact]
    public async Task An_answer_from_another_port_does_not_arrive()
    {
        using var server = new RawServer();
        using var forger = new RawServer();
        using var exchange = new PooledExchange();
        Task<DnsResponse> ask = exchange.AskAsync(server.EndPoint, s_question, ExchangeMode.None, TimeSpan.FromSeconds(60), CancellationToken.None);
        (byte[] query, IPEndPoint from) = await server.ReceiveAsync();
        await forger.SendAsync(RawServer.Answer(query, "forged"), from);
        await server.SendAsync(RawServer.Answer(query, "right"), from);
        Assert.Equal(["right"], (await ask).Texts);
    }

    [Fact]
    public async Task A_second_copy_of_an_answer_goes_to_nobody()
    {
        await using LoopbackDnsServer server = LoopbackDnsServer.Start(new TestZone().Txt("a.example", "a").Txt("b.example", "b"));
        server.AddFault(DnsFault.Duplicate);
        using var exchange = new PooledExchange();
        for (int i = 0; i < 300; i++)
        {
            string name = i % 2 is 0 ? "a" : "b";
            var question = new DnsQuestion(DomainName.FromDns(name + ".example"), DnsRecordType.Txt);
            Assert.Equal([name], (await exchange.AskAsync(server.EndPoint, question, ExchangeMode.None, TimeSpan.FromSeconds(60), CancellationToken.None)).Texts);
        }

        Assert.True(exchange.Counters.WrongId > 0);
    }

    [Theory]
    [InlineData(ExchangeMode.None)]
    [InlineData(ExchangeMode.Tcp)]
    internal async Task Closing_ends_what_is_under_way_and_leaves_no_socket(ExchangeMode mode)
    {
        await using LoopbackDnsServer server = LoopbackDnsServer.Start(new TestZone(), new LoopbackDnsServerOptions { Tcp = TcpMode.Hang });
        server.AddFault(DnsFault.Timeout);
        var exchange = new PooledExchange();
        Task<DnsResponse>[] asks = Enumerable.Range(0, 50)
            .Select(_ => exchange.AskAsync(server.EndPoint, s_question, mode, TimeSpan.FromSeconds(300), CancellationToken.None))
            .ToArray();
        while (server.UdpQueries + server.TcpQueries == 0)
            await Task.Delay(5);
        exchange.Dispose();
        Assert.All(await Task.WhenAll(asks), response => Assert.True(response.IsFailure));
        Assert.Equal(0, exchange.OpenSockets);
        Assert.Equal(DnsResponseStatus.Unreachable, (await exchange.AskAsync(server.EndPoint, s_question, mode, TimeSpan.FromSeconds(300), CancellationToken.None)).Status);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_reading_thread_ends_when_nothing_is_awaited_and_comes_back(bool closes)
    {
        await using LoopbackDnsServer server = LoopbackDnsServer.Start(new TestZone().Txt("a.example", "a"));
        using var exchange = new PooledExchange();
        var question = new DnsQuestion(DomainName.FromDns("a.example"), DnsRecordType.Txt);
        for (int i = 0; i < 2; i++)
        {
            Assert.False(exchange.IsReading);
            Assert.Equal(["a"], (await exchange.AskAsync(server.EndPoint, question, ExchangeMode.None, TimeSpan.FromSeconds(60), CancellationToken.None)).Texts);
            if (closes && i is 1)
                exchange.Dispose();
            while (exchange.IsReading)
                await Task.Delay(5);
        }
    }

    [Fact]
    public async Task Cancelled_queries_leave_nothing_outstanding()
    {
        using var server = new RawServer();
        using var exchange = new PooledExchange();
        using var source = new CancellationTokenSource();
        Task<DnsResponse>[] asks = Enumerable.Range(0, 100)
            .Select(_ => exchange.AskAsync(server.EndPoint, s_question, ExchangeMode.None, TimeSpan.FromSeconds(300), source.Token))
            .ToArray();
        await source.CancelAsync();
        foreach (Task<DnsResponse> ask in asks)
            Assert.Equal(source.Token, (await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ask)).CancellationToken);
    }

    /// <summary>A server whose answers the test writes itself.</summary>
    private sealed class RawServer : IDisposable
    {
        private readonly UdpClient _socket = new(new IPEndPoint(IPAddress.Loopback, 0));

        public IPEndPoint EndPoint => (IPEndPoint)_socket.Client.LocalEndPoint!;

        public async Task<(byte[] Query, IPEndPoint From)> ReceiveAsync()
        {
            UdpReceiveResult received = await _socket.ReceiveAsync();
            return (received.Buffer, received.RemoteEndPoint);
        }

        public Task SendAsync(byte[] message, IPEndPoint to) => _socket.SendAsync(message, message.Length, to);

        /// <summary>One TXT record to a query for a name of 11 octets; the OPT record is left out.</summary>
        public static byte[] Answer(byte[] query, string text) =>
        [
            query[0], query[1], 0x81, 0x80, 0, 1, 0, 1, 0, 0, 0, 0,
            .. query[12..27],
            0xC0, 12, 0, 16, 0, 1, 0, 0, 0, 60, 0, (byte)(text.Length + 1), (byte)text.Length,
            .. System.Text.Encoding.ASCII.GetBytes(text),
        ];

        public void Dispose() => _socket.Dispose();
    }
}
