using System.IO;
using System.Xml;

namespace MailDns.MailReports;

/// <summary>
/// Reads DMARC aggregate reports of both schemas (RFC 9990 appendix A, RFC 7489 appendix C) in any order of their elements.
/// Only what cannot be counted is left out, and said. Rows are given one by one, so a report of any size is never held.
/// </summary>
internal sealed class AggregateReader(ReportXml xml, ReportNotes notes)
{
    private const string Rfc9990Namespace = "urn:ietf:params:xml:ns:dmarc-2.0";

    // More signatures than a message can be expected to carry are not kept.
    private const int MaxResults = 50;
    private readonly ReportXml _xml = xml;
    private readonly ReportNotes _notes = notes;
    private readonly string _root = xml.Namespace;
    private readonly KnownResults _results = new();
    private readonly KnownLists<DmarcReportDkim> _dkimLists = new();
    private readonly KnownLists<DmarcReportSpf> _spfLists = new();
    private readonly List<DmarcReportDkim> _dkim = new();
    private readonly List<DmarcReportSpf> _spf = new();
    private readonly List<DmarcReportReason> _reasons = new();
    private readonly List<string> _errors = new();
    private readonly DmarcReport _report = new();
    private bool _hasPolicy;
    private bool _hasFinished;
    private bool _hasNewElements;
    private string _headerFrom = string.Empty;

    /// <summary>Reads the report at whose root element the XML is.</summary>
    /// <param name="xml">At the element feedback.</param>
    /// <param name="notes">What is to be said of the report.</param>
    /// <param name="now">What is later lies in the future.</param>
    /// <param name="onRow">Takes each row.</param>
    /// <param name="fault">What ended the reading before the end of the report; null where nothing did.</param>
    public static DmarcReport Read(ReportXml xml, ReportNotes notes, DateTime now, Action<DmarcReportRow> onRow, out Exception? fault)
    {
        var reader = new AggregateReader(xml, notes);
        fault = null;
        try
        {
            reader.ReadFeedback(onRow);
        }
        catch (Exception exception) when (exception is XmlException or EndOfStreamException or InvalidDataException or MailReportException)
        {
            fault = exception;
        }

        reader.Finish(now);
        return reader._report;
    }

    // The root may have a prefix and its children none, and the other way round. Whatever has another namespace is an extension.
    private bool IsOurs
    {
        get
        {
            string space = _xml.Namespace;
            return space.Length == 0 || ReferenceEquals(space, _root) || string.Equals(space, _root, StringComparison.Ordinal)
                || space.IndexOf("dmarc.org/dmarc-xml", StringComparison.Ordinal) >= 0 || string.Equals(space, Rfc9990Namespace, StringComparison.Ordinal);
        }
    }

    private bool Next(int depth)
    {
        while (_xml.NextChild(depth))
        {
            if (IsOurs) return true;

            _xml.Skip();
        }

        return false;
    }

    private void ReadFeedback(Action<DmarcReportRow> onRow)
    {
        if (_xml.IsEmpty)
        {
            _hasFinished = true;
            return;
        }

        int depth = _xml.Depth;
        while (Next(depth))
        {
            switch (_xml.Name)
            {
                case "report_metadata":
                    ReadMetadata();
                    break;
                case "policy_published":
                    ReadPolicy();
                    break;
                case "record":
                    ReadRecord(onRow);
                    break;
                default:
                    _xml.Skip();
                    break;
            }
        }

        _hasFinished = true;
    }

    private void ReadMetadata()
    {
        if (_xml.IsEmpty) return;

        int depth = _xml.Depth;
        while (Next(depth))
        {
            switch (_xml.Name)
            {
                case "org_name":
                    _report.Organization = _xml.Text();
                    break;
                case "email":
                    _report.Email = _xml.TextOrNull();
                    break;
                case "extra_contact_info":
                    _report.ExtraContactInfo = _xml.TextOrNull();
                    break;
                case "report_id":
                    _report.ReportId = _xml.Text();
                    break;
                case "begin":
                    _report.Begin = ReportTime.FromSeconds(_xml.Raw());
                    break;
                case "end":
                    _report.End = ReportTime.FromSeconds(_xml.Raw());
                    break;
                case "generator":
                    _report.Generator = _xml.TextOrNull();
                    _hasNewElements = true;
                    break;
                case "error":
                    AddError(_xml.Text());
                    break;
                case "date_range":
                    break;
                default:
                    _xml.Skip();
                    break;
            }
        }
    }

