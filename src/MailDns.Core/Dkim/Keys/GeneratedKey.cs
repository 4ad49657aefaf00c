namespace MailDns.Dkim.Keys;

/// <summary>A key pair on its way to its file. Disposing clears the private half.</summary>
internal sealed class GeneratedKey : IDisposable
{
    public GeneratedKey(byte[] subjectPublicKeyInfo, byte[] privateKeyPem)
    {
        SubjectPublicKeyInfo = subjectPublicKeyInfo;
        PrivateKeyPem = privateKeyPem;
    }

    public byte[] SubjectPublicKeyInfo { get; }

    /// <summary>The content of the private key's file, in ASCII.</summary>
    public byte[] PrivateKeyPem { get; }

    public void Dispose() => Array.Clear(PrivateKeyPem, 0, PrivateKeyPem.Length);
}
