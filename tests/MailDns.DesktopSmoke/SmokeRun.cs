using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Reflection;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using MailDns.Adapters;
using MailDns.Bimi;
using MailDns.Certificates;
using MailDns.Dkim;
using MailDns.Dkim.Keys;
using MailDns.Dmarc;
using MailDns.Dns;
using MailDns.MailReports;
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
        Say("mail", ReadMail());
        foreach (string name in new[] { "MailDns.Resolver", "DnsClient", "System.Buffers", "MailDns.Json", "Newtonsoft.Json", "MailDns.Crypto", "BouncyCastle.Cryptography", "MailDns.Mime", "MimeKit" })
            Say(name, Loaded(name));
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

    // A report that a mail has as an attachment in base64.
    private static string ReadMail()
    {
        const string report = "<feedback><report_metadata><org_name>receiver.example</org_name><report_id>1</report_id><date_range><begin>1780272000</begin><end>1780358399</end></date_range></report_metadata>"
            + "<policy_published><domain>contoso.com</domain><p>none</p></policy_published><record><row><source_ip>192.0.2.1</source_ip><count>3</count></row></record></feedback>";
        string mail = "From: a@receiver.example\r\nMIME-Version: 1.0\r\nContent-Type: application/xml\r\nContent-Transfer-Encoding: base64\r\n\r\n" + Convert.ToBase64String(Encoding.ASCII.GetBytes(report)) + "\r\n";
        MailReport? read = null;
        var opener = new MailReportOpener(new MailReportLimit(), static () => AdapterFactory.Mail, DateTime.UtcNow, CancellationToken.None)
        {
            OnAggregate = static () => static _ => { },
            OnReport = found => read = found,
            OnError = static (_, fault) => throw fault,
        };
        opener.Read(new MemoryStream(Encoding.ASCII.GetBytes(mail)));
        return read + " " + read!.Member;
    }

    private static string ReadCertificate(string path)
    {
        IReadOnlyList<CertificateData> certificates = AdapterFactory.CreateCertificateReader().Read(File.ReadAllBytes(path));
        return certificates.Count + " " + string.Join(", ", certificates[0].DnsNames) + " " + string.Join(", ", certificates[0].MarkTypes);
    }

    // Two adapters may bring the same library, each in its own version.
    private static string Loaded(string name) => string.Join(" ", AppDomain.CurrentDomain.GetAssemblies()
        .Where(assembly => string.Equals(assembly.GetName().Name, name, StringComparison.Ordinal))
        .Select(assembly => assembly.Location)
        .OrderBy(location => location, StringComparer.Ordinal));

    private static void Say(string what, string result) => Console.WriteLine(what + ": " + result);
}
