using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;

namespace MailDns.TestSupport;

/// <summary>What the parent zone says of a zone.</summary>
public enum DelegationSigner
{
    /// <summary>The DS record of its key.</summary>
    Right,

    /// <summary>None.</summary>
    None,

    /// <summary>The number of its key with another digest.</summary>
    OtherDigest,

    /// <summary>One of a key that it does not have.</summary>
    OtherKey,

    /// <summary>The right one and one of a key that it does not have.</summary>
    RightAndOther,

    /// <summary>The right one with a digest of SHA-1.</summary>
    Sha1,
}

/// <summary>A zone below "example", signed by BIND's own programs.</summary>
/// <param name="Name">As "good.example".</param>
/// <param name="Records">Further lines of its zone file, with absolute names.</param>
/// <param name="Signer">What the parent zone says.</param>
/// <param name="IsSigned">False: the keys and signatures are left out.</param>
/// <param name="Algorithm">As dnssec-keygen takes it.</param>
/// <param name="Begin">As dnssec-signzone takes it.</param>
/// <param name="End">The same.</param>
/// <param name="Options">Further options of dnssec-signzone.</param>
public sealed record SignedZone(
    string Name,
    string Records = "",
    DelegationSigner Signer = DelegationSigner.Right,
    bool IsSigned = true,
    string Algorithm = "ECDSAP256SHA256",
    string Begin = "now-1h",
    string End = "now+30d",
    string Options = "");

/// <summary>
/// A root, a zone "example" and zones below it, signed and served by BIND on loopback ports, and two resolvers that know that root: one that validates
/// and one that does not.
/// </summary>
public sealed class SignedZones : IDisposable
{
    private static readonly string[] s_programs = ["/usr/sbin/named", "/usr/bin/dnssec-keygen", "/usr/bin/dnssec-signzone", "/usr/bin/dnssec-dsfromkey"];

    private readonly string _folder = Directory.CreateTempSubdirectory("maildns-").FullName;
    private readonly List<Process> _servers = [];

    private SignedZones()
    {
    }

    public static bool IsInstalled => s_programs.All(File.Exists);

    /// <summary>The server that holds all zones.</summary>
    public IPEndPoint Authority { get; private set; } = null!;

    /// <summary>A resolver that validates from the root on.</summary>
    public IPEndPoint Validating { get; private set; } = null!;

    /// <summary>A resolver that passes everything on.</summary>
    public IPEndPoint Plain { get; private set; } = null!;

