using MailDns.Sending;
using MailDns.Spf;

namespace MailDns.MailReports;

/// <summary>What a measurement is asked to know beside the reports.</summary>
internal sealed record DmarcMeasureOptions
{
    /// <summary>Answers for the domains' own DNS; null asks nobody.</summary>
    public IDnsResolver? Resolver { get; init; }

    /// <summary>The platforms, with those that the owner uses.</summary>
    public ProviderIndex Platforms { get; init; } = ProviderIndex.None;

    /// <summary>Addresses, networks and domains that the owner knows to be his.</summary>
    public IReadOnlyList<string> OwnSources { get; init; } = Array.Empty<string>();

    /// <summary>Ask for the names of addresses that nothing else explains.</summary>
    public bool ResolvesNames { get; init; }
}

/// <summary>
/// Adds up who sends, report by report. What stays is a bounded number of sources, each with bounded lists. A report of any
/// size is added up while it is read (<see cref="RowTally"/>) and attributed at its end.
/// </summary>
internal sealed class DmarcMeasure
{
    /// <summary>Most sources that are kept apart; what comes later is one source "other networks" a domain.</summary>
    internal const int MaxSources = 50_000;

    /// <summary>Most domains in From that are kept apart for one policy domain.</summary>
    internal const int MaxDomains = 500;

