using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using MailDns.Bulk;
using MailDns.Core.Tests.Spf;
using MailDns.Core.Tests.Support;
using MailDns.Dns;
using MailDns.Resolver.Pooled;
using MailDns.Resolver.Tests.Spf;
using MailDns.Sending;
using MailDns.TestSupport;
using MailDns.TestSupport.Corpus;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Xunit;

namespace MailDns.Resolver.Tests.Secure;

/// <summary>DNS over TLS and over HTTPS against servers with certificates of the tests' own authority.</summary>
public sealed class SecureResolverTests : IDisposable
{
    private const string Names = "localhost";

    private static readonly TestZone s_zone = TestZone.Parse(
        "contoso.test. TXT \"v=spf1 -all\"",
        "big.contoso.test. TXT " + string.Join(' ', Enumerable.Range(0, 250).Select(i => "\"" + new string((char)('a' + (i % 26)), 250) + "\"")));

    private readonly TlsAuthority _authority = new();

    public static TheoryData<string> Transports => new("tls", "https");

    public static TheoryData<string, string> Scenarios
    {
        get
        {
            var rows = new TheoryData<string, string>();
            foreach (string scenario in ConformanceSuite.FindFile() is { } file ? ConformanceSuite.Load(file).Select(test => test.Scenario).Distinct() : [])
            {
                rows.Add(scenario, "tls");
                rows.Add(scenario, "https");
            }

            return rows;
        }
    }

    public void Dispose() => _authority.Dispose();

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task A_question_is_answered(string transport)
    {
        await using LoopbackDnsServer server = LoopbackDnsServer.Start(s_zone);
        await using SecureFront front = await SecureFront.StartAsync(server, _authority.Issue([Names]));
        using IDisposable owner = Resolver(front, transport, out IDnsResolver resolver);

        DnsResponse answer = await AskAsync(resolver, "contoso.test");
        Assert.Equal((DnsResponseStatus.Success, "v=spf1 -all"), (answer.Status, Assert.Single(answer.Texts)));
        Assert.Contains("localhost:", answer.Resolver!, StringComparison.Ordinal);
        Assert.Equal(DnsResponseStatus.NxDomain, (await AskAsync(resolver, "nobody.contoso.test")).Status);

        // far over what a datagram may hold
        Assert.Equal(250 * 250, Assert.Single((await AskAsync(resolver, "big.contoso.test")).Texts).Length);
    }

