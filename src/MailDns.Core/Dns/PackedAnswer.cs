using System.Net;

namespace MailDns.Dns;

/// <summary>
/// A response as octets and back: a fifth of what its objects take, and nothing that the garbage collector has to follow. Every
/// property comes back as it was; the question is the one that is asked then, which is the same but for its object.
/// </summary>
internal static class PackedAnswer
{
    /// <summary>The owner is the asked name.</summary>
    private const byte AskedName = 0;

    /// <summary>The owner is what the record before leads to.</summary>
    private const byte LastTarget = 1;

    private const byte OtherName = 2;

    [Flags]
    private enum Marks
    {
        None = 0,
        Authenticated = 1,
        Authoritative = 2,
        Referral = 4,
        Detail = 8,
        Resolver = 16,
        NegativeTtl = 32,
    }

    private enum Shape : byte
    {
        Address,
        Name,
        Mx,
        Txt,
        Soa,
        Tlsa,
        Caa,
        Opaque,
    }

    public static void Write(DnsResponse response, OctetWriter writer)
    {
        writer.Byte((byte)response.Status);
        Marks marks = MarksOf(response);
        writer.Byte((byte)marks);
        if (response.Resolver is { } resolver)
        {
            writer.Text(resolver);
        }

        if (response.Detail is { } detail)
        {
            writer.Text(detail);
        }

        if (response.NegativeTtl is { } seconds)
        {
            writer.Number(seconds);
        }

        if (response.IsReferral)
        {
            writer.Number((uint)response.Delegation.Count);
            foreach (DomainName name in response.Delegation)
            {
                writer.Text(name.Text);
            }
        }

        WriteRecords(response, writer);
    }

    /// <param name="question">The question that it answers.</param>
    /// <param name="reader">Where it begins.</param>
    /// <param name="lastResolver">The resolver of the answer read before, which is mostly that of this one too.</param>
    public static DnsResponse Read(DnsQuestion question, OctetReader reader, ref string? lastResolver)
    {
        var status = (DnsResponseStatus)reader.Byte();
        var marks = (Marks)reader.Byte();
        string? resolver = (marks & Marks.Resolver) == Marks.None ? null : lastResolver is { } last && reader.TrySkip(last) ? last : reader.Text();
        lastResolver = resolver ?? lastResolver;
        string? detail = (marks & Marks.Detail) != Marks.None ? reader.Text() : null;
        uint? negativeTtl = (marks & Marks.NegativeTtl) != Marks.None ? reader.Number() : null;
        DomainName[] delegation = (marks & Marks.Referral) != Marks.None ? ReadNames(ref reader) : Array.Empty<DomainName>();
        var origin = new AnswerOrigin
        {
            Resolver = resolver,
            IsAuthenticated = (marks & Marks.Authenticated) != Marks.None,
            IsAuthoritative = (marks & Marks.Authoritative) != Marks.None,
            IsReferral = (marks & Marks.Referral) != Marks.None,
            Delegation = delegation,
        };
        return DnsResponse.Restore(question, status, ReadRecords(question.Name, ref reader), detail, origin, negativeTtl);
    }

    private static Marks MarksOf(DnsResponse response) =>
        (response.IsAuthenticated ? Marks.Authenticated : Marks.None)
        | (response.IsAuthoritative ? Marks.Authoritative : Marks.None)
        | (response.IsReferral ? Marks.Referral : Marks.None)
        | (response.Detail is null ? Marks.None : Marks.Detail)
        | (response.Resolver is null ? Marks.None : Marks.Resolver)
        | (response.NegativeTtl is null ? Marks.None : Marks.NegativeTtl);

    private static void WriteRecords(DnsResponse response, OctetWriter writer)
    {
        writer.Number((uint)response.Records.Count);
        DomainName? target = null;
        for (int i = 0; i < response.Records.Count; i++)
        {
            DnsRecord record = response.Records[i];
            if (record.Owner.Equals(response.Question.Name))
            {
                writer.Byte(AskedName);
            }
            else if (target is not null && record.Owner.Equals(target))
            {
                writer.Byte(LastTarget);
            }
            else
            {
                writer.Byte(OtherName);
                writer.Text(record.Owner.Text);
            }

            writer.Number((uint)record.Type);
            writer.Number(record.Ttl);
            WriteData(record.Data, writer);
            target = (record.Data as NameData)?.Target ?? target;
        }
    }

