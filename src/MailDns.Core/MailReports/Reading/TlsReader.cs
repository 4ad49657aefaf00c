using System.IO;
using System.Runtime.Serialization.Json;
using System.Text;
using System.Xml;

namespace MailDns.MailReports;

/// <summary>Reads SMTP TLS reports (RFC 8460 section 4.4), JSON by the platform's reader, which shows it as XML.</summary>
internal sealed class TlsReader(ReportXml xml, ReportNotes notes)
{
    private const int MaxDepth = 32;
    private const int MaxItems = 10_000;
    private readonly ReportXml _xml = xml;
    private readonly ReportNotes _notes = notes;
    private readonly TlsReport _report = new();
    private readonly List<TlsReportPolicy> _policies = new();
    private bool _hasKnownName;
    private int _items;

    /// <summary>Reads the report in a text.</summary>
    /// <exception cref="MailReportException">It is not JSON, or not a TLS report.</exception>
    public static TlsReport Read(TextReader text, ReportTexts texts, ReportNotes notes, DateTime now)
    {
        var quotas = new XmlDictionaryReaderQuotas
        {
            MaxDepth = MaxDepth,
            MaxStringContentLength = int.MaxValue,
            MaxArrayLength = int.MaxValue,
            MaxBytesPerRead = int.MaxValue,
            MaxNameTableCharCount = 1 << 16,
        };
        using XmlDictionaryReader json = JsonReaderWriterFactory.CreateJsonReader(new Utf8Stream(text), Encoding.UTF8, quotas, onClose: null);
        using var xml = new ReportXml(json, texts, notes);
        return new TlsReader(xml, notes).Read(now);
    }

    private TlsReport Read(DateTime now)
    {
        try
        {
            if (_xml.NextRoot()) ReadRoot();
        }
        catch (Exception exception) when (exception is XmlException or EndOfStreamException or FormatException and not MailReportException)
        {
            if (_policies.Count == 0)
            {
                throw new MailReportException(_hasKnownName ? "The TLS report is cut or is not valid JSON." : "It is not valid JSON.", exception) { IsForeign = !_hasKnownName };
            }

            _report.IsComplete = false;
            _notes.Warn("The report is cut or broken: what follows its first " + _policies.Count + " policies is missing.");
        }

        if (!_hasKnownName)
            throw new MailReportException("It is JSON, but not a TLS report (RFC 8460).") { IsForeign = true };

        _report.Policies = _policies.ToArray();
        _report.Domain = _policies.Select(policy => policy.PolicyDomain).FirstOrDefault(domain => domain is not null) ?? string.Empty;
        _report.Content = _xml.Content;
        ReportTime.Judge(_report, now, _notes);
        return _report;
    }

    private IEnumerable<string> Members()
    {
        if (_xml.IsEmpty) yield break;

        int depth = _xml.Depth;
        while (_xml.NextChild(depth))
        {
            if (++_items > MaxItems * 20) throw new MailReportException("The report has too many members.");

            yield return _xml.Name;
        }
    }

    private void ReadRoot()
    {
        foreach (string name in Members())
        {
            _hasKnownName |= name is "organization-name" or "policies" or "report-id" or "date-range";
            switch (name)
            {
                case "organization-name":
                    Once(_report.Organization, name);
                    _report.Organization = _xml.Text();
                    break;
                case "report-id":
                    _report.ReportId = _xml.Text();
                    break;
                case "contact-info":
                    _report.ContactInfo = _xml.TextOrNull();
                    break;
                case "date-range":
                    ReadRange();
                    break;
                case "policies":
                    ReadPolicies();
                    break;
                default:
                    _xml.Skip();
                    break;
            }
        }
    }

    private void Once(string present, string name)
    {
        if (present.Length > 0) _notes.Warn("The member " + name + " is given twice; the last was taken.");
    }

    private void ReadRange()
    {
        foreach (string name in Members())
        {
            switch (name)
            {
                case "start-datetime":
                    _report.Begin = ReportTime.FromText(_xml.Raw());
                    break;
                case "end-datetime":
                    _report.End = ReportTime.FromText(_xml.Raw());
                    break;
                default:
                    _xml.Skip();
                    break;
            }
        }
    }

    private void ReadPolicies()
    {
        foreach (string name in Members())
        {
            if (name == "item" && !_xml.IsNull && _policies.Count < MaxItems)
            {
                ReadPolicy();
            }
            else
            {
                _notes.Warn("A policy is not an object, or there are too many.");
                _xml.Skip();
            }
        }
    }

