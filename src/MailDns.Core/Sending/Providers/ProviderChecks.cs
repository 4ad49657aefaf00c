namespace MailDns.Sending;

/// <summary>The checks of what a provider's profile asks for: the one place that declares them.</summary>
internal static class ProviderChecks
{
    private static readonly CheckRows s_rows = new(CheckArea.Provider);
    private static readonly CheckRows s_spf = new(CheckArea.Spf, s_rows);

    public static readonly CheckDefinition Incomplete = s_rows.Error("PROFILE-INCOMPLETE", CheckNeeds.Dns, "Every record that the provider asks for is published", "{n} of {m} records of profile {p} are missing: {list}.", "Make them with New-SendingDomainRecord and publish them.", "The provider's profile");
    public static readonly CheckDefinition WrongValue = s_rows.Error("PROFILE-WRONG-VALUE", CheckNeeds.Dns, "Every record has the provider's value", "A record has another value than the provider asks for: {fault}", "Replace it with the provider's value.", "The provider's profile");
    public static readonly CheckDefinition ObsoleteValue = s_rows.Warning("PROFILE-OBSOLETE-VALUE", CheckNeeds.Dns, "No record has a value that the provider has replaced", "A record has a value that the provider has replaced: {fault}", "Replace it with the provider's current value.", "The provider's profile");
    public static readonly CheckDefinition UnapprovedValue = s_rows.Warning("PROFILE-UNAPPROVED-VALUE", CheckNeeds.Dns, "No placeholder or sample was published", "A record contains a placeholder in braces or a sample of the documentation: {fault}", "Ask the provider for the domain's own value.", "The provider's profile");
    public static readonly CheckDefinition SpfMissing = s_spf.Error("SPF-PROVIDER-MISSING", CheckNeeds.Dns, "SPF includes the provider", "SPF does not include what the provider asks for: {fault}", "Add the include to the existing record; never publish a second one.", "The provider's profile; RFC 7208 section 5.2");
    public static readonly CheckDefinition SpfObsolete = s_spf.Warning("SPF-PROVIDER-OBSOLETE", CheckNeeds.Dns, "SPF includes no name that the provider has replaced", "SPF includes a name that the provider has replaced: {fault}", "Replace the include.", "The provider's profile");

    /// <summary>All of them, in the order of the catalogue.</summary>
    public static IReadOnlyList<CheckDefinition> All => s_rows;
}

/// <summary>Turns the comparison of a profile with DNS into results of checks.</summary>
internal static class ProviderRules
{
    /// <summary>Every check of <see cref="ProviderChecks"/> gets its result.</summary>
    public static void Apply(ProviderComparison comparison, CheckSheet sheet)
    {
        ProviderRecordComparison[] spf = comparison.Records.Where(record => record.Template.Role == RecordPurpose.Spf).ToArray();
        ProviderRecordComparison[] others = comparison.Records.Where(record => record.Template.Role != RecordPurpose.Spf).ToArray();
        JudgeSpf(comparison, spf, sheet);
        JudgeMissing(comparison, sheet);
        Judge(ProviderChecks.WrongValue, others, ProviderRecordState.Wrong, sheet);
        JudgeObsolete(ProviderChecks.ObsoleteValue, others, sheet);
        JudgePlaceholders(others, sheet);
    }

    private static void JudgeSpf(ProviderComparison comparison, ProviderRecordComparison[] spf, CheckSheet sheet)
    {
        if (spf.All(record => record.Template.TermTemplates.Count == 0))
        {
            JudgeObsolete(ProviderChecks.SpfObsolete, spf, sheet);
            sheet.CompleteNotApplicable(new[] { ProviderChecks.SpfMissing, ProviderChecks.SpfObsolete }, "Profile " + comparison.Provider.Id + " asks for no SPF include.");
            return;
        }

        // An old include in the place of the new one leaves the new one missing.
        ProviderRecordComparison[] missing = spf.Where(record => record.State is ProviderRecordState.Missing or ProviderRecordState.Obsolete).ToArray();
        if (missing.Length > 0) Report(ProviderChecks.SpfMissing, missing, sheet);

        Complete(ProviderChecks.SpfMissing, spf, sheet);
        JudgeObsolete(ProviderChecks.SpfObsolete, spf, sheet);
    }

