using MailDns.TestSupport;
using Xunit;

namespace MailDns.Integration.Tests.Publishing;

/// <summary>A test against BIND, where it is installed; .ci/run installs it.</summary>
public sealed class BindFactAttribute : FactAttribute
{
    public BindFactAttribute()
    {
        if (!PrimaryServer.IsInstalled)
            Skip = "BIND (bind9, bind9-dnsutils) is not installed.";
    }
}