    private void ReadPolicy()
    {
        var policy = new TlsReportPolicy();
        var failures = new List<TlsReportFailure>();
        foreach (string name in Members())
        {
            switch (name)
            {
                case "policy":
                    ReadPolicyText(policy);
                    break;
                case "summary":
                    ReadSummary(policy);
                    break;
                case "failure-details":
                    ReadFailures(failures);
                    break;
                default:
                    _xml.Skip();
                    break;
            }
        }

        policy.Failures = failures.ToArray();
        _policies.Add(policy);
    }

    private void ReadPolicyText(TlsReportPolicy policy)
    {
        foreach (string name in Members())
        {
            switch (name)
            {
                case "policy-type":
                    policy.PolicyType = _xml.Word();
                    break;
                case "policy-string":
                    policy.PolicyText = Texts();
                    break;
                case "policy-domain":
                    policy.PolicyDomain = _xml.Domain() is { Length: > 0 } domain ? domain : null;
                    break;
                case "mx-host" or "mx-host-pattern":
                    policy.MxHosts = Texts();
                    break;
                default:
                    _xml.Skip();
                    break;
            }
        }
    }

    // A list of texts, or one text, as the RFC's own example has it.
    private string[] Texts()
    {
        if (!_xml.IsArray) return _xml.TextOrNull() is { } one ? new[] { one } : Array.Empty<string>();

        var texts = new List<string>();
        foreach (string _ in Members())
        {
            string text = _xml.Text();
            if (text.Length > 0 && texts.Count < MaxItems) texts.Add(text);
        }

        return texts.ToArray();
    }

    private void ReadSummary(TlsReportPolicy policy)
    {
        foreach (string name in Members())
        {
            switch (name)
            {
                case "total-successful-session-count":
                    policy.SuccessfulSessions = Count(name);
                    break;
                case "total-failure-session-count":
                    policy.FailedSessions = Count(name);
                    break;
                default:
                    _xml.Skip();
                    break;
            }
        }
    }

    private void ReadFailures(List<TlsReportFailure> failures)
    {
        foreach (string name in Members())
        {
            if (name != "item" || !_xml.IsObject || failures.Count >= MaxItems)
            {
                if (!_xml.IsNull) _notes.Warn("A failure is not an object, or there are too many.");

                _xml.Skip();
                continue;
            }

            failures.Add(ReadFailure());
        }
    }

    private TlsReportFailure ReadFailure()
    {
        var failure = new TlsReportFailure();
        foreach (string name in Members())
        {
            switch (name)
            {
                case "result-type":
                    failure.ResultType = _xml.Word();
                    break;
                case "sending-mta-ip":
                    failure.SendingMtaIP = _xml.TextOrNull();
                    break;
                case "receiving-mx-hostname":
                    failure.ReceivingMxHostName = _xml.Domain() is { Length: > 0 } host ? host : null;
                    break;
                case "receiving-mx-helo":
                    failure.ReceivingMxHelo = _xml.TextOrNull();
                    break;
                case "receiving-ip":
                    failure.ReceivingIP = _xml.TextOrNull();
                    break;
                case "failed-session-count":
                    failure.FailedSessions = Count(name);
                    break;
                case "additional-information" or "additional-info-uri":
                    failure.AdditionalInformation = _xml.TextOrNull();
                    break;
                case "failure-reason-code":
                    failure.FailureReasonCode = _xml.TextOrNull();
                    break;
                default:
                    _xml.Skip();
                    break;
            }
        }

        return failure;
    }

    private long Count(string name)
    {
        long count = _xml.Count();
        if (count < 0) _notes.Warn("The count " + name + " is not a usable number; it counts as 0.");

        return Math.Max(0, count);
    }

    /// <summary>The octets of a decoded text, so that the JSON reader meets no other encoding and no broken one.</summary>
    private sealed class Utf8Stream(TextReader text) : ForwardStream
    {
        private readonly char[] _characters = new char[4096];
        private byte[] _octets = Array.Empty<byte>();
        private int _position;

        public override int Read(byte[] buffer, int offset, int count)
        {
            if (_position == _octets.Length)
            {
                int read = text.Read(_characters, 0, _characters.Length - 1);
                if (read <= 0) return 0;

                // A pair must not be torn.
                if (char.IsHighSurrogate(_characters[read - 1]) && text.Peek() is >= 0 and int next)
                {
                    _characters[read++] = (char)next;
                    _ = text.Read();
                }

                _octets = Encoding.UTF8.GetBytes(_characters, 0, read);
                _position = 0;
            }

            int length = Math.Min(count, _octets.Length - _position);
            Array.Copy(_octets, _position, buffer, offset, length);
            _position += length;
            return length;
        }
    }
}
