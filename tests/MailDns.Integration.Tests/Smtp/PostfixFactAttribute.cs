using MailDns.TestSupport;
using Xunit;

namespace MailDns.Integration.Tests.Smtp;

/// <summary>A test against Postfix, where it is installed and may be started; .ci/run installs it.</summary>
public sealed class PostfixFactAttribute : FactAttribute
{
    public PostfixFactAttribute()
    {
        if (!PostfixServer.IsInstalled)
            Skip = "Postfix is not installed, or this is not root, which starts it.";
    }
}
