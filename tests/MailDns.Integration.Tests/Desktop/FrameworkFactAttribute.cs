using System;
using Xunit;

namespace MailDns.Integration.Tests.Desktop;

/// <summary>A fact on .NET Framework, which is skipped, and says so, where there is neither Windows nor Mono.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FrameworkFactAttribute : FactAttribute
{
    public FrameworkFactAttribute()
    {
        if (!FrameworkProgram.CanRun)
            Skip = "Neither Windows nor Mono (apt-get install mono-devel).";
    }
}
