using System;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks;

namespace MailDns.Bulk;

/// <summary>A list of domains whose server never answers, and one whose port is closed.</summary>
internal static class SilentRun
{
    /// <summary>silent [DOMAINS].</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        string count = args.Length > 0 ? args[0] : "200";
        using var socket = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        string server = socket.Client.LocalEndPoint!.ToString()!;
        Print("a server that never answers", await EngineProcess.RunAsync<Result>("silent.ps1", EngineProcess.Manifest, server, count));
        socket.Dispose();
        Print("a port that refuses", await EngineProcess.RunAsync<Result>("silent.ps1", EngineProcess.Manifest, server, count));
        return 0;
    }

    private static void Print(string what, Result result) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{what}: {result.Domains} domains in {result.Seconds:F1} s, CPU {result.Cpu:F1} s with the start of PowerShell, {result.Known} results that are not Unknown (0 are right)"));

    private sealed class Result
    {
        public double Seconds { get; init; }

        public double Cpu { get; init; }

        public int Domains { get; init; }

        public int Known { get; init; }
    }
}
