using Xunit;

namespace MailDns.Integration.Tests.Formats;

/// <summary>A theory that BIND takes part in: skipped where bind9, bind9-utils and bind9-dnsutils are not installed.</summary>
public sealed class BindTheoryAttribute : TheoryAttribute
{
    public BindTheoryAttribute()
    {
        if (!BindTools.AreInstalled)
            Skip = "named, named-checkzone, nsupdate and dig (bind9, bind9-utils, bind9-dnsutils) are not installed.";
    }
}
