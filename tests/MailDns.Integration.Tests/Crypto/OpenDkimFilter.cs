using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace MailDns.Integration.Tests.Crypto;

/// <summary>opendkim as a mail server has it beside it: it is handed a message over the milter protocol and says which field to add.</summary>
internal sealed class OpenDkimFilter : IAsyncDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly int _port;

    private OpenDkimFilter(Process process, int port)
    {
        _process = process;
        _port = port;
    }

    public static OpenDkimFilter Start(DkimKey key, string canonicalization)
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        int port = ((IPEndPoint)probe.LocalEndpoint).Port;
        probe.Stop();

        // It refuses keys below folders that others may write to, such as the one for temporary files.
        string config = key.PrivateKeyPath + ".opendkim.conf";
        File.WriteAllText(config, "RequireSafeKeys no\n");
        var start = new ProcessStartInfo(ForeignTool.Find("opendkim")!) { RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false };
        foreach (string argument in new[] { "-f", "-x", config, "-b", "s", "-S", "rsa-sha256", "-c", canonicalization, "-d", key.Domain!, "-s", key.Selector, "-k", key.PrivateKeyPath, "-p", "inet:" + port + "@127.0.0.1" })
            start.ArgumentList.Add(argument);
        return new OpenDkimFilter(Process.Start(start)!, port);
    }

    /// <summary>The message with the field that the filter adds.</summary>
    public async Task<string> SignAsync(string message)
    {
        using var limit = new CancellationTokenSource(s_limit);
        using TcpClient client = await ConnectAsync(limit.Token);
        NetworkStream stream = client.GetStream();
        await AskAsync(stream, 'O', [0, 0, 0, 6, 0, 0, 1, 0xFF, 0, 0, 0, 0], limit.Token);
        await AskAsync(stream, 'C', [.. Text("localhost"), (byte)'4', 0, 25, .. Text("127.0.0.1")], limit.Token);
        await AskAsync(stream, 'H', Text("localhost"), limit.Token);
        await AskAsync(stream, 'M', Text("<ann@contoso.com>"), limit.Token);
        await AskAsync(stream, 'R', Text("<bob@example.net>"), limit.Token);
        int end = message.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        foreach (string field in message[..end].Replace("\r\n\t", "\u0001\t", StringComparison.Ordinal).Replace("\r\n ", "\u0001 ", StringComparison.Ordinal).Split("\r\n"))
        {
            int colon = field.IndexOf(':', StringComparison.Ordinal);
            string value = field[(colon + 1)..].Replace("\u0001", "\n", StringComparison.Ordinal);
            await AskAsync(stream, 'L', [.. Text(field[..colon]), .. Text(value.StartsWith(' ') ? value[1..] : value)], limit.Token);
        }

        await AskAsync(stream, 'N', [], limit.Token);
        if (message.Length > end + 4)
            await AskAsync(stream, 'B', Encoding.Latin1.GetBytes(message[(end + 4)..]), limit.Token);
        await WriteAsync(stream, 'E', [], limit.Token);
        string? added = null;
        while (true)
        {
            (char command, byte[] data) = await ReadAsync(stream, limit.Token);
            if (command is 'h' or 'i')
            {
                string[] parts = Encoding.Latin1.GetString(data, command == 'i' ? 4 : 0, data.Length - (command == 'i' ? 4 : 0)).Split('\0');
                added = parts[0] + ": " + parts[1].Replace("\r\n", "\n", StringComparison.Ordinal).Replace("\n", "\r\n", StringComparison.Ordinal) + "\r\n";
            }
            else if (command is 'a' or 'c' or 'r' or 't' or 'y')
            {
                return added is null ? throw new InvalidOperationException("opendkim said " + command + " of " + message) : added + message;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private async Task<TcpClient> ConnectAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var client = new TcpClient();
            try
            {
                await client.ConnectAsync(IPAddress.Loopback, _port, cancellationToken);
                return client;
            }
            catch (SocketException) when (!_process.HasExited)
            {
                client.Dispose();
                await Task.Delay(50, cancellationToken);
            }
        }
    }

    private static byte[] Text(string text) => [.. Encoding.Latin1.GetBytes(text), 0];

    private static async Task AskAsync(NetworkStream stream, char command, byte[] data, CancellationToken cancellationToken)
    {
        await WriteAsync(stream, command, data, cancellationToken);
        (char answer, _) = await ReadAsync(stream, cancellationToken);
        if (answer is not ('O' or 'c'))
            throw new InvalidOperationException("opendkim answers " + command + " with " + answer);
    }

    private static async Task WriteAsync(NetworkStream stream, char command, byte[] data, CancellationToken cancellationToken)
    {
        var packet = new byte[5 + data.Length];
        BinaryPrimitives.WriteInt32BigEndian(packet, data.Length + 1);
        packet[4] = (byte)command;
        data.CopyTo(packet, 5);
        await stream.WriteAsync(packet, cancellationToken);
    }

    private static async Task<(char Command, byte[] Data)> ReadAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        var length = new byte[4];
        await stream.ReadExactlyAsync(length, cancellationToken);
        var packet = new byte[BinaryPrimitives.ReadInt32BigEndian(length)];
        await stream.ReadExactlyAsync(packet, cancellationToken);
        return ((char)packet[0], packet[1..]);
    }
}
