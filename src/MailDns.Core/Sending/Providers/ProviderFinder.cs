using MailDns.Dkim;

namespace MailDns.Sending;

/// <summary>
/// Tells who sends for a domain: looks at SPF includes, DKIM selectors, bounce and tracking hosts, MX and delegations, and
/// compares each name with what platforms are known by. A name that a wildcard gives is no evidence.
/// </summary>
internal sealed class ProviderFinder(DomainName domain, ProviderIndex index, IDnsResolver resolver, CancellationToken cancellationToken)
{
    // A label that nobody has: what it answers is a wildcard's.
    private const string Probe = "maildns-no-such-host";

    // An evaluation of SPF reads ten more records at most (RFC 7208 section 4.6.4).
    private const int MaxSpfRecords = 11;
    private readonly DomainName _domain = domain;
    private readonly ProviderIndex _index = index;
    private readonly IDnsResolver _resolver = resolver;
    private readonly CancellationToken _cancellationToken = cancellationToken;
    private readonly Dictionary<SendingProvider, Finding> _found = new();
    private readonly HashSet<DomainName> _wild = new();
    private readonly List<string> _failures = new();

    /// <summary>The platforms, the surest first; and the lookups that failed, so that some may be missing.</summary>
    public static async Task<(IReadOnlyList<SendingProviderMatch> Matches, IReadOnlyList<string> Failures)> FindAsync(
        DomainName domain,
        ProviderIndex index,
        IDnsResolver resolver,
        CancellationToken cancellationToken)
    {
        var finder = new ProviderFinder(domain, index, resolver, cancellationToken);
        await finder.ReadAsync().ConfigureAwait(false);
        return (finder.Matches(), finder._failures);
    }

    private async Task ReadAsync()
    {
        DomainName[] probes = { _domain.Prepend(Probe), _domain.Prepend(Probe + "._domainkey") };
        DnsResponse[] wild = await Task.WhenAll(probes.Select(AliasAsync)).ConfigureAwait(false);
        _wild.UnionWith(wild.SelectMany(Targets));
        await Task.WhenAll(ReadSpfAsync(), ReadMxAsync(), ReadKeysAsync(), ReadHostsAsync(), ReadDelegationsAsync()).ConfigureAwait(false);
    }

    // The includes, those of included records too. What a platform's own record includes is the platform underneath it.
    private async Task ReadSpfAsync()
    {
        var waiting = new Queue<(DomainName Owner, SendingProvider? Through)>();
        waiting.Enqueue((_domain, null));
        var visited = new HashSet<DomainName> { _domain };
        for (int read = 0; waiting.Count > 0 && read < MaxSpfRecords; read++)
        {
            (DomainName owner, SendingProvider? through) = waiting.Dequeue();
            DnsResponse response = await AskAsync(owner, DnsRecordType.Txt).ConfigureAwait(false);
            foreach (string text in SpfText.Records(response))
            {
                AddTerms(owner, text, through);
                foreach (DomainName name in SpfText.Names(text).Where(visited.Add))
                {
                    SendingProvider? platform = _index.Find(ProviderTraitKind.SpfInclude, name.Text);
                    if (platform is not null) AddInclude(owner, name, platform, through);

                    waiting.Enqueue((name, platform ?? through));
                }
            }

            if (owner.Equals(_domain)) AddTexts(response);
        }
    }

    private void AddInclude(DomainName owner, DomainName name, SendingProvider platform, SendingProvider? through)
    {
        if (through is null)
        {
            bool isOld = platform.Obsolete.Any(old => old.Role == RecordPurpose.Spf && string.Equals(old.Value, name.Text, StringComparison.OrdinalIgnoreCase));
            Add(platform, owner + " TXT include:" + name, isOld ? Weight.Old : Weight.Spf);
        }
        else if (!ReferenceEquals(platform, through) && _index.IsUnderlying(platform))
        {
            Of(through).Underlying ??= platform.Id;
        }
    }

    private void AddTerms(DomainName owner, string text, SendingProvider? through)
    {
        foreach (string term in text.Split(' ').Select(term => term.TrimStart('+')).Where(_ => through is null))
        {
            if (_index.Find(ProviderTraitKind.SpfTerm, term) is { } platform)
                Add(platform, owner + " TXT " + term, Weight.Spf);
        }
    }

