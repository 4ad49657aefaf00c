namespace MailDns.Dkim.Keys;

/// <summary>Reads private keys: a public class MailDns.Crypto.PrivateKeyReader with a parameterless constructor implements it.</summary>
internal interface IPrivateKeyReader
{
    /// <summary>
    /// The public half, as SubjectPublicKeyInfo, of a private key that has signed and verified a text of the reader's own.
    /// The caller clears file and pass phrase.
    /// </summary>
    /// <param name="file">PEM or DER: PKCS#8, encrypted PKCS#8, PKCS#1; or the base64 of a raw Ed25519 key.</param>
    /// <param name="password">Null where the user gave none.</param>
    /// <exception cref="PrivateKeyException">It is no private key that DKIM has, or the pass phrase is wrong.</exception>
    byte[] ReadPublicKey(byte[] file, char[]? password);
}
