using System.Buffers.Binary;
using MailDns.Dns;

namespace MailDns.Resolver.Wire;

/// <summary>Writes a query message: the header, one question, an OPT record (RFC 1035 section 4.1, RFC 6891 section 6.1).</summary>
internal static class WireQuery
{
    /// <summary>What passes everywhere without fragments (RFC 9715 section 3.2).</summary>
    public const int UdpPayload = 1232;

    /// <summary>Most octets that a query has: header, a name of 255 octets, type and class, an empty OPT record.</summary>
    public const int MaxLength = HeaderLength + MaxNameLength + 4 + OptLength;

    internal const int HeaderLength = 12;

    internal const int MaxNameLength = 255;

    private const int OptLength = 11;
    private const int OptType = 41;

    /// <summary>RD: a resolver is to do the work (RFC 1035 section 4.1.1).</summary>
    private const ushort RecursionDesired = 0x0100;

    /// <summary>AD, so that it says whether it has validated (RFC 6840 section 5.7).</summary>
    private const ushort Flags = 0x0020;

    /// <summary>The name's octets on the wire, uncompressed; false where a label does not fit.</summary>
    public static bool TryWriteName(DomainName name, Span<byte> buffer, out int length)
    {
        length = 0;
        string text = name.Text;
        if (text.Length + 2 > Math.Min(buffer.Length, MaxNameLength))
        {
            return false;
        }

        int start = 0;
        while (start < text.Length)
        {
            int dot = text.IndexOf('.', start);
            int end = dot < 0 ? text.Length : dot;
            if (end == start || end - start > DomainName.MaxLabelLength)
            {
                return false;
            }

            buffer[length++] = (byte)(end - start);
            for (int i = start; i < end; i++)
            {
                if (text[i] > 0xFF)
                {
                    return false;
                }

                buffer[length++] = (byte)text[i];
            }

            start = end + 1;
        }

        buffer[length++] = 0;
        return true;
    }

    /// <summary>The whole message.</summary>
    /// <param name="id">The message ID, at random.</param>
    /// <param name="name">The name's octets.</param>
    /// <param name="type">The type asked for.</param>
    /// <param name="mode">With an OPT record or not; with recursion desired or not.</param>
    /// <param name="buffer">At least <see cref="MaxLength"/> octets.</param>
    /// <returns>How many octets were written.</returns>
    public static int Write(ushort id, ReadOnlySpan<byte> name, DnsRecordType type, ExchangeMode mode, Span<byte> buffer)
    {
        bool hasEdns = (mode & ExchangeMode.NoEdns) == ExchangeMode.None;
        int flags = Flags | ((mode & ExchangeMode.NoRecursion) == ExchangeMode.None ? RecursionDesired : 0);
        buffer[..HeaderLength].Clear();
        BinaryPrimitives.WriteUInt16BigEndian(buffer, id);
        BinaryPrimitives.WriteUInt16BigEndian(buffer[2..], (ushort)flags);
        buffer[5] = 1;
        buffer[11] = (byte)(hasEdns ? 1 : 0);
        name.CopyTo(buffer[HeaderLength..]);
        int length = HeaderLength + name.Length;
        BinaryPrimitives.WriteUInt16BigEndian(buffer[length..], (ushort)type);
        BinaryPrimitives.WriteUInt16BigEndian(buffer[(length + 2)..], 1);
        length += 4;
        if (hasEdns)
        {
            Span<byte> opt = buffer.Slice(length, OptLength);
            opt.Clear();
            BinaryPrimitives.WriteUInt16BigEndian(opt[1..], OptType);
            BinaryPrimitives.WriteUInt16BigEndian(opt[3..], UdpPayload);
            length += OptLength;
        }

        return length;
    }
}