    // A proof of ownership says that somebody tried the platform, not that it sends: it only supports what else is found.
    private void AddTexts(DnsResponse response)
    {
        foreach (string text in response.Texts.Where(text => !SpfText.IsRecord(text)))
        {
            if (_index.Find(ProviderTraitKind.Txt, text) is { } platform)
                Add(platform, _domain + " TXT " + (text.Length > 60 ? text.Substring(0, 60) + "..." : text), Weight.Support);
        }
    }

    private async Task ReadMxAsync()
    {
        DnsResponse response = await AskAsync(_domain, DnsRecordType.Mx).ConfigureAwait(false);
        foreach (MxData mx in response.Data<MxData>())
        {
            if (_index.Find(ProviderTraitKind.Mx, mx.Exchange.Text) is { } platform)
                Add(platform, _domain + " MX " + mx.Exchange, Weight.Mx);
        }
    }

    private Task ReadKeysAsync() => Task.WhenAll(_index.Selectors.Select(ReadKeyAsync));

    private async Task ReadKeyAsync(string selector)
    {
        DomainName owner = _domain.Prepend(selector + "._domainkey");
        DnsResponse response = await AskAsync(owner, DnsRecordType.Txt).ConfigureAwait(false);
        DomainName[] targets = Targets(response).Where(target => !_wild.Contains(target)).ToArray();
        SendingProvider? platform = targets.Select(target => _index.Find(ProviderTraitKind.DkimTarget, target.Text)).FirstOrDefault(found => found is not null);
        if (platform is not null)
            Add(platform, owner + " CNAME " + targets[0], Weight.Own);
        else if (targets.Length == 0 && !response.IsAliased && response.Texts.Any(PublishedKey.IsKey) && _index.Find(ProviderTraitKind.DkimSelector, selector) is { } named)
            Add(named, owner + " TXT, a key", Weight.Selector);
    }

    private Task ReadHostsAsync() => Task.WhenAll(_index.Hosts.Select(ReadHostAsync));

    private async Task ReadHostAsync(string label)
    {
        DomainName owner = _domain.Prepend(label);
        DnsResponse alias = await AliasAsync(owner).ConfigureAwait(false);
        foreach (DomainName target in Targets(alias).Where(target => !_wild.Contains(target)).Take(1))
        {
            if (_index.FindHost(label, target.Text) is { } platform)
                Add(platform, owner + " CNAME " + target, Weight.Own);
        }

        if (_index.MailHosts.Contains(label) && Targets(alias).Length == 0 && alias.Status != DnsResponseStatus.NxDomain)
        {
            DnsResponse mail = await AskAsync(owner, DnsRecordType.Mx).ConfigureAwait(false);
            foreach (MxData mx in mail.Data<MxData>())
            {
                if (_index.FindHost(label, mx.Exchange.Text) is { } platform)
                    Add(platform, owner + " MX " + mx.Exchange, Weight.Own);
            }
        }
    }

    private async Task ReadDelegationsAsync()
    {
        DomainName dmarc = _domain.Prepend("_dmarc");
        DnsResponse policy = await AskAsync(dmarc, DnsRecordType.Txt).ConfigureAwait(false);
        foreach (DomainName target in Targets(policy).Where(target => !_wild.Contains(target)))
        {
            if (_index.Find(ProviderTraitKind.DmarcTarget, target.Text) is { } platform)
                Add(platform, dmarc + " CNAME " + target, Weight.Own);
        }

        // A name that does not exist has no records of any type.
        DomainName keys = _domain.Prepend("_domainkey");
        foreach (DomainName owner in policy.Status == DnsResponseStatus.NxDomain ? new[] { keys } : new[] { dmarc, keys })
        {
            DnsResponse servers = await AskAsync(owner, DnsRecordType.Ns).ConfigureAwait(false);
            foreach (NameData server in servers.Data<NameData>().Where(_ => !servers.IsAliased))
            {
                if (_index.Find(ProviderTraitKind.Delegation, server.Target.Text) is { } platform)
                    Add(platform, owner + " NS " + server.Target, Weight.Own);
            }
        }
    }

    private Task<DnsResponse> AliasAsync(DomainName owner) => AskAsync(owner, DnsRecordType.Cname);

