namespace MailDns.Dmarc;

/// <summary>
/// What is wrong in the text of a DMARC record. Each check reports at most once a record, however often the text breaks
/// it, and every finding carries the corrected record where there is one.
/// </summary>
internal sealed class DmarcTextRules
{
    private const int MostQuoted = 3;

    private readonly DmarcRecord _record;
    private readonly CheckSheet _sheet;
    private readonly ResourceRecord[] _fix;
    private readonly string? _expected;

    private readonly string? _doubt;

    // What the corrected record leaves: its findings come without it.
    private readonly HashSet<string> _left;

    private DmarcTextRules(DmarcRecord record, CheckSheet sheet, TxtRecord? fix, HashSet<string> left, string? doubt)
    {
        _left = left;
        _doubt = doubt is null ? null : " There is no corrected record: " + doubt + ".";
        _record = record;
        _sheet = sheet;
        _fix = fix is null ? Array.Empty<ResourceRecord>() : new ResourceRecord[] { fix };
        _expected = fix?.Text;
    }

    /// <summary>Judges a record.</summary>
    /// <param name="record">The record as read.</param>
    /// <param name="isPublicSuffix">True where the domain is a public suffix, so that psd=y is right.</param>
    /// <param name="toRecord">Makes the record object of a corrected text; null where no record can be offered.</param>
    /// <param name="sheet">Where findings go.</param>
    public static void Apply(DmarcRecord record, bool isPublicSuffix, Func<string, TxtRecord>? toRecord, CheckSheet sheet)
    {
        string? doubt = null;
        string? corrected = toRecord is null ? null : DmarcRepair.Correct(record, isPublicSuffix, out doubt);
        var left = new HashSet<string>(StringComparer.Ordinal);
        if (corrected is not null)
        {
            var after = new CheckSheet(sheet.Domain);
            Apply(DmarcParser.Read(corrected), isPublicSuffix, toRecord: null, after);
            left.UnionWith(after.Results.Select(result => result.Id));
        }

        var rules = new DmarcTextRules(record, sheet, corrected is null ? null : toRecord!(corrected), left, doubt);
        if (!record.HasVersion)
        {
            rules.Report(DmarcChecks.Version.Saying(record.Faults.First(fault => fault.Check == DmarcChecks.Version).Message), rules._doubt);
            return;
        }

        rules.ApplySyntax();
        rules.ApplyTags();
        rules.ApplyPolicies();
        rules.ApplyFlags(isPublicSuffix);
        rules.ApplyReports();
    }

    /// <summary>True for a text that was meant to be a DMARC record, whether it is one or not.</summary>
    public static bool LooksLikeDmarc(string text)
    {
        if (text.IndexOf("v=dmarc", StringComparison.OrdinalIgnoreCase) >= 0 || DmarcRepair.HasVersion(text))
            return true;

        DmarcRecord record = DmarcParser.Read(text);
        return record.Policy is not null || record.AggregateReportUri.Any(uri => uri.IsValid);
    }

    private void ApplySyntax()
    {
        ApplyFaults(DmarcChecks.JunkSegment);
        ApplyFaults(DmarcChecks.TagDuplicate);
        ApplyFaults(DmarcChecks.TagEmpty);
        ApplyFaults(DmarcChecks.ValueCharacters);
        ApplyFaults(DmarcChecks.ReportScheme);
        ApplyFaults(DmarcChecks.ReportUriInvalid);
        ApplyFaults(DmarcChecks.ReportUriEncoding, IsCutAtSemicolon);
        ApplyPolicyFault(DmarcChecks.PolicyInvalid, DmarcTags.Policy);
        ApplyPolicyFault(DmarcChecks.SubdomainPolicyInvalid, DmarcTags.SubdomainPolicy);
        ApplyPolicyFault(DmarcChecks.NonexistentPolicyInvalid, DmarcTags.NonexistentPolicy);
        ApplyFaults(DmarcChecks.PublicSuffixInvalid);
        ApplyFaults(DmarcChecks.TestingInvalid);
        ApplyFaults(DmarcChecks.FailureOptionsInvalid);
        ApplyFaults(DmarcChecks.AlignmentInvalid);
    }

