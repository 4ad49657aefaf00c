using System;

namespace MailDns.Dkim.Keys;

/// <summary>A private key cannot be used. Neither the message nor an inner exception holds anything of the key.</summary>
internal sealed class PrivateKeyException : Exception
{
    public PrivateKeyException(PrivateKeyFault fault, string message)
        : base(message) => Fault = fault;

    public PrivateKeyFault Fault { get; }
}
