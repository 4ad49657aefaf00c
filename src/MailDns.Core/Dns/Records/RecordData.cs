using System.Net;
using System.Net.Sockets;

namespace MailDns.Dns;

/// <summary>
/// The RDATA of a record: what an answer or a zone file says, without the zone and the purpose that a <see cref="ResourceRecord"/> has.
/// One subclass a shape, in the file of its type; several types of one shape share it.
/// </summary>
internal abstract class RecordData
{
    /// <summary>False for data that were read from a text that is not understood.</summary>
    public virtual bool HasWireForm => true;

    /// <summary>Writes the wire form, names not compressed (RFC 3597 section 4).</summary>
    /// <exception cref="ArgumentException">It has none: it is longer than its type allows, or was read from a text that is not understood.</exception>
    public abstract void Write(WireWriter writer);

    /// <summary>The presentation form as a zone file has it, names absolute with their dot (RFC 1035 section 5.1). Equal data have equal forms.</summary>
    /// <param name="octal">Amazon Route 53 takes the three digits of \DDD as octal.</param>
    public abstract string ToPresentation(bool octal = false);
}

/// <summary>The shape of A (RFC 1035 section 3.4.1) and AAAA (RFC 3596 section 2.2): one address.</summary>
internal sealed class AddressData(IPAddress address) : RecordData
{
    public IPAddress Address { get; } = address;

    public static RecordData? ReadV4(ref WireReader reader) => reader.TryReadOctets(4, out byte[] octets) ? new AddressData(new IPAddress(octets)) : null;

    public static RecordData? ReadV6(ref WireReader reader) => reader.TryReadOctets(16, out byte[] octets) ? new AddressData(new IPAddress(octets)) : null;

    public static RecordData ParseV4(ZoneWords words) => new AddressData(words.Expect(1).Address(AddressFamily.InterNetwork));

    public static RecordData ParseV6(ZoneWords words) => new AddressData(words.Expect(1).Address(AddressFamily.InterNetworkV6));

    public override void Write(WireWriter writer) => writer.Octets(Address.GetAddressBytes());

    public override string ToPresentation(bool octal = false) => Address.ToString();

    public override string ToString() => Address.ToString();
}

/// <summary>The shape of CNAME, NS, PTR (RFC 1035 sections 3.3.1, 3.3.11, 3.3.12) and DNAME (RFC 6672): one name.</summary>
internal sealed class NameData(DomainName target) : RecordData
{
    public DomainName Target { get; } = target;

    public static RecordData? Read(ref WireReader reader) => reader.TryReadName(out DomainName? target) ? new NameData(target!) : null;

    public static RecordData Parse(ZoneWords words) => new NameData(words.Expect(1).Name());

    public override void Write(WireWriter writer) => writer.Name(Target);

    public override string ToPresentation(bool octal = false) => Target.ToPresentation();

    public override string ToString() => Target.ToString();
}

/// <summary>RDATA of a type that MailDns does not read: its octets (RFC 3597), or the words of a zone file as written.</summary>
internal sealed class UnknownData : RecordData
{
    private readonly byte[]? _octets;

    public UnknownData(byte[] octets)
    {
        _octets = octets;
        Presentation = "\\# " + octets.Length + (octets.Length > 0 ? " " + Hex.Format(octets) : string.Empty);
    }

    public UnknownData(string presentation) => Presentation = presentation;

    public string Presentation { get; }
    public override bool HasWireForm => _octets is not null;

    /// <summary>The octets of data of any type.</summary>
    public static UnknownData Of(RecordData data)
    {
        var writer = new WireWriter();
        data.Write(writer);
        return new UnknownData(writer.ToArray());
    }

    public override void Write(WireWriter writer) =>
        writer.Octets(_octets ?? throw new ArgumentException("The data were read from a text, which is not understood: " + PrintableText.Quote(Presentation) + "."));

    public override string ToPresentation(bool octal = false) => Presentation;

    public override string ToString() => PrintableText.Escape(Presentation);
}
