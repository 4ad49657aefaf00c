using MailDns.Certificates;
using MailDns.Dkim.Keys;
using MailDns.MailReports;
using MailDns.Smtp;
using MailDns.Text;

namespace MailDns.Adapters;

/// <summary>The adapters by what they do. Each loads its library only when first used.</summary>
internal static class AdapterFactory
{
    // On PowerShell 7 the adapter has a transport of its own, and loads DnsClient by itself where it needs it.
    private static readonly Lazy<IDnsResolverFactory> s_resolver = new(() => IsolatedLoader.Create<IDnsResolverFactory>(
        "MailDns.Resolver",
        "MailDns.Resolver.DnsClientResolverFactory",
        ResolverLibraries));

    private static readonly Lazy<IJsonTextReader> s_json = new(() =>
        IsolatedLoader.Create<IJsonTextReader>("MailDns.Json", "MailDns.Json.NewtonsoftJsonReader", "Newtonsoft.Json"));

    private static readonly Lazy<IMailPartReader> s_mail = new(() =>
        IsolatedLoader.Create<IMailPartReader>("MailDns.Mime", "MailDns.Mime.MimeKitPartReader", "MimeKit"));

    private static string[] ResolverLibraries => IsolatedLoader.HasContext ? Array.Empty<string>() : new[] { "DnsClient" };

    /// <summary>Mails and their parts (MimeKit).</summary>
    public static IMailPartReader Mail => s_mail.Value;

    /// <summary>JSON with positions (Newtonsoft.Json).</summary>
    public static IJsonTextReader Json => s_json.Value;

    /// <summary>DNS over the network.</summary>
    public static IDnsResolver CreateResolver(DnsClientOptions options) => s_resolver.Value.Create(options);

    /// <summary>New DKIM keys (the platform's RSA, BouncyCastle).</summary>
    public static IDkimKeyGenerator CreateKeyGenerator() => CreateCrypto<IDkimKeyGenerator>("DkimKeyGenerator");

    /// <summary>Private keys in all their forms (BouncyCastle).</summary>
    public static IPrivateKeyReader CreatePrivateKeyReader() => CreateCrypto<IPrivateKeyReader>("PrivateKeyReader");

    /// <summary>Ed25519 signatures (BouncyCastle).</summary>
    public static IEd25519Verifier CreateEd25519Verifier() => CreateCrypto<IEd25519Verifier>("Ed25519Verifier");

    /// <summary>Files for their owner's eyes only; each edition has its own way.</summary>
    public static IPrivateFileWriter CreatePrivateFileWriter() => CreateCrypto<IPrivateFileWriter>("PrivateFileWriter");

    /// <summary>Mark certificates and their paths (BouncyCastle).</summary>
    public static ICertificateReader CreateCertificateReader() => CreateCrypto<ICertificateReader>("CertificateReader");

    /// <summary>How mail hosts are spoken to, for one pipeline.</summary>
    public static SmtpAccess CreateSmtpAccess(bool allowPrivateAddress, TimeSpan timeout) => new(
        IsolatedLoader.Create<ISmtpTransport>("MailDns.Resolver", "MailDns.Resolver.Smtp.SmtpSocketTransport", ResolverLibraries),
        CreateCertificateReader(),
        DateTime.UtcNow,
        allowPrivateAddress)
    {
        Timeout = timeout,
    };

    private static T CreateCrypto<T>(string type) =>
        IsolatedLoader.Create<T>("MailDns.Crypto", "MailDns.Crypto." + type, "BouncyCastle.Cryptography");
}
