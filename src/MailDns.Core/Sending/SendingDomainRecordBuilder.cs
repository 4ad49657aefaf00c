using MailDns.Bimi;
using MailDns.Dkim;
using MailDns.Dmarc;

namespace MailDns.Sending;

/// <summary>
/// Makes a platform's whole record set for a domain from its profile. With a resolver it merges into what is there: one
/// SPF record, a DMARC policy in force kept, no alias beside other data. A record that cannot be made right is left out
/// with the reason, and the others stand.
/// </summary>
internal sealed class SendingDomainRecordBuilder
{
    private const string PublicKeyName = "publicKey";
    private const string TrackingHostName = "trackingHost";
    private const string BounceHostName = "bounceHost";

    // What may not stand beside an alias (RFC 1034 section 3.6.2), as far as mail is concerned.
    private static readonly DnsRecordType[] s_besideAlias = { DnsRecordType.A, DnsRecordType.Aaaa, DnsRecordType.Mx, DnsRecordType.Txt };

    private readonly DomainName _domain;
    private readonly SendingDomainRecordOptions _options;
    private readonly IDnsResolver? _resolver;
    private readonly SendingDomainRecordSet _set = new();
    private readonly SendingProviderValues _values;

    private SendingDomainRecordBuilder(DomainName domain, SendingDomainRecordOptions options, IDnsResolver? resolver)
    {
        _domain = domain;
        _options = options;
        _resolver = resolver;
        _values = new SendingProviderValues(domain, GivenValues(options), options.Selectors);
    }

    private SendingProvider Provider => _options.Provider;

