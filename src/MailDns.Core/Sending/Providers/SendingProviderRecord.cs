namespace MailDns;

/// <summary>One record that a provider asks for, with placeholders for what differs from account to account.</summary>
public sealed class SendingProviderRecord
{
    internal SendingProviderRecord(RecordPurpose role, DnsRecordType type, SendingProviderTemplate host, SendingProviderSource source)
    {
        Role = role;
        DnsType = type;
        HostTemplate = host;
        Source = source.ToString();
    }

    /// <summary>What the record is for.</summary>
    public RecordPurpose Role { get; }

    /// <summary>TXT, CNAME, MX or NS.</summary>
    public string RecordType => DnsRecordTypes.Mnemonic(DnsType);

    /// <summary>The owner's full name; it is the domain or ends in it.</summary>
    public string Host => HostTemplate.Text;

    /// <summary>The record's text: a TXT value, a target, preference and target.</summary>
    public string Content => DnsType switch
    {
        DnsRecordType.Txt => ValueTemplate!.Text,
        DnsRecordType.Mx => Preference + " " + TargetTemplate!.Text,
        _ => TargetTemplate!.Text,
    };

    /// <summary>The DKIM selector; null for other roles.</summary>
    public string? Selector => SelectorTemplate?.Text;

    /// <summary>The names that the domain's SPF record has to include; empty where it is not an SPF record.</summary>
    public string[] Include => IncludeTemplates.Select(include => include.Text).ToArray();

    /// <summary>Preference of an MX record; null for other types.</summary>
    public ushort? Preference { get; internal set; }

    /// <summary>True where the provider's set is not complete without it.</summary>
    public bool Required { get; internal set; } = true;

    /// <summary>True for records that nothing evaluates any more; made on request only (-IncludeLegacy).</summary>
    public bool Legacy { get; internal set; }

    /// <summary>True where no other record of its type may stand beside it.</summary>
    public bool Exclusive { get; internal set; }

    /// <summary>What an alias hands over to the provider beside the address: "spf", "mx".</summary>
    public string[] Delegates { get; internal set; } = Array.Empty<string>();

    /// <summary>What the administrator has to know of it.</summary>
    public string? Note { get; internal set; }

    /// <summary>Where the value comes from.</summary>
    public string Source { get; }

    /// <summary>How sure the value is.</summary>
    public SendingProviderConfidence Confidence { get; internal set; } = SendingProviderConfidence.High;

    internal DnsRecordType DnsType { get; }

    internal SendingProviderTemplate HostTemplate { get; }

    internal SendingProviderTemplate? ValueTemplate { get; set; }

    internal SendingProviderTemplate? TargetTemplate { get; set; }

    internal SendingProviderTemplate? SelectorTemplate { get; set; }

    internal IReadOnlyList<SendingProviderTemplate> IncludeTemplates { get; set; } = Array.Empty<SendingProviderTemplate>();

    /// <summary>Names of the parameters that it needs, those of the selector among them; the built-in ones are left out.</summary>
    internal IEnumerable<string> Parameters =>
        new[] { HostTemplate, ValueTemplate, TargetTemplate, SelectorTemplate }
            .Where(template => template is not null)
            .SelectMany(template => template!.Placeholders)
            .Where(name => !SendingProviderValues.IsBuiltIn(name))
            .Distinct(StringComparer.Ordinal);

    /// <summary>Host, type and content in one line.</summary>
    public override string ToString() => Host + " " + RecordType + " " + Content;
}
