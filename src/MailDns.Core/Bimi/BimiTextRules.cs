namespace MailDns.Bimi;

/// <summary>What is wrong in a BIMI record's text.</summary>
internal static class BimiTextRules
{
    // The longer names first: "lps" is no "l".
    private static readonly string[] s_names = { BimiTags.LocalParts, BimiTags.Avatar, BimiTags.Location, BimiTags.Evidence };

    /// <summary>Reports the faults, with the corrected record where one follows from the text.</summary>
    public static void Apply(BimiRecord record, DomainName owner, DomainName domain, CheckSheet sheet)
    {
        ResourceRecord[] fix = Corrected(record) is { } text
            ? new ResourceRecord[] { new TxtRecord(owner, domain, text, System.TimeSpan.FromHours(1), RecordPurpose.Bimi) }
            : System.Array.Empty<ResourceRecord>();
        foreach (IGrouping<CheckDefinition, TextFault> group in record.Faults.GroupBy(fault => fault.Check))
        {
            sheet.Report(
                group.Key.Saying(string.Join(" ", group.Select(fault => fault.Message))),
                actual: record.Text,
                fix: fix);
        }

        if (record.IsDeclination)
            sheet.Report(BimiChecks.Declined.With(owner));
        else if (string.IsNullOrEmpty(record.EvidenceUri))
            sheet.Report(BimiChecks.EvidenceMissing.With(owner));
        else if (BimiUri.Problem(record.EvidenceUri!) is null && !BimiUri.IsPem(record.EvidenceUri!))
            sheet.Report(BimiChecks.EvidenceType.With(record.EvidenceUri));
    }

    // What a person meant: exact version first, each tag once, commas of a URI encoded. Null where the text holds anything
    // else, two values of one tag, or a list of URIs, which BIMI no longer has.
    private static string? Corrected(BimiRecord record)
    {
        if (record.Faults.Count == 0 || PastedFields.Read(record.RawText, BimiParser.VersionPattern, s_names) is not { } fields)
            return null;

        var parts = new List<string> { "v=BIMI1" };
        var seen = new Dictionary<string, string>(System.StringComparer.Ordinal);
        foreach (KeyValuePair<string, string> field in fields.Where(field => !PastedFields.IsIdle(field) && !IsUnknown(field)))
        {
            bool isUri = field.Key is BimiTags.Location or BimiTags.Evidence;
            string value = isUri ? field.Value.Trim(',', ' ') : field.Value;
            if (field.Key.Length == 0 || (isUri && BimiUri.IsList(value))) return null;

            if (seen.TryGetValue(field.Key, out string? other))
            {
                if (other != value) return null;

                continue;
            }

            seen.Add(field.Key, value);
            parts.Add(field.Key + "=" + (isUri ? value.Replace(",", "%2C") : value));
        }

        string text = string.Join("; ", parts);
        return BimiParser.Read(text).Faults.All(fault => fault.Check == BimiChecks.UnknownTag) ? text : null;
    }

    // Unknown tags are ignored, and left out where no address stands in them.
    private static bool IsUnknown(KeyValuePair<string, string> field) =>
        field.Key.Length > 0 && !BimiTags.IsKnown(field.Key) && field.Value.IndexOf("://", System.StringComparison.Ordinal) < 0;
}