    /// <summary>The records of one domain.</summary>
    /// <exception cref="SendingProviderValueException">A value was given that the profile has no placeholder for, or that does not fit.</exception>
    public static async Task<SendingDomainRecordSet> BuildAsync(
        DomainName domain,
        SendingDomainRecordOptions options,
        IDnsResolver? resolver,
        CancellationToken cancellationToken)
    {
        var builder = new SendingDomainRecordBuilder(domain, options, resolver);
        SendingProviderExpansion.CheckValues(options.Provider, builder._values);
        await builder.BuildAsync(cancellationToken).ConfigureAwait(false);
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

    private async Task BuildAsync(CancellationToken cancellationToken)
    {
        foreach (SendingProviderRecord template in Provider.Records)
        {
            if (template.Role is RecordPurpose.Dmarc or RecordPurpose.Bimi || !IsWanted(template))
            {
                continue;
            }

            await GuardAsync(() => AddAsync(template, cancellationToken)).ConfigureAwait(false);
        }

        await GuardAsync(() => AddDmarcAsync(cancellationToken)).ConfigureAwait(false);
        AddBimi();
    }

    private bool IsWanted(SendingProviderRecord template) =>
        template.Legacy ? _options.IncludeLegacy : template.Required || template.Parameters.Any(_values.IsGiven);

    private async Task GuardAsync(Func<Task> add)
    {
        try
        {
            await add().ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException or InvalidOperationException)
        {
            _set.Fail(exception);
        }
    }

    private async Task AddAsync(SendingProviderRecord template, CancellationToken cancellationToken)
    {
        string? missing = MissingValue(template);
        if (missing is not null)
        {
            string advice = template.Role == RecordPurpose.Dkim && missing == PublicKeyName ? " Pass it as -PublicKey." : " Pass it in -ProviderValue.";
            _set.Warn(
                "The " + template.Role.ToString().ToUpperInvariant() + " record at " + template.Host.Replace("{domain}", _domain.Text)
                + " is left out: profile " + Provider.Id + " needs {" + missing + "}. " + Provider.FindParameter(missing)?.Description + advice);
            return;
        }

        SendingProviderExpandedRecord expanded = SendingProviderExpansion.Expand(Provider, template, _values);
        if (template.Note is { } note)
        {
            SayOf(template, expanded, note);
        }

        _set.Add(await MakeAsync(expanded, cancellationToken).ConfigureAwait(false));
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

    private async Task<ResourceRecord> MakeAsync(SendingProviderExpandedRecord expanded, CancellationToken cancellationToken)
    {
        switch (expanded.Template.Role)
        {
            case RecordPurpose.Spf:
                string text = await SpfMerge.MergeAsync(expanded.Owner, expanded.Value!, _resolver, _set, cancellationToken).ConfigureAwait(false);
                return new TxtRecord(expanded.Owner, _options.Zone, text, _options.TimeToLive, RecordPurpose.Spf);
            case RecordPurpose.Dkim when expanded.Value is not null:
                return MakeKey(expanded);
            default:
                await RefuseCollisionAsync(expanded, cancellationToken).ConfigureAwait(false);
                return expanded.ToRecord(_options.Zone, _options.TimeToLive);
        }
    }

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

    // An alias beside other data is refused by servers or hides the data (RFC 1034 section 3.6.2, RFC 2181 section 10.1).
    private async Task RefuseCollisionAsync(SendingProviderExpandedRecord expanded, CancellationToken cancellationToken)
    {
        if (_resolver is null || expanded.Template.DnsType != DnsRecordType.Cname)
        {
            return;
        }

        DnsResponse alias = await _resolver.QueryAsync(expanded.Owner, DnsRecordType.Cname, cancellationToken).ConfigureAwait(false);
        if (alias.Status == DnsResponseStatus.Success)
        {
            return;
        }

        foreach (DnsRecordType type in s_besideAlias)
        {
            DnsResponse other = await _resolver.QueryAsync(expanded.Owner, type, cancellationToken).ConfigureAwait(false);
            if (other.Status == DnsResponseStatus.Success)
            {
                throw new InvalidOperationException(
                    expanded.Owner + " has " + DnsRecordTypes.Mnemonic(type) + " records; a CNAME to " + expanded.Target
                    + " cannot stand beside them (RFC 1034 section 3.6.2). Remove them, or choose another host.");
            }
        }
    }

    private async Task AddDmarcAsync(CancellationToken cancellationToken)
    {
        bool asked = Provider.RecordsOf(RecordPurpose.Dmarc).Length > 0 || _options.Policy is not null || _options.AggregateReportUri.Count > 0;
        if (!asked)
        {
            return;
        }

        SendingDomainRecordOptions options = _options;
        if (options.AggregateReportUri.Count == 0 && _resolver is null)
        {
            _set.Warn("The DMARC record is left out: give -AggregateReportUri, the address that reports go to. Without one no report ever comes (RFC 9989 section 4.7).");
            return;
        }

        string text = await DmarcMerge.MergeAsync(_domain, options, _resolver, _set, cancellationToken).ConfigureAwait(false);
        if (text.IndexOf("rua=", StringComparison.Ordinal) < 0)
        {
            _set.Warn("The DMARC record has no report address: give -AggregateReportUri. Without one no report ever comes (RFC 9989 section 4.7).");
        }

        _set.Add(DmarcRecordBuilder.CreateWithText(_domain, _options.Zone, text, _options.TimeToLive));
    }

    private void AddBimi()
    {
        if (_options.LogoUri is null)
        {
            return;
        }

        try
        {
            _set.Add(BimiRecordBuilder.Create(
                _domain,
                _options.Zone,
                new BimiRecordOptions { LogoUri = _options.LogoUri, EvidenceUri = _options.EvidenceUri },
                _options.TimeToLive));
            _set.Note("BIMI: a logo is shown only where DMARC passes under p=quarantine or p=reject; most mailboxes also want a mark certificate (-EvidenceUri). The image is a square SVG Tiny PS.");
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException)
        {
            _set.Fail(exception);
        }
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

    /// <summary>True: also records that nothing evaluates any more.</summary>
    public bool IncludeLegacy { get; init; }
}

/// <summary>The records of a whole sending domain, and what has to be said of them.</summary>
internal sealed class SendingDomainRecordSet
{
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

    public void Add(ResourceRecord record) => _records.Add(record);

    public void Warn(string text) => _warnings.Add(text);

    public void Note(string text) => _notes.Add(text);

    public void Fail(Exception error) => _errors.Add(error);
}
