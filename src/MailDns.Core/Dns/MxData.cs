namespace MailDns.Dns;

/// <summary>MX: preference and exchange (RFC 1035 section 3.3.9); the root as exchange is the null MX (RFC 7505).</summary>
internal sealed class MxData : RecordData
{
    public MxData(ushort preference, DomainName exchange)
    {
        Preference = preference;
        Exchange = exchange;
    }

    public ushort Preference { get; }

    public DomainName Exchange { get; }

    public override string ToString() => Preference + " " + Exchange;
}