    private void AddError(string text)
    {
        if (text.Length > 0 && _errors.Count < MaxResults) _errors.Add(text);
    }

    private void ReadPolicy()
    {
        if (_hasPolicy)
        {
            _notes.Warn("The report has several policies; the first was taken.");
            _xml.Skip();
            return;
        }

        _hasPolicy = true;
        if (_xml.IsEmpty) return;

        int depth = _xml.Depth;
        while (Next(depth))
        {
            switch (_xml.Name)
            {
                case "domain":
                    _report.Domain = _xml.Domain();
                    break;
                case "p":
                    _report.Policy = ReadPolicyWord("p");
                    break;
                case "sp":
                    _report.SubdomainPolicy = ReadPolicyWord("sp");
                    break;
                case "np":
                    _report.NonexistentSubdomainPolicy = ReadPolicyWord("np");
                    _hasNewElements = true;
                    break;
                case "adkim":
                    _report.DkimAlignment = ReadAlignment();
                    break;
                case "aspf":
                    _report.SpfAlignment = ReadAlignment();
                    break;
                case "pct":
                    long pct = _xml.Count();
                    _report.Percentage = pct is >= 0 and <= 100 ? (int)pct : null;
                    break;
                case "fo":
                    _report.FailureOptions = _xml.TextOrNull();
                    break;
                case "testing":
                    string testing = _xml.Word();
                    _report.Testing = testing switch { "y" => true, "n" => false, _ => null };
                    _hasNewElements = true;
                    break;
                case "discovery_method":
                    _report.DiscoveryMethod = _xml.TextOrNull();
                    _hasNewElements = true;
                    break;
                default:
                    _xml.Skip();
                    break;
            }
        }
    }

    // An absent sp is p: read as none it would look like a hole.
    private DmarcPolicy? ReadPolicyWord(string tag)
    {
        string word = _xml.Word();
        switch (word)
        {
            case "none":
                return DmarcPolicy.None;
            case "quarantine":
                return DmarcPolicy.Quarantine;
            case "reject":
                return DmarcPolicy.Reject;
            case "":
                return null;
            default:
                _notes.Warn("The policy " + tag + "=" + PrintableText.Quote(word) + " is not defined.");
                return null;
        }
    }

    private DmarcAlignmentMode? ReadAlignment() => _xml.Word() switch
    {
        "r" or "relaxed" => DmarcAlignmentMode.Relaxed,
        "s" or "strict" => DmarcAlignmentMode.Strict,
        _ => null,
    };

    private void ReadRecord(Action<DmarcReportRow> onRow)
    {
        if (_xml.IsEmpty)
        {
            _report.SkippedRowCount++;
            _notes.Note("A record is empty.");
            return;
        }

        _dkim.Clear();
        _spf.Clear();
        _reasons.Clear();
        _xml.Content = 0;
        var draft = new Draft();
        int depth = _xml.Depth;
        while (Next(depth))
        {
            switch (_xml.Name)
            {
                case "row":
                    break;
                case "source_ip":
                    draft.Source = _xml.Source();
                    break;
                case "count":
                    draft.Count = _xml.Count();
                    draft.HasCount = !_xml.WasEmpty;
                    break;
                case "policy_evaluated":
                    ReadEvaluated(ref draft);
                    break;
                case "identifiers" or "identities":
                    if (_xml.Name == "identities") _notes.Note("The element identifiers is called identities.");

                    break;
                case "header_from":
                    draft.HeaderFrom = _xml.Domain();
                    break;
                case "envelope_from":
                    draft.EnvelopeFrom = _xml.Domain();
                    break;
                case "envelope_to":
                    draft.EnvelopeTo = _xml.Domain();
                    break;
                case "auth_results":
                    ReadResults();
                    break;
                default:
                    _xml.Skip();
                    break;
            }
        }

        Accept(draft, onRow);
    }

    private void ReadEvaluated(ref Draft draft)
    {
        bool hasDkim = false;
        bool hasSpf = false;
        if (!_xml.IsEmpty)
        {
            int depth = _xml.Depth;
            while (Next(depth))
            {
                switch (_xml.Name)
                {
                    case "disposition":
                        draft.Disposition = _xml.Word();
                        break;
                    case "dkim":
                        draft.DkimAligned = ReadVerdict(ref hasDkim);
                        break;
                    case "spf":
                        draft.SpfAligned = ReadVerdict(ref hasSpf);
                        break;
                    case "reason":
                        ReadReason();
                        break;
                    default:
                        _xml.Skip();
                        break;
                }
            }
        }

        if (!hasDkim || !hasSpf)
            _notes.Warn("A verdict of the receiver on DKIM or SPF is missing or not pass or fail; it counts as not passed.");
    }

