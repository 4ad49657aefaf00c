namespace MailDns.Dkim.Keys;

/// <summary>A key pair on its way to its file. Disposing clears the private half.</summary>
internal sealed class GeneratedKey(byte[] subjectPublicKeyInfo, byte[] privateKeyPem) : IDisposable
{
    public byte[] SubjectPublicKeyInfo { get; } = subjectPublicKeyInfo;

    /// <summary>The content of the private key's file, in ASCII.</summary>
    public byte[] PrivateKeyPem { get; } = privateKeyPem;

    public void Dispose() => Array.Clear(PrivateKeyPem, 0, PrivateKeyPem.Length);
}
