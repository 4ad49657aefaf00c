using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using MailDns.Smtp;

namespace MailDns.Core.Tests.Smtp;

/// <summary>Mail hosts in memory: what an address says to each command, and what it shows in TLS.</summary>
internal sealed class ScriptedMailHosts : ISmtpTransport
{
    private readonly Dictionary<string, ScriptedMailHost> _hosts = new(StringComparer.Ordinal);

    /// <summary>Every line that was sent to any of them.</summary>
    public ConcurrentQueue<string> Lines { get; } = new();

    public ScriptedMailHosts Add(string address, ScriptedMailHost host)
    {
        _hosts[address] = host;
        return this;
    }

    public Task<ISmtpConnection> ConnectAsync(IPEndPoint endPoint, CancellationToken cancellationToken) =>
        _hosts.TryGetValue(endPoint.Address.ToString(), out ScriptedMailHost? host) && host.Failure is null
            ? Task.FromResult<ISmtpConnection>(new Connection(host, Lines))
            : throw host?.Failure ?? new SmtpException(SmtpFailureKind.ConnectTimeout, "no connection within 10 seconds");

    private sealed class Connection(ScriptedMailHost host, ConcurrentQueue<string> lines) : ISmtpConnection
    {
        private readonly Queue<byte> _answers = new(Encoding.Latin1.GetBytes(host.Greeting));

        public IPAddress LocalAddress { get; } = IPAddress.Parse("2001:db8::99");

        public void Dispose()
        {
        }

        public Task<int> ReadAsync(byte[] buffer, CancellationToken cancellationToken)
        {
            int count = 0;
            while (count < Math.Min(buffer.Length, host.Piece) && _answers.TryDequeue(out byte octet))
                buffer[count++] = octet;

            return Task.FromResult(count);
        }

        public Task WriteAsync(byte[] octets, CancellationToken cancellationToken)
        {
            if (octets[0] == 22)
            {
                Say(Encoding.Latin1.GetString(host.OldAnswer));
                return Task.CompletedTask;
            }

            string line = Encoding.ASCII.GetString(octets).TrimEnd('\r', '\n');
            lines.Enqueue(line);
            Say(line.StartsWith("EHLO ", StringComparison.Ordinal) ? host.Ehlo : line == "STARTTLS" ? host.StartTls : line == "QUIT" ? "221 bye\r\n" : throw new InvalidOperationException(line));
            return Task.CompletedTask;
        }

        public Task<SmtpHandshake> StartTlsAsync(string hostName, CancellationToken cancellationToken) => host.Sent.Count == 0
            ? throw new SmtpException(SmtpFailureKind.Tls, "the handshake failed")
            : Task.FromResult(new SmtpHandshake(host.Protocol, "TLS_AES_256_GCM_SHA384", host.Sent) { Path = host.Path, TrustProblem = host.TrustProblem });

        private void Say(string text) => Encoding.Latin1.GetBytes(text).ToList().ForEach(_answers.Enqueue);
    }
}

/// <summary>One of them; as it is made it does everything right, but for a certificate.</summary>
internal sealed class ScriptedMailHost
{
    public SmtpException? Failure { get; init; }

    public string Greeting { get; init; } = "220 mx1.contoso.com ESMTP\r\n";

    public string Ehlo { get; init; } = "250-mx1.contoso.com\r\n250-SIZE 1000\r\n250 STARTTLS\r\n";

    public string StartTls { get; init; } = "220 go ahead\r\n";

    public string Protocol { get; init; } = "TLS 1.3";

    public IReadOnlyList<byte[]> Sent { get; init; } = [];

    public IReadOnlyList<byte[]> Path { get; init; } = [];

    public string? TrustProblem { get; init; }

    public byte[] OldAnswer { get; init; } = [];

    /// <summary>Most octets that come at once.</summary>
    public int Piece { get; init; } = int.MaxValue;

    public static IReadOnlyList<byte[]> Raw(params X509Certificate2[] certificates) => certificates.Select(certificate => certificate.RawData).ToArray();
}
