namespace MailDns.Dkim.Keys;

/// <summary>A private key cannot be used. Neither the message nor an inner exception holds anything of the key.</summary>
internal sealed class PrivateKeyException(PrivateKeyFault fault, string message) : Exception(message)
{
    public PrivateKeyFault Fault { get; } = fault;
}

/// <summary>Why a private key cannot be used.</summary>
internal enum PrivateKeyFault
{
    /// <summary>The file holds no private key that DKIM has, or a damaged one.</summary>
    Invalid,

    /// <summary>It is encrypted, and no pass phrase was given.</summary>
    PasswordRequired,

    /// <summary>The pass phrase is wrong.</summary>
    WrongPassword,
}
