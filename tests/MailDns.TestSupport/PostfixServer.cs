using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Threading.Tasks;

namespace MailDns.TestSupport;

/// <summary>
/// Postfix with a configuration of its own, on one port of several loopback addresses, each set up differently. It takes no mail and
/// delivers none. Its master needs to be root.
/// </summary>
public sealed class PostfixServer : IAsyncDisposable
{
    private const string Program = "/usr/sbin/postfix";

    private readonly string _folder = Directory.CreateTempSubdirectory("maildns-postfix-").FullName;

    private PostfixServer(int port) => Port = port;

    public static bool IsInstalled => OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess && File.Exists(Program);

    public int Port { get; }

    /// <summary>Starts it.</summary>
    /// <param name="hosts">For each address the options of its smtpd, as master.cf has them, and the certificates with key that it sends; none for none.</param>
    public static async Task<PostfixServer> StartAsync(IReadOnlyList<(string Address, string Name, string[] Options, X509Certificate2[] Chain)> hosts)
    {
        ArgumentNullException.ThrowIfNull(hosts);
        var server = new PostfixServer(FreePort());
        try
        {
            server.Configure(hosts);
            await server.RunAsync("start");
            foreach (string address in hosts.Select(host => host.Address))
                await Eventually.HoldsAsync(() => Answers(address, server.Port), "Postfix at " + address);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await RunAsync("stop");
        }
        finally
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    private void Configure(IReadOnlyList<(string Address, string Name, string[] Options, X509Certificate2[] Chain)> hosts)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(_folder, (UnixFileMode)0b111_101_101);
        string queue = Directory.CreateDirectory(Path.Combine(_folder, "queue")).FullName;
        string data = Directory.CreateDirectory(Path.Combine(_folder, "data")).FullName;
        Process.Start("chown", ["postfix", data]).WaitForExit();
        File.WriteAllText(Path.Combine(_folder, "main.cf"), $"""
            compatibility_level = 3.6
            queue_directory = {queue}
            data_directory = {data}
            mydestination =
            inet_interfaces = loopback-only
            inet_protocols = ipv4
            alias_maps =
            default_transport = error:no delivery
            relay_transport = error:no delivery
            local_transport = error:no delivery
            smtpd_recipient_restrictions = reject
            smtpd_relay_restrictions = reject

            """);
        var master = new StringBuilder();
        foreach ((string address, string name, string[] options, X509Certificate2[] chain) in hosts)
        {
            master.Append(address).Append(':').Append(Port).Append(" inet n - n - - smtpd\n  -o myhostname=").Append(name).Append('\n');
            string file = Path.Combine(_folder, address + ".pem");
            if (chain.Length > 0)
            {
                File.WriteAllText(file, chain[0].GetRSAPrivateKey()!.ExportPkcs8PrivateKeyPem() + "\n" + string.Join("\n", chain.Select(one => one.ExportCertificatePem())) + "\n");
                master.Append("  -o smtpd_tls_security_level=may\n  -o smtpd_tls_chain_files=").Append(file).Append('\n');
            }

            foreach (string option in options)
                master.Append("  -o ").Append(option).Append('\n');
        }

        master.Append("tlsmgr unix - - n 1000? 1 tlsmgr\ncleanup unix n - n - 0 cleanup\nrewrite unix - - n - - trivial-rewrite\nanvil unix - - n - 1 anvil\nerror unix - - n - - error\nproxymap unix - - n - - proxymap\n");
        File.WriteAllText(Path.Combine(_folder, "master.cf"), master.ToString());
    }

    // "stop" asks the master whose id is in its own queue folder.
    private async Task RunAsync(string verb)
    {
        using Process process = Process.Start(new ProcessStartInfo(Program, ["-c", _folder, verb]) { RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false })!;
        await process.WaitForExitAsync();
    }

    private static bool Answers(string address, int port)
    {
        try
        {
            using var client = new TcpClient(address, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Any, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
