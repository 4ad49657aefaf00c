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

/// <summary>BIND on a loopback port, primary for zones that a key may update and that anybody may transfer.</summary>
public sealed class BindServer : IDisposable
{
    private const string Named = "/usr/sbin/named";
    private const string Dig = "/usr/bin/dig";
    private const string NsUpdate = "/usr/bin/nsupdate";

    private readonly Process _process;
    private readonly string _folder;
    private readonly int _port;

    private BindServer(Process process, string folder, int port, string secret)
    {
        _process = process;
        _folder = folder;
        _port = port;
        Secret = secret;
    }

    public static bool IsInstalled => File.Exists(Named) && File.Exists(Dig) && File.Exists(NsUpdate);

    public string Address => "127.0.0.1:" + _port;

    public IPEndPoint EndPoint => new(IPAddress.Loopback, _port);

    public static string KeyName => "maildns-test";

    /// <summary>The key's secret in base64, drawn for this server.</summary>
    public string Secret { get; }

    /// <summary>The key as tsig-keygen writes it, for its owner only.</summary>
    public string KeyPath => Path.Combine(_folder, "update.key");

    /// <summary>Starts a server.</summary>
    /// <param name="zones">Master file texts by the zone's name.</param>
    public static BindServer Start(IReadOnlyDictionary<string, string> zones)
    {
        ArgumentNullException.ThrowIfNull(zones);
        string output = string.Empty;
        for (int attempt = 0; attempt < 3; attempt++)
        {
            BindServer server = Launch(zones);
            if (server.WaitUntilAnswering(zones.Keys.First()))
                return server;
            output = server._process.HasExited ? server._process.StandardError.ReadToEnd() : "no answer";
            server.Dispose();
        }

        throw new InvalidOperationException($"{Named} does not answer: {output}");
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
        _ = Run(NsUpdate, $"server 127.0.0.1 {_port}\n{string.Join('\n', commands)}\nsend\n", "-k", KeyPath);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit(5000);
        }

        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static BindServer Launch(IReadOnlyDictionary<string, string> zones)
    {
        string folder = Directory.CreateTempSubdirectory("maildns-").FullName;
        int port = FreePort();
        string secret = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
        string key = Path.Combine(folder, "update.key");
        File.WriteAllText(key, $"key \"{KeyName}\" {{\n\talgorithm hmac-sha256;\n\tsecret \"{secret}\";\n}};\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(key, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        string config = Path.Combine(folder, "named.conf");
        File.WriteAllText(config, Configuration(folder, port, key, zones));
        var start = new ProcessStartInfo(Named) { RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false };
        foreach (string argument in new[] { "-f", "-L", Path.Combine(folder, "log"), "-c", config })
            start.ArgumentList.Add(argument);
        return new BindServer(Process.Start(start)!, folder, port, secret);
    }

    private static string Configuration(string folder, int port, string key, IReadOnlyDictionary<string, string> zones)
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
        foreach ((string apex, string zone) in zones)
        {
            string file = Path.Combine(folder, apex + ".zone");
            File.WriteAllText(file, zone, Encoding.Latin1);
            text.Append($"zone \"{apex}\" {{ type primary; file \"{file}\"; allow-update {{ key \"{KeyName}\"; }}; check-integrity no; }};\n");
        }

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

    private static int FreePort()
    {
        for (int attempt = 0; ; attempt++)
        {
            using var tcp = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            using var udp = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            tcp.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            try
            {
                udp.Bind(tcp.LocalEndPoint!);
                return ((IPEndPoint)tcp.LocalEndPoint!).Port;
            }
            catch (SocketException) when (attempt < 50)
            {
                // That number is taken for UDP: draw another.
            }
        }
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