    [Theory]
    [InlineData(HttpProtocols.Http1, "HTTP/1.1")]
    [InlineData(HttpProtocols.Http2, "HTTP/2")]
    [InlineData(HttpProtocols.Http1AndHttp2, "HTTP/2")]
    public async Task HTTP_2_is_used_where_the_server_has_it(HttpProtocols protocols, string expected)
    {
        await using LoopbackDnsServer server = LoopbackDnsServer.Start(s_zone);
        await using SecureFront front = await SecureFront.StartAsync(server, _authority.Issue([Names]), protocols);
        using IDisposable owner = Resolver(front, "https", out IDnsResolver resolver);
        Assert.Equal(DnsResponseStatus.Success, (await AskAsync(resolver, "contoso.test")).Status);
        Assert.Equal(expected, front.LastProtocol);
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task Many_questions_share_connections_without_waiting_for_each_other(string transport)
    {
        await using LoopbackDnsServer server = LoopbackDnsServer.Start(s_zone);
        await using SecureFront front = await SecureFront.StartAsync(server, _authority.Issue([Names]));
        using IDisposable owner = Resolver(front, transport, out IDnsResolver resolver);
        server.AddFault("silent.contoso.test", "TXT", DnsFault.Timeout);

        Task<DnsResponse> silent = AskAsync(resolver, "silent.contoso.test");
        DnsResponse[] answers = await Task.WhenAll(Enumerable.Range(0, 500).Select(i => AskAsync(resolver, i % 2 == 0 ? "contoso.test" : "nobody" + i + ".contoso.test")));

        Assert.Equal((250, 250), (answers.Count(answer => answer.Status == DnsResponseStatus.Success), answers.Count(answer => answer.Status == DnsResponseStatus.NxDomain)));
        Assert.False(silent.IsCompleted);
        Assert.Equal(transport == "tls" ? 1 : 0, front.Connections);
    }

    // DO and CD (RFC 4035 section 3.2): what a validating resolver keeps back comes, and its AD, which it says for AD or DO only, is read.
    [Theory]
    [InlineData("tls", nameof(DnsFault.Bogus), true, "Success", false)]
    [InlineData("https", nameof(DnsFault.Bogus), true, "Success", false)]
    [InlineData("tls", nameof(DnsFault.Bogus), false, "Bogus", false)]
    [InlineData("https", nameof(DnsFault.Bogus), false, "Bogus", false)]
    [InlineData("tls", nameof(DnsFault.Validated), true, "Success", true)]
    [InlineData("https", nameof(DnsFault.Validated), true, "Success", true)]
    [InlineData("tls", nameof(DnsFault.Validated), false, "Success", true)]
    [InlineData("https", nameof(DnsFault.Validated), false, "Success", true)]
    [InlineData("tls", nameof(DnsFault.ServFail), true, "ServerFailure", false)]
    [InlineData("https", nameof(DnsFault.ServFail), true, "ServerFailure", false)]
    [InlineData("tls", nameof(DnsFault.FormErrOnEdns), true, "FormatError", false)]
    [InlineData("https", nameof(DnsFault.FormErrOnEdns), true, "FormatError", false)]
    public async Task A_question_for_signatures_disables_checking(string transport, string fault, bool withSignatures, string status, bool isAuthenticated)
    {
        await using LoopbackDnsServer server = LoopbackDnsServer.Start(s_zone);
        await using SecureFront front = await SecureFront.StartAsync(server, _authority.Issue([Names]));
        using IDisposable owner = Resolver(front, transport, out IDnsResolver resolver);
        server.AddFault(new DnsFault(Enum.Parse<DnsFaultKind>(fault)));
        DnsResponse answer = await resolver.QueryAsync(new DnsQuestion(DomainName.Parse("contoso.test"), DnsRecordType.Txt, withSignatures), CancellationToken.None);
        Assert.Equal((status, isAuthenticated), (answer.Status.ToString(), answer.IsAuthenticated));
        Assert.Equal(status == "Success", answer.Texts.Any());
    }

    [Theory]
    [InlineData("tls", "another name")]
    [InlineData("tls", "expired")]
    [InlineData("tls", "another authority")]
    [InlineData("https", "another name")]
    [InlineData("https", "expired")]
    [InlineData("https", "another authority")]
    public async Task A_certificate_that_is_not_valid_is_no_answer(string transport, string fault)
    {
        using var other = new TlsAuthority("Another authority");
        X509Certificate2 certificate = fault switch
        {
            "another name" => _authority.Issue(["dns.example"]),
            "expired" => _authority.Issue([Names], DateTimeOffset.UtcNow.AddDays(-1)),
            _ => other.Issue([Names]),
        };
        await using LoopbackDnsServer server = LoopbackDnsServer.Start(s_zone);
        await using SecureFront front = await SecureFront.StartAsync(server, certificate);
        using IDisposable owner = Resolver(front, transport, out IDnsResolver resolver);

        DnsResponse answer = await AskAsync(resolver, "contoso.test");
        Assert.Equal(DnsResponseStatus.Unreachable, answer.Status);
        Assert.Contains("certificate or TLS is not valid", answer.Detail!, StringComparison.Ordinal);
    }

    // an address in the certificate, and its twin without
    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("127.0.0.2", false)]
    public async Task An_address_has_to_be_in_the_certificate(string address, bool isValid)
    {
        await using LoopbackDnsServer server = LoopbackDnsServer.Start(s_zone);
        await using SecureFront front = await SecureFront.StartAsync(server, _authority.Issue([Names, address]));
        using IDisposable owner = Resolver("tls://127.0.0.1:" + front.TlsPort, out IDnsResolver resolver);
        Assert.Equal(isValid, !(await AskAsync(resolver, "contoso.test")).IsFailure);
    }

    [Theory]
    [InlineData(302, "text/html", "", "a redirect that is not followed")]
    [InlineData(307, "application/dns-message", "", "a redirect that is not followed")]
    [InlineData(502, "text/html", "<html>Bad gateway</html>", "HTTP 502")]
    [InlineData(200, "text/html", "<html>Please log in</html>", "a captive portal's page")]
    [InlineData(200, "", "", "no content type")]
    [InlineData(200, "application/dns-message", "no message at all", "not a DNS message for the question")]
    [InlineData(200, "application/dns-message", "", "not a DNS message for the question")]
    [InlineData(404, "text/plain", "", "HTTP 404")]
    [InlineData(500, "text/plain", "", "HTTP 500")]
    [InlineData(429, "text/plain", "", "HTTP 429")]
    [InlineData(415, "application/dns-message", "", "HTTP 415")]
    public async Task What_is_no_answer_over_HTTPS_is_Unknown_with_its_word(int status, string type, string body, string word)
    {
        await using LoopbackDnsServer server = LoopbackDnsServer.Start(s_zone);
        await using SecureFront front = await SecureFront.StartAsync(server, _authority.Issue([Names]), http: async (context, _) =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.Location = status is 302 or 307 ? "https://login.example/" : default;
            if (type.Length > 0) context.Response.ContentType = type;

            await context.Response.Body.WriteAsync(System.Text.Encoding.ASCII.GetBytes(body));
        });
        using IDisposable owner = Resolver(front, "https", out IDnsResolver resolver);

