namespace MailDns.Publishing;

/// <summary>Signs requests and checks the signatures of answers (RFC 8945 sections 4.3 and 5).</summary>
internal sealed class TsigSigner(TsigKey key)
{
    private const ushort TypeTsig = 250;
    private const ushort ClassAny = 255;
    private const ushort Fudge = 300;

    private readonly TsigKey _key = key;
    private byte[] _requestMac = Array.Empty<byte>();

    /// <summary>The message with its TSIG record.</summary>
    public byte[] Sign(byte[] message, DateTimeOffset now)
    {
        ulong time = (ulong)now.ToUnixTimeSeconds();
        _requestMac = _key.Sign(Digest(prior: null, message, time, Fudge, error: 0, Array.Empty<byte>()));
        var writer = new WireWriter(message.Length + 512);
        writer.Octets(message);
        WriteRecord(writer, time, (ushort)((message[0] << 8) | message[1]));
        byte[] signed = writer.ToArray();
        signed[11]++;
        return signed;
    }

    /// <summary>Null where the answer bears the server's right signature; else what is wrong.</summary>
    public string? FindFault(UpdateResponse response, DateTimeOffset now)
    {
        if (response.Tsig is not { } tsig) return "the answer is not signed";
        if (tsig.Error != 0) return "the server rejects the signature: " + Describe(tsig.Error);

        byte[] mac = _key.Sign(Digest(_requestMac, response.Unsigned(), tsig.Time, tsig.Fudge, tsig.Error, tsig.OtherData));
        if (!tsig.KeyName.Equals(_key.Name) || !tsig.Algorithm.Equals(_key.Algorithm) || !IsEqual(mac, tsig.Mac))
            return "the answer's signature is wrong";

        long distance = now.ToUnixTimeSeconds() - (long)tsig.Time;
        return Math.Abs(distance) > tsig.Fudge ? "the clocks of this machine and the server differ by " + Math.Abs(distance) + " s" : null;
    }

    /// <summary>A TSIG error in words (RFC 8945 section 3).</summary>
    public static string Describe(ushort error) => error switch
    {
        16 => "BADSIG, the secret is another one",
        17 => "BADKEY, it does not know a key of this name and algorithm",
        18 => "BADTIME, the clocks of this machine and the server differ by more than five minutes",
        22 => "BADTRUNC",
        _ => "TSIG error " + error,
    };

    // RFC 8945 section 4.3.
    private byte[] Digest(byte[]? prior, byte[] message, ulong time, ushort fudge, ushort error, byte[] other)
    {
        var writer = new WireWriter(message.Length + 512);
        if (prior is not null)
        {
            writer.UInt16((ushort)prior.Length);
            writer.Octets(prior);
        }

        writer.Octets(message);
        writer.Name(_key.Name);
        writer.UInt16(ClassAny);
        writer.UInt32(0);
        writer.Name(_key.Algorithm);
        WriteTime(writer, time, fudge);
        writer.UInt16(error);
        writer.UInt16((ushort)other.Length);
        writer.Octets(other);
        return writer.ToArray();
    }

    // RFC 8945 section 4.2.
    private void WriteRecord(WireWriter writer, ulong time, ushort id)
    {
        writer.Name(_key.Name);
        writer.UInt16(TypeTsig);
        writer.UInt16(ClassAny);
        writer.UInt32(0);
        writer.UInt16(0);
        int start = writer.Length;
        writer.Name(_key.Algorithm);
        WriteTime(writer, time, Fudge);
        writer.UInt16(_requestMac.Length);
        writer.Octets(_requestMac);
        writer.UInt16(id);
        writer.UInt16(0);
        writer.UInt16(0);
        writer.SetUInt16(start - 2, writer.Length - start);
    }

    private static void WriteTime(WireWriter writer, ulong time, ushort fudge)
    {
        writer.UInt16((ushort)(time >> 32));
        writer.UInt32((uint)time);
        writer.UInt16(fudge);
    }

    // In constant time.
    private static bool IsEqual(byte[] one, byte[] other)
    {
        int difference = one.Length ^ other.Length;
        for (int i = 0; i < one.Length && i < other.Length; i++)
            difference |= one[i] ^ other[i];

        return difference == 0;
    }
}
