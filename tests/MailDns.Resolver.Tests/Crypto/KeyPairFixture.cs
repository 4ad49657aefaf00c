using System;
using System.IO;
using System.Threading;
using MailDns.Crypto;
using MailDns.Dkim.Keys;
using MailDns.Dns;

namespace MailDns.Resolver.Tests.Crypto;

/// <summary>Keys in files, made as New-DkimKey makes them, and their records.</summary>
public sealed class KeyPairFixture : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("maildns-").FullName;

    public KeyPairFixture()
    {
        Rsa = Make("rsa", DkimKeyType.Rsa, password: null);
        Ed25519 = Make("ed", DkimKeyType.Ed25519, password: null);
        EncryptedRsa = Make("rsa-encrypted", DkimKeyType.Rsa, KeyFile.UnicodePassword);
        EncryptedEd25519 = Make("ed-encrypted", DkimKeyType.Ed25519, KeyFile.UnicodePassword);
    }

    public DkimKey Rsa { get; }

    public DkimKey Ed25519 { get; }

    public DkimKey EncryptedRsa { get; }

    public DkimKey EncryptedEd25519 { get; }

    public DkimKey Of(string name) => name switch
    {
        "rsa" => Rsa,
        "ed" => Ed25519,
        "rsa-encrypted" => EncryptedRsa,
        _ => EncryptedEd25519,
    };

    /// <summary>The text of the record that New-DkimRecord makes of the key.</summary>
    public static string RecordOf(DkimKey key)
    {
        DomainName domain = DomainName.Parse(key.Domain!);
        var options = new Dkim.DkimRecordOptions { Domain = domain, Zone = domain, Selector = key.Selector, PublicKey = key.PublicKey, KeyType = key.KeyType };
        return ((TxtRecord)Dkim.DkimRecordBuilder.Build(options).Record).Value;
    }

    public string NewPath(string name) => Path.Combine(_folder, name);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private DkimKey Make(string selector, DkimKeyType type, string? password)
    {
        var options = new DkimKeyOptions { Domain = DomainName.Parse("contoso.com"), Selector = selector, KeyType = type, Path = NewPath(selector + ".pem") };
        return new DkimKeyMaker(new DkimKeyGenerator(), new PrivateFileWriter()).Make(options, password?.ToCharArray(), CancellationToken.None);
    }
}
