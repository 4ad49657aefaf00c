using System;
using System.Buffers.Binary;

namespace MailDns.TestSupport;

/// <summary>What a query message says: header, the one question, EDNS (RFC 1035 section 4, RFC 6891).</summary>
internal readonly ref struct ReceivedQuery
{
    public ushort Id { get; init; }

    public ushort Flags { get; init; }

    public ReadOnlySpan<byte> Name { get; init; }

    public ReadOnlySpan<byte> LowerName { get; init; }

    public int Type { get; init; }

    public int Class { get; init; }

    public bool HasEdns { get; init; }

    public int EdnsVersion { get; init; }

    /// <summary>DO (RFC 3225).</summary>
    public bool IsDnssecOk { get; init; }

    /// <summary>CD (RFC 4035 section 3.2.2).</summary>
    public bool IsCheckingDisabled => (Flags & 0x0010) is not 0;

    /// <summary>AD or DO: the answer may say AD (RFC 6840 section 5.8).</summary>
    public bool WantsAuthentication => IsDnssecOk || (Flags & 0x0020) is not 0;

    public int EdnsBufferSize { get; init; }

    /// <param name="message">The datagram or the TCP message without its length.</param>
    /// <param name="nameBuffer">255 octets for the lower-case name.</param>
    /// <param name="query">Valid as long as both spans are.</param>
    /// <param name="wellFormed">False when the query deserves FORMERR.</param>
    /// <returns>False when nothing can be answered: too short, or itself a response.</returns>
    public static bool TryParse(ReadOnlySpan<byte> message, Span<byte> nameBuffer, out ReceivedQuery query, out bool wellFormed)
    {
        query = default;
        wellFormed = false;
        if (message.Length < 12 || (message[2] & 0x80) is not 0)
            return false;
        query = new ReceivedQuery
        {
            Id = BinaryPrimitives.ReadUInt16BigEndian(message),
            Flags = BinaryPrimitives.ReadUInt16BigEndian(message[2..]),
        };
        if (BinaryPrimitives.ReadUInt16BigEndian(message[4..]) is not 1)
            return true;

        int at = 12;
        if (!TrySkipName(message, ref at, allowPointer: false) || at - 12 > WireName.MaxLength || at + 4 > message.Length)
            return true;
        ReadOnlySpan<byte> name = message[12..at];
        WireName.Lower(name, nameBuffer);
        query = query with
        {
            Name = name,
            LowerName = nameBuffer[..name.Length],
            Type = BinaryPrimitives.ReadUInt16BigEndian(message[at..]),
            Class = BinaryPrimitives.ReadUInt16BigEndian(message[(at + 2)..]),
        };
        at += 4;

        int others = BinaryPrimitives.ReadUInt16BigEndian(message[6..]) + BinaryPrimitives.ReadUInt16BigEndian(message[8..]) + BinaryPrimitives.ReadUInt16BigEndian(message[10..]);
        for (int i = 0; i < others; i++)
        {
            if (!TrySkipName(message, ref at, allowPointer: true) || at + 10 > message.Length)
                return true;
            if (BinaryPrimitives.ReadUInt16BigEndian(message[at..]) is (int)DnsType.OPT)
            {
                query = query with
                {
                    HasEdns = true,
                    EdnsBufferSize = BinaryPrimitives.ReadUInt16BigEndian(message[(at + 2)..]),
                    EdnsVersion = message[at + 5],
                    IsDnssecOk = (message[at + 6] & 0x80) is not 0,
                };
            }

            at += 10 + BinaryPrimitives.ReadUInt16BigEndian(message[(at + 8)..]);
        }

        wellFormed = at <= message.Length;
        return true;
    }

    private static bool TrySkipName(ReadOnlySpan<byte> message, ref int at, bool allowPointer)
    {
        while (at < message.Length)
        {
            byte length = message[at];
            if (length is 0)
            {
                at++;
                return true;
            }

            if (length >= 0x40)
            {
                at += 2;
                return allowPointer && length >= 0xC0;
            }

            at += length + 1;
        }

        return false;
    }
}
