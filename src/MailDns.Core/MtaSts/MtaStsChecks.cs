namespace MailDns.MtaSts;

/// <summary>The checks of MTA-STS (RFC 8461): the one place that declares them.</summary>
internal static class MtaStsChecks
{
    private static readonly CheckRows s_rows = new(CheckArea.MtaSts);
    public static readonly CheckDefinition Missing = s_rows.Information("MTASTS-MISSING", CheckNeeds.Dns, "MTA-STS is published", "No MTA-STS record was found at {name}: {answer}.", "Optional: MTA-STS makes senders use verified TLS to the domain's mail exchangers. See New-MtaStsRecord and New-MtaStsPolicy.", "RFC 8461 section 3.1");
    public static readonly CheckDefinition Multiple = s_rows.Error("MTASTS-TXT-MULTIPLE", CheckNeeds.Dns, "One MTA-STS record only", "{n} MTA-STS records at {name}: senders act as if there was none.", "Keep one.", "RFC 8461 section 3.1");
    public static readonly CheckDefinition Syntax = s_rows.Error("MTASTS-TXT-SYNTAX", CheckNeeds.Text, "The MTA-STS record is valid", "The record is not valid, so senders act as if there was none: {fault}", "Publish v=STSv1; id=<letters and digits>.", "RFC 8461 section 3.1, sts-text-record");
    public static readonly CheckDefinition Id = s_rows.Error("MTASTS-ID", CheckNeeds.Text, "The MTA-STS record has an id of 1 to 32 letters and digits", "id is missing, or is not 1 to 32 letters and digits: {fault}", "Write an id of letters and digits, such as the time of the last policy change.", "RFC 8461 section 3.1, sts-id");
    public static readonly CheckDefinition Duplicate = s_rows.Warning("MTASTS-DUPLICATE", CheckNeeds.Text, "No field of MTA-STS occurs twice", "A field occurs twice: {fault}", "Keep the one that is meant.", "RFC 8461 section 3.2");
    public static readonly CheckDefinition NoTlsRpt = s_rows.Warning("MTASTS-NO-TLSRPT", CheckNeeds.Dns, "MTA-STS comes with TLS reports", "{domain} publishes MTA-STS but requests no TLS reports, so you cannot see mail that MTA-STS stops.", "Publish a TLS-RPT record: New-TlsRptRecord.", "RFC 8461 section 1; RFC 8460");
    public static readonly CheckDefinition HostMissing = s_rows.Error("MTASTS-HOST-MISSING", CheckNeeds.Dns, "The policy host has an address", "{host} has no address ({answer}): no sender can fetch the policy.", "Publish A, AAAA or CNAME records for it.", "RFC 8461 section 3.2");
    public static readonly CheckDefinition Fetch = s_rows.Error("MTASTS-HTTPS", CheckNeeds.Https, "The policy can be fetched", "The policy was not fetched: {fault}", "Serve it with status 200, without a redirect, at most 64 KB, with a certificate that is valid for the host.", "RFC 8461 section 3.3");
    public static readonly CheckDefinition ContentType = s_rows.Warning("MTASTS-CONTENT-TYPE", CheckNeeds.Https, "The policy is served as text/plain", "The policy is served as {type}; senders may refuse it.", "Serve it with Content-Type: text/plain.", "RFC 8461 section 3.2");
    public static readonly CheckDefinition PolicySyntax = s_rows.Error("MTASTS-POLICY-SYNTAX", CheckNeeds.Https, "The policy is valid", "The policy is not valid: {why}", "Serve what New-MtaStsPolicy writes.", "RFC 8461 section 3.2, sts-policy-record");
    public static readonly CheckDefinition Mode = s_rows.Information("MTASTS-MODE", CheckNeeds.Https, "The policy is enforced", "The policy's mode is {mode}: senders also deliver over unverified TLS.", "When the TLS reports are clean, use mode: enforce and a new id in the record.", "RFC 8461 section 5");
    public static readonly CheckDefinition MaxAge = s_rows.Warning("MTASTS-MAX-AGE", CheckNeeds.Https, "The policy is kept for weeks (max_age)", "max_age is {seconds} seconds: {why}", "Use 604800 (a week) to 31557600 (a year) seconds.", "RFC 8461 sections 3.2 and 10.2");
    public static readonly CheckDefinition MxMismatch = s_rows.Error("MTASTS-MX-MISMATCH", CheckNeeds.Https, "The policy names every mail exchanger", "The mail exchanger {host} matches no mx of the policy: {effect}", "Add an mx for it to the policy, then change the record's id.", "RFC 8461 section 4.1");
    public static readonly CheckDefinition MxStale = s_rows.Information("MTASTS-MX-STALE", CheckNeeds.Https, "Every mx of the policy is a mail exchanger", "mx {pattern} of the policy matches no mail exchanger of the domain.", "Remove it unless such an exchanger is planned.", "RFC 8461 section 4.1");

    /// <summary>All of them, in the order of the catalogue.</summary>
    public static IReadOnlyList<CheckDefinition> All => s_rows;

    /// <summary>Those that need the policy.</summary>
    public static IReadOnlyList<CheckDefinition> Policy { get; } = All.Where(check => check.Needs == CheckNeeds.Https).ToArray();
}

