using System;
using System.Buffers.Binary;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Threading;

namespace MailDns.TestSupport;

/// <summary>A name server of the system's packages (NSD, Knot DNS or BIND) on a loopback port, when one is installed.</summary>
public sealed class RealDnsServer : IDisposable
{
    private static readonly string[] s_folders = ["/usr/sbin", "/usr/local/sbin", "/usr/bin"];

    private readonly Process _process;
    private readonly string _folder;

    private RealDnsServer(Process process, string folder, string kind, int port, int tlsPort, int httpsPort)
    {
        TlsPort = tlsPort;
        HttpsPort = httpsPort;
        _process = process;
        _folder = folder;
        Kind = kind;
        EndPoint = new IPEndPoint(IPAddress.Loopback, port);
    }

    /// <summary>The first of nsd, knotd, named that is installed; null for none.</summary>
    public static string? InstalledKind => Find("nsd") is not null ? "nsd" : Find("knotd") is not null ? "knotd" : Find("named") is not null ? "named" : null;

    public string Kind { get; }

    public IPEndPoint EndPoint { get; }

    public string Address => EndPoint.ToString();

    /// <summary>Where BIND answers over TLS; 0 without a certificate.</summary>
    public int TlsPort { get; }

    /// <summary>Where BIND answers over HTTPS at /dns-query; 0 without a certificate.</summary>
    public int HttpsPort { get; }

    /// <summary>Starts a server with one zone, named by the SOA record of the text.</summary>
    /// <param name="zoneText">Master file text.</param>
    /// <param name="kind">nsd, knotd or named; null: the first installed.</param>
    /// <param name="certificate">With it BIND answers over TLS and HTTPS too.</param>
    /// <returns>Null when it is not installed.</returns>
    /// <exception cref="InvalidOperationException">It is installed and does not answer.</exception>
    public static RealDnsServer? TryStart(string zoneText, string? kind = null, X509Certificate2? certificate = null)
    {
        ArgumentNullException.ThrowIfNull(zoneText);
        kind ??= InstalledKind;
        if (kind is null || Find(kind) is not { } binary)
            return null;

        string apex = ".";
        foreach (TestRecord record in ZoneText.Parse(zoneText))
        {
            if (record.Type is (int)DnsType.SOA)
            {
                apex = WireName.ToText(record.Owner);
                break;
            }
        }

        string output = string.Empty;
        for (int attempt = 0; attempt < 3; attempt++)
        {
            RealDnsServer server = Start(kind, binary, apex, zoneText, certificate);
            if (LoopbackProgram.WaitUntilAnswering(server._process, server.EndPoint, apex))
                return server;
            output = server._process.HasExited ? server._process.StandardError.ReadToEnd() : "no answer";
            server.Dispose();
        }

        throw new InvalidOperationException($"{binary} does not answer: {output}");
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            // SIGTERM lets the server end its own children; only then by force.
            _ = Terminate(_process.Id, 15);
            if (!_process.WaitForExit(5000))
            {
                _process.Kill(entireProcessTree: true);
                _process.WaitForExit(5000);
            }
        }

        _process.Dispose();
        try
        {
            Directory.Delete(_folder, recursive: true);
        }
        catch (IOException)
        {
            // A child that is still closing its files: the system cleans the temporary folder.
        }
    }

    private static RealDnsServer Start(string kind, string binary, string apex, string zoneText, X509Certificate2? certificate)
    {
        string folder = Directory.CreateTempSubdirectory("maildns-").FullName;
        int port = LoopbackProgram.FreePort();
        (int tls, int https) = certificate is null ? (0, 0) : (LoopbackProgram.FreePort(), LoopbackProgram.FreePort());
        if (certificate is not null)
        {
            File.WriteAllText(Path.Combine(folder, "certificate.pem"), certificate.ExportCertificatePem());
            File.WriteAllText(Path.Combine(folder, "key.pem"), certificate.GetRSAPrivateKey()!.ExportPkcs8PrivateKeyPem());
        }

        string config = Path.Combine(folder, "server.conf");
        File.WriteAllText(Path.Combine(folder, "zone"), zoneText, Encoding.Latin1);
        File.WriteAllText(config, Configuration(kind, folder, port, tls, https, apex));
        var start = new ProcessStartInfo(binary) { RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false };
        foreach (string argument in kind switch
        {
            "nsd" => new[] { "-d", "-c", config },
            "knotd" => ["-c", config],
            _ => ["-g", "-c", config],
        })
        {
            start.ArgumentList.Add(argument);
        }

        Process process = Process.Start(start)!;
        process.OutputDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        return new RealDnsServer(process, folder, kind, port, tls, https);
    }

    private static string Configuration(string kind, string folder, int port, int tls, int https, string apex) => kind switch
    {
        "nsd" => $"""
            server:
              ip-address: 127.0.0.1@{port}
              username: ""
              chroot: ""
              zonesdir: "{folder}"
              database: ""
              pidfile: "{folder}/pid"
              xfrdfile: "{folder}/xfrd"
              zonelistfile: "{folder}/zones"
              xfrdir: "{folder}"
              server-count: 1
              receive-buffer-size: 4194304
              send-buffer-size: 4194304
              rrl-ratelimit: 0
            remote-control:
              control-enable: no
            zone:
              name: "{apex}"
              zonefile: "zone"

            """,
        "knotd" => $"""
            server:
                listen: 127.0.0.1@{port}
                rundir: "{folder}"
                pidfile: "{folder}/pid"
            control:
                listen: "{folder}/control"
            database:
                storage: "{folder}"
            zone:
              - domain: "{apex}"
                storage: "{folder}"
                file: "zone"
                semantic-checks: off

            """,
        _ => $$"""
            {{(tls is 0 ? string.Empty : $"tls local {{ cert-file \"{folder}/certificate.pem\"; key-file \"{folder}/key.pem\"; }}; http local {{ endpoints {{ \"/dns-query\"; }}; }};")}}
            options {
              directory "{{folder}}";
              listen-on port {{port}} { 127.0.0.1; };
              {{(tls is 0 ? string.Empty : $"listen-on port {tls} tls local {{ 127.0.0.1; }}; listen-on port {https} tls local http local {{ 127.0.0.1; }};")}}
              listen-on-v6 { none; };
              pid-file "{{folder}}/pid";
              session-keyfile "{{folder}}/session.key";
              managed-keys-directory "{{folder}}";
              recursion no;
              notify no;
              dnssec-validation no;
              check-names primary ignore;
            };
            controls { };
            zone "{{apex}}" { type primary; file "{{folder}}/zone"; check-names ignore; };

            """,
    };

    private static string? Find(string name)
    {
        if (!OperatingSystem.IsLinux())
            return null;
        foreach (string folder in s_folders)
        {
            string path = Path.Combine(folder, name);
            if (File.Exists(path))
                return path;
        }

        return null;
    }

    [SuppressMessage("Security", "CA5392:Use DefaultDllImportSearchPaths attribute for P/Invokes", Justification = "libc of the running process")]
    [SuppressMessage("Interoperability", "SYSLIB1054:Use LibraryImport", Justification = "One blittable call in a test helper")]
    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Terminate(int processId, int signal);
}
