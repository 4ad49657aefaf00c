namespace MailDns.Dns;

/// <summary>A name and a type of class IN to ask DNS for.</summary>
internal readonly struct DnsQuestion(DomainName name, DnsRecordType type, bool withSignatures = false) : IEquatable<DnsQuestion>
{
    public DomainName Name { get; } = name;

    public DnsRecordType Type { get; } = type;

    /// <summary>
    /// True to have the records with their signatures (DO, RFC 3225) and as they are, whether or not they validate (CD, RFC 4035 section 3.2.2): what
    /// a resolver that validates keeps back shows why.
    /// </summary>
    public bool WithSignatures { get; } = withSignatures;

    /// <summary>The same of another name.</summary>
    public DnsQuestion At(DomainName name) => new(name, Type, WithSignatures);

    public bool Equals(DnsQuestion other) => Type == other.Type && WithSignatures == other.WithSignatures && Name.Equals(other.Name);

    public override bool Equals(object? obj) => obj is DnsQuestion other && Equals(other);

    public override int GetHashCode() => unchecked((Name.GetHashCode() * 397) ^ (int)Type ^ (WithSignatures ? 1 << 16 : 0));

    /// <summary>E.g. "_dmarc.example.com TXT".</summary>
    public override string ToString() => Name + " " + DnsRecordTypes.Mnemonic(Type);
}