        DnsResponse answer = await AskAsync(resolver, "contoso.test");
        Assert.True(answer.IsFailure);
        Assert.Contains(word, answer.Detail!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_endless_answer_is_left_at_the_longest_message()
    {
        await using LoopbackDnsServer server = LoopbackDnsServer.Start(s_zone);
        long written = 0;
        await using SecureFront front = await SecureFront.StartAsync(server, _authority.Issue([Names]), http: async (context, _) =>
        {
            context.Response.ContentType = "application/dns-message";
            var block = new byte[4096];
            while (!context.RequestAborted.IsCancellationRequested && written < 100_000_000)
            {
                await context.Response.Body.WriteAsync(block, context.RequestAborted);
                written += block.Length;
            }
        });
        using IDisposable owner = Resolver(front, "https", out IDnsResolver resolver);
        DnsResponse answer = await AskAsync(resolver, "contoso.test");
        Assert.Equal(DnsResponseStatus.Malformed, answer.Status);
        Assert.Contains("65,535", answer.Detail!, StringComparison.Ordinal);
    }

    // What comes late is waited for until the time is up, whether nothing has come or half an answer.
    [Theory]
    [InlineData("tls", "late", true)]
    [InlineData("https", "late", true)]
    [InlineData("https", "half", false)]
    [InlineData("tls", "half", false)]
    public async Task A_slow_answer_is_one_until_the_time_is_up(string transport, string how, bool isAnswer)
    {
        await using LoopbackDnsServer server = LoopbackDnsServer.Start(s_zone);
        server.AddFault(DnsFault.Delay(TimeSpan.FromMilliseconds(300), TimeSpan.FromMilliseconds(400)));
        await using SecureFront front = await SecureFront.StartAsync(server, _authority.Issue([Names]), http: async (context, answer) =>
        {
            if (how == "half")
            {
                context.Response.ContentType = "application/dns-message";
                await context.Response.Body.WriteAsync(new byte[20]);
                await context.Response.Body.FlushAsync();
                await Task.Delay(Timeout.Infinite, context.RequestAborted);
            }

            await answer();
        });
        if (how == "half")
        {
            front.Tls = async stream =>
            {
                await stream.WriteAsync(new byte[] { 0, 200, 1, 2 });
                await stream.ReadExactlyAsync(new byte[1 << 20]);
            };
        }

        using IDisposable owner = Resolver(front, transport, out IDnsResolver resolver, seconds: isAnswer ? 30 : 1);
        DnsResponse answer = await AskAsync(resolver, "contoso.test");
        Assert.Equal(isAnswer ? DnsResponseStatus.Success : DnsResponseStatus.Timeout, answer.Status);
        Assert.Equal(!isAnswer, answer.Detail?.Contains("no answer within 1 s", StringComparison.Ordinal) ?? false);
    }

    // The body ends before the length that was said; the connection is reset before the head.
    [Theory]
    [InlineData(HttpProtocols.Http1, true)]
    [InlineData(HttpProtocols.Http2, true)]
    [InlineData(HttpProtocols.Http1, false)]
    [InlineData(HttpProtocols.Http2, false)]
    public async Task An_answer_over_HTTPS_that_is_cut_off_is_a_failure_and_the_next_is_tried(HttpProtocols protocols, bool hasHead)
    {
        await using LoopbackDnsServer server = LoopbackDnsServer.Start(s_zone);
        int requests = 0;
        bool isCut = true;
        await using SecureFront front = await SecureFront.StartAsync(server, _authority.Issue([Names]), protocols, async (context, answer) =>
        {
            Interlocked.Increment(ref requests);
            if (!isCut)
            {
                await answer();
                return;
            }

            if (hasHead)
            {
                context.Response.ContentType = "application/dns-message";
                context.Response.ContentLength = 200;
                await context.Response.Body.WriteAsync(new byte[20]);
                await context.Response.Body.FlushAsync();
            }

            context.Abort();
        });
        using IDisposable owner = Resolver(front, "https", out IDnsResolver resolver);
        DnsResponse cut = await AskAsync(resolver, "contoso.test");
        Assert.Equal(DnsResponseStatus.Unreachable, cut.Status);
        Assert.StartsWith("https://localhost:", cut.Detail!, StringComparison.Ordinal);
        Assert.True(requests >= 4, requests + " requests");

        isCut = false;
        Assert.Equal(DnsResponseStatus.Success, (await AskAsync(resolver, "contoso.test")).Status);
    }

    [Fact]
    public async Task A_request_that_failed_is_sent_again()
    {
        await using LoopbackDnsServer server = LoopbackDnsServer.Start(s_zone);
        int requests = 0;
        await using SecureFront front = await SecureFront.StartAsync(server, _authority.Issue([Names]), http: async (context, answer) =>
        {
            if (Interlocked.Increment(ref requests) == 1)
            {
                context.Response.StatusCode = 503;
                return;
            }

            await answer();
        });
        using IDisposable owner = Resolver(front, "https", out IDnsResolver resolver);
        Assert.Equal(DnsResponseStatus.Success, (await AskAsync(resolver, "contoso.test")).Status);
    }

    [Theory]
    [InlineData("close")]
    [InlineData("cut")]
    [InlineData("garbage")]
    public async Task A_TLS_connection_that_breaks_is_a_failure_and_the_next_is_tried(string fault)
    {
        await using LoopbackDnsServer server = LoopbackDnsServer.Start(s_zone);
        await using SecureFront front = await SecureFront.StartAsync(server, _authority.Issue([Names]));
        front.Tls = async stream =>
        {
            var query = new byte[2];
            await stream.ReadExactlyAsync(query);
            if (fault != "close")
                await stream.WriteAsync(fault == "cut" ? new byte[] { 0, 200, 1, 2 } : [0, 3, 1, 2, 3]);
        };
        using IDisposable owner = Resolver(front, "tls", out IDnsResolver resolver);
        DnsResponse answer = await AskAsync(resolver, "contoso.test");
        Assert.Equal(DnsResponseStatus.Unreachable, answer.Status);
        Assert.Equal(4, front.Connections);

        front.Tls = null;
        Assert.Equal(DnsResponseStatus.Success, (await AskAsync(resolver, "contoso.test")).Status);
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task A_server_that_is_silent_or_not_there_is_named(string transport)
    {
        await using LoopbackDnsServer server = LoopbackDnsServer.Start(s_zone);
        server.AddFault(DnsFault.Timeout);
        SecureFront front = await SecureFront.StartAsync(server, _authority.Issue([Names]));
        using IDisposable owner = Resolver(front, transport, out IDnsResolver resolver, seconds: 0.5);
        DnsResponse silent = await AskAsync(resolver, "contoso.test");
        Assert.Equal(DnsResponseStatus.Timeout, silent.Status);
        Assert.Contains("localhost", silent.Detail!, StringComparison.Ordinal);
        int port = transport == "tls" ? front.TlsPort : front.HttpsPort;
        await front.DisposeAsync();

        using IDisposable second = Resolver($"{transport}://localhost:{port}", out IDnsResolver closed);
        Assert.True((await AskAsync(closed, "contoso.test")).IsFailure);
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task Stopping_ends_a_question_at_once(string transport)
    {
        await using LoopbackDnsServer server = LoopbackDnsServer.Start(s_zone);
        server.AddFault(DnsFault.Timeout);
        await using SecureFront front = await SecureFront.StartAsync(server, _authority.Issue([Names]));
        using IDisposable owner = Resolver(front, transport, out IDnsResolver resolver, seconds: 60);
        using var stop = new CancellationTokenSource();
        Task<DnsResponse> question = resolver.QueryAsync(new DnsQuestion(DomainName.Parse("contoso.test"), DnsRecordType.Txt), stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => question.WaitAsync(TimeSpan.FromSeconds(20)));
    }

    [Theory]
    [MemberData(nameof(Scenarios))]
    public async Task The_suite_of_RFC_7208_has_the_same_verdicts(string scenario, string transport)
    {
        ConformanceCase[] cases = ConformanceSuite.Load(ConformanceSuite.FindFile()!).Where(test => test.Scenario == scenario).ToArray();
        await using LoopbackDnsServer server = WireZone.Serve(cases[0].Zone);
        await using SecureFront front = await SecureFront.StartAsync(server, _authority.Issue([Names]));
        using IDisposable first = Resolver(front, transport, out IDnsResolver patient, seconds: 60);
        using IDisposable second = Resolver(front, transport, out IDnsResolver impatient, seconds: 0.3);
        IReadOnlySet<DnsQuestion> silent = WireZone.Silent(cases[0].Zone);
        var client = new ByQuestion(question => silent.Contains(question) ? impatient : patient);
        foreach (ConformanceCase test in cases)
        {
            string wire = Verdicts.Describe(await Verdicts.CheckAsync(test.Host, test.MailFrom, test.Helo, client));
            string memory = Verdicts.Describe(await Verdicts.CheckAsync(test.Host, test.MailFrom, test.Helo, test.Zone));
            Assert.Equal(WithoutDetail(memory), WithoutDetail(wire));
        }
    }

    // What is said of each domain, by every check, whichever way the answers came.
    [Theory]
    [MemberData(nameof(Transports))]
    public async Task The_corpus_has_the_same_verdicts_as_over_UDP(string transport)
    {
        SendingCorpus corpus = SendingCorpus.Generate(150, seed: 19);
        await using LoopbackDnsServer server = LoopbackDnsServer.Start(corpus.Zone, new LoopbackDnsServerOptions { LogQueries = false });
        await using SecureFront front = await SecureFront.StartAsync(server, _authority.Issue([Names]));
        using IDisposable owner = Resolver(front, transport, out IDnsResolver resolver, seconds: 120);
        using var udp = new DnsClientResolver(new DnsClientOptions { Servers = [server.EndPoint], Timeout = TimeSpan.FromSeconds(120), Retries = 10 }, new PooledExchange());
        string[] expected = await CheckAllAsync(corpus, udp);
        string[] found = await CheckAllAsync(corpus, resolver);
        Assert.DoesNotContain(expected.Zip(found, (one, other) => string.Join(", ", one.Split('\n').Except(other.Split('\n'), StringComparer.Ordinal)) + " > " + string.Join(", ", other.Split('\n').Except(one.Split('\n'), StringComparer.Ordinal))), text => text != " > ");
        Assert.True(server.TcpQueries > 1000);
        Assert.True(expected.Distinct(StringComparer.Ordinal).Count() > 20);
    }

    private static async Task<string[]> CheckAllAsync(SendingCorpus corpus, IDnsResolver network)
    {
        var resolver = new AliasFollowingResolver(new CachingResolver(network, () => TimeSpan.Zero));
        var verdicts = new string[corpus.Domains.Count];
        await Parallel.ForEachAsync(Enumerable.Range(0, verdicts.Length), new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (i, token) =>
        {
            DomainName domain = DomainName.FromDns(corpus.Domains[i].Name);
            var request = new SendingDomainRequest(domain) { Selectors = [SendingCorpus.Selector] };
            SendingDomainStatus status = await SendingDomainChecker.CheckAsync(request, resolver, token);
            verdicts[i] = await TwelveQuestions.CheckAsync(domain, resolver, token) + "\n" + string.Join('\n', status.Results.Select(result =>

                // one names the server that was asked
                result.Id + " " + result.Status + " " + (result.Id == "DNS-DNSSEC-UNSIGNED" ? string.Empty : result.Actual)));
        });
        return verdicts;
    }

    // which words tell a failed lookup differs with the transport
    private static string WithoutDetail(string verdict) =>
        string.Join('\n', verdict.Split('\n').Where(line => !line.StartsWith("problem", StringComparison.Ordinal) && !line.Contains("timed out", StringComparison.Ordinal)));

    private static async Task<DnsResponse> AskAsync(IDnsResolver resolver, string name) =>
        await resolver.QueryAsync(new DnsQuestion(DomainName.Parse(name), DnsRecordType.Txt), CancellationToken.None);

    private IDisposable Resolver(SecureFront front, string transport, out IDnsResolver resolver, double seconds = 30) =>
        Resolver(transport == "tls" ? $"tls://localhost:{front.TlsPort}" : $"https://localhost:{front.HttpsPort}/dns-query", out resolver, seconds);

    private IDisposable Resolver(string server, out IDnsResolver resolver, double seconds = 30)
    {
        Assert.True(ServerAddress.TryParse(server, out ServerAddress? address, out string reason), reason);
        IDnsResolverFactory factory = new DnsClientResolverFactory();
        resolver = factory.Create(new DnsClientOptions { Secure = address, Timeout = TimeSpan.FromSeconds(seconds), Validate = Judge });
        return (IDisposable)resolver;
    }

    private bool Judge(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors) => _authority.Trust(sender, certificate, chain, errors);

    private sealed class ByQuestion(Func<DnsQuestion, IDnsResolver> choose) : IDnsResolver
    {
        public Task<DnsResponse> QueryAsync(DnsQuestion question, CancellationToken cancellationToken) => choose(question).QueryAsync(question, cancellationToken);
    }
}
