using System;

namespace MailDns.Publishing;

/// <summary>What stands at a name is not known. Says why, escaped for display.</summary>
internal sealed class NodeReadException : InvalidOperationException
{
    public NodeReadException(string message)
        : base(message)
    {
    }
}
