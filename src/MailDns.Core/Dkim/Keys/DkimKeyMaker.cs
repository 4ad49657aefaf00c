using System.IO;

namespace MailDns.Dkim.Keys;

/// <summary>Makes a key pair and puts its private half into a file.</summary>
internal sealed class DkimKeyMaker(IDkimKeyGenerator generator, IPrivateFileWriter writer)
{
    private const int LeastSize = 1024;
    private const int MostSize = 4096;

    /// <summary>The name of a private key's file where only its folder was given.</summary>
    public static string DefaultFileName(string selector, DomainName? domain) =>
        SelectorOf(selector, domain) + (domain is null ? string.Empty : "." + domain.Text) + ".pem";

    /// <summary>Refuses what is no selector, and sizes that verifiers refuse or nobody should use.</summary>
    /// <exception cref="ArgumentException">An option is none.</exception>
    /// <exception cref="DomainNameException">The record's name would be too long.</exception>
    public static void Check(DkimKeyOptions options)
    {
        _ = SelectorOf(options.Selector, options.Domain);
        if (options.Size is not { } size) return;

        if (options.KeyType == DkimKeyType.Ed25519)
            throw new ArgumentException("An Ed25519 key has one size, 256 bits; leave -KeySize out.");

        // Generators of the platforms take multiples of 64.
        if (size is < LeastSize or > MostSize || size % 64 != 0)
        {
            throw new ArgumentException(
                "An RSA key of " + size + " bits is not made: verifiers take 1024 to 4096 bits (RFC 8301 section 3.2), and the size has to be a multiple of 64.");
        }

        if (size < DkimKeyOptions.DefaultSize && !options.AllowWeak)
        {
            throw new ArgumentException(
                "An RSA key of " + size + " bits is weak: signers should use at least 2048 (RFC 8301 section 3.2). -Force makes it all the same.");
        }
    }

    /// <summary>Makes the pair. The caller clears the pass phrase. Nothing is written once the work is cancelled.</summary>
    /// <exception cref="ArgumentException">An option is none.</exception>
    /// <exception cref="System.IO.IOException">The file exists or cannot be written.</exception>
    public DkimKey Make(DkimKeyOptions options, char[]? password, CancellationToken cancellationToken)
    {
        Check(options);
        if (password is { Length: 0 })
            throw new ArgumentException("The pass phrase is empty. Leave it out for a file that is not encrypted.");

        using GeneratedKey pair = generator.Generate(options.KeyType, options.Size ?? DkimKeyOptions.DefaultSize, password);
        DkimPublicKey key = DkimPublicKey.Read(pair.SubjectPublicKeyInfo);
        if (key.Problem.Length > 0)
            throw new InvalidOperationException("The new key is not a key of DKIM: " + key.Problem + ".");

        cancellationToken.ThrowIfCancellationRequested();
        writer.Write(options.Path, pair.PrivateKeyPem, options.Overwrite);
        return new DkimKey(options.Domain?.Text, SelectorOf(options.Selector, options.Domain), key, options.Path);
    }

    private static string SelectorOf(string selector, DomainName? domain)
    {
        DomainName parent = domain ?? DomainName.Root;
        string name = DkimSelector.NameOf(selector, parent).Text;
        int suffix = 1 + DkimSelector.Label.Length + (parent.IsRoot ? 0 : 1 + parent.Text.Length);
        return name.Substring(0, name.Length - suffix);
    }
}

/// <summary>What New-DkimKey is asked for.</summary>
internal sealed record DkimKeyOptions
{
    /// <summary>Bits of an RSA key by default (RFC 8301 section 3.2: signers should use at least 2048).</summary>
    public const int DefaultSize = 2048;

    /// <summary>Null where the key is not for one domain.</summary>
    public DomainName? Domain { get; init; }

    public required string Selector { get; init; }
    public DkimKeyType KeyType { get; init; }

    /// <summary>Bits of an RSA modulus; null for the default. An Ed25519 key has one size.</summary>
    public int? Size { get; init; }

    /// <summary>An RSA key below 2048 bits is meant.</summary>
    public bool AllowWeak { get; init; }

    /// <summary>Full path of the file for the private key.</summary>
    public required string Path { get; init; }

    /// <summary>A file that is there is replaced.</summary>
    public bool Overwrite { get; init; }
}

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

/// <summary>Writes files for their owner's eyes only: a public class MailDns.Crypto.PrivateFileWriter with a parameterless constructor implements it.</summary>
internal interface IPrivateFileWriter
{
    /// <summary>Writes a file that nobody but its owner can read from its first octet on, and puts it in place complete or not at all.</summary>
    /// <exception cref="PrivateFileExistsException">The file is there and is not to be replaced.</exception>
    /// <exception cref="System.IO.IOException">It cannot be written, or its file system keeps no permissions.</exception>
    void Write(string path, byte[] octets, bool overwrite);
}

/// <summary>A key pair on its way to its file. Disposing clears the private half.</summary>
internal sealed class GeneratedKey(byte[] subjectPublicKeyInfo, byte[] privateKeyPem) : IDisposable
{
    public byte[] SubjectPublicKeyInfo { get; } = subjectPublicKeyInfo;

    /// <summary>The content of the private key's file, in ASCII.</summary>
    public byte[] PrivateKeyPem { get; } = privateKeyPem;

    public void Dispose() => Array.Clear(PrivateKeyPem, 0, PrivateKeyPem.Length);
}

/// <summary>A private key would have replaced a file.</summary>
internal sealed class PrivateFileExistsException(string path) : IOException("The file " + path + " exists already. It may hold a key that is in use; -Force replaces it.")
{
}
