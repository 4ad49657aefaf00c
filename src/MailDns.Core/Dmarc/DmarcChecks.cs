namespace MailDns.Dmarc;

/// <summary>The checks of DMARC (RFC 9989): the one place that declares them.</summary>
internal static class DmarcChecks
{
    private static readonly CheckRows s_rows = new(CheckArea.Dmarc);
    private static readonly CheckRows s_sending = new(CheckArea.Dmarc);

    public static readonly CheckDefinition Missing = s_rows.Error("DMARC-MISSING", CheckNeeds.Dns, "A DMARC record applies", "No DMARC record was found for {domain} (looked at {names}).", "Publish one: New-DmarcRecord <domain> -AggregateReportUri <address> starts with p=none and asks for reports.", "RFC 9989 section 4.10.1; bulk sender rules of Gmail, Yahoo and Microsoft");
    public static readonly CheckDefinition Inherited = s_rows.Information("DMARC-INHERITED", CheckNeeds.Dns, "The domain has a DMARC record of its own", "{domain} has no DMARC record of its own; the one at {name} applies through {tag}.{exists}", "Publish one at the domain itself if its policy or reports should differ.", "RFC 9989 section 4.10.1");
    public static readonly CheckDefinition Multiple = s_rows.Error("DMARC-MULTIPLE", CheckNeeds.Dns, "One DMARC record only at a name", "{n} DMARC records at {name}; receivers discard them all.", "Keep one.", "RFC 9989 section 4.10, step 2");
    public static readonly CheckDefinition WrongPlace = s_rows.Error("DMARC-WRONG-PLACE", CheckNeeds.Dns, "No DMARC record is at a name where receivers do not look", "A DMARC record is at {name}, where receivers do not look: {text}", "Move it to _dmarc.<domain>.", "RFC 9989 section 4.5");
    public static readonly CheckDefinition SpfAtDmarc = s_rows.Error("DMARC-SPF-AT-DMARC", CheckNeeds.Dns, "No SPF record is at _dmarc", "An SPF record is at {name}: {spf}", "Move it to the domain itself; only the DMARC record belongs here.", "RFC 9989 section 4.5; RFC 7208 section 3");
    public static readonly CheckDefinition Version = s_rows.Error("DMARC-VERSION", CheckNeeds.Text, "The record begins with v=DMARC1", "The record is ignored because it does not begin with v=DMARC1: {fault}", "Begin the record with v=DMARC1; in exactly this form.", "RFC 9989 section 4.7, v");
    public static readonly CheckDefinition JunkSegment = s_rows.Warning("DMARC-JUNK-SEGMENT", CheckNeeds.Text, "Every part of the record is a tag=value", "A part is not tag=value; receivers ignore it, and older ones may ignore the record: {fault}", "Remove it; if it is a report address, write rua=mailto:address.", "RFC 9989 section 4.8; RFC 7489 section 6.3");
    public static readonly CheckDefinition PolicyMissing = s_rows.Warning("DMARC-P-MISSING", CheckNeeds.Text, "The record has a policy (p)", "The record has no p. Receivers act as with p=none if a rua is valid; otherwise they apply no DMARC: {fault}", "Write p=none, p=quarantine or p=reject.", "RFC 9989 sections 4.7 (p) and 4.10.1; RFC 7489 section 6.3");
    public static readonly CheckDefinition PolicyInvalid = s_rows.Error("DMARC-P-INVALID", CheckNeeds.Text, "The policy (p) is none, quarantine or reject", "p is not valid. Receivers act as with p=none if a rua is valid; otherwise they apply no DMARC: {fault}", "Write p=none, p=quarantine or p=reject.", "RFC 9989 section 4.10.1");
    public static readonly CheckDefinition PolicyNotSecond = s_rows.Information("DMARC-P-NOT-SECOND", CheckNeeds.Text, "The policy (p) comes right after v", "p does not come right after v; readers of RFC 7489 may ignore the record.", "Move p right after v=DMARC1.", "RFC 7489 section 6.3; RFC 9989 section 4.8");
    public static readonly CheckDefinition PolicyNone = s_rows.Warning("DMARC-P-NONE", CheckNeeds.Text, "The policy is more than monitoring", "p=none only monitors; receivers are not asked to act on failing mail.", "When the reports show that all of your own mail passes, move to quarantine, then reject.", "RFC 9989 sections 5.1.5 to 5.1.7");
    public static readonly CheckDefinition PolicyRejectUsers = s_rows.Information("DMARC-P-REJECT-USERS", CheckNeeds.Text, "The policy is not reject, or nobody writes to mailing lists from the domain", "p=reject: mail that people of this domain send to mailing lists may be refused.", "Keep p=reject for domains without such users; otherwise use quarantine, or send campaigns from a subdomain.", "RFC 9989 section 7.4");
    public static readonly CheckDefinition SubdomainPolicyInvalid = s_rows.Error("DMARC-SP-INVALID", CheckNeeds.Text, "The subdomain policy (sp) is none, quarantine or reject", "sp is not valid, which invalidates the whole policy: {fault}", "Write sp=none, sp=quarantine or sp=reject, or leave it out.", "RFC 9989 section 4.10.1");
    public static readonly CheckDefinition SubdomainPolicyWeaker = s_rows.Warning("DMARC-SP-WEAKER", CheckNeeds.Text, "Subdomains (sp) are protected as well as the domain (p)", "sp={sp} is weaker than p={p}: subdomains are open to abuse.", "Raise sp, or remove it so that p applies.", "RFC 9989 section 4.7, sp; BIMI draft section 8.1");
    public static readonly CheckDefinition SubdomainPolicyRedundant = s_rows.Information("DMARC-SP-REDUNDANT", CheckNeeds.Text, "The subdomain policy (sp) differs from p", "sp={sp} repeats p.", "Remove it if you like; it has no effect.", "RFC 9989 section 4.7, sp");
    public static readonly CheckDefinition SubdomainPolicyIgnored = s_rows.Information("DMARC-SP-IGNORED", CheckNeeds.Dns, "A subdomain policy (sp) is only where it is read", "{domain} is below its Organizational Domain {org}; sp and np in its record are ignored.", "Remove them, or publish them at the Organizational Domain.", "RFC 9989 section 4.7, sp");
    public static readonly CheckDefinition NonexistentPolicyMissing = s_rows.Information("DMARC-NP-MISSING", CheckNeeds.Text, "Subdomains that do not exist have a policy of their own (np)", "No np: subdomains that do not exist follow {tag}={policy}.", "np=reject is safe: no mail is sent from names that do not exist.", "RFC 9989 section 4.7, np");
    public static readonly CheckDefinition NonexistentPolicyInvalid = s_rows.Error("DMARC-NP-INVALID", CheckNeeds.Text, "The policy for subdomains that do not exist (np) is none, quarantine or reject", "np is not valid, which invalidates the whole policy: {fault}", "Write np=none, np=quarantine or np=reject, or leave it out.", "RFC 9989 section 4.10.1");
    public static readonly CheckDefinition PublicSuffixYes = s_rows.Error("DMARC-PSD-Y", CheckNeeds.Text, "Only a public suffix has psd=y", "psd=y moves the Organizational Domain one label down, so this domain and its subdomains no longer align with each other.", "Remove psd=y unless others register names below this one; psd=n makes this domain the Organizational Domain.", "RFC 9989 sections 4.7 (psd) and 5.2");
    public static readonly CheckDefinition PublicSuffixNo = s_rows.Information("DMARC-PSD-N", CheckNeeds.Dns, "The Organizational Domain is left to the tree walk", "psd=n makes {domain} an Organizational Domain, so it no longer aligns with names above it.", "Keep it only if that is intended.", "RFC 9989 sections 4.10.2 and 5.1.8");
    public static readonly CheckDefinition PublicSuffixInvalid = s_rows.Warning("DMARC-PSD-INVALID", CheckNeeds.Text, "psd is y, n or u", "psd is not valid and counts as psd=u: {fault}", "Write psd=n or remove the tag.", "RFC 9989 section 4.8, dmarc-psd");
    public static readonly CheckDefinition Testing = s_rows.Warning("DMARC-T-Y", CheckNeeds.Text, "The policy is not in test mode (t)", "t=y: receivers apply the policy one level lower.", "Remove t=y when the test is over.", "RFC 9989 section 4.7, t");
    public static readonly CheckDefinition TestingInvalid = s_rows.Warning("DMARC-T-INVALID", CheckNeeds.Text, "t is y or n", "t is not valid and counts as t=n, so the policy applies in full: {fault}", "Write t=y to test, or remove the tag.", "RFC 9989 section 4.8, dmarc-yorn");
    public static readonly CheckDefinition PercentageRemoved = s_rows.Warning("DMARC-PCT-REMOVED", CheckNeeds.Text, "The record has no pct", "pct={value} is obsolete: receivers of RFC 9989 apply the policy to all mail; older receivers read it as a percentage.", "Remove it; t=y replaces pct=0.", "RFC 9989 appendices A.6 and C.5.2");
    public static readonly CheckDefinition ReportFormatRemoved = s_rows.Information("DMARC-RF-REMOVED", CheckNeeds.Text, "The record has no rf", "rf is obsolete and ignored.", "Remove it.", "RFC 9989 appendix C.5.2");
    public static readonly CheckDefinition ReportIntervalRemoved = s_rows.Information("DMARC-RI-REMOVED", CheckNeeds.Text, "The record has no ri", "ri is obsolete and ignored.", "Remove it.", "RFC 9989 appendix C.5.2");
    public static readonly CheckDefinition AggregateReportsMissing = s_rows.Warning("DMARC-RUA-MISSING", CheckNeeds.Text, "Aggregate reports are requested (rua)", "No rua address: receivers send no aggregate reports, so you cannot see what fails.", "Add rua=mailto:address.", "RFC 9989 sections 4.7 (rua) and 8; laposte.net");
    public static readonly CheckDefinition ReportScheme = s_rows.Error("DMARC-RUA-SCHEME", CheckNeeds.Text, "Every report address has its scheme (mailto:)", "A report address has no scheme, so no report is sent there: {fault}", "Write mailto: before the address.", "RFC 9989 sections 4.6 and 4.8; RFC 3986 section 3.1");
    public static readonly CheckDefinition ReportHttp = s_rows.Warning("DMARC-RUA-HTTP", CheckNeeds.Text, "Report addresses are mailto: URIs", "Receivers do not have to support {scheme} and may send nothing there.", "Use mailto:.", "RFC 9989 section 4.7, rua");
    public static readonly CheckDefinition ReportUriInvalid = s_rows.Error("DMARC-URI-INVALID", CheckNeeds.Text, "Every report address is a valid URI", "A report address is not a usable URI, so no report is sent there: {fault}", "Write rua=mailto:address, separated by commas if there are several.", "RFC 9989 section 4.8, dmarc-uri; RFC 3986; RFC 6068 section 2");
    public static readonly CheckDefinition ReportUriEncoding = s_rows.Error("DMARC-URI-ENCODING", CheckNeeds.Text, "Commas, semicolons and exclamation marks in report addresses are encoded", "A \",\" \";\" or \"!\" in a report address is not percent-encoded: {fault}", "Write %2C for a comma, %3B for a semicolon, %21 for an exclamation mark.", "RFC 9989 section 4.8, dmarc-uri");
    public static readonly CheckDefinition ReportSizeObsolete = s_rows.Information("DMARC-URI-SIZE-OBSOLETE", CheckNeeds.Text, "No report address has a size limit", "A size limit is obsolete and ignored: {size}.", "Remove it.", "RFC 9989 section 4.8, obs-dmarc-report-size");
    public static readonly CheckDefinition ReportUriMany = s_rows.Information("DMARC-URI-MANY", CheckNeeds.Text, "No tag has more than two report addresses", "One tag has {n} addresses; some receivers use only the first two.", "Keep two, and forward from there.", "RFC 7489 section 6.2");
    public static readonly CheckDefinition ReportHost = s_rows.Warning("DMARC-RUA-MX", CheckNeeds.Dns, "The report addresses' domains take mail", "{host} does not accept mail: {reason}.", "Correct the address, or give its domain an MX record.", "RFC 5321 section 5.1; RFC 7505");
    public static readonly CheckDefinition ReportExternal = s_rows.Error("DMARC-RUA-EXTERNAL", CheckNeeds.Dns, "Report receivers outside the domain agree to receive reports", "A report address in another domain has no authorization record, so receivers must ignore it: {fault}", "The domain of the address has to publish the record: New-DmarcReportAuthorizationRecord.", "RFC 9990 section 4");
    public static readonly CheckDefinition ReportWildcard = s_rows.Information("DMARC-RUA-WILDCARD-AUTH", CheckNeeds.Dns, "Report receivers authorize this domain by name", "{host} accepts reports about every domain, by the wildcard record {name}.", "Nothing to do.", "RFC 9990 section 4");
    public static readonly CheckDefinition FailureReports = s_rows.Information("DMARC-RUF", CheckNeeds.Text, "No failure reports are requested (ruf)", "ruf: few receivers send failure reports, and those contain parts of people's mail.", "Keep it only if somebody reads the reports and is allowed to.", "RFC 9991; RFC 9989 section 10.2");
    public static readonly CheckDefinition FailureOptionsInvalid = s_rows.Warning("DMARC-FO-INVALID", CheckNeeds.Text, "fo consists of 0 or 1, d and s", "fo is not valid and counts as fo=0: {fault}", "Write 0 or 1, d and s, each once and separated by colons.", "RFC 9989 sections 4.7 (fo) and 4.8 (dmarc-fo)");
    public static readonly CheckDefinition FailureOptionsUnused = s_rows.Information("DMARC-FO-NO-RUF", CheckNeeds.Text, "fo is used only with ruf", "fo without ruf is ignored.", "Remove it, or add ruf.", "RFC 9989 section 4.7, fo");
    public static readonly CheckDefinition AlignmentInvalid = s_rows.Warning("DMARC-ALIGN-INVALID", CheckNeeds.Text, "adkim and aspf are r or s", "An alignment mode is not valid and counts as r: {fault}", "Write r or s, or remove the tag.", "RFC 9989 section 4.8, dmarc-rors");
    public static readonly CheckDefinition TagUnknown = s_rows.Information("DMARC-TAG-UNKNOWN", CheckNeeds.Text, "Every tag is a DMARC tag", "Unknown tags are ignored: {tags}{advice}", "Correct or remove it.", "RFC 9989 section 4.7");
    public static readonly CheckDefinition TagDuplicate = s_rows.Error("DMARC-TAG-DUPLICATE", CheckNeeds.Text, "Every tag occurs once", "A tag occurs more than once, and receivers differ in which one they use: {fault}", "Keep one.", "RFC 6376 section 3.2; RFC 9989 section 4.7");
    public static readonly CheckDefinition TagEmpty = s_rows.Warning("DMARC-TAG-EMPTY", CheckNeeds.Text, "Every tag has a value", "A tag has no value: {fault}", "Give it a value or remove it.", "RFC 9989 section 4.8, dmarc-tag");
    public static readonly CheckDefinition ValueCharacters = s_rows.Error("DMARC-VALUE-CHARSET", CheckNeeds.Text, "Every value is printable ASCII", "A tag contains a character that is not allowed, and is ignored: {fault}", "Retype the value; do not paste it.", "RFC 9989 section 4.8, dmarc-value");
    public static readonly CheckDefinition TreeWalkDiffers = s_rows.Warning("DMARC-TREEWALK-DIFFERS", CheckNeeds.Dns, "Tree walk and Public Suffix List agree", "By the tree walk {domain} belongs to {org}, by the Public Suffix List to {list}, so receivers of RFC 9989 and RFC 7489 differ.{records}", "Publish a record at the domain itself, with psd=n where it is an Organizational Domain, and sign and send with its exact name.", "RFC 9989 appendix C.3");
    public static readonly CheckDefinition TooDeep = s_rows.Warning("DMARC-TOO-DEEP", CheckNeeds.Dns, "The tree walk visits every name above the domain", "{domain} has {n} labels and no record of its own: the tree walk skips the names between it and {name}.", "Publish a record at the domain itself.", "RFC 9989 sections 4.10 and 5.1.8");
    public static readonly CheckDefinition Alias = s_rows.Information("DMARC-CNAME", CheckNeeds.Dns, "The record is in the domain's own zone", "{name} is an alias (CNAME) of {target}: the owner of that name sets the policy.", "Nothing to do if the owner of the target may set the policy.", "RFC 1034 section 3.6.2");
    public static readonly CheckDefinition Wildcard = s_rows.Warning("DMARC-WILDCARD", CheckNeeds.Dns, "No wildcard record answers at _dmarc", "The wildcard TXT record {name} answers at _dmarc of every subdomain that does not exist{what}{text}", "Narrow the wildcard, or remove it.", "RFC 4592; RFC 9989 section 4.10");
    public static readonly CheckDefinition RejectWithoutDkim = s_sending.Error("DMARC-REJECT-NO-DKIM", CheckNeeds.Dns, "With p=reject mail is signed with DKIM", "p=reject, but no selector has a usable DKIM key: forwarded mail fails SPF and is refused.", "Publish a key and sign with it.", "RFC 9989 sections 7.4 and 8");
    public static readonly CheckDefinition ParkedWeak = s_sending.Warning("DMARC-PARKED-WEAK", CheckNeeds.Dns, "A domain that sends no mail rejects everything", "{domain} sends no mail, but its DMARC record does not reject everything: {why}.", "Publish \"v=DMARC1; p=reject; sp=reject; np=reject\" with an address for reports.", "M3AAWG Protecting Parked Domains Best Common Practices; RFC 9989 section 4.7");
    public static readonly CheckDefinition StrictSpfBounce = s_sending.Error("DMARC-ASPF-S-BOUNCE", CheckNeeds.Dns, "With aspf=s the Return-Path uses the From domain itself", "aspf=s, but the Return-Path uses {bounce}: SPF never aligns with {from}.", "Use aspf=r.", "RFC 9989 sections 4.4.2 and 4.7 (aspf)");
    public static readonly CheckDefinition StrictDkimDomain = s_sending.Warning("DMARC-ADKIM-S-D", CheckNeeds.Dns, "With adkim=s mail is signed with the From domain itself", "adkim=s, but mail is signed with d={d}, which never aligns with {from}.", "Use adkim=r, or sign with the exact domain.", "RFC 9989 sections 4.4.1 and 4.7 (adkim)");

    /// <summary>All of them, in the order of the catalogue.</summary>
    public static IReadOnlyList<CheckDefinition> All => s_rows;

    /// <summary>Those that need to know who sends for the domain.</summary>
    public static IReadOnlyList<CheckDefinition> Sending => s_sending;

    /// <summary>Those of <see cref="All"/> that judge the record's text alone.</summary>
    public static IReadOnlyList<CheckDefinition> Text { get; } = All.Where(check => check.Needs == CheckNeeds.Text).ToArray();
}

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
        _doubt = doubt is null ? null : " No corrected record is suggested: " + doubt + ".";
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
