namespace MailDns.Dns;

/// <summary>RDATA of a type that MailDns does not read, in presentation or hexadecimal form.</summary>
internal sealed class OpaqueData(string presentation) : RecordData
{
    public string Presentation { get; } = presentation;

    public override string ToString() => PrintableText.Escape(Presentation);
}
