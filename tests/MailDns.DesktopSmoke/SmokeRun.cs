using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Reflection;
using System.Threading;
using System.Threading.Tasks;
using MailDns.Adapters;
using MailDns.Bimi;
using MailDns.Dkim;
using MailDns.Dkim.Keys;
using MailDns.Dmarc;
using MailDns.Dns;
using MailDns.Spf;

namespace MailDns.DesktopSmoke;

/// <summary>One thing of each part of the module, a line for each.</summary>
internal static class SmokeRun
{
    public static async Task RunAsync(string binaries, string server, string certificate)
    {
        Say("core", typeof(DomainName).Assembly.Location);
        Say("records", SpfParser.Parse("v=spf1 include:spf.akmta.net -all") + " | " + DmarcParser.Parse("v=DMARC1; p=none"));
        Say("dns", await AskAsync(server).ConfigureAwait(false));
        Say("profile", ReadProfile(Path.Combine(Path.GetDirectoryName(binaries)!, "providers", "altcraft.json")));
        Say("key", MakeKey());
        Say("certificate", ReadCertificate(certificate));
        foreach (string name in new[] { "MailDns.Resolver", "DnsClient", "System.Buffers", "MailDns.Json", "Newtonsoft.Json", "MailDns.Crypto", "BouncyCastle.Cryptography" })
        {
            Say(name, Loaded(name).Location);
        }
    }

    private static async Task<string> AskAsync(string server)
    {
        int colon = server.LastIndexOf(':');
        var options = new DnsClientOptions
        {
            Servers = new[] { new IPEndPoint(IPAddress.Parse(server.Substring(0, colon)), int.Parse(server.Substring(colon + 1))) },
        };
        var question = new DnsQuestion(DomainName.Parse("contoso.com"), DnsRecordType.Txt);
        DnsResponse response = await AdapterFactory.CreateResolver(options).QueryAsync(question, CancellationToken.None).ConfigureAwait(false);
        return response.Status + " " + string.Join(" | ", response.Texts) + response.Detail;
    }

    private static string ReadProfile(string path)
    {
        SendingProvider provider = SendingProviderReader.Read(AdapterFactory.Json.Read(File.ReadAllText(path), path), path);
        return provider.Id + " " + provider.Kind;
    }

    // The file is not written: its protection is by access control lists, which are Windows' own.
    private static string MakeKey()
    {
        using GeneratedKey pair = AdapterFactory.CreateKeyGenerator().Generate(DkimKeyType.Ed25519, 0, password: null);
        byte[] read = AdapterFactory.CreatePrivateKeyReader().ReadPublicKey(pair.PrivateKeyPem, password: null);
        return DkimPublicKey.Read(read).Encoding + (read.SequenceEqual(pair.SubjectPublicKeyInfo) ? " read back" : " differs");
    }

    private static string ReadCertificate(string path)
    {
        IReadOnlyList<CertificateData> certificates = AdapterFactory.CreateMarkCertificateReader().Read(File.ReadAllBytes(path));
        return certificates.Count + " " + string.Join(", ", certificates[0].DnsNames) + " " + string.Join(", ", certificates[0].MarkTypes);
    }

    private static Assembly Loaded(string name) =>
        AppDomain.CurrentDomain.GetAssemblies().Single(assembly => string.Equals(assembly.GetName().Name, name, StringComparison.Ordinal));

    private static void Say(string what, string result) => Console.WriteLine(what + ": " + result);
}
