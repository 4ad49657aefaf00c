using System;

namespace MailDns.Shell;

/// <summary>The command line cannot be understood.</summary>
internal sealed class UsageException : Exception
{
    public UsageException(string message)
        : base(message)
    {
    }
}
