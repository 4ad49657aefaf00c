using System.Buffers.Binary;
using System.Text;
using MailDns.Dns;

namespace MailDns.Resolver.Wire;

/// <summary>RDATA in a message, where the names of the oldest types may be compressed (RFC 3597 section 4).</summary>
internal static class WireRecord
{
    /// <summary>The data; null where it is none of the type.</summary>
    public static RecordData? Read(ReadOnlySpan<byte> message, int start, int length, DnsRecordType type)
    {
        // A pointer leads back, so nothing after the data is needed.
        var reader = new WireReader(message[..(start + length)], start);
        switch (type)
        {
            case DnsRecordType.Ns or DnsRecordType.Cname or DnsRecordType.Ptr or DnsRecordType.Dname:
                return ReadLastName(ref reader) is { } target ? new NameData(target) : null;
            case DnsRecordType.Mx:
                return reader.TryReadUInt16(out int preference) && ReadLastName(ref reader) is { } exchange ? new MxData((ushort)preference, exchange) : null;
            case DnsRecordType.Soa:
                return ReadSoa(ref reader);
            case DnsRecordType.Srv:
                return ReadService(ref reader);
            case DnsRecordType.Txt or DnsRecordType.Spf:
                return ReadStrings(message.Slice(start, length)) is { } strings ? new TxtData(strings) : null;
            default:
                return WireData.TryRead(type, message.Slice(start, length).ToArray(), out RecordData? data) ? data : null;
        }
    }

    private static DomainName? ReadLastName(ref WireReader reader) =>
        reader.TryReadName(out DomainName? name) && reader.Left == 0 ? name : null;

    private static SoaData? ReadSoa(ref WireReader reader) =>
        reader.TryReadName(out DomainName? primary) && reader.TryReadName(out DomainName? mailbox) && reader.TryRead(20, out ReadOnlySpan<byte> numbers) && reader.Left == 0
            ? new SoaData(primary!, mailbox!.Text + ".", BinaryPrimitives.ReadUInt32BigEndian(numbers), BinaryPrimitives.ReadUInt32BigEndian(numbers[16..]))
            : null;

    private static OpaqueData? ReadService(ref WireReader reader) =>
        reader.TryReadUInt16(out int priority) && reader.TryReadUInt16(out int weight) && reader.TryReadUInt16(out int port) && ReadLastName(ref reader) is { } target
            ? new OpaqueData(string.Create(CultureInfo.InvariantCulture, $"{priority} {weight} {port} {target.Text}."))
            : null;

    private static string[]? ReadStrings(ReadOnlySpan<byte> octets)
    {
        // RDATA without a single string breaks RFC 1035 section 3.3.14; it says as much as an empty one.
        if (octets.IsEmpty)
        {
            return [string.Empty];
        }

        if (octets[0] + 1 == octets.Length)
        {
            return [Encoding.Latin1.GetString(octets[1..])];
        }

        var strings = new List<string>(2);
        while (!octets.IsEmpty)
        {
            int length = octets[0];
            if (length >= octets.Length)
            {
                return null;
            }

            strings.Add(Encoding.Latin1.GetString(octets.Slice(1, length)));
            octets = octets[(length + 1)..];
        }

        return strings.ToArray();
    }
}
