namespace MailDns;

/// <summary>One record that a provider asks for, with placeholders for what differs from account to account.</summary>
public sealed class SendingProviderRecord
{
    internal SendingProviderRecord(RecordPurpose role, DnsRecordType type, SendingProviderTemplate host, string source)
    {
        Role = role;
        DnsType = type;
        HostTemplate = host;
        Source = source;
    }

    /// <summary>What the record is for.</summary>
    public RecordPurpose Role { get; internal set; }

    /// <summary>TXT, CNAME, MX, NS, SRV, A or AAAA.</summary>
    public string RecordType => DnsRecordTypes.Mnemonic(DnsType);

    /// <summary>The owner's full name; it is the domain or ends in it.</summary>
    public string Host => HostTemplate.Text;

    /// <summary>The record's text: a TXT value, a target, preference and target.</summary>
    public string Content => DnsType switch
    {
        DnsRecordType.Txt or DnsRecordType.A or DnsRecordType.Aaaa => ValueTemplate!.Text,
        DnsRecordType.Mx => Preference + " " + TargetTemplate!.Text,
        DnsRecordType.Srv => Preference + " " + Weight + " " + Port + " " + TargetTemplate!.Text,
        _ => TargetTemplate!.Text,
    };

    /// <summary>The DKIM selector; null for other roles.</summary>
    public string? Selector => SelectorTemplate?.Text;

    /// <summary>The names that the domain's SPF record has to include; empty where it is not an SPF record.</summary>
    public string[] Include => IncludeTemplates.Select(include => include.Text).ToArray();

    /// <summary>Weight of an SRV record; null for other types.</summary>
    public ushort? Weight { get; internal set; }

    /// <summary>Port of an SRV record; null for other types.</summary>
    public ushort? Port { get; internal set; }

    /// <summary>Preference of an MX record, priority of an SRV record; null for other types.</summary>
    public ushort? Preference { get; internal set; }

    /// <summary>The group that it belongs to, which -ProviderGroup chooses; null for a record that is always made.</summary>
    public string? Group { get; internal set; }

    /// <summary>Time to live that is asked for; null where none is.</summary>
    public TimeSpan? TimeToLive { get; internal set; }

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
    internal SendingProviderTemplate HostTemplate { get; set; }
    internal SendingProviderTemplate? ValueTemplate { get; set; }
    internal SendingProviderTemplate? TargetTemplate { get; set; }
    internal SendingProviderTemplate? SelectorTemplate { get; set; }
    internal IReadOnlyList<SendingProviderTemplate> IncludeTemplates { get; private set; } = Array.Empty<SendingProviderTemplate>();

    /// <summary>The terms of an SPF record without its "all".</summary>
    internal IReadOnlyList<SendingProviderTemplate> TermTemplates { get; private set; } = Array.Empty<SendingProviderTemplate>();

    /// <summary>The "all" of a new SPF record; null where it has none.</summary>
    internal SendingProviderTemplate? AllTemplate { get; private set; }

    /// <summary>How texts begin that a template would remove at its owner; empty for all of them, null for none.</summary>
    internal string? ConflictPrefix { get; set; }

    /// <summary>The template's record; null for a profile's.</summary>
    internal DomainConnectRecord? Places { get; set; }

    /// <summary>Names of the parameters that it needs, those of the selector among them; the built-in ones are left out.</summary>
    internal IEnumerable<string> Parameters =>
        new[] { HostTemplate, ValueTemplate, TargetTemplate, SelectorTemplate }
            .Where(template => template is not null)
            .SelectMany(template => template!.Placeholders)
            .Where(name => !SendingProviderValues.IsBuiltIn(name))
            .Distinct(StringComparer.Ordinal);

    /// <summary>Makes it an SPF record of these terms.</summary>
    internal void SetTerms(IEnumerable<SendingProviderTemplate> terms, SendingProviderTemplate? all)
    {
        TermTemplates = terms.ToArray();
        AllTemplate = all;
        IncludeTemplates = TermTemplates.Select(term => term.After("include:") ?? term.After("+include:")).OfType<SendingProviderTemplate>().Where(include => include.Text.IndexOf("%{", StringComparison.Ordinal) < 0).ToArray();
        IEnumerable<SendingProviderTemplate> words = TermTemplates.Concat(new[] { all }.OfType<SendingProviderTemplate>());
        ValueTemplate = SendingProviderTemplate.Join(new[] { SendingProviderTemplate.Literal("v=spf1") }
            .Concat(words.SelectMany(word => new[] { SendingProviderTemplate.Literal(" "), word })).ToArray());
    }

    /// <summary>The same SPF record with these terms, each once.</summary>
    internal SendingProviderRecord WithTerms(IEnumerable<SendingProviderTemplate> terms)
    {
        var copy = (SendingProviderRecord)MemberwiseClone();
        copy.SetTerms(terms.GroupBy(term => term.Text, StringComparer.OrdinalIgnoreCase).Select(same => same.First()), AllTemplate);
        return copy;
    }

    /// <summary>Host, type and content in one line.</summary>
    public override string ToString() => Host + " " + RecordType + " " + Content;
}