    private void ApplyTags()
    {
        string[] unknown = _record.Tags
            .Where(tag => !DmarcTags.IsCurrent(tag.Name) && !DmarcTags.IsRemoved(tag.Name) && tag.Offset > 0)
            .Select(tag => tag.Name)
            .Distinct(StringComparer.Ordinal)
            .ToArray();
        if (unknown.Length > 0)
        {
            bool cased = _record.HasFault(DmarcChecks.TagUnknown);
            Report(DmarcChecks.TagUnknown.With(Quoted(unknown), cased ? ". Tag names are in lower case (RFC 6376 section 3.2)." : "."));
        }

        if (_record.FindTag(DmarcTags.Percentage) is { } percentage)
        {
            string value = PrintableText.Escape(percentage.Value);
            Report(DmarcChecks.PercentageRemoved.With(value));
        }

        if (_record.HasTag(DmarcTags.ReportFormat)) Report(DmarcChecks.ReportFormatRemoved);
        if (_record.HasTag(DmarcTags.ReportInterval)) Report(DmarcChecks.ReportIntervalRemoved);
    }

    private void ApplyPolicies()
    {
        TagSpec? tag = _record.FindTag(DmarcTags.Policy);
        if (tag is null)
        {
            Report(DmarcChecks.PolicyMissing.Saying(_record.HasValidReportUri
                ? "The record has no p: receivers act as with p=none."
                : "The record has no p and no valid rua: receivers apply no DMARC."));
            return;
        }

        if (_record.Tags.Count > 1 && !ReferenceEquals(_record.Tags[1], tag)) Report(DmarcChecks.PolicyNotSecond);
        if (_record.Policy is not { } policy) return;

        if (policy == DmarcPolicy.None)
            Report(DmarcChecks.PolicyNone);
        else if (policy == DmarcPolicy.Reject && !_sheet.Has(DmarcChecks.PolicyRejectUsers))
            Report(DmarcChecks.PolicyRejectUsers);

        ApplySubdomainPolicies(policy);
    }

    private void ApplySubdomainPolicies(DmarcPolicy policy)
    {
        string p = DmarcTags.Write(policy);
        if (_record.SubdomainPolicy is { } sp)
        {
            string written = DmarcTags.Write(sp);
            if (sp < policy)
                Report(DmarcChecks.SubdomainPolicyWeaker.With(written, p));
            else if (sp == policy && !_record.SpellsOutReject)
                Report(DmarcChecks.SubdomainPolicyRedundant.With(written));
        }

        // Where subdomains are rejected anyway, np has nothing to add.
        DmarcPolicy inherited = _record.SubdomainPolicy ?? policy;
        if (!_record.HasTag(DmarcTags.NonexistentPolicy) && inherited != DmarcPolicy.Reject)
        {
            string source = _record.SubdomainPolicy is null ? DmarcTags.Policy : DmarcTags.SubdomainPolicy;
            Report(DmarcChecks.NonexistentPolicyMissing.With(source, DmarcTags.Write(inherited)));
        }
    }

    private void ApplyFlags(bool isPublicSuffix)
    {
        if (_record.PublicSuffix == DmarcPublicSuffix.Yes && !isPublicSuffix) Report(DmarcChecks.PublicSuffixYes);

        bool lowers = _record.Policy > DmarcPolicy.None || _record.SubdomainPolicy > DmarcPolicy.None || _record.NonexistentSubdomainPolicy > DmarcPolicy.None;
        if (_record.Testing && lowers) Report(DmarcChecks.Testing);
    }

