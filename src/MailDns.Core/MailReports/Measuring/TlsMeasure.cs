namespace MailDns.MailReports;

/// <summary>Adds SMTP TLS reports up, and says what each failure means, who must act, and whether MTA-STS may go on.</summary>
internal sealed class TlsMeasure
{
    private const int MaxDomains = 10_000;
    private const int MaxFailures = 1000;
    private const int MaxNames = 100;
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    /// <summary>Days of reports that a domain needs before enforce; default 14.</summary>
    public int Days { get; init; } = 14;

    /// <summary>Sessions that it needs; default 100.</summary>
    public long Sessions { get; init; } = 100;

    public void Add(TlsReport report)
    {
        foreach (IGrouping<string, TlsReportPolicy> policies in report.Policies.GroupBy(static policy => policy.PolicyDomain ?? string.Empty, StringComparer.Ordinal))
        {
            if (!_entries.TryGetValue(policies.Key, out Entry? entry))
            {
                if (_entries.Count >= MaxDomains) continue;

                _entries.Add(policies.Key, entry = new Entry());
            }

            entry.Add(report, policies);
        }
    }

    public IReadOnlyList<TlsReportSummary> Finish() => _entries.OrderBy(static entry => entry.Key, StringComparer.Ordinal).Select(entry => entry.Value.ToSummary(entry.Key, this)).ToArray();

    /// <summary>What a kind of failure means, and who must act (RFC 8460 section 4.3).</summary>
    public static (string Meaning, TlsResponsibility Responsible) Explain(string resultType) => resultType switch
    {
        "starttls-not-supported" => ("The server did not offer STARTTLS. Turn TLS on, and look for a firewall that removes it.", TlsResponsibility.MailServer),
        "certificate-host-mismatch" => ("The certificate does not have the name of the mail exchanger. Add the name of the MX record to the certificate.", TlsResponsibility.MailServer),
        "certificate-expired" => ("The certificate has expired. Renew it, and let its renewal reload the mail server.", TlsResponsibility.MailServer),
        "certificate-not-trusted" => ("The certificate does not lead to a trusted root. Install it with its intermediate certificates.", TlsResponsibility.MailServer),
        "validation-failure" => ("TLS failed for another reason. The sender's failure code, where given, says more.", TlsResponsibility.MailServer),
        "tlsa-invalid" => ("The TLSA records do not fit the certificate. Publish the new TLSA record before the certificate changes.", TlsResponsibility.DnsZone),
        "dnssec-invalid" => ("DNSSEC could not be validated. Correct the DS record and the signatures of the zone.", TlsResponsibility.DnsZone),
        "dane-required" => ("The sender requires DANE, and no usable TLSA record was found.", TlsResponsibility.DnsZone),
        "sts-policy-fetch-error" => ("The MTA-STS policy could not be fetched. Check the web server of mta-sts and its firewall.", TlsResponsibility.PolicyHost),
        "sts-policy-invalid" => ("The MTA-STS policy has an error. Write it anew (New-MtaStsPolicy).", TlsResponsibility.PolicyHost),
        "sts-webpki-invalid" => ("The certificate of the mta-sts web server is not valid. Renew it.", TlsResponsibility.PolicyHost),
        _ => ("A kind of failure that RFC 8460 does not define; ask the sender.", TlsResponsibility.Sender),
    };

    private sealed class Entry
    {
        private readonly HashSet<string> _reporters = new(StringComparer.OrdinalIgnoreCase);
        private readonly HashSet<string> _types = new(StringComparer.Ordinal);
        private readonly HashSet<DateTime> _days = new();
        private readonly Dictionary<(string Type, string? Host), (long Sessions, HashSet<string> Reporters)> _failures = new();
        private int _reports;
        private long _successful;
        private long _failed;
        private long _stsFailed;
        private long _stsSessions;
        private DateTime? _first;
        private DateTime? _last;
        private DateTime? _modeTime;
        private MtaStsPolicyMode? _mode;

        public void Add(TlsReport report, IEnumerable<TlsReportPolicy> policies)
        {
            _reports++;
            AddName(_reporters, report.Organization);
            if (report.HasUsablePeriod)
            {
                _first = _first is null || report.Begin < _first ? report.Begin : _first;
                _last = _last is null || report.End > _last ? report.End : _last;
                if (_days.Count < 4000) _days.Add(report.Begin!.Value.Date);
            }

            foreach (TlsReportPolicy policy in policies)
            {
                AddName(_types, policy.PolicyType);
                _successful += policy.SuccessfulSessions;
                _failed += policy.FailedSessions;
                if (policy.PolicyType == "sts")
                {
                    _stsSessions += policy.SuccessfulSessions + policy.FailedSessions;
                    _stsFailed += policy.FailedSessions;
                    ReadMode(policy, report.End);
                }

                foreach (TlsReportFailure failure in policy.Failures)
                    AddFailure(failure, report.Organization);
            }
        }

