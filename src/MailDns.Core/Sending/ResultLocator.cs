namespace MailDns.Sending;

/// <summary>Finds the line of a zone file that a finding is about, so that an editor or a build server can show it there.</summary>
internal static class ResultLocator
{
    private static readonly char[] s_separators = { ' ', ',', ';', ':', '"', '(', ')', '=' };

    /// <summary>Sets file and line of every result that a person should read.</summary>
    public static void Locate(IEnumerable<CheckResult> results, DomainName domain, ZoneFileResolver zones)
    {
        var found = new Dictionary<string, (string File, int Line)?>(StringComparer.Ordinal);
        foreach (CheckResult result in results.Where(result => result.Status is not (CheckStatus.Pass or CheckStatus.NotApplicable)))
        {
            string key = result.Area + " " + result.Message;
            if (!found.TryGetValue(key, out (string File, int Line)? place))
            {
                place = Find(result, domain, zones);
                found.Add(key, place);
            }

            (result.File, result.Line) = (place?.File, place?.Line);
        }
    }

    // The area's own record, then the record that would mend it, then a name in the message, then the domain and its zone.
    private static (string File, int Line)? Find(CheckResult result, DomainName domain, ZoneFileResolver zones) =>
        OfArea(result.Area, domain, zones)
        ?? result.Record.Select(record => Find(record.Fqdn, zones, found => found.Type == record.DnsType) ?? Find(record.Fqdn, zones, _ => true)).FirstOrDefault(place => place is not null)
        ?? (result.Message + " " + result.Actual).Split(s_separators, StringSplitOptions.RemoveEmptyEntries)
            .Where(word => word.IndexOf('.') > 0 && !word.Equals(domain.Text, StringComparison.OrdinalIgnoreCase))
            .Take(40)
            .Select(word => Find(word.TrimEnd('.'), zones, _ => true)).FirstOrDefault(place => place is not null)
        ?? OfDomain(domain, zones);

    private static (string File, int Line)? OfArea(CheckArea key, DomainName domain, ZoneFileResolver zones) =>
        Areas.All.First(area => area.Key == key) is { Owner: { } owner } area
            ? Find(owner.Length == 0 ? domain.Text : owner + "." + domain.Text, zones, area.IsOwn)
            : null;

    private static (string File, int Line)? OfDomain(DomainName domain, ZoneFileResolver zones)
    {
        for (DomainName name = domain; !name.IsRoot; name = name.Parent)
        {
            if ((zones.Find(name, record => record.Type == DnsRecordType.Soa) ?? zones.Find(name, _ => true)) is { } place)
                return place;
        }

        return null;
    }

    private static (string File, int Line)? Find(string name, ZoneFileResolver zones, Func<DnsRecord, bool> isMeant) =>
        DomainName.TryParseDns(name, out DomainName? owner) ? zones.Find(owner!, isMeant) : null;
}
