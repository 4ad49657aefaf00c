using System;
using Xunit;

namespace MailDns.Integration.Tests.Crypto;

/// <summary>A theory with a foreign program, which is skipped, and says so, where that is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ToolTheoryAttribute : TheoryAttribute
{
    public ToolTheoryAttribute(string tool)
    {
        Tool = tool;
        if (ForeignTool.Find(tool) is null)
            Skip = tool + " is not installed.";
    }

    public string Tool { get; }
}
