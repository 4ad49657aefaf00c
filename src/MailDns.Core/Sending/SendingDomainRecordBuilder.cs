using MailDns.Bimi;
using MailDns.Dkim;
using MailDns.Dmarc;

namespace MailDns.Sending;

/// <summary>
/// Makes a platform's whole record set for a domain from its profile: what is wanted, whatever is there. A record that cannot
/// be made right is left out with the reason, and the others stand.
/// </summary>
internal sealed class SendingDomainRecordBuilder
{
    private const string PublicKeyName = "publicKey";
    private const string TrackingHostName = "trackingHost";
    private const string BounceHostName = "bounceHost";

    private readonly DomainName _domain;
    private readonly SendingDomainRecordOptions _options;
    private readonly SendingDomainRecordSet _set = new();
    private readonly SendingProviderValues _values;

    private SendingDomainRecordBuilder(DomainName domain, SendingDomainRecordOptions options)
    {
        _domain = domain;
        _options = options;
        _values = new SendingProviderValues(domain, GivenValues(options), options.Selectors);
    }

    private SendingProvider Provider => _options.Provider;

    /// <summary>The records of one domain.</summary>
    /// <exception cref="SendingProviderValueException">A value was given that the profile has no placeholder for, or that does not fit.</exception>
    public static SendingDomainRecordSet Build(DomainName domain, SendingDomainRecordOptions options)
    {
        var builder = new SendingDomainRecordBuilder(domain, options);
        SendingProviderExpansion.CheckValues(options.Provider, builder._values);
        builder.Build();
        return builder._set;
    }

    private static IEnumerable<KeyValuePair<string, string>> GivenValues(SendingDomainRecordOptions options)
    {
        foreach (KeyValuePair<string, string> value in options.Values)
        {
            yield return value;
        }

        if (options.TrackingHost is { } tracking)
        {
            yield return new KeyValuePair<string, string>(TrackingHostName, tracking);
        }

        if (options.BounceHost is { } bounce)
        {
            yield return new KeyValuePair<string, string>(BounceHostName, bounce);
        }

        if (options.PublicKey is { } key && options.Provider.FindParameter(PublicKeyName) is not null)
        {
            yield return new KeyValuePair<string, string>(PublicKeyName, Base64Of(DkimKeyText.Read(key)));
        }
    }

    // As the world publishes it: SubjectPublicKeyInfo for RSA, the raw 32 octets for Ed25519 (RFC 8463 section 4.2).
    private static string Base64Of(DkimKeyRecord record)
    {
        DkimPublicKey? key = record.Key;
        return key is null ? string.Empty : Convert.ToBase64String(key.IsRsa ? key.SubjectPublicKeyInfo : key.Raw);
    }

    private void Build()
    {
        foreach (SendingProviderRecord template in Provider.Records.Where(record => record.Role is not (RecordPurpose.Dmarc or RecordPurpose.Bimi) && IsWanted(record)))
        {
            Guard(() => Add(template));
        }

        Guard(AddDmarc);
        Guard(AddBimi);
    }

    private bool IsWanted(SendingProviderRecord template) =>
        template.Legacy ? _options.IncludeLegacy : template.Required || template.Parameters.Any(_values.IsGiven);

    private void Guard(Action add)
    {
        try
        {
            add();
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException or InvalidOperationException)
        {
            _set.Fail(exception);
        }
    }

    private void Add(SendingProviderRecord template)
    {
        string? missing = MissingValue(template);
        if (missing is not null)
        {
            string advice = template.Role == RecordPurpose.Dkim && missing == PublicKeyName ? " Pass it as -PublicKey." : " Pass it in -ProviderValue.";
            string host = template.HostTemplate.Expand(name => SendingProviderExpansion.FindValue(Provider, template, _values, name) ?? "{" + name + "}");
            _set.Warn(
                "The " + template.Role.ToString().ToUpperInvariant() + " record at " + PrintableText.Escape(host)
                + " is left out: profile " + Provider.Id + " needs {" + missing + "}. " + Provider.FindParameter(missing)?.Description + advice);
            return;
        }

        SendingProviderExpandedRecord expanded = SendingProviderExpansion.Expand(Provider, template, _values);
        if (template.Note is { } note)
        {
            SayOf(template, expanded, note);
        }

        _set.Add(expanded.Template.Role == RecordPurpose.Dkim && expanded.Value is not null ? MakeKey(expanded) : expanded.ToRecord(_options.Zone, _options.TimeToLive));
    }

    private void SayOf(SendingProviderRecord template, SendingProviderExpandedRecord expanded, string note)
    {
        string text = expanded.Owner + " " + template.RecordType + ": " + note;
        if (template.Legacy)
        {
            _set.Warn(text);
        }
        else
        {
            _set.Note(text);
        }
    }

