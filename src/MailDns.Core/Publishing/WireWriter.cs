using System.IO;

namespace MailDns.Publishing;

/// <summary>Numbers, names and RDATA in wire form (RFC 1035 section 3), names not compressed.</summary>
internal static class WireWriter
{
    public static void WriteUInt16(Stream stream, ushort value)
    {
        stream.WriteByte((byte)(value >> 8));
        stream.WriteByte((byte)value);
    }

    public static void WriteUInt32(Stream stream, uint value)
    {
        WriteUInt16(stream, (ushort)(value >> 16));
        WriteUInt16(stream, (ushort)value);
    }

    /// <summary>The name; a character is an octet, and a name of this module is in lower case, as TSIG wants it (RFC 8945 section 4.3.3).</summary>
    public static void WriteName(Stream stream, DomainName name)
    {
        foreach (string label in name.Labels)
        {
            byte[] octets = CharacterStrings.GetOctets(label);
            stream.WriteByte((byte)octets.Length);
            stream.Write(octets, 0, octets.Length);
        }

        stream.WriteByte(0);
    }

    /// <summary>RDATA of the types that this module publishes.</summary>
    /// <exception cref="InvalidOperationException">It is another type, or too long.</exception>
    public static byte[] ToRdata(RecordData data)
    {
        using var stream = new MemoryStream();
        switch (data)
        {
            case TxtData txt:
                WriteStrings(stream, txt);
                break;
            case NameData name:
                WriteName(stream, name.Target);
                break;
            case MxData mx:
                WriteUInt16(stream, mx.Preference);
                WriteName(stream, mx.Exchange);
                break;
            case AddressData address:
                WriteAll(stream, address.Address.GetAddressBytes());
                break;
            case TlsaData tlsa:
                WriteTlsa(stream, tlsa);
                break;
            case CaaData caa:
                stream.WriteByte(caa.Flags);
                stream.WriteByte((byte)caa.Tag.Length);
                WriteAll(stream, CharacterStrings.GetOctets(caa.Tag));
                WriteAll(stream, CharacterStrings.GetOctets(caa.Value));
                break;
            default:
                throw new InvalidOperationException("A record of this type cannot be written.");
        }

        return stream.Length <= ushort.MaxValue ? stream.ToArray() : throw new InvalidOperationException("The record is longer than 65535 octets.");
    }

    private static void WriteStrings(Stream stream, TxtData txt)
    {
        foreach (string text in txt.Strings)
        {
            byte[] octets = CharacterStrings.GetOctets(text);
            if (octets.Length > CharacterStrings.MaxOctets)
            {
                throw new InvalidOperationException("A string of a TXT record has more than 255 octets (RFC 1035 section 3.3).");
            }

            stream.WriteByte((byte)octets.Length);
            WriteAll(stream, octets);
        }
    }

    private static void WriteTlsa(Stream stream, TlsaData tlsa)
    {
        if (!Hex.TryParse(tlsa.AssociationData, out byte[]? association))
        {
            throw new InvalidOperationException("Certificate association data is hexadecimal (RFC 6698 section 2.2).");
        }

        stream.WriteByte(tlsa.Usage);
        stream.WriteByte(tlsa.Selector);
        stream.WriteByte(tlsa.MatchingType);
        WriteAll(stream, association!);
    }

    private static void WriteAll(Stream stream, byte[] octets) => stream.Write(octets, 0, octets.Length);
}
