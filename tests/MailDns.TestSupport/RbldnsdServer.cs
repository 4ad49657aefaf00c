using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading;

namespace MailDns.TestSupport;

/// <summary>rbldnsd on a loopback port: the server that block lists are served with.</summary>
public sealed class RbldnsdServer : IDisposable
{
    private const string Program = "/usr/sbin/rbldnsd";

    private readonly Process _process;
    private readonly string _folder;

    private RbldnsdServer(Process process, string folder, int port)
    {
        _process = process;
        _folder = folder;
        EndPoint = new IPEndPoint(IPAddress.Loopback, port);
    }

    public static bool IsInstalled => OperatingSystem.IsLinux() && File.Exists(Program);

    public IPEndPoint EndPoint { get; }

    public string Address => EndPoint.ToString();

    /// <summary>Starts a server.</summary>
    /// <param name="zones">The type of data (ip4set, ip6trie, dnset, acl) and its text, by the zone's name; several of one zone as "zone#2".</param>
    public static RbldnsdServer Start(IReadOnlyDictionary<string, (string Type, string Text)> zones)
    {
        ArgumentNullException.ThrowIfNull(zones);
        string folder = Directory.CreateTempSubdirectory("maildns-").FullName;
        var start = new ProcessStartInfo(Program) { RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false, WorkingDirectory = folder };
        int port = LoopbackProgram.FreePort();
        foreach (string argument in new[] { "-n", "-b", "127.0.0.1/" + port, "-w", folder })
            start.ArgumentList.Add(argument);
        if (OperatingSystem.IsLinux() && Environment.UserName is "root")
        {
            // It gives up the rights of root before it reads.
            File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
            start.ArgumentList.Add("-u");
            start.ArgumentList.Add("nobody");
        }

        foreach ((string zone, (string type, string text)) in zones)
        {
            File.WriteAllText(Path.Combine(folder, zone), text.ReplaceLineEndings("\n"));
            start.ArgumentList.Add(zone.Split('#')[0] + ":" + type + ":" + zone);
        }

        Process process = Process.Start(start)!;
        process.OutputDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        var server = new RbldnsdServer(process, folder, port);
        if (LoopbackProgram.WaitUntilAnswering(process, server.EndPoint, zones.Keys.First().Split('#')[0], hasRecord: false))
            return server;
        string output = process.HasExited ? process.StandardError.ReadToEnd() : "no answer";
        server.Dispose();
        throw new InvalidOperationException($"{Program} does not answer: {output}");
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
}
