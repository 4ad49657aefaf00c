namespace MailDns.Dns;

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
