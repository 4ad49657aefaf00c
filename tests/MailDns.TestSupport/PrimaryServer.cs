using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Threading;

namespace MailDns.TestSupport;

/// <summary>BIND or Knot DNS on a loopback port, primary for zones that a key may update and that anybody may transfer.</summary>
public sealed class PrimaryServer : IDisposable
{
    private const string Named = "/usr/sbin/named";
    private const string Knot = "/usr/sbin/knotd";
    private const string Dig = "/usr/bin/dig";
    private const string NsUpdate = "/usr/bin/nsupdate";

    private readonly Process _process;
    private readonly string _folder;
    private readonly int _port;

    private PrimaryServer(Process process, string folder, int port, string secret)
    {
        _process = process;
        _folder = folder;
        _port = port;
        Secret = secret;
    }

    /// <summary>BIND with its tools.</summary>
    public static bool IsInstalled => File.Exists(Named) && File.Exists(Dig) && File.Exists(NsUpdate);

    /// <summary>Knot DNS, with BIND's tools.</summary>
    public static bool IsKnotInstalled => File.Exists(Knot) && File.Exists(Dig) && File.Exists(NsUpdate);

    public string Address => "127.0.0.1:" + _port;

    public IPEndPoint EndPoint => new(IPAddress.Loopback, _port);

    public static string KeyName => "maildns-test";

    /// <summary>The key's secret in base64, drawn for this server.</summary>
    public string Secret { get; }

    /// <summary>The key as tsig-keygen writes it, for its owner only.</summary>
    public string KeyPath => Path.Combine(_folder, "update.key");

    /// <summary>Starts a server.</summary>
    /// <param name="zones">Master file texts by the zone's name.</param>
    /// <param name="isKnot">Knot DNS in place of BIND.</param>
    public static PrimaryServer Start(IReadOnlyDictionary<string, string> zones, bool isKnot = false)
    {
        ArgumentNullException.ThrowIfNull(zones);
        string output = string.Empty;
        for (int attempt = 0; attempt < 3; attempt++)
        {
            PrimaryServer server = Launch(zones, isKnot);
            if (server.WaitUntilAnswering(zones.Keys.First()))
                return server;
            output = server._process.HasExited ? server._process.StandardError.ReadToEnd() : "no answer";
            server.Dispose();
        }

        throw new InvalidOperationException($"{(isKnot ? Knot : Named)} does not answer: {output}");
    }

    /// <summary>
    /// The zone by AXFR as dig prints it, one record a line, in ordinal order, without the SOA record (its serial rises
    /// with every update): name, time to live, class, type and data with the strings of texts as they are cut.
    /// </summary>
    public string Transfer(string zone)
    {
        string text = Run(Dig, string.Empty, "@127.0.0.1", "-p", _port.ToString(System.Globalization.CultureInfo.InvariantCulture), zone, "AXFR", "+noall", "+answer", "+onesoa");
        IEnumerable<string> lines = text.Split('\n')
            .Where(line => line.Length > 0 && !line.StartsWith(';'))
            .Select(line => string.Join(' ', line.Split((char[])['\t', ' '], 5, StringSplitOptions.RemoveEmptyEntries)))
            .Where(line => line.Split(' ')[3] is not "SOA");
        return string.Join('\n', lines.Order(StringComparer.Ordinal));
    }

    /// <summary>Changes the zone as somebody else would, with nsupdate.</summary>
    public void Update(params string[] commands)
    {
        ArgumentNullException.ThrowIfNull(commands);
        RunNsUpdate($"{string.Join('\n', commands)}\nsend\n");
    }

    /// <summary>Carries a script of nsupdate out as it is, against this server.</summary>
    /// <exception cref="InvalidOperationException">nsupdate or the server refused it.</exception>
    public void RunNsUpdate(string script) => _ = Run(NsUpdate, $"server 127.0.0.1 {_port}\n{script}", "-k", KeyPath);

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit(5000);
        }

        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static PrimaryServer Launch(IReadOnlyDictionary<string, string> zones, bool isKnot)
    {
        string folder = Directory.CreateTempSubdirectory("maildns-").FullName;
        int port = LoopbackProgram.FreePort();
        string secret = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
        string key = Path.Combine(folder, "update.key");
        File.WriteAllText(key, $"key \"{KeyName}\" {{\n\talgorithm hmac-sha256;\n\tsecret \"{secret}\";\n}};\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(key, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        foreach ((string apex, string zone) in zones)
            File.WriteAllText(ZonePath(folder, apex), zone, Encoding.Latin1);
        string config = Path.Combine(folder, "server.conf");
        File.WriteAllText(config, isKnot ? KnotConfiguration(folder, port, secret, zones.Keys) : Configuration(folder, port, key, zones.Keys));
        var start = new ProcessStartInfo(isKnot ? Knot : Named) { RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false };
        foreach (string argument in isKnot ? ["-c", config] : new[] { "-f", "-L", Path.Combine(folder, "log"), "-c", config })
            start.ArgumentList.Add(argument);
        Process process = Process.Start(start)!;
        process.OutputDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        return new PrimaryServer(process, folder, port, secret);
    }

    private static string ZonePath(string folder, string apex) => Path.Combine(folder, apex + ".zone");

    private static string KnotConfiguration(string folder, int port, string secret, IEnumerable<string> apexes)
    {
        var text = new StringBuilder($"""
            server:
                listen: 127.0.0.1@{port}
                rundir: "{folder}"
                pidfile: "{folder}/pid"
                udp-workers: 1
                tcp-workers: 1
            control:
                listen: "{folder}/control"
            database:
                storage: "{folder}"
                journal-db-max-size: 64M
            log:
              - target: stdout
                any: error
            key:
              - id: {KeyName}
                algorithm: hmac-sha256
                secret: {secret}
            acl:
              - id: update
                address: 127.0.0.1
                key: {KeyName}
                action: [update, transfer]
              - id: transfer
                address: 127.0.0.1
                action: transfer
            zone:

            """);
        foreach (string apex in apexes)
            text.Append($"  - domain: \"{apex}\"\n    file: \"{ZonePath(folder, apex)}\"\n    semantic-checks: off\n    zonefile-sync: -1\n    acl: [update, transfer]\n");
        return text.ToString();
    }

    private static string Configuration(string folder, int port, string key, IEnumerable<string> apexes)
    {
        var text = new StringBuilder($$"""
            include "{{key}}";
            options {
              directory "{{folder}}";
              listen-on port {{port}} { 127.0.0.1; };
              listen-on-v6 { none; };
              pid-file "{{folder}}/pid";
              session-keyfile "{{folder}}/session.key";
              managed-keys-directory "{{folder}}";
              recursion no;
              notify no;
              dnssec-validation no;
              check-names primary ignore;
              allow-transfer { 127.0.0.1; };
            };
            controls { };

            """);
        foreach (string apex in apexes)
            text.Append($"zone \"{apex}\" {{ type primary; file \"{ZonePath(folder, apex)}\"; allow-update {{ key \"{KeyName}\"; }}; check-integrity no; }};\n");
        return text.ToString();
    }

    private static string Run(string program, string input, params string[] arguments)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        using Process process = Process.Start(start)!;
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        string output = process.StandardOutput.ReadToEnd();
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode is 0 ? output : throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {output}{error}");
    }

    private bool WaitUntilAnswering(string zone)
    {
        long started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(20) && !_process.HasExited)
        {
            try
            {
                if (Transfer(zone).Length > 0)
                    return true;
            }
            catch (InvalidOperationException)
            {
                // Not listening yet.
            }

            Thread.Sleep(50);
        }

        return false;
    }
}