    private void ApplyReports()
    {
        if (_record.AggregateReportUri.Length == 0) Report(DmarcChecks.AggregateReportsMissing);

        DmarcReportUri[] uris = _record.AggregateReportUri.Concat(_record.FailureReportUri).ToArray();
        string[] schemes = uris.Where(uri => uri.IsValid && !uri.IsMailTo).Select(uri => uri.Scheme + ":").Distinct(StringComparer.Ordinal).ToArray();
        if (schemes.Length > 0) Report(DmarcChecks.ReportHttp.With(Quoted(schemes)));

        string[] sizes = uris.Where(uri => uri.ReportSize is not null).Select(uri => "!" + uri.ReportSize).ToArray();
        if (sizes.Length > 0) Report(DmarcChecks.ReportSizeObsolete.With(Quoted(sizes)));

        int most = Math.Max(_record.AggregateReportUri.Length, _record.FailureReportUri.Length);
        if (most > 2) Report(DmarcChecks.ReportUriMany.With(most));

        if (_record.HasTag(DmarcTags.FailureReports))
            Report(DmarcChecks.FailureReports);
        else if (_record.HasTag(DmarcTags.FailureOptions))
            Report(DmarcChecks.FailureOptionsUnused);
    }

    // "rua=mailto:a;b@domain": the semicolon ended the tag.
    private bool IsCutAtSemicolon(TextFault fault)
    {
        if (fault.Check != DmarcChecks.JunkSegment || fault.Fragment.IndexOf('@') <= 0 || DmarcReportUriReader.SchemeOf(fault.Fragment) is not null)
            return false;

        TagSpec? before = _record.Tags.LastOrDefault(tag => tag.Offset < fault.Offset);
        DmarcReportUri[] uris = before?.Name switch
        {
            DmarcTags.AggregateReports => _record.AggregateReportUri,
            DmarcTags.FailureReports => _record.FailureReportUri,
            _ => Array.Empty<DmarcReportUri>(),
        };
        return uris.Length > 0 && uris[uris.Length - 1] is { IsMailTo: true, HostName: null };
    }

    // A policy whose value is missing or unreadable is invalid too.
    private void ApplyPolicyFault(CheckDefinition check, string tag)
    {
        TextFault? fault = _record.Faults.FirstOrDefault(found => found.Check == check || (found.Part == tag && (found.Check == DmarcChecks.TagEmpty || found.Check == DmarcChecks.ValueCharacters)));
        if (fault is null) return;

        string consequence = _record.HasValidReportUri
            ? " Receivers act as with p=none (RFC 9989 section 4.10.1)."
            : " Without a valid rua, receivers apply no DMARC at all (RFC 9989 section 4.10.1).";
        Report(check.Saying(fault.Message + consequence), _doubt);
    }

    private void ApplyFaults(CheckDefinition definition, Func<TextFault, bool>? orSo = null)
    {
        TextFault[] faults = _record.Faults.Where(fault => fault.Check == definition || orSo?.Invoke(fault) == true).ToArray();
        if (faults.Length == 0) return;

        string message = string.Join(" ", faults.Take(MostQuoted).Select(fault => fault.Message));
        Report(definition.Saying(faults.Length <= MostQuoted ? message : message + " And " + (faults.Length - MostQuoted) + " more."), _doubt);
    }

    private static string Quoted(string[] words)
    {
        string quoted = string.Join(", ", words.Take(MostQuoted).Select(word => PrintableText.Escape(word.Length > 40 ? word.Substring(0, 40) + "..." : word)));
        return words.Length <= MostQuoted ? quoted : quoted + " and " + (words.Length - MostQuoted) + " more";
    }

    private void Report(CheckFinding finding, string? doubt = null)
    {
        bool isMended = !_left.Contains(finding.Check.Id);
        _sheet.Report(
            finding,
            isMended ? _expected : null,
            _record.Text,
            doubt is null ? null : finding.Check.Recommendation + doubt,
            isMended ? _fix : Array.Empty<ResourceRecord>());
    }
}