/// <summary>What is wrong in an MTA-STS record's text.</summary>
internal static class MtaStsTextRules
{
    /// <summary>Reports the faults, with the corrected record where the id can be kept.</summary>
    public static void Apply(MtaStsRecord record, DomainName domain, CheckSheet sheet)
    {
        MtaStsPolicyRules.ApplyDuplicates(record.Faults, sheet);
        ResourceRecord[] fix = Corrected(record.RawText) is { } text
            ? new ResourceRecord[] { new TxtRecord(domain.Prepend(MtaStsRecordBuilder.Label), domain, text, TimeSpan.FromHours(1), RecordPurpose.MtaSts) }
            : Array.Empty<ResourceRecord>();
        foreach (IGrouping<CheckDefinition, TextFault> faults in record.Faults.Where(fault => fault.Check != MtaStsChecks.Duplicate).GroupBy(fault => fault.Check))
        {
            sheet.Report(
                faults.Key.Saying(string.Join(" ", faults.Take(3).Select(fault => fault.Message))),
                expected: (fix.FirstOrDefault() as TxtRecord)?.Text,
                actual: record.Text,
                fix: fix);
        }
    }

    // One id and what extensions say; null where the text holds anything else, or two ids.
    private static string? Corrected(string text)
    {
        if (PastedFields.Read(text, MtaStsParser.VersionPattern, "id") is not { } fields) return null;

        string[] ids = fields.Where(field => field.Key == "id").Select(field => field.Value).Distinct(StringComparer.Ordinal).ToArray();
        IEnumerable<string> others = fields.Where(field => field.Key != "id" && !PastedFields.IsIdle(field)).Select(field => field.Key + "=" + field.Value);
        string corrected = string.Join("; ", new[] { "v=STSv1", "id=" + ids.FirstOrDefault() }.Concat(others));
        return ids.Length == 1 && MtaStsParser.Read(corrected).Faults.Count == 0 ? corrected : null;
    }
}

/// <summary>What is wrong with a policy that was fetched, and whether it fits the domain's mail exchangers.</summary>
internal static class MtaStsPolicyRules
{
    private const int MostNamed = 5;
    private const long ShortestAge = 86400;

    /// <summary>Judges the text and the mode.</summary>
    public static void Apply(MtaStsPolicy policy, CheckSheet sheet)
    {
        TextFault[] faults = policy.Faults.Where(fault => fault.Check == MtaStsChecks.PolicySyntax).ToArray();
        if (faults.Length > 0)
            sheet.Report(MtaStsChecks.PolicySyntax.With(string.Join(" ", faults.Take(3).Select(fault => fault.Message))));

        ApplyDuplicates(policy.Faults, sheet);
        if (policy.MaxAge is < ShortestAge or > MtaStsPolicyParser.LongestAge)
        {
            sheet.Report(
                MtaStsChecks.MaxAge.With(policy.MaxAge, policy.MaxAge < ShortestAge ? "senders forget the policy within a day." : "the most is 31557600."),
                expected: "604800 to 31557600",
                actual: policy.MaxAge.ToString());
        }

        if (policy.Mode is { } mode && mode != MtaStsPolicyMode.Enforce)
            sheet.Report(MtaStsChecks.Mode.With(MtaStsPolicyParser.Write(mode)), expected: "enforce", actual: MtaStsPolicyParser.Write(mode));
    }

    /// <summary>Tells of fields that occur twice, in a record or a policy.</summary>
    public static void ApplyDuplicates(IReadOnlyList<TextFault> faults, CheckSheet sheet)
    {
        TextFault[] duplicates = faults.Where(fault => fault.Check == MtaStsChecks.Duplicate).ToArray();
        if (duplicates.Length > 0)
            sheet.Report(MtaStsChecks.Duplicate.Saying(string.Join(" ", duplicates.Take(3).Select(fault => fault.Message))));
    }

    /// <summary>Compares the policy with the domain's mail exchangers.</summary>
    public static void ApplyExchangers(MtaStsPolicy policy, DnsResponse answer, CheckSheet sheet)
    {
        CheckDefinition[] checks = { MtaStsChecks.MxMismatch, MtaStsChecks.MxStale };
        if (answer.IsFailure)
        {
            sheet.CompleteUnknown(checks, answer);
            return;
        }

        if (!policy.IsUsable)
        {
            sheet.CompleteNotApplicable(checks, "The policy cannot be read: senders that know no older one go on as if there were none (RFC 8461 section 3.3).");
            return;
        }

        DomainName[] hosts = MailExchangers.Of(answer);
        if (hosts.Length == 0 || policy.Mode == MtaStsPolicyMode.None)
        {
            sheet.CompleteNotApplicable(checks, hosts.Length == 0 ? "The domain takes no mail (null MX, RFC 7505)." : "The policy's mode is none.");
            return;
        }

        string[] strange = Named(hosts.Where(host => !policy.Mx.Any(pattern => NamePattern.Matches(pattern, host))).Select(host => host.ToString()));
        if (strange.Length > 0)
        {
            string effect = policy.Mode == MtaStsPolicyMode.Testing ? "senders report it, and under enforce would not deliver to it." : "senders deliver nothing to it.";
            sheet.Report(
                MtaStsChecks.MxMismatch.With(string.Join(", ", strange), effect),
                expected: string.Join("; ", hosts.Take(MostNamed).Select(host => "mx: " + host)),
                actual: string.Join("; ", policy.Mx.Take(MostNamed).Select(mx => "mx: " + mx)));
        }

        string[] stale = Named(policy.Mx.Where(pattern => !hosts.Any(host => NamePattern.Matches(pattern, host))));
        if (stale.Length > 0) sheet.Report(MtaStsChecks.MxStale.With(string.Join(", ", stale)));
    }

    private static string[] Named(IEnumerable<string> names)
    {
        string[] all = names.ToArray();
        return all.Length <= MostNamed ? all : all.Take(MostNamed).Concat(new[] { "and " + (all.Length - MostNamed) + " more" }).ToArray();
    }
}
