using System.Linq;
using System.Threading.Tasks;
using MailDns.Module.Tests.Engine;
using Xunit;

namespace MailDns.Module.Tests.Help;

/// <summary>Runs every example of the help.</summary>
public sealed class HelpExampleTests : IClassFixture<EngineFixture>
{
    private readonly EngineFixture _engine;

    public HelpExampleTests(EngineFixture engine) => _engine = engine;

    public static TheoryData<string, int> Examples()
    {
        var data = new TheoryData<string, int>();
        foreach ((string command, int index, _) in HelpFile.Examples())
            data.Add(command, index);
        return data;
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public async Task Example_runs(string command, int index)
    {
        await using var session = new ExampleSession(_engine);
        session.Run(HelpFile.Examples().Single(example => example.Command == command && example.Index == index).Code, command, index);
    }
}