    /// <summary>The source of rows whose address cannot be read.</summary>
    internal const string Unreadable = "unreadable address";
    private const string Others = "other networks";
    private readonly Dictionary<SourceKey, SourceEntry> _sources = new();
    private readonly Dictionary<string, HashSet<string>> _domains = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Domain, string Key), (long Inside, long Elsewhere)> _keys = new();
    private readonly Dictionary<(string, string?), string> _names = new();
    private readonly List<AddressBlock> _ownBlocks = new();
    private readonly HashSet<string> _ownDomains = new(StringComparer.OrdinalIgnoreCase);
    private readonly DmarcMeasureOptions _options;
    private readonly DomainFacts _facts;

    public DmarcMeasure(DmarcMeasureOptions options)
    {
        _options = options;
        _facts = new DomainFacts(options.Resolver, options.Platforms, options.ResolvesNames);
        foreach (string own in options.OwnSources)
        {
            if (TryReadBlock(own, out AddressBlock block))
                _ownBlocks.Add(block);
            else
                _ownDomains.Add(own.Trim().TrimEnd('.'));
        }
    }

    /// <summary>Messages in all reports that were added.</summary>
    public long Messages { get; private set; }

    /// <summary>True where so many addresses were met that some were joined into networks.</summary>
    public bool IsCoarse { get; private set; }

    /// <summary>True for text that is an address or a network.</summary>
    public static bool TryReadBlock(string text, out AddressBlock block)
    {
        block = default;
        string[] parts = text.Trim().Split('/');
        if (parts.Length > 2 || ReportAddress.Read(parts[0]) is not { } address) return false;

        int length = address.BitLength;
        if (parts.Length == 2 && (!int.TryParse(parts[1], System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out length) || length > address.BitLength))
            return false;

        block = AddressBlock.Create(address, length);
        return true;
    }

    /// <summary>Adds a report whose rows are in a tally.</summary>
    public async Task AddAsync(DmarcReport report, RowTally tally, CancellationToken cancellationToken)
    {
        IsCoarse |= tally.IsCoarse;
        await _facts.PrepareAsync(report.Domain, tally.Counts.Select(static rows => rows.Key), cancellationToken).ConfigureAwait(false);
        foreach (KeyValuePair<RowPrint, RowCounts> rows in tally.Counts)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Messages += rows.Value.Messages;
            SourceEntry entry = await AttributeAsync(rows.Key, rows.Value, report.Domain, cancellationToken).ConfigureAwait(false);
            entry.Add(rows.Key, rows.Value, report);
        }
    }

    /// <summary>Adds a source that was measured elsewhere.</summary>
    public void Add(DmarcSource source)
    {
        SourceTie tie = source.Class switch
        {
            DmarcSourceClass.ServiceUnaligned => SourceTie.Service,
            DmarcSourceClass.Forwarder => SourceTie.Forwarded,
            DmarcSourceClass.TemporaryError => SourceTie.TemporaryError,
            DmarcSourceClass.Unknown => SourceTie.None,
            _ => SourceTie.Own,
        };
        Messages += source.Messages;
        SourceEntry entry = Get(new SourceKey(source.Domain, source.PolicyDomain, source.Source, tie));
        entry.Add(source);
        if (entry.Platform is null && source.Provider is { } id)
            entry.Platform = _options.Platforms.All.FirstOrDefault(provider => provider.IsNamed(id));
    }

    /// <summary>The sources, those that need attention last. Every message that was added is in exactly one.</summary>
    public async Task<IReadOnlyList<DmarcSource>> FinishAsync(CancellationToken cancellationToken)
    {
        var settled = new Dictionary<SourceKey, SourceEntry>();
        foreach (SourceEntry entry in _sources.Values)
        {
            SourceKey key = Settle(entry);
            if (settled.TryGetValue(key, out SourceEntry? present))
            {
                present.Join(entry);
            }
            else if (key == entry.Key)
            {
                settled.Add(key, entry);
            }
            else
            {
                var moved = new SourceEntry(key);
                moved.Join(entry);
                settled.Add(key, moved);
            }
        }

        var remedy = new SourceRemedy(_options.Resolver);
        var sources = new List<DmarcSource>();
        foreach (SourceEntry entry in settled.Values)
        {
            DmarcSource source = entry.ToSource();
            SourceClassifier.Classify(source, entry);
            await remedy.AddAsync(source, entry, cancellationToken).ConfigureAwait(false);
            sources.Add(source);
        }

        return sources
            .OrderBy(static source => source.PolicyDomain, StringComparer.Ordinal)
            .ThenBy(static source => source.Domain.Length == source.PolicyDomain.Length ? 0 : 1)
            .ThenBy(static source => source.Domain, StringComparer.Ordinal)
            .ThenBy(static source => SourceClassifier.Rank(source.Class))
            .ThenBy(static source => source.Messages)
            .ThenBy(static source => source.Source, StringComparer.Ordinal)
            .ToArray();
    }

    // A key that mostly signs mail from the owner's own addresses was met elsewhere because the mail was forwarded. A key
    // that is only met elsewhere is used by whoever sends from there.
    private SourceKey Settle(SourceEntry entry)
    {
        if (entry.Key.Tie != SourceTie.OwnKeyElsewhere) return entry.Key;

        (long inside, long elsewhere) = _keys[(entry.Key.Domain, entry.Key.Source)];
        bool isForwarded = inside > elsewhere;
        if (isForwarded) entry.AddEvidence("The key mostly signs mail from the domain's own addresses.");

        return entry.Key with { Tie = isForwarded ? SourceTie.Forwarded : SourceTie.Own };
    }

    private async Task<SourceEntry> AttributeAsync(RowPrint print, RowCounts counts, string policyDomain, CancellationToken cancellationToken)
    {
        string domain = DomainOf(print.HeaderFrom, policyDomain);
        string? key = print.KeyDomain is not null && OwnDomain.Is(print.KeyDomain, policyDomain) ? KeyNameOf(print.KeyDomain, print.KeySelector) : null;
        bool isOwnSpf = print.SpfDomain is not null && OwnDomain.Is(print.SpfDomain, policyDomain);
        bool isForwarded = (print.Traits & RowTraits.Forwarded) != RowTraits.None;
        SpfPath? path = _facts.Find(policyDomain, print) ?? _facts.Find(print.HeaderFrom, print);
        SendingProvider? platform = PlatformOf(print, key, path);
        if (IsNamedByOwner(print))
        {
            return Own(domain, policyDomain, platform?.Name ?? path?.Text ?? key ?? NetworkOf(print), platform, key, path, "The owner named it (-OwnSource).", print, counts, policyDomain);
        }

        if (path is not null || isOwnSpf)
        {
            CountKey(domain, key, isInside: true, counts);
            string source = platform?.Name ?? path?.Text ?? key ?? SpfSource(print.SpfDomain!);
            return Own(domain, policyDomain, source, platform, key, path, path is null ? SpfEvidence(print.SpfDomain!) : null, print, counts, policyDomain);
        }

        if (key is not null)
        {
            if (isForwarded) return Forwarder(domain, policyDomain, print, key);

            if (platform is not null)
            {
                CountKey(domain, key, isInside: true, counts);
                return Own(domain, policyDomain, platform.Name, platform, key, path, null, print, counts, policyDomain);
            }

            CountKey(domain, key, isInside: false, counts);
            SourceEntry elsewhere = Get(new SourceKey(domain, policyDomain, key, SourceTie.OwnKeyElsewhere));
            Say(elsewhere, key, path, null, print, policyDomain);
            return elsewhere;
        }

        if (isForwarded) return Forwarder(domain, policyDomain, print, key);

        if (platform is not null)
        {
            SourceEntry service = Get(new SourceKey(domain, policyDomain, platform.Name, SourceTie.Service));
            service.Platform = platform;
            Say(service, key, path, null, print, policyDomain);
            return service;
        }

        SourceTie tie = (print.Traits & RowTraits.TemporaryError) != RowTraits.None ? SourceTie.TemporaryError : SourceTie.None;
        string? name = print.OtherSigner ?? print.SpfDomain;
        if (name is null && (print.Traits & RowTraits.Unreadable) == RowTraits.None && print.PrefixLength == print.Address.BitLength)
            name = await _facts.NameOfAsync(print.Address, cancellationToken).ConfigureAwait(false);

        SourceEntry unknown = Get(new SourceKey(domain, policyDomain, name ?? NetworkOf(print), tie));
        Say(unknown, key, path, name is null || print.OtherSigner is not null || print.SpfDomain is not null ? null : "The address is that of " + name + " (PTR, confirmed).", print, policyDomain);
        return unknown;
    }

    private SourceEntry Own(string domain, string policyDomain, string source, SendingProvider? platform, string? key, SpfPath? path, string? evidence, in RowPrint print, RowCounts counts, string policy)
    {
        SourceEntry entry = Get(new SourceKey(domain, policyDomain, source, SourceTie.Own));
        entry.Platform ??= platform;
        entry.IsStrictOnly |= counts.Passed < counts.Messages && (key is not null || print.SpfDomain is not null && OwnDomain.Is(print.SpfDomain, policy));
        Say(entry, key, path, evidence, print, policy);
        return entry;
    }

    private SourceEntry Forwarder(string domain, string policyDomain, in RowPrint print, string? key)
    {
        SourceEntry entry = Get(new SourceKey(domain, policyDomain, print.SpfDomain ?? print.OtherSigner ?? NetworkOf(print), SourceTie.Forwarded));
        Say(entry, key, path: null, "The receiver says that it was forwarded or came through a list.", print, policyDomain);
        return entry;
    }

    // The strongest first.
    private static void Say(SourceEntry entry, string? key, SpfPath? path, string? evidence, in RowPrint print, string policyDomain)
    {
        if (key is not null)
        {
            if (entry.Keys.Count < SourceEntry.MaxNames) entry.Keys.Add(key);
            if (entry.Mentions('k', key)) entry.AddEvidence("DKIM passed with " + key + ".");
        }

        if (path is not null && entry.Mentions('p', path.Text))
            entry.AddEvidence("In the SPF record: " + path.Text + ".");

        if (print.OtherSigner is not null && entry.Mentions('d', print.OtherSigner))
            entry.AddEvidence("DKIM passed for " + print.OtherSigner + ", which does not align.");

        if (print.SpfDomain is not null && !OwnDomain.Is(print.SpfDomain, policyDomain) && entry.Mentions('s', print.SpfDomain))
            entry.AddEvidence("SPF passed for " + print.SpfDomain + ", which does not align.");

        if (evidence is not null) entry.AddEvidence(evidence);
    }

    private SendingProvider? PlatformOf(in RowPrint print, string? key, SpfPath? path) =>
        (key is null ? null : _facts.PlatformOfKey(key)) ?? path?.Platform ?? _options.Platforms.OwnerOf(print.OtherSigner) ?? _options.Platforms.OwnerOf(print.SpfDomain);

    private bool IsNamedByOwner(in RowPrint print)
    {
        if (_ownBlocks.Count > 0 && (print.Traits & RowTraits.Unreadable) == RowTraits.None)
        {
            var number = new AddressNumber(print.Address.High, print.Address.Low);
            foreach (AddressBlock block in _ownBlocks)
            {
                if (block.IsIPv6 == print.Address.IsIPv6 && block.Contains(number)) return true;
            }
        }

        return _ownDomains.Count > 0 && (IsOwnDomain(print.OtherSigner) || IsOwnDomain(print.SpfDomain));
    }

    private bool IsOwnDomain(string? domain) => domain is not null && _ownDomains.Any(own => OwnDomain.IsSameOrBelow(domain, own.ToLowerInvariant()));

    private void CountKey(string domain, string? key, bool isInside, RowCounts counts)
    {
        if (key is null) return;

        (string, string) name = (domain, key);
        _keys.TryGetValue(name, out (long Inside, long Elsewhere) count);
        if (_keys.Count < MaxSources || count != default)
            _keys[name] = isInside ? (count.Inside + counts.Messages, count.Elsewhere) : (count.Inside, count.Elsewhere + counts.Messages);
    }

    // The same few texts for millions of rows.
    private string KeyNameOf(string domain, string? selector) => Name((domain, selector), static name => DomainFacts.KeyName(name.Item1, name.Item2));

    private string SpfSource(string domain) => Name(("SPF of ", domain), static name => name.Item1 + name.Item2);

    private string SpfEvidence(string domain) => Name(("SPF passed for ", domain), static name => name.Item1 + name.Item2 + ".");

    private string Name((string, string?) parts, Func<(string, string?), string> make)
    {
        if (!_names.TryGetValue(parts, out string? name))
        {
            name = make(parts);
            if (_names.Count < MaxSources) _names.Add(parts, name);
        }

        return name;
    }

    // Whoever pretends may make up any number of subdomains.
    private string DomainOf(string headerFrom, string policyDomain)
    {
        if (headerFrom.Length == 0 || headerFrom == policyDomain) return policyDomain;

        if (!_domains.TryGetValue(policyDomain, out HashSet<string>? known))
            _domains.Add(policyDomain, known = new HashSet<string>(StringComparer.Ordinal));

        return known.Contains(headerFrom) || (known.Count < MaxDomains && known.Add(headerFrom)) ? headerFrom : "*." + policyDomain;
    }

    private static string NetworkOf(in RowPrint print)
    {
        if ((print.Traits & RowTraits.Unreadable) != RowTraits.None) return Unreadable;

        int length = Math.Min(print.PrefixLength, print.Address.IsIPv6 ? 48 : 24);
        return print.Address.Network(length) + "/" + length.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    private SourceEntry Get(SourceKey key)
    {
        if (_sources.TryGetValue(key, out SourceEntry? entry)) return entry;

        if (_sources.Count >= MaxSources)
        {
            SourceKey rest = key with { Source = key.Tie == SourceTie.OwnKeyElsewhere ? key.Source : Others, Domain = key.Tie == SourceTie.OwnKeyElsewhere ? key.Domain : key.PolicyDomain };
            if (_sources.TryGetValue(rest, out entry)) return entry;

            key = rest;
        }

        _sources.Add(key, entry = new SourceEntry(key));
        return entry;
    }
}
