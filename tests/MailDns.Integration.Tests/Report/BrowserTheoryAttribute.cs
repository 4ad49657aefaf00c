using Xunit;

namespace MailDns.Integration.Tests.Report;

/// <summary>A theory about the page in a real browser: skipped where Chromium is not installed.</summary>
public sealed class BrowserTheoryAttribute : TheoryAttribute
{
    public BrowserTheoryAttribute() => Skip = BrowserFixture.Executable is null ? BrowserFixture.Missing : null;
}
