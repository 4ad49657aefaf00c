namespace MailDns.Dns;

/// <summary>RDATA of a type that MailDns does not read, in presentation or hexadecimal form.</summary>
internal sealed class OpaqueData : RecordData
{
    public OpaqueData(string presentation) => Presentation = presentation;

    public string Presentation { get; }

    public override string ToString() => PrintableText.Escape(Presentation);
}
