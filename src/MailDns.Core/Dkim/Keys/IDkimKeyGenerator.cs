namespace MailDns.Dkim.Keys;

/// <summary>Makes key pairs: a public class MailDns.Crypto.DkimKeyGenerator with a parameterless constructor implements it.</summary>
internal interface IDkimKeyGenerator
{
    /// <summary>
    /// A new pair; its private half is PKCS#8 in PEM (RFC 5958, RFC 7468 section 10), encrypted where there is a pass phrase
    /// (section 11). The caller clears the pass phrase.
    /// </summary>
    /// <param name="type">RSA or Ed25519.</param>
    /// <param name="size">Bits of the RSA modulus; not looked at for Ed25519.</param>
    /// <param name="password">Null for a file that is not encrypted.</param>
    GeneratedKey Generate(DkimKeyType type, int size, char[]? password);
}
