using Xunit;

namespace MailDns.Core.Tests.Spf;

/// <summary>A table of tests from the RFC 7208 suite, skipped where its file is not at hand.</summary>
internal sealed class ConformanceTheoryAttribute : TheoryAttribute
{
    public ConformanceTheoryAttribute()
    {
        if (ConformanceSuite.FindFile() is null)
            Skip = "The RFC 7208 suite is not here; set MAILDNS_CONFORMANCE to its folder.";
    }
}
