namespace MailDns;

/// <summary>A TXT record (RFC 1035 section 3.3.14). Pipes into <c>Add-DnsServerResourceRecord -Txt</c> and <c>New-AzDnsRecordConfig</c>.</summary>
public sealed class TxtRecord : ResourceRecord
{
    // How the strings were cut where the record was read; null: as this module cuts them.
    private readonly string[]? _strings;

    /// <summary>Creates a record from its zone, its name relative to it ("@" at the apex) and its whole text.</summary>
    /// <exception cref="DomainNameException">A name is none.</exception>
    /// <exception cref="ArgumentException">The text has a character that is no octet.</exception>
    public TxtRecord(string zoneName, string name, string value, TimeSpan timeToLive, RecordPurpose purpose)
        : this(ParseOwner(zoneName, name), ParseZone(zoneName), value, timeToLive, purpose)
    {
    }

    internal TxtRecord(DomainName owner, DomainName zone, string value, TimeSpan timeToLive, RecordPurpose purpose)
        : base(owner, zone, timeToLive, purpose)
    {
        foreach (char c in value)
        {
            if (c > 0xFF)
            {
                throw new ArgumentException("The text holds " + PrintableText.Quote(c.ToString()) + ", which is no octet; TXT values of mail are ASCII.", nameof(value));
            }
        }

        Value = value;
    }

    /// <summary>A record as a server holds it: its strings stay cut where they are.</summary>
    internal TxtRecord(DomainName owner, DomainName zone, IReadOnlyList<string> strings, TimeSpan timeToLive, RecordPurpose purpose)
        : this(owner, zone, CharacterStrings.Join(strings), timeToLive, purpose) =>
        _strings = strings.ToArray();

    /// <summary>A record that was exported and imported again, its strings cut as they were.</summary>
    internal TxtRecord(string zoneName, string name, IReadOnlyList<string> strings, TimeSpan timeToLive, RecordPurpose purpose)
        : this(ParseOwner(zoneName, name), ParseZone(zoneName), strings, timeToLive, purpose)
    {
    }

    /// <inheritdoc/>
    public override string RecordType => "TXT";

    /// <summary>The whole text, unquoted and unsplit, as Azure DNS takes it.</summary>
    public string Value { get; }

    /// <summary>The whole text, under the name that Add-DnsServerResourceRecord binds.</summary>
    public string DescriptiveText => Value;

    /// <summary>The text as character-strings of at most 255 octets (RFC 1035 section 3.3), as it goes over the wire.</summary>
    public string[] Strings => _strings is null ? CharacterStrings.Split(Value) : (string[])_strings.Clone();

    internal override DnsRecordType DnsType => DnsRecordType.Txt;

    /// <summary>The record's text.</summary>
    public override string ToString() => Value;

    private protected override RecordData ToRecordData() => _strings is null ? new TxtData(Value) : new TxtData(_strings);
}
