namespace MailDns.Dns;

/// <summary>MX: preference and exchange (RFC 1035 section 3.3.9); the root as exchange is the null MX (RFC 7505).</summary>
internal sealed class MxData(ushort preference, DomainName exchange) : RecordData
{
    public ushort Preference { get; } = preference;

    public DomainName Exchange { get; } = exchange;

    public override string ToString() => Preference + " " + Exchange;
}