    public static SignedZones Start(IReadOnlyList<SignedZone> zones)
    {
        ArgumentNullException.ThrowIfNull(zones);
        var all = new SignedZones();
        try
        {
            var delegations = new StringBuilder();
            foreach (SignedZone zone in zones)
                delegations.Append(CultureInfo.InvariantCulture, $"{zone.Name}. IN NS ns.{zone.Name}.\nns.{zone.Name}. IN A 127.0.0.1\n").Append(all.Sign(zone).Ds);
            string ofExample = all.Sign(new SignedZone("example", delegations.ToString())).Ds;
            string anchor = all.Sign(new SignedZone(".", "example. IN NS ns.example.\nns.example. IN A 127.0.0.1\n" + ofExample)).Key;
            all.Authority = all.Serve("authority", "recursion no; dnssec-validation no;", string.Concat(zones.Select(zone => zone.Name).Append("example").Append(".").Select(name => $"zone \"{name}\" {{ type primary; file \"{all.FileOf(name)}.served\"; }};\n")));
            string forward = $"recursion yes; forward only; forwarders port {all.Authority.Port} {{ 127.0.0.1; }}; qname-minimization off; empty-zones-enable no;";
            all.Plain = all.Serve("plain", forward + " dnssec-validation no;", string.Empty);
            all.Validating = all.Serve("validating", forward + " dnssec-validation yes;", $"trust-anchors {{ . static-key {anchor}; }};\n");
            return all;
        }
        catch
        {
            all.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        foreach (Process server in _servers)
        {
            if (!server.HasExited)
            {
                server.Kill();
                server.WaitForExit(5000);
            }

            server.Dispose();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private string FileOf(string zone) => Path.Combine(_folder, zone is "." ? "root" : zone);

    private (string Ds, string Key) Sign(SignedZone zone)
    {
        string dotted = zone.Name is "." ? "." : zone.Name + ".";
        string ns = zone.Name is "." ? "ns.root." : "ns." + dotted;
        string file = FileOf(zone.Name);
        string key = Run(s_programs[1], "-q", "-a", zone.Algorithm, "-f", "KSK", "-n", "ZONE", zone.Name).Trim();
        string keyText = File.ReadAllText(Path.Combine(_folder, key + ".key"));
        string records = $"$TTL 300\n{dotted} IN SOA {ns} hostmaster.example. 1 3600 600 86400 300\n{dotted} IN NS {ns}\n" + (zone.Name is "." ? "ns.root. IN A 127.0.0.1\n" : $"{ns} IN A 127.0.0.1\n") + zone.Records + "\n";
        File.WriteAllText(file + ".zone", records + keyText);

        // -P: a zone that has expired is wanted as it is.
        Run(s_programs[2], ["-q", "-z", "-P", "-o", zone.Name, "-s", zone.Begin, "-e", zone.End, .. zone.Options.Split(' ', StringSplitOptions.RemoveEmptyEntries), "-f", file + ".signed", file + ".zone", key]);
        File.WriteAllText(file + ".served", zone.IsSigned ? File.ReadAllText(file + ".signed") : records);
        string[] words = keyText.Split('\n').First(line => line.Contains(" DNSKEY ", StringComparison.Ordinal)).Split(' ');
        int at = Array.IndexOf(words, "DNSKEY");
        return (SignersOf(zone, key), $"{words[at + 1]} {words[at + 2]} {words[at + 3]} \"{string.Concat(words[(at + 4)..])}\"");
    }

    private string SignersOf(SignedZone zone, string key)
    {
        if (zone.Signer is DelegationSigner.None)
            return string.Empty;
        string right = Run(s_programs[3], zone.Signer is DelegationSigner.Sha1 ? "-1" : "-2", key).Trim();
        string[] words = right.Split(' ');
        int at = Array.IndexOf(words, "DS");
        string Other(int tag, string digest) => string.Join(' ', [.. words[..(at + 1)], tag.ToString(CultureInfo.InvariantCulture), .. words[(at + 2)..(at + 4)], digest]);
        int number = int.Parse(words[at + 1], CultureInfo.InvariantCulture);
        string digest = new('A', words[at + 4].Length);
        return zone.Signer switch
        {
            DelegationSigner.OtherDigest => Other(number, digest),
            DelegationSigner.OtherKey => Other(number ^ 1, digest),
            DelegationSigner.RightAndOther => right + "\n" + Other(number ^ 1, digest),
            _ => right,
        } + "\n";
    }

    private IPEndPoint Serve(string name, string options, string more)
    {
        for (int attempt = 0; ; attempt++)
        {
            int port = LoopbackProgram.FreePort();
            string folder = Directory.CreateDirectory(Path.Combine(_folder, name + attempt)).FullName;
            string config = Path.Combine(folder, "named.conf");
            File.WriteAllText(config, $$"""
                options {
                  directory "{{folder}}";
                  listen-on port {{port}} { 127.0.0.1; };
                  listen-on-v6 { none; };
                  pid-file "{{folder}}/pid";
                  session-keyfile "{{folder}}/session.key";
                  managed-keys-directory "{{folder}}";
                  notify no;
                  {{options}}
                };
                controls { };
                {{more}}
                """);
            var start = new ProcessStartInfo(s_programs[0]) { RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false };
            foreach (string argument in new[] { "-f", "-L", Path.Combine(folder, "log"), "-c", config })
                start.ArgumentList.Add(argument);
            Process server = Process.Start(start)!;
            _servers.Add(server);
            var endPoint = new IPEndPoint(IPAddress.Loopback, port);
            if (LoopbackProgram.WaitUntilAnswering(server, endPoint, ".", recursionDesired: true))
                return endPoint;
            if (attempt is 2)
                throw new InvalidOperationException("named does not answer: " + (server.HasExited ? server.StandardError.ReadToEnd() : string.Empty) + File.ReadAllText(Path.Combine(folder, "log")));
        }
    }

    private string Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false, WorkingDirectory = _folder };
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        using Process process = Process.Start(start)!;
        string errors = string.Empty;
        process.ErrorDataReceived += (_, line) => errors += line.Data + "\n";
        process.BeginErrorReadLine();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode is 0 ? output : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: {errors}");
    }
}
