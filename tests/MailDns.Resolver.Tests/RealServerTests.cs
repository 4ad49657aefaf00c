using System.Threading.Tasks;
using MailDns.Resolver.Tests.Support;
using Xunit;

namespace MailDns.Resolver.Tests;

/// <summary>The table of <see cref="AnswerTable"/> against a name server of the system, so that the loopback server cannot be wrong together with the adapter.</summary>
public sealed class RealServerTests(RealServerFixture fixture) : IClassFixture<RealServerFixture>
{
    public static TheoryData<string, string, string, string[]> Rows => AnswerTable.Rows;

    [RealServerTheory]
    [MemberData(nameof(Rows))]
    public async Task Answers(string name, string type, string status, string[] expected) =>
        AnswerTable.Verify(await Ask.QueryAsync(fixture.Server!.EndPoint, name, type), name, status, expected);
}
