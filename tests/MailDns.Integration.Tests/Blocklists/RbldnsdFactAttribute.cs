using MailDns.TestSupport;
using Xunit;

namespace MailDns.Integration.Tests.Blocklists;

/// <summary>A test against rbldnsd, where it is installed; .ci/run installs it.</summary>
public sealed class RbldnsdFactAttribute : FactAttribute
{
    public RbldnsdFactAttribute()
    {
        if (!RbldnsdServer.IsInstalled)
            Skip = "rbldnsd is not installed (apt-get install rbldnsd).";
    }
}
