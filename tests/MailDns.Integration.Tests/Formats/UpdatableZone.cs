using System;
using System.Diagnostics;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Threading;

namespace MailDns.Integration.Tests.Formats;

/// <summary>A BIND server on a loopback port whose zone contoso.com takes updates; for all tests of a class.</summary>
public sealed class UpdatableZone : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("maildns-named-").FullName;
    private Process? _process;

    public int Port { get; private set; }

    /// <summary>Starts the server at first use.</summary>
    public void Start()
    {
        for (int attempt = 0; _process is null && attempt < 3; attempt++)
        {
            Port = FreePort();
            File.WriteAllText(Path.Combine(_folder, "contoso.com.zone"), "$TTL 60\n@ IN SOA ns h 1 60 60 60 60\n@ IN NS ns\nns IN A 127.0.0.1\n");
            string configuration = Path.Combine(_folder, "named.conf");
            File.WriteAllText(
                configuration,
                $$"""
                options {
                  directory "{{_folder}}"; pid-file none; session-keyfile none; managed-keys-directory "{{_folder}}";
                  listen-on port {{Port}} { 127.0.0.1; }; listen-on-v6 { none; };
                  recursion no; dnssec-validation no; notify no; allow-transfer { 127.0.0.1; };
                };
                controls { };
                zone "contoso.com" { type primary; file "{{_folder}}/contoso.com.zone"; allow-update { 127.0.0.1; }; check-names ignore; };
                """);
            var start = new ProcessStartInfo(BindTools.Find("named")!) { UseShellExecute = false, RedirectStandardError = true };
            foreach (string word in new[] { "-g", "-c", configuration, "-n", "1" })
                start.ArgumentList.Add(word);
            Process process = Process.Start(start)!;
            process.ErrorDataReceived += (_, _) => { };
            process.BeginErrorReadLine();
            _process = IsAnswering(process) ? process : Stop(process);
        }

        if (_process is null)
            throw new InvalidOperationException("named does not answer.");
    }

    public string Transfer() => BindTools.Run("dig", string.Empty, "@127.0.0.1", "-p", Port.ToString(), "+nocookie", "contoso.com", "AXFR").Output;

    public void Dispose()
    {
        if (_process is not null)
            Stop(_process);
        Directory.Delete(_folder, recursive: true);
    }

    private bool IsAnswering(Process process)
    {
        for (int i = 0; i < 100 && !process.HasExited; i++)
        {
            if (BindTools.Run("dig", string.Empty, "@127.0.0.1", "-p", Port.ToString(), "+short", "+time=1", "+tries=1", "contoso.com", "NS").Output.StartsWith("ns.contoso.com.", StringComparison.Ordinal))
                return true;
            Thread.Sleep(100);
        }

        return false;
    }

    private static Process? Stop(Process process)
    {
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
        process.WaitForExit();
        process.Dispose();
        return null;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
