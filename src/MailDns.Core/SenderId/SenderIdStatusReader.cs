namespace MailDns.SenderId;

/// <summary>Reads and judges the Sender ID records of a domain.</summary>
internal static class SenderIdStatusReader
{
    /// <summary>The status with one result at least for every check of <see cref="SenderIdChecks.All"/>.</summary>
    public static async Task<SenderIdStatus> ReadAsync(DomainName domain, IDnsResolver resolver, CancellationToken cancellationToken)
    {
        var sheet = new CheckSheet(domain.Text);
        DnsResponse response = await resolver.QueryTxtAsync(domain, cancellationToken).ConfigureAwait(false);
        if (response.IsFailure)
        {
            sheet.CompleteUnknown(SenderIdChecks.All, response);
            return new SenderIdStatus(domain, Array.Empty<SenderIdReading>(), isValid: null, sheet);
        }

        SenderIdReading[] readings = response.Texts.Where(SenderIdParser.LooksLikeSenderId).Select(SenderIdParser.Read).ToArray();
        if (readings.Length == 0)
        {
            sheet.CompletePass(new[] { SenderIdChecks.Historic, SenderIdChecks.TxtBloat });
            sheet.CompleteNotApplicable(SenderIdChecks.All, "There is no Sender ID record.");
            return new SenderIdStatus(domain, readings, isValid: null, sheet);
        }

        ApplyPresence(readings, sheet);
        ApplySyntax(readings, sheet);
        bool isValid = !sheet.Has(SenderIdChecks.Syntax);
        sheet.CompletePass(SenderIdChecks.All);
        return new SenderIdStatus(domain, readings, isValid, sheet);
    }

    private static void ApplyPresence(IReadOnlyList<SenderIdReading> readings, CheckSheet sheet)
    {
        foreach (SenderIdReading reading in readings.Take(10))
            sheet.Report(SenderIdChecks.Historic.With(PrintableText.Quote(reading.Record.Source)));

        // Each record costs its text, one length octet for each 255 of it, and 12 octets of a compressed header.
        int octets = readings.Sum(reading => reading.Record.Source.Length + 13 + (reading.Record.Source.Length / CharacterStrings.MaxOctets));
        sheet.Report(SenderIdChecks.TxtBloat.With(octets));
    }

    private static void ApplySyntax(IReadOnlyList<SenderIdReading> readings, CheckSheet sheet)
    {
        foreach (SenderIdReading reading in readings.Take(10))
        {
            foreach (RecordParseException fault in reading.Faults.Take(10))
                sheet.Report(SenderIdChecks.Syntax.Saying("In " + PrintableText.Quote(reading.Record.Source) + ": " + fault.Message));
        }

        // RFC 4406 section 3.1.2: no scope in two records.
        string? repeated = readings.SelectMany(reading => reading.Record.Scopes.Distinct())
            .GroupBy(scope => scope, StringComparer.Ordinal)
            .Where(group => group.Count() > 1)
            .Select(group => group.Key)
            .FirstOrDefault();
        if (repeated is not null)
            sheet.Report(SenderIdChecks.Syntax.Saying("The scope " + PrintableText.Quote(repeated) + " is in more than one record."));
    }
}

/// <summary>What the lenient parser made of a text that is, or was meant to be, a Sender ID record.</summary>
internal sealed class SenderIdReading(SenderIdRecord record, IReadOnlyList<RecordParseException>? faults)
{
    public SenderIdRecord Record { get; } = record;
    public IReadOnlyList<RecordParseException> Faults { get; } = faults ?? Array.Empty<RecordParseException>();
    public bool IsValid => Faults.Count == 0;
}

/// <summary>The checks of Sender ID (RFC 4406, Historic): the one place that declares them.</summary>
internal static class SenderIdChecks
{
    private static readonly CheckRows s_rows = new(CheckArea.SenderId);
    public static readonly CheckDefinition Historic = s_rows.Warning("SENDERID-HISTORIC", CheckNeeds.Dns, "No Sender ID record", "The Sender ID record {record} is not used by any receiver.", "Remove it, unless a platform still asks for it.", "RFC 4406 (Historic); RFC 6686 sections 5 and 6");
    public static readonly CheckDefinition Syntax = s_rows.Warning("SENDERID-SYNTAX", CheckNeeds.Text, "The Sender ID record is valid", "The Sender ID record is not valid: {fault}", "Remove it, or write \"spf2.0/pra ?all\".", "RFC 4406 section 3.1");
    public static readonly CheckDefinition TxtBloat = s_rows.Information("SENDERID-TXT-BLOAT", CheckNeeds.Dns, "No Sender ID record enlarges the TXT answer", "The Sender ID record enlarges the TXT answer of the domain by {n} octets.", "Remove it.", "RFC 7208 section 3.4");

    /// <summary>All of them, in the order of the catalogue.</summary>
    public static IReadOnlyList<CheckDefinition> All => s_rows;
}