    private static void JudgeMissing(ProviderComparison comparison, CheckSheet sheet)
    {
        ProviderRecordComparison[] missing = comparison.In(ProviderRecordState.Missing);
        if (missing.Length > 0)
        {
            int asked = comparison.Records.Count(record => record.Template.Required);
            string list = string.Join("; ", missing.Select(record => record.Host + " " + record.Template.RecordType));
            sheet.Report(
                ProviderChecks.Incomplete.With(missing.Length, asked, comparison.Provider.Id, list),
                expected: Join(missing.Select(record => record.Expected)),
                actual: null,
                recommendation: null,
                Fixes(missing));
        }

        Complete(ProviderChecks.Incomplete, comparison.Records.Where(record => record.Template.Required).ToArray(), sheet);
    }

    private static void Judge(CheckDefinition definition, ProviderRecordComparison[] records, ProviderRecordState state, CheckSheet sheet)
    {
        ProviderRecordComparison[] found = records.Where(record => record.State == state).ToArray();
        if (found.Length > 0) Report(definition, found, sheet);

        Complete(definition, records, sheet);
    }

    private static void JudgeObsolete(CheckDefinition definition, ProviderRecordComparison[] records, CheckSheet sheet)
    {
        ProviderRecordComparison[] found = records.Where(record => record.Obsolete is not null).ToArray();
        if (found.Length > 0)
        {
            SendingProviderObsoleteValue[] values = found.Select(record => record.Obsolete!).Distinct().ToArray();
            sheet.Report(
                definition.Saying(string.Join(" ", found.Select(record => record.Host + " names " + record.Obsolete!.Value + ", " + record.Obsolete.Fate + "."))),
                Join(values.Select(value => value.Replacement ?? "nothing")),
                Join(values.Select(value => value.Value)),
                recommendation: null,
                Fixes(found));
        }

        Complete(definition, records, sheet);
    }

    private static void JudgePlaceholders(ProviderRecordComparison[] records, CheckSheet sheet)
    {
        ProviderRecordComparison[] found = records.Where(record => record.HoldsPlaceholder).ToArray();
        if (found.Length > 0)
        {
            sheet.Report(
                ProviderChecks.UnapprovedValue.Saying(string.Join(" ", found.Select(record => record.Host + " contains a placeholder or a sample of the documentation: " + PrintableText.Quote(record.Actual) + "."))),
                expected: null,
                Join(found.Select(record => record.Actual ?? string.Empty)));
        }

        Complete(ProviderChecks.UnapprovedValue, records, sheet);
    }

    private static void Report(CheckDefinition definition, ProviderRecordComparison[] found, CheckSheet sheet) => sheet.Report(
        definition.Saying(string.Join(" ", found.Select(record => record.Detail))),
        Join(found.Select(record => record.Expected)),
        found.Any(record => record.Actual is not null) ? Join(found.Select(record => record.Actual ?? "nothing")) : null,
        recommendation: null,
        Fixes(found));

    // Nothing found is a pass only where everything was looked at.
    private static void Complete(CheckDefinition definition, ProviderRecordComparison[] records, CheckSheet sheet)
    {
        ProviderRecordComparison? unknown = records.FirstOrDefault(record => record.State == ProviderRecordState.Unknown);
        if (unknown is not null) sheet.CompleteUnknown(new[] { definition }, unknown.Detail);

        ProviderRecordComparison? unnamed = records.FirstOrDefault(record => record.State == ProviderRecordState.NeedsValue && record.Template.Required);
        if (unnamed is not null) sheet.CompleteUnknown(new[] { definition }, unnamed.Detail);

        if (records.Length == 0)
            sheet.CompleteNotApplicable(new[] { definition }, "The profile asks for no such record.");

        // What is missing says nothing of values; whether it is missing is for PROFILE-INCOMPLETE.
        bool isThere = definition == ProviderChecks.Incomplete || definition == ProviderChecks.SpfMissing || records.Any(record => record.State is ProviderRecordState.Present or ProviderRecordState.Wrong or ProviderRecordState.Obsolete);
        sheet.CompletePass(new[] { definition }, isThere, "None of these records is published.");
    }

    private static ResourceRecord[] Fixes(IEnumerable<ProviderRecordComparison> records) =>
        records.Select(record => record.Fix).OfType<ResourceRecord>().ToArray();

    private static string Join(IEnumerable<string> values) => string.Join("; ", values);
}
