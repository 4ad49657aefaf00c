using System.IO;

namespace MailDns.Publishing;

/// <summary>
/// One dynamic update (RFC 2136): all changes of a zone, which the server makes together or not at all, and as prerequisites
/// that every set is what the plan was made from.
/// </summary>
internal static class UpdateMessage
{
    /// <summary>Longest message over TCP.</summary>
    public const int MaxLength = 65535;

    private const ushort OpcodeUpdate = 5 << 11;
    private const ushort ClassIn = 1;
    private const ushort ClassNone = 254;
    private const ushort ClassAny = 255;
    private const ushort TypeAny = 255;

    /// <summary>The message without TSIG.</summary>
    /// <exception cref="InvalidOperationException">It is longer than a message can be.</exception>
    public static byte[] Write(ushort id, DomainName zone, IReadOnlyList<RecordSetChange> sets)
    {
        using var prerequisites = new MemoryStream();
        using var updates = new MemoryStream();
        int prerequisiteCount = sets.Sum(set => WritePrerequisites(prerequisites, set));
        int updateCount = sets.Sum(set => WriteUpdates(updates, set));
        using var message = new MemoryStream();
        WireWriter.WriteUInt16(message, id);
        WireWriter.WriteUInt16(message, OpcodeUpdate);
        WireWriter.WriteUInt16(message, 1);
        WireWriter.WriteUInt16(message, (ushort)prerequisiteCount);
        WireWriter.WriteUInt16(message, (ushort)updateCount);
        WireWriter.WriteUInt16(message, 0);
        WireWriter.WriteName(message, zone);
        WireWriter.WriteUInt16(message, (ushort)DnsRecordType.Soa);
        WireWriter.WriteUInt16(message, ClassIn);
        prerequisites.WriteTo(message);
        updates.WriteTo(message);
        return message.Length <= MaxLength - 1024
            ? message.ToArray()
            : throw new InvalidOperationException("The changes of " + zone + " do not fit one dynamic update (65535 octets). Publish them in several parts.");
    }

    // RFC 2136 section 2.4.
    private static int WritePrerequisites(MemoryStream stream, RecordSetChange set)
    {
        DomainName owner = set.Key.Owner;
        if (set.Actual.Count > 0)
        {
            // 2.4.2: the set exists with exactly these records.
            foreach (ResourceRecord record in set.Actual)
            {
                WriteRecord(stream, owner, (ushort)record.DnsType, ClassIn, ttl: 0, WireWriter.ToRdata(record.ToDnsRecord().Data));
            }

            return set.Actual.Count;
        }

        if (set.Key.Type == DnsRecordType.Cname)
        {
            // 2.4.5: the name is not in use. Servers drop an alias beside other data without a word (section 3.4.2.2).
            WriteRecord(stream, owner, TypeAny, ClassNone, ttl: 0, Array.Empty<byte>());
            return 1;
        }

        // 2.4.3: the set does not exist, and neither does an alias, beside which the server would drop the addition without a word.
        WriteRecord(stream, owner, (ushort)set.Key.Type, ClassNone, ttl: 0, Array.Empty<byte>());
        WriteRecord(stream, owner, (ushort)DnsRecordType.Cname, ClassNone, ttl: 0, Array.Empty<byte>());
        return 2;
    }

    // RFC 2136 sections 2.5.1 and 2.5.4.
    private static int WriteUpdates(MemoryStream stream, RecordSetChange set)
    {
        foreach (ResourceRecord record in set.Removed)
        {
            WriteRecord(stream, set.Key.Owner, (ushort)record.DnsType, ClassNone, ttl: 0, WireWriter.ToRdata(record.ToDnsRecord().Data));
        }

        foreach (ResourceRecord record in set.Added)
        {
            WriteRecord(stream, set.Key.Owner, (ushort)record.DnsType, ClassIn, record.Ttl, WireWriter.ToRdata(record.ToDnsRecord().Data));
        }

        return set.Removed.Count + set.Added.Count;
    }

    private static void WriteRecord(MemoryStream stream, DomainName owner, ushort type, ushort recordClass, uint ttl, byte[] rdata)
    {
        WireWriter.WriteName(stream, owner);
        WireWriter.WriteUInt16(stream, type);
        WireWriter.WriteUInt16(stream, recordClass);
        WireWriter.WriteUInt32(stream, ttl);
        WireWriter.WriteUInt16(stream, (ushort)rdata.Length);
        stream.Write(rdata, 0, rdata.Length);
    }
}