    private string? MissingValue(SendingProviderRecord template) =>
        template.Parameters.FirstOrDefault(name => SendingProviderExpansion.FindValue(Provider, template, _values, name) is null);

    private ResourceRecord MakeKey(SendingProviderExpandedRecord expanded)
    {
        DkimBuiltRecord built = DkimRecordBuilder.Build(new DkimRecordOptions
        {
            Domain = _domain,
            Zone = _options.Zone,
            Selector = expanded.Selector!,
            PublicKey = expanded.Value,
            TimeToLive = _options.TimeToLive,
        });
        foreach (string warning in built.Warnings)
        {
            _set.Warn(warning);
        }

        return built.Record;
    }

    // Without an address a record that is there keeps its own; a new one is left out where it would come to be (see IsDmarcOptional).
    private void AddDmarc()
    {
        if (Provider.RecordsOf(RecordPurpose.Dmarc).Length == 0 && _options.Policy is null && _options.AggregateReportUri.Count == 0)
        {
            return;
        }

        bool hasReports = _options.AggregateReportUri.Count > 0;
        if (!hasReports && !_options.HasSource)
        {
            _set.Warn(SendingDomainRecordSet.NoReports);
            return;
        }

        string text = DmarcRecordBuilder.BuildText(new DmarcRecordOptions
        {
            Policy = _options.Policy ?? DmarcPolicy.None,
            AggregateReportUri = _options.AggregateReportUri,
            NoReport = !hasReports,
        });
        ResourceRecord record = DmarcRecordBuilder.CreateWithText(_domain, _options.Zone, text, _options.TimeToLive);
        _set.Add(record);
        _set.WithoutReports = hasReports ? null : record;
    }

    private void AddBimi()
    {
        if (_options.LogoUri is null)
        {
            return;
        }

        _set.Add(BimiRecordBuilder.Create(
            _domain,
            _options.Zone,
            new BimiRecordOptions { LogoUri = _options.LogoUri, EvidenceUri = _options.EvidenceUri },
            _options.TimeToLive));
        _set.Note("BIMI: a logo is shown only where DMARC passes under p=quarantine or p=reject; most mailboxes also want a mark certificate (-EvidenceUri). The image is a square SVG Tiny PS.");
    }
}

/// <summary>What New-SendingDomainRecord is told beside the domain.</summary>
internal sealed class SendingDomainRecordOptions
{
    public SendingProvider Provider { get; init; } = null!;

    /// <summary>The zone that holds the records.</summary>
    public DomainName Zone { get; init; } = DomainName.Root;

    public TimeSpan TimeToLive { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Values for the profile's placeholders, by name.</summary>
    public IReadOnlyDictionary<string, string> Values { get; init; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>DKIM selectors in the profile's order; empty for the profile's own.</summary>
    public IReadOnlyList<string> Selectors { get; init; } = Array.Empty<string>();

    /// <summary>The key as the provider gave it: bare base64, PEM, or a whole record text.</summary>
    public string? PublicKey { get; init; }

    /// <summary>Null: none for a new record, the policy in force for a record that is there.</summary>
    public DmarcPolicy? Policy { get; init; }

    public IReadOnlyList<string> AggregateReportUri { get; init; } = Array.Empty<string>();

    public string? LogoUri { get; init; }

    public string? EvidenceUri { get; init; }

    public string? TrackingHost { get; init; }

    public string? BounceHost { get; init; }

    /// <summary>True where the records are merged into what is there.</summary>
    public bool HasSource { get; init; }

    /// <summary>True: also records that nothing evaluates any more.</summary>
    public bool IncludeLegacy { get; init; }
}

/// <summary>The records of a whole sending domain, and what has to be said of them.</summary>
internal sealed class SendingDomainRecordSet
{
    /// <summary>Why no DMARC record is made.</summary>
    public const string NoReports = "The DMARC record is left out: give -AggregateReportUri, the address that reports go to. Without one no report ever comes (RFC 9989 section 4.7).";

    private readonly List<ResourceRecord> _records = new();
    private readonly List<string> _warnings = new();
    private readonly List<string> _notes = new();
    private readonly List<Exception> _errors = new();

    public IReadOnlyList<ResourceRecord> Records => _records;

    /// <summary>What the administrator should act on.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>What is worth knowing.</summary>
    public IReadOnlyList<string> Notes => _notes;

    /// <summary>Records that could not be made, and why. The others stand.</summary>
    public IReadOnlyList<Exception> Errors => _errors;

    /// <summary>The DMARC record that has no report address: it is wanted only where there is one to merge it into.</summary>
    public ResourceRecord? WithoutReports { get; set; }

    public void Add(ResourceRecord record) => _records.Add(record);

    public void Warn(string text) => _warnings.Add(text);

    public void Note(string text) => _notes.Add(text);

    public void Fail(Exception error) => _errors.Add(error);
}
