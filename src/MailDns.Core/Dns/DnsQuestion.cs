namespace MailDns.Dns;

/// <summary>A name and a type of class IN to ask DNS for.</summary>
internal readonly struct DnsQuestion(DomainName name, DnsRecordType type) : IEquatable<DnsQuestion>
{
    public DomainName Name { get; } = name;

    public DnsRecordType Type { get; } = type;

    public bool Equals(DnsQuestion other) => Type == other.Type && Name.Equals(other.Name);

    public override bool Equals(object? obj) => obj is DnsQuestion other && Equals(other);

    public override int GetHashCode() => unchecked((Name.GetHashCode() * 397) ^ (int)Type);

    /// <summary>E.g. "_dmarc.example.com TXT".</summary>
    public override string ToString() => Name + " " + DnsRecordTypes.Mnemonic(Type);
}
