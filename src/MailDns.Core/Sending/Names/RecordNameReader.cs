using MailDns.Dmarc;

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

    /// <summary>The names in the answers at the domain and below it; what stands behind an alias is its owner's.</summary>
    public IReadOnlyList<RecordName> Read(IEnumerable<DnsResponse> answers)
    {
        DnsRecord[] records = answers.SelectMany(answer => answer.Records).Where(record => record.Owner.IsSameOrBelow(_domain)).Distinct().ToArray();
        return records.SelectMany(Read)
            .GroupBy(name => (name.Text, name.Place))
            .Select(group => group.First())
            .Take(MaxNames)
            .ToArray();
    }

    private IEnumerable<RecordName> Read(DnsRecord record) => record.Data switch
    {
        MxData mx when !mx.Exchange.IsRoot => new[] { new RecordName(mx.Exchange.Text, "the MX of " + record.Owner, isHost: true, name => Exchanger(record, mx, name)) },
        // What a DNAME makes of a question for "*" is no record of anybody's.
        NameData alias when record.Type == DnsRecordType.Cname && record.Owner.Labels[0] == "*" && !alias.Target.IsRoot && alias.Target.Labels[0] == "*" => Array.Empty<RecordName>(),
        NameData alias when record.Type == DnsRecordType.Cname => new[] { new RecordName(alias.Target.Text, "the CNAME at " + record.Owner, isHost: false, _ => null) },
        TxtData text => ReadText(record, text.Text),
        _ => Array.Empty<RecordName>(),
    };

    private IEnumerable<RecordName> ReadText(DnsRecord record, string text)
    {
        if (SpfParser.IsSpfRecord(text))
        {
            string place = "the SPF record at " + record.Owner;
            return SpfNames(text).Select(name => new RecordName(name, place, isHost: false, other => Text(record, text, name, other, RecordPurpose.Spf)));
        }

        if (record.Owner.Labels[0] != DmarcRecordBuilder.Label) return Array.Empty<RecordName>();

        string at = "a report address at " + record.Owner;
        return ReportHosts(text).Select(name => new RecordName(name, at, isHost: true, other => Text(record, text, name, other, RecordPurpose.Dmarc)));
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

    private MxRecord? Exchanger(DnsRecord record, MxData mx, string name) =>
        DomainName.TryParse(name, out DomainName? host, out _)
            ? new MxRecord(record.Owner, _domain, mx.Preference, host!, TimeSpan.FromHours(1), RecordPurpose.Mx)
            : null;

    private TxtRecord? Text(DnsRecord record, string text, string name, string other, RecordPurpose purpose)
    {
        string corrected = text.Replace(name, other);
        return corrected.All(c => c is >= ' ' and <= '~') ? new TxtRecord(record.Owner, _domain, corrected, TimeSpan.FromHours(1), purpose) : null;
    }
}

/// <summary>A name that a record points to, as it stands there.</summary>
internal sealed class RecordName(string text, string place, bool isHost, Func<string, ResourceRecord?> rename)
{
    /// <summary>The name; a character is an octet.</summary>
    public string Text { get; } = text.Length > 1 && text[text.Length - 1] == '.' ? text.Substring(0, text.Length - 1) : text;

    /// <summary>Where it stands, e.g. "the SPF record at example.com".</summary>
    public string Place { get; } = place;

    /// <summary>True for a host that takes mail: no underscore (RFC 5321 section 2.3.5).</summary>
    public bool IsHost { get; } = isHost;

    /// <summary>The record with another name in its place; null where none can be made.</summary>
    public Func<string, ResourceRecord?> Rename { get; } = rename;
}