        public TlsReportSummary ToSummary(string domain, TlsMeasure rule)
        {
            var summary = new TlsReportSummary(domain)
            {
                Reports = _reports,
                Reporters = _reporters.OrderBy(static name => name, StringComparer.OrdinalIgnoreCase).ToArray(),
                First = _first,
                Last = _last,
                PolicyTypes = _types.OrderBy(static type => type, StringComparer.Ordinal).ToArray(),
                SuccessfulSessions = _successful,
                FailedSessions = _failed,
                CurrentMode = _mode,
                Failures = _failures.OrderByDescending(static failure => failure.Value.Sessions).ThenBy(static failure => failure.Key.Type, StringComparer.Ordinal).Select(static failure => Summarize(failure.Key, failure.Value)).ToArray(),
            };
            Advise(summary, rule);
            return summary;
        }

        private static TlsFailureSummary Summarize((string Type, string? Host) key, (long Sessions, HashSet<string> Reporters) value)
        {
            (string meaning, TlsResponsibility responsible) = Explain(key.Type);
            return new TlsFailureSummary(key.Type, key.Host)
            {
                Sessions = value.Sessions,
                Reporters = value.Reporters.OrderBy(static name => name, StringComparer.OrdinalIgnoreCase).ToArray(),
                Meaning = meaning,
                Responsible = responsible,
            };
        }

        private void Advise(TlsReportSummary summary, TlsMeasure rule)
        {
            if (!_types.Contains("sts"))
            {
                summary.Recommendation = _types.Contains("tlsa")
                    ? "Senders use DANE. MTA-STS would serve those that do not validate DNSSEC (New-MtaStsRecord, New-MtaStsPolicy)."
                    : "No sender found a policy. Begin with MTA-STS in testing mode (New-MtaStsRecord, New-MtaStsPolicy).";
                return;
            }

            string failing = string.Join(", ", summary.Failures.Take(3).Select(static failure => failure.ResultType + (failure.Host is null ? string.Empty : " at " + failure.Host)));
            summary.NextMode = _mode ?? MtaStsPolicyMode.Testing;
            if (_mode == MtaStsPolicyMode.Enforce)
            {
                summary.Recommendation = _stsFailed == 0 ? "Enforce is in force and no session failed." : "Enforce is in force: senders do not deliver in these sessions. Mend first: " + failing + ".";
            }
            else if (_stsFailed > 0)
            {
                summary.Recommendation = "Not to enforce yet: with it these sessions would not deliver. Mend first: " + (failing.Length == 0 ? "the failures that are not detailed" : failing) + ".";
            }
            else if (_days.Count < rule.Days || _stsSessions < rule.Sessions)
            {
                summary.Recommendation = "Not enough was seen for enforce: " + _days.Count + " of " + rule.Days + " days, " + _stsSessions + " of " + rule.Sessions + " sessions.";
            }
            else
            {
                summary.NextMode = MtaStsPolicyMode.Enforce;
                summary.Recommendation = "No session failed in " + _days.Count + " days: the policy may go to enforce (New-MtaStsPolicy -Mode Enforce, and a new id in the record).";
            }
        }

        private void AddFailure(TlsReportFailure failure, string reporter)
        {
            (string, string?) key = (failure.ResultType, failure.ReceivingMxHostName ?? failure.ReceivingIP);
            if (!_failures.TryGetValue(key, out (long Sessions, HashSet<string> Reporters) value))
            {
                if (_failures.Count >= MaxFailures)
                {
                    key = ("other", null);
                    _failures.TryGetValue(key, out value);
                }

                value.Reporters ??= new HashSet<string>(StringComparer.OrdinalIgnoreCase);
            }

            AddName(value.Reporters, reporter);
            _failures[key] = (value.Sessions + failure.FailedSessions, value.Reporters);
        }

        // "mode: testing" among the lines of the policy as the sender read it.
        private void ReadMode(TlsReportPolicy policy, DateTime? end)
        {
            foreach (string line in policy.PolicyText)
            {
                int colon = line.IndexOf(':');
                if (colon > 0 && line.Substring(0, colon).Trim() == "mode" && Enum.TryParse(line.Substring(colon + 1).Trim(), ignoreCase: true, out MtaStsPolicyMode mode)
                    && Enum.IsDefined(typeof(MtaStsPolicyMode), mode) && (_modeTime is null || end >= _modeTime))
                {
                    _mode = mode;
                    _modeTime = end ?? _modeTime;
                }
            }
        }

        private static void AddName(HashSet<string> names, string name)
        {
            if (names.Count < MaxNames) names.Add(name);
        }
    }
}