    // Whatever is not "pass" has not passed; readers that take "none" for a pass are wrong.
    private bool ReadVerdict(ref bool isKnown)
    {
        bool isPass = _xml.IsPass(out bool isWord);
        isKnown |= isWord;
        return isPass;
    }

    private void ReadReason()
    {
        string type = string.Empty;
        string? comment = null;
        if (!_xml.IsEmpty)
        {
            int depth = _xml.Depth;
            while (Next(depth))
            {
                switch (_xml.Name)
                {
                    case "type":
                        type = _xml.Word();
                        break;
                    case "comment":
                        comment = _xml.TextOrNull();
                        break;
                    default:
                        _xml.Skip();
                        break;
                }
            }
        }

        if (_reasons.Count < MaxResults)
            _reasons.Add(new DmarcReportReason(type.Length == 0 ? "unspecified" : type, comment));
    }

    private void ReadResults()
    {
        if (_xml.IsEmpty) return;

        int depth = _xml.Depth;
        while (Next(depth))
        {
            switch (_xml.Name)
            {
                case "dkim":
                    ReadDkim();
                    break;
                case "spf":
                    ReadSpf();
                    break;
                default:
                    _xml.Skip();
                    break;
            }
        }
    }

    private void ReadDkim()
    {
        (string domain, string? selector, string result) = ReadResult("selector");
        if ((domain.Length > 0 || selector is not null || result.Length > 0) && _dkim.Count < MaxResults)
            _dkim.Add(_results.Dkim(domain, selector, result));
    }

    private void ReadSpf()
    {
        (string domain, string? scope, string result) = ReadResult("scope");
        if ((domain.Length > 0 || result.Length > 0) && _spf.Count < MaxResults)
            _spf.Add(_results.Spf(domain, scope, SpfWord(result)));
    }

    // A result of DKIM or of SPF: they differ in one element.
    private (string Domain, string? Detail, string Result) ReadResult(string detailName)
    {
        string domain = string.Empty;
        string? detail = null;
        string result = string.Empty;
        if (!_xml.IsEmpty)
        {
            int depth = _xml.Depth;
            while (Next(depth))
            {
                switch (_xml.Name)
                {
                    case "domain":
                        domain = _xml.Domain();
                        break;
                    case "selector" when detailName == "selector":
                        detail = _xml.TextOrNull();
                        break;
                    case "scope" when detailName == "scope":
                        detail = _xml.Word() is { Length: > 0 } word ? word : null;
                        break;
                    case "result":
                        result = _xml.Word();
                        break;
                    default:
                        _xml.Skip();
                        break;
                }
            }
        }

        return (domain, detail, result);
    }

    // The words of drafts and of libraries for those of RFC 7208 section 2.6.
    private static string SpfWord(string word) => word switch
    {
        "unknown" => "temperror",
        "error" => "permerror",
        "hardfail" => "fail",
        _ => word,
    };

    private void Accept(Draft draft, Action<DmarcReportRow> onRow)
    {
        bool isPlaceholder = draft.Source.Text.Length == 0 && draft.HeaderFrom.Length == 0 && draft.Count <= 0;
        if (isPlaceholder || draft.Count < 0)
        {
            _report.SkippedRowCount++;
            if (isPlaceholder)
                _notes.Note("A row is an empty placeholder.");
            else
                _notes.Warn(draft.HasCount ? "A row's count is not a usable number; the row was left out." : "A row has no count; the row was left out.");

            return;
        }

        if (draft.Source.Address is null)
            _notes.Warn("A source address cannot be read; the messages count, their source is unreadable.");

        var row = new DmarcReportRow(draft.Source)
        {
            Count = draft.Count,
            Disposition = Disposition(draft.Disposition),
            DkimAligned = draft.DkimAligned,
            SpfAligned = draft.SpfAligned,
            HeaderFrom = draft.HeaderFrom,
            EnvelopeFrom = draft.EnvelopeFrom,
            EnvelopeTo = draft.EnvelopeTo is { Length: > 0 } to ? to : null,
            Dkim = _dkimLists.Get(_dkim),
            Spf = _spfLists.Get(_spf),
            Reasons = _reasons.Count == 0 ? Array.Empty<DmarcReportReason>() : _reasons.ToArray(),
        };
        _report.RowCount++;
        _report.MessageCount += row.Count;
        _report.PassedCount += row.Passed ? row.Count : 0;
        _report.Content = TextHash.Join(_report.Content, _xml.Content);
        if (_headerFrom.Length == 0) _headerFrom = row.HeaderFrom;

        onRow(row);
    }

