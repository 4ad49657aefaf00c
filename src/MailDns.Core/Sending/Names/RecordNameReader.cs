using MailDns.Dmarc;
using MailDns.Mx;

namespace MailDns.Sending;

/// <summary>
/// The names that a domain's own records point to: exchangers, alias targets, domain-specs of SPF, hosts of report
/// addresses. Read from the text itself, since a name that is none is no part of a parsed record.
/// </summary>
internal sealed class RecordNameReader(DomainName domain)
{
    /// <summary>Names that are judged; a hostile zone may not have more looked at.</summary>
    private const int MaxNames = 500;

    private static readonly string[] s_spfTerms = { "include:", "a:", "mx:", "ptr:", "exists:", "redirect=", "exp=" };

    private readonly DomainName _domain = domain;
    private DnsRecord[] _records = Array.Empty<DnsRecord>();

    /// <summary>The names in the answers at the domain and below it; what stands behind an alias is its owner's.</summary>
    public IReadOnlyList<RecordName> Read(IEnumerable<DnsResponse> answers)
    {
        _records = answers.SelectMany(answer => answer.Records).Where(record => record.Owner.IsSameOrBelow(_domain)).Distinct().ToArray();
        return _records.SelectMany(Read)
            .GroupBy(name => (name.Text, name.Place))
            .Select(group => group.First())
            .Take(MaxNames)
            .ToArray();
    }

    private IEnumerable<RecordName> Read(DnsRecord record) => record.Data switch
    {
        MxData mx when !mx.Exchange.IsRoot => new[] { new RecordName(mx.Exchange.Text, "the MX of " + record.Owner, isHost: true, () => Exchangers(record.Owner)) },
        // What a DNAME makes of a question for "*" is no record of anybody's.
        NameData alias when record.Type == DnsRecordType.Cname && record.Owner.BeginsWith("*") && alias.Target.BeginsWith("*") => Array.Empty<RecordName>(),
        NameData alias when record.Type == DnsRecordType.Cname => new[] { new RecordName(alias.Target.Text, "the CNAME at " + record.Owner, isHost: false, Array.Empty<ResourceRecord>) },
        TxtData text => ReadText(record, text.Text),
        _ => Array.Empty<RecordName>(),
    };

    private IEnumerable<RecordName> ReadText(DnsRecord record, string text)
    {
        if (SpfParser.IsSpfRecord(text))
        {
            string place = "the SPF record at " + record.Owner;
            return SpfNames(text).Select(name => new RecordName(name, place, isHost: false, () => Text(record, text, RecordPurpose.Spf)));
        }

        if (!record.Owner.BeginsWith(DmarcRecordBuilder.Label)) return Array.Empty<RecordName>();

        string at = "a report address at " + record.Owner;
        return ReportHosts(text).Select(name => new RecordName(name, at, isHost: true, () => Text(record, text, RecordPurpose.Dmarc)));
    }

    // A macro is not known before a message comes.
    private static IEnumerable<string> SpfNames(string text)
    {
        foreach (string token in text.Split(' ').Skip(1))
        {
            string term = token.TrimStart('+', '-', '~', '?');
            string? start = Array.Find(s_spfTerms, prefix => term.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));
            if (start is null || term.IndexOf('%') >= 0) continue;

            string name = term.Substring(start.Length);
            int slash = name.IndexOf('/');
            name = slash < 0 ? name : name.Substring(0, slash);
            if (name.Length > 0) yield return name;
        }
    }

    private static IEnumerable<string> ReportHosts(string text)
    {
        DmarcRecord record = DmarcParser.Read(text);
        foreach (DmarcReportUri uri in record.AggregateReportUri.Concat(record.FailureReportUri).Where(uri => uri.RawUri.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase)))
        {
            int at = uri.RawUri.IndexOf('@');
            string host = at < 0 ? string.Empty : uri.RawUri.Substring(at + 1).Split('?', '!', ',')[0];
            if (host.Length > 0 && host.IndexOf('%') < 0 && host[0] != '[') yield return host;
        }
    }

    // All exchangers of the name: a set is published whole.
    private IReadOnlyList<ResourceRecord> Exchangers(DomainName owner)
    {
        MxData[] set = _records.Where(record => record.Owner.Equals(owner)).Select(record => record.Data).OfType<MxData>().ToArray();
        DomainName[] names = set.Select(mx => UnicodeName.ToAscii(mx.Exchange.Text) ?? mx.Exchange).ToArray();
        return names.All(name => name.IsRoot || DomainName.TryParse(name.Text, out _, out _))
            ? set.Select((mx, i) => (ResourceRecord)new MxRecord(owner, _domain, mx.Preference, names[i], TimeSpan.FromHours(1), RecordPurpose.Mx)).ToArray()
            : Array.Empty<ResourceRecord>();
    }

    // Every name of the text at once: one text is published.
    private IReadOnlyList<ResourceRecord> Text(DnsRecord record, string text, RecordPurpose purpose)
    {
        string corrected = UnicodeName.InText(text);
        return corrected.All(c => c is >= ' ' and <= '~') ? new[] { new TxtRecord(record.Owner, _domain, corrected, TimeSpan.FromHours(1), purpose) } : Array.Empty<ResourceRecord>();
    }
}

