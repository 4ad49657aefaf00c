using System.Text;

namespace MailDns.Smtp;

/// <summary>
/// Asks a server that refuses TLS 1.2 and 1.3 whether it knows TLS 1.1 or older. The client hello is written here because
/// systems do not let programs speak these versions any more; up to the server's answer nothing of them is secret.
/// </summary>
internal static class OldTlsProbe
{
    private const byte Handshake = 22;
    private const byte ClientHello = 1;
    private const byte ServerHello = 2;
    private const ushort Tls10 = 0x0301;
    private const ushort Tls11 = 0x0302;

    /// <summary>Longest record that is read; a server hello has about a hundred octets.</summary>
    private const int MaxRecord = 16 * 1024;

    // ECDHE and DHE, then RSA, with AES, 3DES and RC4, as servers of that time know them (RFC 4346, RFC 8422).
    private static readonly ushort[] s_suites = { 0xC00A, 0xC009, 0xC014, 0xC013, 0x0039, 0x0033, 0x0035, 0x002F, 0xC012, 0x0016, 0x000A, 0xC011, 0x0005, 0x0004, 0x00FF };

    /// <summary>The version that the server chooses, e.g. "TLS 1.0"; null where it chooses none.</summary>
    public static async Task<string?> RunAsync(ISmtpConnection connection, DomainName host, CancellationToken cancellationToken)
    {
        await connection.WriteAsync(WriteHello(host), cancellationToken).ConfigureAwait(false);
        var octets = new List<byte>();
        var buffer = new byte[1024];
        while (octets.Count < MaxRecord)
        {
            int count = await connection.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
            octets.AddRange(buffer.Take(count));
            if (count == 0 || octets.Count >= 11) break;
        }

        return ReadVersion(octets);
    }

    /// <summary>A record with a client hello (RFC 4346 sections 6.2.1 and 7.4.1.2).</summary>
    public static byte[] WriteHello(DomainName host)
    {
        byte[] name = Encoding.ASCII.GetBytes(host.Text);
        var body = new WireWriter();
        body.UInt16(Tls11);
        body.Octets(new byte[32]);
        body.UInt8(0);
        body.UInt16((ushort)(2 * s_suites.Length));
        foreach (ushort suite in s_suites)
            body.UInt16(suite);

        // No compression; then server_name, supported_groups with the curves of NIST, ec_point_formats.
        body.UInt8(1);
        body.UInt8(0);
        body.UInt16((ushort)(9 + name.Length + 12 + 6));
        body.UInt16(0x0000);
        body.UInt16((ushort)(5 + name.Length));
        body.UInt16((ushort)(3 + name.Length));
        body.UInt8(0);
        body.UInt16((ushort)name.Length);
        body.Octets(name);
        body.Octets(new byte[] { 0x00, 0x0A, 0x00, 0x08, 0x00, 0x06, 0x00, 0x17, 0x00, 0x18, 0x00, 0x19 });
        body.Octets(new byte[] { 0x00, 0x0B, 0x00, 0x02, 0x01, 0x00 });
        byte[] hello = body.ToArray();

        var record = new WireWriter();
        record.UInt8(Handshake);
        record.UInt16(Tls10);
        record.UInt16((ushort)(4 + hello.Length));
        record.UInt8(ClientHello);
        record.UInt8(0);
        record.UInt16((ushort)hello.Length);
        record.Octets(hello);
        return record.ToArray();
    }

    /// <summary>The version of a server hello; null for an alert and anything else.</summary>
    public static string? ReadVersion(IReadOnlyList<byte> octets) =>
        octets.Count >= 11 && octets[0] == Handshake && octets[5] == ServerHello
            ? ((octets[9] << 8) | octets[10]) switch
            {
                0x0300 => "SSL 3.0",
                Tls10 => "TLS 1.0",
                Tls11 => "TLS 1.1",
                _ => null,
            }
            : null;
}
