using System.Linq;
using MailDns.Core.Tests.Corrections;
using Xunit;
using Xunit.Abstractions;

namespace MailDns.Core.Tests.Catalogue;

/// <summary>Every check of the catalogue has been seen to fire, and seen not to: runs after all other tests of the assembly.</summary>
[Collection(Last)]
public sealed class CheckCoverageTests
{
    public const string Last = "After all others";

    private readonly ITestOutputHelper _output;

    public CheckCoverageTests(ITestOutputHelper output) => _output = output;

    [Fact]
    public void Every_check_has_a_case_and_a_twin()
    {
        var coverage = new CheckCoverage(Seen.Results());
        _output.WriteLine(coverage.Summary);
        if (coverage.IsPartial)
        {
            _output.WriteLine("Only some of the tests ran: nothing to say of the rest.");
            return;
        }

        string missing = string.Join(", ", coverage.NotFired.Select(id => id + " never fired").Concat(coverage.NotPassed.Select(id => id + " never passed")));
        Assert.True(missing.Length == 0, missing);
    }

    [Fact]
    public void Every_check_that_corrects_is_carried_out()
    {
        string[] missing = [.. Seen.Results().Where(result => result.Record.Length > 0).Select(result => result.Id).Distinct().Except(CarriedOutTests.Ids).Order()];
        Assert.True(missing.Length == 0, "Without a case in CarriedOutTests: " + string.Join(", ", missing));
    }

    // Collections that do not run in parallel start when all others have ended.
    [CollectionDefinition(Last, DisableParallelization = true)]
    public sealed class LastCollection;
}