    private static DnsRecord[] ReadRecords(DomainName asked, ref OctetReader reader)
    {
        uint count = reader.Number();
        if (count == 0)
        {
            return Array.Empty<DnsRecord>();
        }

        var records = new DnsRecord[count];
        DomainName? target = null;
        for (int i = 0; i < records.Length; i++)
        {
            DomainName owner = reader.Byte() switch
            {
                AskedName => asked,
                LastTarget => target!,
                _ => ReadName(ref reader),
            };
            var type = (DnsRecordType)reader.Number();
            uint ttl = reader.Number();
            RecordData data = ReadData(ref reader);
            records[i] = new DnsRecord(owner, type, ttl, data);
            target = (data as NameData)?.Target ?? target;
        }

        return records;
    }

    private static void WriteData(RecordData data, OctetWriter writer)
    {
        switch (data)
        {
            case AddressData address:
                byte[] octets = address.Address.GetAddressBytes();
                writer.Byte((byte)Shape.Address);
                writer.Bytes(octets);
                break;
            case NameData name:
                writer.Byte((byte)Shape.Name);
                writer.Text(name.Target.Text);
                break;
            case MxData mx:
                writer.Byte((byte)Shape.Mx);
                writer.Number(mx.Preference);
                writer.Text(mx.Exchange.Text);
                break;
            case TxtData txt:
                writer.Byte((byte)Shape.Txt);
                writer.Number((uint)txt.Strings.Count);
                for (int i = 0; i < txt.Strings.Count; i++)
                {
                    writer.Text(txt.Strings[i]);
                }

                break;
            case SoaData soa:
                writer.Byte((byte)Shape.Soa);
                writer.Text(soa.Primary.Text);
                writer.Text(soa.Responsible);
                writer.Number(soa.Serial);
                writer.Number(soa.Minimum);
                break;
            case TlsaData tlsa:
                writer.Byte((byte)Shape.Tlsa);
                writer.Byte(tlsa.Usage);
                writer.Byte(tlsa.Selector);
                writer.Byte(tlsa.MatchingType);
                writer.Text(tlsa.AssociationData);
                break;
            case CaaData caa:
                writer.Byte((byte)Shape.Caa);
                writer.Byte(caa.Flags);
                writer.Text(caa.Tag);
                writer.Text(caa.Value);
                break;
            case OpaqueData opaque:
                writer.Byte((byte)Shape.Opaque);
                writer.Text(opaque.Presentation);
                break;
            default:
                throw new ArgumentException("Data of the shape " + data.GetType().Name + " is not known here.", nameof(data));
        }
    }

    private static RecordData ReadData(ref OctetReader reader)
    {
        switch ((Shape)reader.Byte())
        {
            case Shape.Address:
                return new AddressData(new IPAddress(reader.Bytes()));
            case Shape.Name:
                return new NameData(ReadName(ref reader));
            case Shape.Mx:
                return new MxData((ushort)reader.Number(), ReadName(ref reader));
            case Shape.Txt:
                return new TxtData(ReadTexts(ref reader));
            case Shape.Soa:
                return new SoaData(ReadName(ref reader), reader.Text(), reader.Number(), reader.Number());
            case Shape.Tlsa:
                return new TlsaData(reader.Byte(), reader.Byte(), reader.Byte(), reader.Text());
            case Shape.Caa:
                return new CaaData(reader.Byte(), reader.Text(), reader.Text());
            default:
                return new OpaqueData(reader.Text());
        }
    }

    private static string[] ReadTexts(ref OctetReader reader)
    {
        var texts = new string[reader.Number()];
        for (int i = 0; i < texts.Length; i++)
        {
            texts[i] = reader.Text();
        }

        return texts;
    }

    private static DomainName[] ReadNames(ref OctetReader reader)
    {
        var names = new DomainName[reader.Number()];
        for (int i = 0; i < names.Length; i++)
        {
            names[i] = ReadName(ref reader);
        }

        return names;
    }

    private static DomainName ReadName(ref OctetReader reader) => DomainName.FromDns(reader.Text());
}