    private async Task<DnsResponse> AskAsync(DomainName owner, DnsRecordType type)
    {
        DnsResponse response = await _resolver.QueryAsync(owner, type, _cancellationToken).ConfigureAwait(false);
        if (response.IsFailure)
        {
            lock (_failures)
            {
                _failures.Add(owner + " " + DnsRecordTypes.Mnemonic(type) + ": " + response.Describe());
            }
        }

        return response;
    }

    // The names that an answer leads through: the target of an alias, and those after it. The aliases before a lookup that failed are known.
    private static DomainName[] Targets(DnsResponse response) =>
        response.Records.Where(record => record.Type == DnsRecordType.Cname).Select(record => ((NameData)record.Data).Target).ToArray();

    private void Add(SendingProvider platform, string evidence, Weight weight)
    {
        lock (_found)
        {
            Finding finding = Of(platform);
            string text = PrintableText.Escape(evidence);
            if (!finding.Evidence.Any(item => item.Text == text)) finding.Evidence.Add((text, weight));
        }
    }

    private Finding Of(SendingProvider platform)
    {
        lock (_found)
        {
            if (!_found.TryGetValue(platform, out Finding? finding))
            {
                finding = new Finding();
                _found.Add(platform, finding);
            }

            return finding;
        }
    }

    private IReadOnlyList<SendingProviderMatch> Matches()
    {
        // A selector of a common word, or a proof of ownership, says nothing alone.
        Dictionary<SendingProvider, Finding> real = _found.Where(item => item.Value.Evidence.Any(evidence => evidence.Weight != Weight.Support)).ToDictionary(item => item.Key, item => item.Value);
        return real
            .Select(item => Match(item.Key, item.Value, real))
            .OrderByDescending(match => match.Confidence)
            .ThenBy(match => match.IsLeftover)
            .ThenBy(match => match.Name, StringComparer.Ordinal)
            .ToArray();
    }

    private SendingProviderMatch Match(SendingProvider platform, Finding finding, Dictionary<SendingProvider, Finding> all)
    {
        bool Has(Weight weight) => finding.Evidence.Any(evidence => evidence.Weight == weight);
        bool hasKeys = platform.RecordsOf(RecordPurpose.Dkim).Any(record => record.SelectorTemplate!.IsConstant && _index.Selectors.Contains(record.SelectorTemplate.Text));
        bool onlySpf = !Has(Weight.Own) && !Has(Weight.Selector) && !Has(Weight.Mx);
        bool isLeftover = onlySpf && (!Has(Weight.Spf) || (hasKeys && _failures.Count == 0));
        SendingProviderConfidence confidence = isLeftover ? SendingProviderConfidence.Low
            : Has(Weight.Own) || Has(Weight.Spf) ? SendingProviderConfidence.High
            : SendingProviderConfidence.Medium;
        string? underlying = finding.Underlying
            ?? platform.Underlying.FirstOrDefault(id => all.Keys.Any(other => other.Id == id))
            ?? (platform.Underlying.Length == 1 ? platform.Underlying[0] : null);
        return new SendingProviderMatch(_domain, platform, finding.Evidence.OrderBy(evidence => evidence.Weight).ThenBy(evidence => evidence.Text, StringComparer.Ordinal).Select(evidence => evidence.Text).ToArray(), underlying, confidence, isLeftover);
    }

    // What an evidence is worth, the best first.
    private enum Weight
    {
        Own,
        Spf,
        Mx,
        Selector,
        Old,
        Support,
    }

    private sealed class Finding
    {
        public List<(string Text, Weight Weight)> Evidence { get; } = new();
        public string? Underlying { get; set; }
    }
}

/// <summary>What all platforms are known by, ready to be searched: one for all domains.</summary>
internal sealed class ProviderIndex
{
    private static readonly string[] s_underlying = { "amazon-ses", "sendgrid", "mailgun", "postmark", "sparkpost" };

    // Second labels below which registries of countries register.
    private static readonly string[] s_registries = { "co", "com", "net", "org", "gov", "edu", "ac", "or", "ne" };
    private static readonly char[] s_open = { '}', '*' };