    private string Disposition(string word)
    {
        if (word is "none" or "quarantine" or "reject" or "pass") return word;

        _notes.Warn("The disposition " + PrintableText.Quote(word) + " is not defined.");
        return "other";
    }

    private void Finish(DateTime now)
    {
        _report.Errors = _errors.ToArray();
        _report.Format = string.Equals(_root, Rfc9990Namespace, StringComparison.Ordinal) ? DmarcReportFormat.Rfc9990 : DmarcReportFormat.Rfc7489;
        if (_hasNewElements && _report.Format == DmarcReportFormat.Rfc7489)
        {
            // Google sends them since 2023; the other elements are still those of RFC 7489.
            _notes.Note("The report has elements of RFC 9990 without its namespace.");
        }

        if (_report.Organization.Length == 0 && _report.Email is { } email)
        {
            _notes.Note("The report has no organization; the domain of its address was taken.");
            _report.Organization = email.Substring(email.LastIndexOf('@') + 1);
        }

        if (_report.Domain.Length == 0)
        {
            _notes.Warn("The report does not name the domain of the policy.");
            _report.Domain = _headerFrom;
        }

        if (!_hasPolicy) _notes.Warn("The report has no policy: which one was applied is not known.");
        if (_report.RowCount == 0 && _hasFinished) _notes.Warn("The report has no usable rows.");

        // Without its period a report cannot be told from another of the same id.
        _report.IsComplete = _hasFinished && _hasPolicy && _report.Begin is not null && _report.End is not null;
        ReportTime.Judge(_report, now, _notes);
    }

    private struct Draft()
    {
        public ReportSource Source = ReportSource.None;
        public long Count = -1;
        public bool HasCount;
        public string Disposition = string.Empty;
        public bool DkimAligned;
        public bool SpfAligned;
        public string HeaderFrom = string.Empty;
        public string? EnvelopeFrom;
        public string? EnvelopeTo;
    }
}

/// <summary>Results that come again in most rows, held once. Their texts are pooled, so that the same text is the same object.</summary>
internal sealed class KnownResults
{
    private const int Size = 256;
    private readonly DmarcReportDkim?[] _dkim = new DmarcReportDkim?[Size];
    private readonly DmarcReportSpf?[] _spf = new DmarcReportSpf?[Size];

    public DmarcReportDkim Dkim(string domain, string? selector, string result)
    {
        ref DmarcReportDkim? known = ref _dkim[Slot(domain, selector, result)];
        return known is not null && ReferenceEquals(known.Domain, domain) && ReferenceEquals(known.Selector, selector) && ReferenceEquals(known.Result, result)
            ? known
            : known = new DmarcReportDkim(domain, selector, result);
    }

    public DmarcReportSpf Spf(string domain, string? scope, string result)
    {
        ref DmarcReportSpf? known = ref _spf[Slot(domain, scope, result)];
        return known is not null && ReferenceEquals(known.Domain, domain) && ReferenceEquals(known.Scope, scope) && ReferenceEquals(known.Result, result)
            ? known
            : known = new DmarcReportSpf(domain, scope, result);
    }

    private static int Slot(object one, object? other, object third) => unchecked(
        (System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(one) * 31)
        + (other is null ? 0 : System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(other) * 17)
        + System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(third)) & (Size - 1);
}

/// <summary>Lists of known results, which most rows have in common too, held once.</summary>
internal sealed class KnownLists<T>
    where T : class
{
    private const int Size = 256;
    private readonly T[]?[] _lists = new T[]?[Size];

    public T[] Get(List<T> items)
    {
        if (items.Count == 0) return Array.Empty<T>();

        int hash = items.Count;
        foreach (T item in items)
            hash = unchecked((hash * 31) + System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(item));

        ref T[]? known = ref _lists[hash & (Size - 1)];
        return known is not null && IsSame(known, items) ? known : known = items.ToArray();
    }

    private static bool IsSame(T[] known, List<T> items)
    {
        bool isSame = known.Length == items.Count;
        for (int i = 0; isSame && i < known.Length; i++)
            isSame = ReferenceEquals(known[i], items[i]);

        return isSame;
    }
}
