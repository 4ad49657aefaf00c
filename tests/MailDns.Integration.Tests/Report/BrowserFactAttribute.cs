using Xunit;

namespace MailDns.Integration.Tests.Report;

/// <summary>A fact about the page in a real browser: skipped where Chromium is not installed.</summary>
public sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute() => Skip = BrowserFixture.Executable is null ? BrowserFixture.Missing : null;
}
