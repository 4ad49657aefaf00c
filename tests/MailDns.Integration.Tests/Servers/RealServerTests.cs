using System.Threading.Tasks;
using MailDns.Resolver.Tests;
using MailDns.Resolver.Tests.Support;
using Xunit;

namespace MailDns.Integration.Tests.Servers;

/// <summary>The table of <see cref="AnswerTable"/> against a name server of the system, so that the loopback server cannot be wrong together with the adapter.</summary>
public abstract class RealServerTests : AskingTests, IClassFixture<RealServerFixture>
{
    private readonly RealServerFixture _fixture;

    private protected RealServerTests(RealServerFixture fixture, ExchangeKind kind)
        : base(kind) =>
        _fixture = fixture;

    public sealed class OverPooledSockets(RealServerFixture fixture) : RealServerTests(fixture, ExchangeKind.Pooled);

    public sealed class OverDnsClient(RealServerFixture fixture) : RealServerTests(fixture, ExchangeKind.DnsClient);

    public static TheoryData<string, string, string, string[]> Rows => AnswerTable.Rows;

    [RealServerTheory]
    [MemberData(nameof(Rows))]
    public async Task Answers(string name, string type, string status, string[] expected) =>
        AnswerTable.Verify(Ask, await Ask.QueryAsync(_fixture.Server!.EndPoint, name, type), name, status, expected);
}
