using System.Collections.Concurrent;
using System.IO;
using System.Reflection;
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

/// <summary>
/// Loads an adapter and the library that it alone names from Dependencies/, apart from every other module's copy of that
/// library: in an AssemblyLoadContext of its own on PowerShell 7, by LoadFrom and AssemblyResolve on Windows PowerShell 5.1.
/// One netstandard2.0 assembly serves both editions, so the context is reached by reflection.
/// </summary>
internal static class IsolatedLoader
{
    private static readonly Type? s_contextType =
        Type.GetType("System.Runtime.Loader.AssemblyLoadContext, System.Runtime.Loader", throwOnError: false);

    private static readonly ConcurrentDictionary<string, Lazy<Assembly>> s_adapters = new(StringComparer.Ordinal);

    private static readonly string s_folder = Path.Combine(
        Path.GetDirectoryName(typeof(IsolatedLoader).Assembly.Location)!,
        "Dependencies",
        s_contextType is null ? "net472" : "net8.0");

    private static readonly Lazy<object?> s_context = new(CreateContext);

    /// <summary>True on PowerShell 7.</summary>
    public static bool HasContext => s_contextType is not null;

    /// <summary>Creates the adapter's class, which implements an interface of the core.</summary>
    /// <param name="adapter">Assembly name, e.g. "MailDns.Resolver".</param>
    /// <param name="typeName">Full name of its public class.</param>
    /// <param name="libraries">Assemblies that it alone names, loaded before it so that nobody else's copy is bound.</param>
    public static T Create<T>(string adapter, string typeName, params string[] libraries)
    {
        Assembly assembly = s_adapters.GetOrAdd(adapter, name => new Lazy<Assembly>(() => Load(name, libraries))).Value;
        try
        {
            return (T)Activator.CreateInstance(assembly.GetType(typeName, throwOnError: true)!)!;
        }
        catch (TargetInvocationException exception) when (exception.InnerException is not null)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Capture(exception.InnerException).Throw();
            throw;
        }
    }

    private static Assembly Load(string adapter, string[] libraries)
    {
        foreach (string library in libraries)
            LoadFile(library);

        return LoadFile(adapter);
    }

    private static Assembly LoadFile(string name)
    {
        string path = PathOf(name) ?? Path.Combine(s_folder, name + ".dll");
        object? context = s_context.Value;
        return context is null
            ? Assembly.LoadFrom(path)
            : (Assembly)s_contextType!.GetMethod("LoadFromAssemblyPath", new[] { typeof(string) })!.Invoke(context, new object[] { path })!;
    }

    // What serves MIME has a folder of its own on .NET Framework, and looks there first by itself.
    private static string? PathOf(string name) =>
        new[] { Path.Combine(s_folder, name + ".dll"), Path.Combine(s_folder, "Mime", name + ".dll") }.FirstOrDefault(File.Exists);

    private static object? CreateContext()
    {
        if (s_contextType is null)
        {
            AppDomain.CurrentDomain.AssemblyResolve += (_, request) =>
                IsOurs(request.RequestingAssembly) ? Resolve(new AssemblyName(request.Name)) : null;
            return null;
        }

        object context = Activator.CreateInstance(s_contextType, "MailDns", false)!;
        EventInfo resolving = s_contextType.GetEvent("Resolving")!;
        MethodInfo handler = typeof(IsolatedLoader).GetMethod(nameof(OnResolving), BindingFlags.NonPublic | BindingFlags.Static)!;
        resolving.AddEventHandler(context, Delegate.CreateDelegate(resolving.EventHandlerType!, handler));
        return context;
    }

    private static Assembly? OnResolving(object context, AssemblyName name) => Resolve(name);

    private static Assembly? Resolve(AssemblyName name)
    {
        if (string.Equals(name.Name, typeof(DomainName).Assembly.GetName().Name, StringComparison.Ordinal))
            return typeof(DomainName).Assembly;

        return PathOf(name.Name!) is null ? null : LoadFile(name.Name!);
    }

    // On .NET Framework the handler is asked for everybody's missing assemblies; it serves its own folder only.
    private static bool IsOurs(Assembly? requesting) =>
        requesting is { IsDynamic: false, Location.Length: > 0 }
        && requesting.Location.StartsWith(s_folder, StringComparison.OrdinalIgnoreCase);
}
