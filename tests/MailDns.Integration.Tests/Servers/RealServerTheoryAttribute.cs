using System;
using MailDns.TestSupport;
using Xunit;

namespace MailDns.Integration.Tests.Servers;

/// <summary>A theory that is skipped, and says so, where no name server is installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RealServerTheoryAttribute : TheoryAttribute
{
    public RealServerTheoryAttribute()
    {
        if (RealDnsServer.InstalledKind is null)
            Skip = "No name server is installed (apt-get install nsd).";
    }
}