    // Networks whose hosts stand before anybody's servers: an include below them is a platform's, they themselves are not.
    private static readonly string[] s_shared = { "cloudflare.net" };

    // Selectors that mean a platform also without an alias; others are common words.
    private const int ShortestSelector = 5;
    private readonly List<(SendingProvider Provider, ProviderTraitKind Kind, Func<string, bool> Fits, int Length)> _traits = new();
    private readonly List<(SendingProvider Provider, string Label, Func<string, bool> Fits)> _hosts = new();

    // Domains of platforms; whatever lies below is theirs too.
    private readonly Dictionary<string, SendingProvider> _owners = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="catalog">All profiles.</param>
    /// <param name="named">Profiles that the user named; they come first.</param>
    public ProviderIndex(SendingProviderCatalog catalog, IEnumerable<SendingProvider>? named = null)
    {
        All = (named ?? Array.Empty<SendingProvider>()).Concat(catalog.All).Concat(catalog.Recognised).Distinct().ToArray();

        // Of a domain that a brand names and the platform underneath has, the platform is the owner.
        foreach (SendingProvider provider in All.OrderBy(provider => provider.Underlying.Length > 0))
        {
            foreach (string domain in OwnDomains(provider).Where(domain => !_owners.ContainsKey(domain)))
                _owners.Add(domain, provider);
        }

        foreach (SendingProvider provider in All)
        {
            foreach (ProviderTrait trait in provider.Traits.Where(trait => IsTelling(trait)))
                _traits.Add((provider, trait.Kind, trait.Kind == ProviderTraitKind.Mx ? text => IsAtOrBelow(text, trait.Value) || trait.Fits(text) : trait.Fits, trait.Value.Length));

            foreach (SendingProviderObsoleteValue old in provider.Obsolete.Where(old => old.Role == RecordPurpose.Spf))
                _traits.Add((provider, ProviderTraitKind.SpfInclude, text => string.Equals(text, old.Value, StringComparison.OrdinalIgnoreCase), old.Value.Length));

            AddRecords(provider);
        }

        // The selectors that every check tries, so that recognition asks for no more.
        Selectors = CommonSelectors.All;
        Hosts = _hosts.Select(host => host.Label).Distinct(StringComparer.OrdinalIgnoreCase).ToArray();
        MailHosts = new HashSet<string>(
            All.SelectMany(provider => provider.Records.Where(record => record.DnsType == DnsRecordType.Mx && record.Role == RecordPurpose.Bounce).Select(record => Label(provider, record)).OfType<string>()),
            StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Knows no platform.</summary>
    public static ProviderIndex None { get; } = new(new SendingProviderCatalog(Array.Empty<SendingProvider>()));

    /// <summary>Those that the user named, then the shipped ones, then those that are only recognised.</summary>
    public IReadOnlyList<SendingProvider> All { get; }

    public IReadOnlyList<string> Selectors { get; }

    /// <summary>Labels of bounce and tracking hosts below the domain.</summary>
    public IReadOnlyList<string> Hosts { get; }

    /// <summary>Those of them that have MX records of their own.</summary>
    public HashSet<string> MailHosts { get; }

    public bool IsUnderlying(SendingProvider provider) => s_underlying.Contains(provider.Id, StringComparer.Ordinal);

    /// <summary>True where one of the records is of a kind that is looked at and has a name that tells the provider.</summary>
    public bool CanTell(SendingProvider provider, IEnumerable<ResourceRecord> records) => records.Any(record => record switch
    {
        CnameRecord { Purpose: RecordPurpose.Dkim } alias => Selectors.Any(selector => alias.Fqdn.StartsWith(selector + "._domainkey.", StringComparison.Ordinal)) && Tells(provider, ProviderTraitKind.DkimTarget, alias.ToString()),
        CnameRecord { Purpose: RecordPurpose.Dmarc } alias => Tells(provider, ProviderTraitKind.DmarcTarget, alias.ToString()),
        CnameRecord alias => Hosts.Contains(alias.Name.Split('.')[0]) && ReferenceEquals(FindHost(alias.Name.Split('.')[0], alias.ToString()), provider),
        NsRecord server => server.Name is "_dmarc" or "_domainkey" && Tells(provider, ProviderTraitKind.Delegation, server.ToString()),
        TxtRecord { Purpose: RecordPurpose.Spf, Name: "@" } spf => spf.Text.Split(' ').Any(term => term.StartsWith("include:", StringComparison.Ordinal) && Tells(provider, ProviderTraitKind.SpfInclude, term.Substring(8))),
        _ => false,
    });

    private bool Tells(SendingProvider provider, ProviderTraitKind kind, string text) => ReferenceEquals(Find(kind, text.TrimEnd('.')), provider);

    /// <summary>The platform whose domain it is, or lies below: one that signs, that mail returns to, that an alias or include leads to.</summary>
    public SendingProvider? OwnerOf(string? domain)
    {
        for (string? name = domain; name is { Length: > 0 } && name.IndexOf('.') > 0; name = name.Substring(name.IndexOf('.') + 1))
        {
            if (_owners.TryGetValue(name, out SendingProvider? provider)) return provider;
        }

        return null;
    }

    /// <summary>The platform that the longest trait tells; one that runs on another's servers only where its own is longer.</summary>
    public SendingProvider? Find(ProviderTraitKind kind, string text) => Best(_traits.Where(trait => trait.Kind == kind && trait.Fits(text)));

    /// <summary>The platform of a host: by where it leads, or by a host and target that only one has.</summary>
    public SendingProvider? FindHost(string label, string target)
    {
        SendingProvider[] own = _hosts.Where(host => string.Equals(host.Label, label, StringComparison.OrdinalIgnoreCase) && host.Fits(target)).Select(host => host.Provider).Distinct().ToArray();
        SendingProvider? byTarget = Best(_traits.Where(trait => trait.Kind is ProviderTraitKind.BounceTarget or ProviderTraitKind.TrackingTarget && trait.Fits(target)));
        bool isBrand = own.Length == 1 && (byTarget is null || own[0].Underlying.Contains(byTarget.Id, StringComparer.Ordinal));
        return isBrand ? own[0] : byTarget ?? (own.Length == 1 ? own[0] : null);
    }

    private static SendingProvider? Best(IEnumerable<(SendingProvider Provider, ProviderTraitKind Kind, Func<string, bool> Fits, int Length)> traits) =>
        traits.OrderByDescending(trait => trait.Length).ThenBy(trait => trait.Provider.Underlying.Length).Select(trait => trait.Provider).FirstOrDefault();

    private static bool IsAtOrBelow(string text, string name) =>
        name[0] != '.' && (string.Equals(text, name, StringComparison.OrdinalIgnoreCase) || text.EndsWith("." + name, StringComparison.OrdinalIgnoreCase));

    private static bool IsTelling(ProviderTrait trait) =>
        trait.Kind != ProviderTraitKind.DkimSelector || (trait.Value.Length >= ShortestSelector && trait.Value.All(c => char.IsLetterOrDigit(c) || c == '-'));

    // Of a brand on another platform's servers only the traits tell: its records name that platform.
    private void AddRecords(SendingProvider provider)
    {
        foreach (SendingProviderRecord record in provider.Records.Where(record => !record.Legacy))
        {
            if (record.Role is RecordPurpose.Bounce or RecordPurpose.Tracking && Label(provider, record) is { } label && Pattern(provider, record, record.TargetTemplate!) is { } host)
                _hosts.Add((provider, label, host.Fits));

            if (provider.Underlying.Length > 0) continue;

            if (record.Role == RecordPurpose.Spf && record.Host == "{domain}")
            {
                foreach (SendingProviderTemplate include in record.IncludeTemplates)
                    AddPattern(provider, ProviderTraitKind.SpfInclude, record, include);
            }

            if (record.TargetTemplate is { } target && KindOf(record) is { } kind)
                AddPattern(provider, kind, record, target);
        }
    }

    private static ProviderTraitKind? KindOf(SendingProviderRecord record) => (record.Role, record.DnsType) switch
    {
        (RecordPurpose.Dkim, DnsRecordType.Cname) => ProviderTraitKind.DkimTarget,
        (RecordPurpose.Bounce, _) => ProviderTraitKind.BounceTarget,
        (RecordPurpose.Tracking, _) => ProviderTraitKind.TrackingTarget,
        (RecordPurpose.Dmarc, DnsRecordType.Cname) => ProviderTraitKind.DmarcTarget,
        (RecordPurpose.Mx, _) => ProviderTraitKind.Mx,
        (RecordPurpose.Delegation, _) => ProviderTraitKind.Delegation,
        _ => null,
    };

    private void AddPattern(SendingProvider provider, ProviderTraitKind kind, SendingProviderRecord record, SendingProviderTemplate template)
    {
        if (Pattern(provider, record, template) is { } pattern)
            _traits.Add((provider, kind, pattern.Fits, pattern.Length));
    }

    // A target that is all the account's tells nothing: a domain of the platform's has to stand at its end.
    private static (Func<string, bool> Fits, int Length)? Pattern(SendingProvider provider, SendingProviderRecord record, SendingProviderTemplate template)
    {
        int brace = template.Text.LastIndexOf('}');
        string end = template.Text.Substring(brace + 1);
        bool isNamed = provider.Parameters.Any(parameter => template.Placeholders.Contains(parameter.Name, StringComparer.Ordinal) && parameter.Values.Count > 0);
        if (!isNamed && end.Trim('.').IndexOf('.') < 0) return null;

        string PatternOf(string name) => name == SendingProviderValues.SelectorName && record.SelectorTemplate is { } selector
            ? selector.IsConstant ? System.Text.RegularExpressions.Regex.Escape(selector.Text) : SendingProviderPattern.AnyLabels
            : provider.FindParameter(name)?.MatchPattern ?? SendingProviderPattern.AnyLabels;
        System.Text.RegularExpressions.Regex regex = template.ToRegex(PatternOf, ignoreCase: true);
        return (text => SendingProviderPattern.Matches(regex, text), end.Length);
    }

    // What stands behind the last placeholder or star of a name is the platform's, and so is the domain that was registered for
    // it. Tracking hosts are left out: they are those of networks that deliver for anybody.
    private static IEnumerable<string> OwnDomains(SendingProvider provider)
    {
        bool isBrand = provider.Underlying.Length > 0;
        IEnumerable<string> promised = provider.Records
            .Where(record => !isBrand && record.Role is RecordPurpose.Dkim or RecordPurpose.Bounce)
            .Select(record => record.TargetTemplate?.Text).OfType<string>()
            .Concat(provider.Records.Where(record => !isBrand && record.Role == RecordPurpose.Spf).SelectMany(record => record.IncludeTemplates.Select(include => include.Text)))
            .Concat(provider.Obsolete.Where(old => old.Role is RecordPurpose.Spf or RecordPurpose.Dkim or RecordPurpose.Bounce).Select(old => old.Value));
        IEnumerable<string> told = provider.Traits
            .Where(trait => trait.Kind is ProviderTraitKind.SpfInclude or ProviderTraitKind.DkimTarget or ProviderTraitKind.BounceTarget or ProviderTraitKind.MailDomain)
            .Select(trait => trait.Value);
        foreach (string name in promised.Concat(told))
        {
            int last = name.LastIndexOfAny(s_open);
            string end = name.Substring(last + 1).TrimEnd('.');

            // What begins in the middle of a label is no domain.
            string domain = end.StartsWith(".", StringComparison.Ordinal) || last < 0 ? end.TrimStart('.') : end.Substring(end.IndexOf('.') + 1);
            string[] labels = domain.Split('.');

            // Names such as co.uk belong to no platform.
            int registered = labels.Length > 2 && labels[labels.Length - 1].Length == 2 && s_registries.Contains(labels[labels.Length - 2], StringComparer.OrdinalIgnoreCase) ? 3 : 2;
            if (labels.Length >= registered && labels.All(label => label.Length > 0))
            {
                yield return domain;
                string registration = string.Join(".", labels.Skip(labels.Length - registered));
                if (!s_shared.Contains(registration, StringComparer.OrdinalIgnoreCase)) yield return registration;
            }
        }
    }

    private static string? Label(SendingProvider provider, SendingProviderRecord record)
    {
        string? Value(string name) => name == SendingProviderValues.DomainName ? string.Empty : provider.FindParameter(name)?.Default;
        return record.HostTemplate.Placeholders.All(name => Value(name) is not null) && record.HostTemplate.Expand(name => Value(name)!).TrimEnd('.') is { Length: > 0 } label ? label : null;
    }
}