/// <summary>A name that a record points to, as it stands there.</summary>
internal sealed class RecordName(string text, string place, bool isHost, Func<IReadOnlyList<ResourceRecord>> inAscii)
{
    /// <summary>The name; a character is an octet.</summary>
    public string Text { get; } = text.Length > 1 && text[text.Length - 1] == '.' ? text.Substring(0, text.Length - 1) : text;

    /// <summary>Where it stands, e.g. "the SPF record at example.com".</summary>
    public string Place { get; } = place;

    /// <summary>True for a host that takes mail: no underscore (RFC 5321 section 2.3.5).</summary>
    public bool IsHost { get; } = isHost;

    /// <summary>The record, or the set that it is of, with every name in A-labels; none where it cannot be made.</summary>
    public Func<IReadOnlyList<ResourceRecord>> InAscii { get; } = inAscii;
}

/// <summary>Names that a domain's records point to and that are none: too long, no host name, Unicode where DNS needs A-labels.</summary>
internal sealed class RecordNameRules(DomainName domain, CheckSheet sheet)
{
    /// <summary>Names that one result tells; the count tells the rest.</summary>
    private const int NamedNames = 5;

    private readonly DomainName _domain = domain;
    private readonly CheckSheet _sheet = sheet;
    private readonly List<Finding> _findings = new();

    /// <summary>Judges the names in these answers, and tells whether there are any.</summary>
    public bool Apply(IEnumerable<DnsResponse> answers)
    {
        IReadOnlyList<RecordName> names = new RecordNameReader(_domain).Read(answers);
        foreach (RecordName name in names)
            Judge(name);

        foreach (IGrouping<CheckDefinition, Finding> group in _findings.GroupBy(finding => finding.Check))
        {
            Finding[] all = group.ToArray();
            string more = all.Length > NamedNames ? "; and " + (all.Length - NamedNames) + " more" : string.Empty;
            _sheet.Report(
                group.Key.Saying(string.Join("; ", all.Take(NamedNames).Select(finding => finding.Message)) + more + "."),
                all.Length == 1 ? all[0].Expected : null,
                string.Join(", ", all.Take(NamedNames).Select(finding => PrintableText.Escape(finding.Name.Text))),
                recommendation: null,
                all.SelectMany(finding => finding.Fix).GroupBy(record => record.Fqdn + " " + record).Select(same => same.First()).ToArray());
        }

        return names.Count > 0;
    }

    private void Judge(RecordName name)
    {
        if (name.Text.Any(c => c > '~'))
            JudgeUnicode(name);
        else if (name.Text.Length > DomainName.MaxLength || name.Text.Split('.').Any(label => label.Length > DomainName.MaxLabelLength))
            Add(DnsChecks.NameLength, name, " has a label over 63 octets, or is longer than 253");
        else if (SyntaxFault(name) is { } fault)
            Add(DnsChecks.NameSyntax, name, " is not a host name: " + fault);
        else if (!DomainName.TryToAscii(name.Text, out _, out _))
            Add(DnsChecks.IdnInvalid, name, " has an A-label that does not decode to a valid name");
    }

    // Octets of UTF-8, as Windows DNS Server and control panels store what people type.
    private void JudgeUnicode(RecordName name)
    {
        if (UnicodeName.Decode(name.Text) is null)
            Add(DnsChecks.NameSyntax, name, " is not a host name: it contains bytes that are not text");
        else if (UnicodeName.ToAscii(name.Text) is { } ascii)
            _findings.Add(new Finding(DnsChecks.IdnULabel, name, Show(name) + " is Unicode; DNS needs " + ascii) { Expected = ascii.Text, Fix = name.InAscii() });
        else
            Add(DnsChecks.IdnInvalid, name, " is not a valid internationalized name");
    }

    private static string? SyntaxFault(RecordName name)
    {
        // An address in a name's place has checks of its own: MX-IP, and those of SPF.
        string[] labels = name.Text.Split('.');
        if (DomainName.TryParseDns(name.Text, out DomainName? parsed) && MxHostName.IsAddress(parsed!)) return null;
        if (labels.Any(label => label.Length == 0)) return "a label is empty";

        if (name.Text.FirstOrDefault(c => !IsHostCharacter(c) && c != '_') is var odd && odd != '\0')
            return PrintableText.Quote(odd.ToString()) + " is not allowed";

        if (labels.Any(label => label[0] == '-' || label[label.Length - 1] == '-'))
            return "a label begins or ends with a hyphen";

        return name.IsHost && name.Text.IndexOf('_') >= 0 ? "a host that takes mail has no underscore" : null;
    }

    private static bool IsHostCharacter(char c) => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '-' or '.';

    private void Add(CheckDefinition check, RecordName name, string what) => _findings.Add(new Finding(check, name, Show(name) + what));

    private static string Show(RecordName name) => PrintableText.Quote(name.Text) + " in " + name.Place;

    private sealed class Finding(CheckDefinition check, RecordName name, string message)
    {
        public CheckDefinition Check { get; } = check;

        public RecordName Name { get; } = name;

        public string Message { get; } = message;

        public string? Expected { get; init; }

        public IReadOnlyList<ResourceRecord> Fix { get; init; } = Array.Empty<ResourceRecord>();
    }
}
