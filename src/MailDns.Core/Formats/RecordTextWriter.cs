namespace MailDns.Formats;

/// <summary>Records to the texts of a format.</summary>
internal static class RecordTextWriter
{
    /// <summary>One text a zone, or one for all, as the format has it; in the order of the zones' first records.</summary>
    /// <param name="records">In any order; sets are merged.</param>
    /// <param name="format">The format.</param>
    /// <param name="provider">Read by <see cref="DnsRecordFormat.Terraform"/> only.</param>
    /// <param name="errors">Takes the sets that are left out.</param>
    /// <param name="warnings">Takes what has to be known before a text is applied.</param>
    public static IReadOnlyList<string> Write(
        IEnumerable<ResourceRecord> records,
        DnsRecordFormat format,
        TerraformProvider provider,
        ICollection<RecordExportError> errors,
        ICollection<string> warnings)
    {
        RecordFormatter formatter = Create(format, provider);
        List<ZoneParts> zones = WriteSets(ExportSets.Group(records, errors), formatter, errors);
        if (zones.Count == 0) return Array.Empty<string>();

        foreach (ZoneParts zone in zones)
        {
            if (formatter.Warn(zone) is { } warning) warnings.Add(warning);
        }

        return formatter.IsPerZone
            ? zones.Select(zone => formatter.Compose(new[] { zone })).ToArray()
            : new[] { formatter.Compose(zones) };
    }

    private static List<ZoneParts> WriteSets(IReadOnlyList<ExportSet> sets, RecordFormatter formatter, ICollection<RecordExportError> errors)
    {
        var zones = new List<ZoneParts>();
        var index = new Dictionary<DomainName, ZoneParts>();
        foreach (ExportSet set in sets)
        {
            string text;
            try
            {
                text = formatter.Write(set);
            }
            catch (RecordExportException exception)
            {
                errors.Add(new RecordExportError(set.Owner.Text, exception));
                continue;
            }

            if (!index.TryGetValue(set.Zone, out ZoneParts? zone))
            {
                zone = new ZoneParts(set.Zone);
                index.Add(set.Zone, zone);
                zones.Add(zone);
            }

            zone.Add(set, text);
        }

        return zones;
    }

    private static RecordFormatter Create(DnsRecordFormat format, TerraformProvider provider) => format switch
    {
        DnsRecordFormat.Zone => new ZoneFormatter(),
        DnsRecordFormat.NsUpdate => new NsUpdateFormatter(),
        DnsRecordFormat.DnsCmd => new DnsCmdFormatter(),
        DnsRecordFormat.Route53 => new Route53Formatter(),
        DnsRecordFormat.Cloudflare => new CloudflareFormatter(),
        DnsRecordFormat.GoogleDns => new GoogleDnsFormatter(),
        DnsRecordFormat.Terraform => new TerraformFormatter(provider),
        DnsRecordFormat.DnsControl => new DnsControlFormatter(),
        DnsRecordFormat.OctoDns => new OctoDnsFormatter(),
        DnsRecordFormat.Csv => new CsvFormatter(),
        _ => throw new ArgumentOutOfRangeException(nameof(format)),
    };
}

/// <summary>What could not be written, and why.</summary>
/// <param name="Owner">The owner's full name.</param>
internal sealed record RecordExportError(string Owner, RecordExportException Exception);
