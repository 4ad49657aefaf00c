using System.IO;

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
        using var stream = new MemoryStream();
        stream.Write(message, 0, message.Length);
        WriteRecord(stream, time, (ushort)((message[0] << 8) | message[1]));
        byte[] signed = stream.ToArray();
        signed[11]++;
        return signed;
    }

    /// <summary>Null where the answer bears the server's right signature; else what is wrong.</summary>
    public string? FindFault(UpdateResponse response, DateTimeOffset now)
    {
        if (response.Tsig is not { } tsig)
        {
            return "the answer is not signed";
        }

        if (tsig.Error != 0)
        {
            return "the server rejects the signature: " + Describe(tsig.Error);
        }

        byte[] mac = _key.Sign(Digest(_requestMac, response.Unsigned(), tsig.Time, tsig.Fudge, tsig.Error, tsig.OtherData));
        if (!tsig.KeyName.Equals(_key.Name) || !tsig.Algorithm.Equals(_key.Algorithm) || !IsEqual(mac, tsig.Mac))
        {
            return "the answer's signature is wrong";
        }

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
        using var stream = new MemoryStream();
        if (prior is not null)
        {
            WireWriter.WriteUInt16(stream, (ushort)prior.Length);
            stream.Write(prior, 0, prior.Length);
        }

        stream.Write(message, 0, message.Length);
        WireWriter.WriteName(stream, _key.Name);
        WireWriter.WriteUInt16(stream, ClassAny);
        WireWriter.WriteUInt32(stream, 0);
        WireWriter.WriteName(stream, _key.Algorithm);
        WriteTime(stream, time, fudge);
        WireWriter.WriteUInt16(stream, error);
        WireWriter.WriteUInt16(stream, (ushort)other.Length);
        stream.Write(other, 0, other.Length);
        return stream.ToArray();
    }

    // RFC 8945 section 4.2.
    private void WriteRecord(Stream stream, ulong time, ushort id)
    {
        using var rdata = new MemoryStream();
        WireWriter.WriteName(rdata, _key.Algorithm);
        WriteTime(rdata, time, Fudge);
        WireWriter.WriteUInt16(rdata, (ushort)_requestMac.Length);
        rdata.Write(_requestMac, 0, _requestMac.Length);
        WireWriter.WriteUInt16(rdata, id);
        WireWriter.WriteUInt16(rdata, 0);
        WireWriter.WriteUInt16(rdata, 0);
        WireWriter.WriteName(stream, _key.Name);
        WireWriter.WriteUInt16(stream, TypeTsig);
        WireWriter.WriteUInt16(stream, ClassAny);
        WireWriter.WriteUInt32(stream, 0);
        WireWriter.WriteUInt16(stream, (ushort)rdata.Length);
        rdata.WriteTo(stream);
    }

    private static void WriteTime(Stream stream, ulong time, ushort fudge)
    {
        WireWriter.WriteUInt16(stream, (ushort)(time >> 32));
        WireWriter.WriteUInt32(stream, (uint)time);
        WireWriter.WriteUInt16(stream, fudge);
    }

    // In constant time.
    private static bool IsEqual(byte[] one, byte[] other)
    {
        int difference = one.Length ^ other.Length;
        for (int i = 0; i < one.Length && i < other.Length; i++)
        {
            difference |= one[i] ^ other[i];
        }

        return difference == 0;
    }
}
