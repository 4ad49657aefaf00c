using System.Threading;
using System.Threading.Tasks;
using MailDns.Dns;
using MailDns.Resolver.Tests.Support;
using MailDns.TestSupport;
using Xunit;

namespace MailDns.Resolver.Tests;

/// <summary>AD and CD over real sockets: what a resolver says of its validation, and who said it.</summary>
public abstract class DnssecTests : AskingTests
{
    private protected DnssecTests(ExchangeKind kind)
        : base(kind)
    {
    }

    public sealed class OverPooledSockets() : DnssecTests(ExchangeKind.Pooled);

    public sealed class OverDnsClient() : DnssecTests(ExchangeKind.DnsClient);

    [Theory]
    [InlineData("example.com", "MX")]
    [InlineData("example.com", "SOA")]
    [InlineData("_25._tcp.mx1.example.com", "TLSA")]
    [InlineData("_25._tcp.mx2.example.com", "TLSA")]
    public async Task A_resolver_that_validated_is_believed_by_name(string name, string type)
    {
        await using LoopbackDnsServer server = LoopbackDnsServer.Start(ResolverZone.Create());
        DnsResponse plain = await Ask.QueryAsync(server.EndPoint, name, type);
        Assert.Equal((false, server.EndPoint.ToString()), (plain.IsAuthenticated, plain.Resolver));
        server.AddFault(DnsFault.Validated);
        DnsResponse validated = await Ask.QueryAsync(server.EndPoint, name, type);
        Assert.Equal((true, server.EndPoint.ToString()), (validated.IsAuthenticated, validated.Resolver));
        Assert.Equal(plain.Status, validated.Status);
    }

    [Theory]
    [InlineData("example.com", "TXT")]
    [InlineData("example.com", "MX")]
    [InlineData("nothing.example.com", "TXT")]
    public async Task What_is_answered_only_unchecked_is_bogus(string name, string type)
    {
        await using LoopbackDnsServer server = LoopbackDnsServer.Start(ResolverZone.Create());
        server.AddFault(DnsFault.Bogus);
        DnsResponse response = await Ask.QueryAsync(server.EndPoint, name, type);
        Assert.Equal((DnsResponseStatus.Bogus, true, false), (response.Status, response.IsFailure, response.IsAuthenticated));
        Assert.Empty(response.Records);
        Assert.Contains("bogus", response.Describe(), System.StringComparison.Ordinal);
        Assert.Equal(server.EndPoint.ToString(), response.Resolver);
    }

    [Fact]
    public async Task A_servfail_with_or_without_checking_is_a_servfail()
    {
        await using LoopbackDnsServer server = LoopbackDnsServer.Start(ResolverZone.Create());
        server.AddFault(DnsFault.ServFail);
        Assert.Equal(DnsResponseStatus.ServerFailure, (await Ask.QueryAsync(server.EndPoint, "example.com", "TXT")).Status);
    }

    [Fact]
    public async Task A_servfail_that_passes_is_not_taken_for_bogus()
    {
        await using LoopbackDnsServer server = LoopbackDnsServer.Start(ResolverZone.Create());
        server.AddFault(DnsFault.ServFail with { Times = 1 });
        DnsResponse response = await Ask.QueryAsync(server.EndPoint, "target.example.com", "TXT");
        Assert.Equal(["there"], response.Texts);
    }

    [Theory]
    [InlineData(DnsFaultKind.WrongId)]
    [InlineData(DnsFaultKind.WrongQuestion)]
    [InlineData(DnsFaultKind.RandomOctets)]
    [InlineData(DnsFaultKind.Refused)]
    public async Task The_unchecked_answer_has_to_be_one(DnsFaultKind kind)
    {
        await using LoopbackDnsServer server = LoopbackDnsServer.Start(ResolverZone.Create());
        server.AddFault(DnsFault.ServFail with { Times = 1 });
        server.AddFault(new DnsFault(kind));
        DnsResponse response = await Ask.QueryAsync(server.EndPoint, "example.com", "TXT", seconds: 0.7);
        Assert.Equal(DnsResponseStatus.ServerFailure, response.Status);
    }

    // DO and CD go out, and an answer without EDNS, which can have no signatures, is not taken for one of a zone without.
    [Fact]
    public async Task A_question_for_signatures_is_not_asked_without_edns()
    {
        await using LoopbackDnsServer server = LoopbackDnsServer.Start(ResolverZone.Create());
        server.AddFault(new DnsFault(DnsFaultKind.FormErrOnEdns));
        Assert.Equal(DnsResponseStatus.Success, (await Ask.QueryAsync(server.EndPoint, "example.com", "MX")).Status);
        Assert.Equal(DnsResponseStatus.FormatError, (await Ask.Resolver(servers: server.EndPoint).QueryAsync(new DnsQuestion(DomainName.Parse("example.com"), DnsRecordType.Mx, withSignatures: true), CancellationToken.None)).Status);
    }

    // What a resolver that validates keeps back comes with checking disabled.
    [Fact]
    public async Task A_question_for_signatures_disables_checking()
    {
        await using LoopbackDnsServer server = LoopbackDnsServer.Start(ResolverZone.Create());
        server.AddFault(DnsFault.Bogus);
        Assert.Equal(DnsResponseStatus.Success, (await Ask.Resolver(servers: server.EndPoint).QueryAsync(new DnsQuestion(DomainName.Parse("example.com"), DnsRecordType.Mx, withSignatures: true), CancellationToken.None)).Status);
    }
}
