namespace MailDns.Bimi;

/// <summary>What is wrong in a BIMI record's text.</summary>
internal static class BimiTextRules
{
    private static readonly Dictionary<BimiFaultKind, CheckDefinition> s_checks = new()
    {
        [BimiFaultKind.Version] = BimiChecks.Version,
        [BimiFaultKind.Junk] = BimiChecks.Syntax,
        [BimiFaultKind.DuplicateTag] = BimiChecks.Syntax,
        [BimiFaultKind.LocationMissing] = BimiChecks.LogoMissing,
        [BimiFaultKind.NotHttps] = BimiChecks.NotHttps,
        [BimiFaultKind.NotSvg] = BimiChecks.NotSvg,
        [BimiFaultKind.RawComma] = BimiChecks.RawComma,
        [BimiFaultKind.Avatar] = BimiChecks.Avatar,
        [BimiFaultKind.LocalParts] = BimiChecks.LocalParts,
        [BimiFaultKind.UnknownTag] = BimiChecks.UnknownTag,
    };

    /// <summary>Reports the faults, with the corrected record where one follows from the text.</summary>
    public static void Apply(BimiRecord record, DomainName owner, DomainName domain, CheckSheet sheet)
    {
        ResourceRecord[] fix = Corrected(record) is { } text
            ? new ResourceRecord[] { new TxtRecord(owner, domain, text, System.TimeSpan.FromHours(1), RecordPurpose.Bimi) }
            : System.Array.Empty<ResourceRecord>();
        foreach (IGrouping<string, BimiFault> group in record.Faults.GroupBy(fault => s_checks[fault.Kind].Id, System.StringComparer.Ordinal))
        {
            BimiFault first = group.First();
            sheet.Report(
                s_checks[first.Kind].Saying(string.Join(" ", group.Select(fault => fault.Message))),
                actual: record.Text,
                fix: fix);
        }

        if (record.IsDeclination)
        {
            sheet.Report(BimiChecks.Declined.With(owner));
        }
        else if (string.IsNullOrEmpty(record.EvidenceUri))
        {
            sheet.Report(BimiChecks.EvidenceMissing.With(owner));
        }
        else if (BimiUri.Problem(record.EvidenceUri!) is null && !BimiUri.IsPem(record.EvidenceUri!))
        {
            sheet.Report(BimiChecks.EvidenceType.With(record.EvidenceUri));
        }
    }

    // What a person meant: exact version first, known tags once, commas encoded. Null where that is still wrong.
    private static string? Corrected(BimiRecord record)
    {
        if (record.Faults.Count == 0)
        {
            return null;
        }

        var parts = new List<string> { "v=BIMI1" };
        var seen = new HashSet<string>(System.StringComparer.Ordinal) { BimiTags.Version };
        foreach (TagSpec tag in record.Tags.Where(tag => tag.HasEquals))
        {
            string name = tag.Name.ToLowerInvariant();
            if (BimiTags.IsKnown(name) && seen.Add(name))
            {
                bool uri = name is BimiTags.Location or BimiTags.Evidence;
                parts.Add(name + "=" + (uri ? tag.Value.Replace(",", "%2C") : tag.Value));
            }
        }

        string text = string.Join("; ", parts);
        return BimiParser.Read(text).Faults.Count == 0 ? text : null;
    }
}
