using MailDns.Spf;

namespace MailDns.MailReports;

/// <summary>How a source is tied to the owner of the domain; the class follows from it and from the counts.</summary>
internal enum SourceTie
{
    /// <summary>A key, the SPF tree, or the owner's word.</summary>
    Own,

    /// <summary>Signed with the owner's key, sent from elsewhere: a forwarder or a service, which only the whole can tell.</summary>
    OwnKeyElsewhere,

    /// <summary>A platform with a profile.</summary>
    Service,

    /// <summary>The receiver says that it was forwarded.</summary>
    Forwarded,

    /// <summary>A failed lookup of the receiver, and nothing else.</summary>
    TemporaryError,

    /// <summary>Nothing.</summary>
    None,
}

/// <summary>Whose figures are added up: a domain in From, a source and its tie.</summary>
internal readonly record struct SourceKey(string Domain, string PolicyDomain, string Source, SourceTie Tie);

/// <summary>The figures of one source. Every list in it is bounded.</summary>
internal sealed class SourceEntry(SourceKey key)
{
    internal const int MaxNames = 100;
    private const int MaxEvidence = 10;

    // A year and a day; what is older is added to the oldest.
    private const int MaxDays = 367;
    private readonly List<string> _evidence = new();
    private readonly HashSet<(char Kind, string Value)> _mentioned = new();
    private readonly HashSet<(AddressBits Network, int Length)> _networks = new();
    private readonly SortedDictionary<int, long[]> _days = new();

    public SourceKey Key { get; } = key;
    public SendingProvider? Platform { get; set; }
    public string? ProviderId { get; set; }
    public long Messages { get; private set; }
    public long Passed { get; private set; }
    public long Dkim { get; private set; }
    public long Spf { get; private set; }
    public long TemporaryErrors { get; private set; }
    public HashSet<string> Networks { get; } = new(StringComparer.Ordinal);

    /// <summary>Single addresses, for the remedy; at most ten.</summary>
    public HashSet<AddressBits> Addresses { get; } = new();

    public HashSet<string> Reporters { get; } = new(StringComparer.OrdinalIgnoreCase);
    public HashSet<string> Keys { get; } = new(StringComparer.Ordinal);
    public DateTime? First { get; private set; }
    public DateTime? Last { get; private set; }

    /// <summary>True where the sender's own domain is in MAIL FROM or a key of it was used in vain.</summary>
    public bool IsStrictOnly { get; set; }

    public void Add(in RowPrint print, RowCounts counts, DmarcReport report)
    {
        bool isTemporary = (print.Traits & RowTraits.TemporaryError) != RowTraits.None;
        Add(counts.Messages, counts.Passed, counts.Dkim, counts.Spf, isTemporary ? counts.Messages - counts.Passed : 0);
        if ((print.Traits & RowTraits.Unreadable) == RowTraits.None)
        {
            if (_networks.Count < MaxNames)
            {
                int length = Math.Min(print.PrefixLength, print.Address.IsIPv6 ? 48 : 24);
                if (_networks.Add((print.Address.Network(length), length)))
                    Networks.Add(print.Address.Network(length) + "/" + length.ToString(CultureInfo.InvariantCulture));
            }

            if (Addresses.Count < 10 && print.PrefixLength == print.Address.BitLength) Addresses.Add(print.Address);
        }

        AddReporter(report.Organization);
        if (report.HasUsablePeriod)
        {
            Cover(report.Begin, report.End);
            AddDay(report.Begin!.Value, counts.Messages, counts.Passed, counts.Dkim);
        }
    }

    /// <summary>Adds the figures of a source that was measured before.</summary>
    public void Add(DmarcSource source)
    {
        Add(source.Messages, source.Passed, source.DkimAligned, source.SpfAligned, source.TemporaryErrors);
        Networks.UnionWith(source.Networks.Take(Math.Max(0, MaxNames - Networks.Count)));
        foreach (string reporter in source.Reporters)
            AddReporter(reporter);

        Keys.UnionWith(source.DkimKeys.Take(Math.Max(0, MaxNames - Keys.Count)));
        foreach (string evidence in source.Evidence)
            AddEvidence(evidence);

        Cover(source.First, source.Last);
        foreach (DmarcSourceDay day in source.Days)
            AddDay(day.Date, day.Messages, day.Passed, day.DkimAligned);

        ProviderId ??= source.Provider;
    }

    public void Join(SourceEntry other)
    {
        Add(other.ToSource());
        Addresses.UnionWith(other.Addresses.Take(Math.Max(0, 10 - Addresses.Count)));
        Platform ??= other.Platform;
        IsStrictOnly |= other.IsStrictOnly;
    }

    /// <summary>True for evidence that was not told yet and finds room.</summary>
    public bool Mentions(char kind, string value) => _evidence.Count < MaxEvidence && _mentioned.Add((kind, value));

    public void AddEvidence(string text)
    {
        if (_evidence.Count < MaxEvidence && !_evidence.Contains(text)) _evidence.Add(text);
    }

    public DmarcSource ToSource() => new()
    {
        Domain = Key.Domain,
        PolicyDomain = Key.PolicyDomain,
        Source = Key.Source,
        Provider = Platform?.Id ?? ProviderId,
        Messages = Messages,
        Passed = Passed,
        DkimAligned = Dkim,
        SpfAligned = Spf,
        TemporaryErrors = TemporaryErrors,
        Networks = Networks.OrderBy(static network => network, StringComparer.Ordinal).ToArray(),
        First = First,
        Last = Last,
        Reporters = Reporters.OrderBy(static reporter => reporter, StringComparer.OrdinalIgnoreCase).ToArray(),
        Evidence = _evidence.ToArray(),
        DkimKeys = Keys.OrderBy(static name => name, StringComparer.Ordinal).ToArray(),
        Days = _days.Select(static day => new DmarcSourceDay(new DateTime(day.Key * TimeSpan.TicksPerDay, DateTimeKind.Utc), day.Value[0], day.Value[1], day.Value[2])).ToArray(),
    };

    private void Add(long messages, long passed, long dkim, long spf, long temporary)
    {
        Messages += messages;
        Passed += passed;
        Dkim += dkim;
        Spf += spf;
        TemporaryErrors += temporary;
    }

    private void AddReporter(string name)
    {
        if (Reporters.Count < MaxNames) Reporters.Add(name);
    }

    private void Cover(DateTime? first, DateTime? last)
    {
        First = First is null || first < First ? first ?? First : First;
        Last = Last is null || last > Last ? last ?? Last : Last;
    }

    private void AddDay(DateTime begin, long messages, long passed, long dkim)
    {
        int day = (int)(begin.Ticks / TimeSpan.TicksPerDay);
        if (!_days.TryGetValue(day, out long[]? counts))
        {
            if (_days.Count >= MaxDays)
            {
                day = _days.Keys.First();
                counts = _days[day];
            }
            else
            {
                _days.Add(day, counts = new long[3]);
            }
        }

        counts[0] += messages;
        counts[1] += passed;
        counts[2] += dkim;
    }
}
