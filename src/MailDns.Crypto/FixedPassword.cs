using Org.BouncyCastle.OpenSsl;

namespace MailDns.Crypto;

/// <summary>Hands a pass phrase to BouncyCastle, which asks for it.</summary>
internal sealed class FixedPassword : IPasswordFinder
{
    private readonly char[] _password;

    public FixedPassword(char[] password) => _password = password;

    public char[] GetPassword() => (char[])_password.Clone();
}
