using MailDns.Bimi;
using MailDns.Dkim;
using MailDns.Dmarc;
using MailDns.MtaSts;
using MailDns.TlsRpt;

namespace MailDns.Sending;

/// <summary>
/// Makes a platform's whole record set for a domain from its profile: what is wanted, whatever is there. A record that cannot
/// be made right is left out with the reason, and the others stand.
/// </summary>
internal sealed class SendingDomainRecordBuilder
{
    private const string KeyLabel = "._domainkey.";
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
        KeyValuePair<string, string>[] values = GivenValues(options).ToArray();
        RefuseMissing(options, values);
        BoundProvider bound = BoundProvider.Of(options.Provider, domain, options.Zone, values, options.Selectors, options.Groups);
        Provider = options.Groups.Count == 0 ? bound.Provider.ChooseDefault() : bound.Provider;
        _values = bound.Values;
        foreach (string name in bound.Ignored)
            _set.Warn("The value for " + PrintableText.Quote(name) + " is ignored: template " + Provider.Id + " has no such variable." + NearestName.Hint(name, options.Provider.Parameters.Select(parameter => parameter.Name)));

        foreach (string text in Provider.LeftOut)
            _set.Warn("Left out of template " + Provider.Id + ": " + text);

        _set.TemplateId = Provider.Template?.Id;
    }

    private SendingProvider Provider { get; }

    private bool IsTemplate => Provider.Template is not null;

    /// <summary>The records of one domain.</summary>
    /// <exception cref="SendingProviderValueException">A value was given that the profile has no placeholder for, or that does not fit.</exception>
    public static SendingDomainRecordSet Build(DomainName domain, SendingDomainRecordOptions options)
    {
        var builder = new SendingDomainRecordBuilder(domain, options);
        SendingProviderExpansion.CheckValues(builder.Provider, builder._values);
        builder.Build();
        return builder.IsTemplate && builder._set.Errors.Count > 0 ? throw builder._set.Errors[0] : builder._set;
    }

    // "A variable without value: the whole apply fails": all that are missing are told at once.
    private static void RefuseMissing(SendingDomainRecordOptions options, KeyValuePair<string, string>[] values)
    {
        if (options.Provider.Template is not { } template) return;

        IReadOnlyList<(string Name, string Place)> missing = DomainConnectProvider.Missing(template, values, options.Groups);
        if (missing.Count > 0)
        {
            string near = string.Concat(missing.Select(item => NearestName.Find(item.Name.Trim('%'), values.Select(value => value.Key).Where(key => !options.Provider.Takes(key)).ToArray()) is { } given
                ? " The value that was given for " + PrintableText.Quote(given) + " is for no variable." : string.Empty));
            throw new SendingProviderValueException(
                template.Id,
                missing[0].Name.Trim('%'),
                "Template " + template.Id + " needs " + (missing.Count == 1 ? "a value" : "values") + " in -ProviderValue for " + string.Join("; ", missing.Select(item => item.Name + ": " + item.Place)) + "." + near
                    + (options.Groups.Count == 0 && template.Groups.Any() ? " With -ProviderGroup only some groups are made: " + string.Join(", ", template.Groups.Select(PrintableText.Escape)) + "." : string.Empty));
        }
    }

    private static IEnumerable<KeyValuePair<string, string>> GivenValues(SendingDomainRecordOptions options)
    {
        foreach (KeyValuePair<string, string> value in options.Values)
            yield return value;

        if (options.TrackingHost is { } tracking)
            yield return new KeyValuePair<string, string>(TrackingHostName, tracking);

        if (options.BounceHost is { } bounce) yield return new KeyValuePair<string, string>(BounceHostName, bounce);

        if (options.PublicKey is { } key && options.Provider.Template is { } template)
            yield return KeyOf(template, options, DkimKeyText.Read(key));
        else if (options.PublicKey is { } own && options.Provider.FindParameter(PublicKeyName) is not null)
            yield return new KeyValuePair<string, string>(PublicKeyName, Base64Of(DkimKeyText.Read(own)));
    }

    // The one variable of a template that holds a key and has no value; where it has none, the value is told to be ignored.
    private static KeyValuePair<string, string> KeyOf(DomainConnectTemplate template, SendingDomainRecordOptions options, DkimKeyRecord record)
    {
        (string Name, bool IsRecord)[] open = DomainConnectProvider.KeyVariables(template, options.Groups).Where(variable => !options.Values.Any(value => "%" + value.Key + "%" == variable.Name)).ToArray();
        if (open.Length > 1)
        {
            throw new SendingProviderValueException(template.Id, "PublicKey", "Template " + template.Id + " takes several DKIM keys, and -PublicKey gives one. Give each in -ProviderValue: " + string.Join(", ", open.Select(variable => variable.Name)) + ".");
        }

        string key = Base64Of(record);
        return open.Length == 0 ? new KeyValuePair<string, string>(PublicKeyName, key)
            : new KeyValuePair<string, string>(open[0].Name.Trim('%'), open[0].IsRecord ? "v=DKIM1; k=" + (record.Key?.IsRsa == false ? "ed25519" : "rsa") + "; p=" + key : key);
    }

    // As the world publishes it: SubjectPublicKeyInfo for RSA, the raw 32 octets for Ed25519 (RFC 8463 section 4.2).
    private static string Base64Of(DkimKeyRecord record)
    {
        DkimPublicKey? key = record.Key;
        return key is null ? string.Empty : Convert.ToBase64String(key.IsRsa ? key.SubjectPublicKeyInfo : key.Raw);
    }

    private void Build()
    {
        foreach (SendingProviderRecord template in JoinSpf(Provider.Records.Where(IsWanted)))
        {
            if (template.ConflictPrefix is { } prefix && SendingProviderExpansion.FindOwner(Provider, template, _values) is { } owner)
                _set.AddTextConflict(owner, prefix);

            bool isOwnChoice = template.DnsType == DnsRecordType.Txt && (template.Role == RecordPurpose.Dmarc || (template.Role == RecordPurpose.Bimi && !IsTemplate));
            if (!isOwnChoice) Guard(() => Add(template));
        }

        Guard(AddDmarc);
        Guard(AddBimi);
    }

    // Two groups that both need an SPF record at one name make one together (RFC 7208 section 3.2).
    private static IEnumerable<SendingProviderRecord> JoinSpf(IEnumerable<SendingProviderRecord> records)
    {
        foreach (IGrouping<string, SendingProviderRecord> same in records.GroupBy(record => record.Role == RecordPurpose.Spf ? "spf " + record.Host : record.Role + " " + record.Host + record.Selector + record.Content + record.RecordType, StringComparer.Ordinal))
        {
            SendingProviderRecord first = same.First();
            yield return first.Role == RecordPurpose.Spf && same.Count() > 1 ? first.WithTerms(same.SelectMany(record => record.TermTemplates)) : first;
        }
    }

    private bool IsWanted(SendingProviderRecord template) =>
        template.Legacy ? _options.IncludeLegacy
        : template.Required || IsTemplate || template.Parameters.Any(_values.IsGiven)
            || (template.Group is { } group && _options.Groups.Contains(group, StringComparer.OrdinalIgnoreCase));

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
            string host = template.HostTemplate.Expand(name => SendingProviderExpansion.FindValue(Provider, template, _values, name) ?? SendingProviderTemplate.Shown(name));
            _set.Warn(
                "The " + template.Role.ToString().ToUpperInvariant() + " record at " + PrintableText.Escape(host)
                + " is left out: profile " + Provider.Id + " needs {" + missing + "}. " + Provider.FindParameter(missing)?.Description + advice);
            return;
        }

        SendingProviderExpandedRecord expanded = SendingProviderExpansion.Expand(Provider, template, _values);
        if (template.Note is { } note) SayOf(template, expanded, note);

        _set.Add(Make(expanded));
    }

    private void SayOf(SendingProviderRecord template, SendingProviderExpandedRecord expanded, string note)
    {
        string text = expanded.Owner + " " + template.RecordType + ": " + note;
        if (template.Legacy)
            _set.Warn(text);
        else
            _set.Note(text);
    }

    private string? MissingValue(SendingProviderRecord template) =>
        template.Parameters.FirstOrDefault(name => SendingProviderExpansion.FindValue(Provider, template, _values, name) is null);

    private ResourceRecord Make(SendingProviderExpandedRecord expanded)
    {
        if (expanded.Template.Role == RecordPurpose.Dkim && expanded.Value is not null) return MakeKey(expanded);

        Check(expanded);
        return expanded.ToRecord(_options.Zone, TimeToLive(expanded));
    }

    private TimeSpan TimeToLive(SendingProviderExpandedRecord expanded) =>
        _options.IsTimeToLiveGiven ? _options.TimeToLive : expanded.Template.TimeToLive ?? _options.TimeToLive;

    // A text that a template or value brings along is somebody's: it has to be what its name says.
    private void Check(SendingProviderExpandedRecord expanded)
    {
        if (!IsTemplate || expanded.Value is not { } text) return;

        try
        {
            _ = expanded.Template.Role switch
            {
                RecordPurpose.Bimi => BimiParser.Parse(text),
                RecordPurpose.MtaSts => MtaStsParser.Parse(text),
                RecordPurpose.TlsRpt => TlsRptParser.Parse(text),
                _ => (object?)null,
            };
        }
        catch (RecordParseException exception)
        {
            throw Wrong(expanded.Template, exception.Message);
        }
    }

    // A constant of the template is the template's fault, with its line; a value is the administrator's.
    private Exception Wrong(SendingProviderRecord record, string problem)
    {
        DomainConnectRecord from = record.Places!;
        string variables = string.Join(" and ", from.Content.Placeholders);
        return variables.Length == 0
            ? new JsonTextException(Provider.FileName, from.Json.Line, from.Json.Column, JsonValue.MemberPath(from.Json.Path, from.ContentName), problem)
            : new SendingProviderValueException(
                Provider.Id,
                from.Content.Placeholders[0].Trim('%'),
                "The value for " + variables + " of template " + Provider.Id + " cannot be used in " + from.Place(from.ContentName) + ": " + problem);
    }

    private ResourceRecord MakeKey(SendingProviderExpandedRecord expanded)
    {
        string owner = expanded.Owner.Text;
        DkimBuiltRecord built;
        try
        {
            built = DkimRecordBuilder.Build(new DkimRecordOptions
            {
                Domain = DomainName.FromDns(owner.Substring(expanded.Selector!.Length + KeyLabel.Length)),
                Zone = _options.Zone,
                Selector = expanded.Selector!,
                PublicKey = expanded.Value,
                TimeToLive = TimeToLive(expanded),
            });
        }
        catch (Exception exception) when (IsTemplate && exception is FormatException or ArgumentException)
        {
            throw Wrong(expanded.Template, exception.Message);
        }

        foreach (string warning in built.Warnings)
            _set.Warn(warning);

        return IsTemplate ? expanded.ToRecord(_options.Zone, TimeToLive(expanded)) : built.Record;
    }

    // Without an address a record that is there keeps its own; a new one is made only where a template says how it is.
    private void AddDmarc()
    {
        SendingProviderRecord? asked = Provider.RecordsOf(RecordPurpose.Dmarc).FirstOrDefault(record => record.DnsType == DnsRecordType.Txt);
        if (asked is null && _options.Policy is null && _options.AggregateReportUri.Count == 0) return;

        DomainName policyName = _domain.Prepend(DmarcRecordBuilder.Label);
        if (_set.Records.FirstOrDefault(record => record.Owner.Equals(policyName) && record is CnameRecord or NsRecord) is { } served)
        {
            if (_options.Policy is not null || _options.AggregateReportUri.Count > 0)
            {
                _set.Warn("The DMARC record is left out: " + Provider.Name + " publishes it behind " + policyName + " " + served.RecordType + ". Set policy and report address there.");
            }

            return;
        }

        DmarcRecord? advice = asked is null ? null : Advice(asked);
        IReadOnlyList<string> uris = ReportUris(advice);
        bool isAsTemplate = IsTemplate && advice is not null;
        if (uris.Count == 0 && !_options.HasSource && !isAsTemplate)
        {
            _set.Warn(SendingDomainRecordSet.NoReports);
            return;
        }

        TimeSpan timeToLive = _options.IsTimeToLiveGiven ? _options.TimeToLive : asked?.TimeToLive ?? _options.TimeToLive;
        DomainName owner = asked is null ? _domain.Prepend(DmarcRecordBuilder.Label) : SendingProviderExpansion.FindOwner(Provider, asked, _values) ?? _domain.Prepend(DmarcRecordBuilder.Label);
        ResourceRecord record = DmarcRecordBuilder.CreateWithText(owner.Parent, _options.Zone, DmarcText(advice, uris), timeToLive);
        _set.Add(record);
        if (uris.Count == 0 && isAsTemplate)
            _set.Warn(SendingDomainRecordSet.NoAddress);
        else if (uris.Count == 0)
            _set.WithoutReports = record;
    }

    // What else a platform's record says comes along. A policy for subdomains belongs to the policy that came with it.
    private string DmarcText(DmarcRecord? advice, IReadOnlyList<string> uris)
    {
        string text = DmarcRecordBuilder.BuildText(new DmarcRecordOptions
        {
            Policy = _options.Policy ?? advice?.Policy ?? DmarcPolicy.None,
            AggregateReportUri = uris,
            NoReport = uris.Count == 0,
        });
        var names = new HashSet<string>(DmarcParser.Read(text).Tags.Select(tag => tag.Name), StringComparer.Ordinal) { DmarcTags.Percentage, DmarcTags.ReportFormat, DmarcTags.ReportInterval };
        IEnumerable<TagSpec> additions = advice?.Tags.Where(tag => tag.Value.Length > 0 && names.Add(tag.Name) && !(_options.Policy is not null && DmarcTags.IsPolicy(tag.Name))) ?? Enumerable.Empty<TagSpec>();
        return string.Join("; ", new[] { text }.Concat(additions.Select(tag => tag.Name + "=" + tag.Value)));
    }

    // DMARC is the domain's own choice, so what the platform asks for is advice: its policy where none is named, its address too.
    private DmarcRecord? Advice(SendingProviderRecord asked)
    {
        string text = asked.ValueTemplate!.Expand(name => SendingProviderExpansion.FindValue(Provider, asked, _values, name) ?? string.Empty);
        DmarcRecord record = DmarcParser.Read(text);
        if (IsTemplate && (!DmarcParser.IsDmarc(text) || record.Policy is null))
            throw Wrong(asked, PrintableText.Quote(text) + " is not a DMARC record with a policy.");

        return record;
    }

    private IReadOnlyList<string> ReportUris(DmarcRecord? advice)
    {
        var uris = _options.AggregateReportUri.ToList();
        foreach (string uri in advice?.AggregateReportUri.Where(uri => uri.IsValid).Select(uri => uri.RawUri) ?? Enumerable.Empty<string>())
        {
            if (!uris.Contains(uri, StringComparer.OrdinalIgnoreCase))
            {
                uris.Add(uri);
                SayConsent(uri);
            }
        }

        return uris;
    }

    // RFC 9990 section 4: a receiver sends reports to another organization only where that one's DNS says that it takes them.
    private void SayConsent(string uri)
    {
        int at = uri.LastIndexOf('@');
        string host = at < 0 ? string.Empty : uri.Substring(at + 1).Split('!')[0];
        if (DomainName.TryParse(host, out DomainName? receiver, out _) && !receiver!.IsSameOrBelow(_options.Zone) && !_domain.IsSameOrBelow(receiver))
        {
            _set.Warn(
                "DMARC reports go to " + PrintableText.Escape(uri) + " too, as " + Provider.Id + " asks. " + receiver + " has to agree with the record "
                + _domain + "._report._dmarc." + receiver + " TXT \"v=DMARC1\" (RFC 9990 section 4); ask the platform where it is missing.");
        }
    }

    private void AddBimi()
    {
        if (_options.LogoUri is null) return;

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

    /// <summary>True where the time to live was given and comes before what a template asks for.</summary>
    public bool IsTimeToLiveGiven { get; init; }

    /// <summary>Values for the profile's placeholders, by name; a template's variables have exact names.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Values { get; init; } = Array.Empty<KeyValuePair<string, string>>();

    /// <summary>The groups of the profile or template that are wanted; empty for those that are made by default.</summary>
    public IReadOnlyList<string> Groups { get; init; } = Array.Empty<string>();

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
    public const string NoReports = "The DMARC record is left out: specify -AggregateReportUri, the address that reports go to. Without one, no reports are sent (RFC 9989 section 4.7).";

    /// <summary>What is to be known of a DMARC record that is made all the same.</summary>
    public const string NoAddress = "The DMARC record has no report address: specify -AggregateReportUri. Without one, no reports are sent (RFC 9989 section 4.7).";

    private readonly List<ResourceRecord> _records = new();
    private readonly List<string> _warnings = new();
    private readonly List<string> _notes = new();
    private readonly List<Exception> _errors = new();
    private readonly List<KeyValuePair<DomainName, string>> _textConflicts = new();

    public IReadOnlyList<ResourceRecord> Records => _records;

    /// <summary>What the administrator should act on.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>What is worth knowing.</summary>
    public IReadOnlyList<string> Notes => _notes;

    /// <summary>Records that could not be made, and why. The others stand.</summary>
    public IReadOnlyList<Exception> Errors => _errors;

    /// <summary>Owners at which a template removes texts by its own rules, with how those begin; empty for all texts.</summary>
    public IReadOnlyList<KeyValuePair<DomainName, string>> TextConflicts => _textConflicts;

    /// <summary>The id of the Domain Connect template that asks for the records; null for a profile.</summary>
    public string? TemplateId { get; set; }

    /// <summary>The DMARC record that has no report address: it is wanted only where there is one to merge it into.</summary>
    public ResourceRecord? WithoutReports { get; set; }

    public void Add(ResourceRecord record) => _records.Add(record);

    public void AddTextConflict(DomainName owner, string prefix) => _textConflicts.Add(new KeyValuePair<DomainName, string>(owner, prefix));

    public void Warn(string text) => _warnings.Add(text);

    public void Note(string text) => _notes.Add(text);

    public void Fail(Exception error) => _errors.Add(error);
}
