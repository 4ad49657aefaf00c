namespace MailDns.Dmarc;

/// <summary>Whether reports can arrive: the destinations take mail, and those outside the Organizational Domain consent (RFC 9990 section 4).</summary>
internal sealed class DmarcReportRules(DomainName policyDomain, DmarcTreeWalker walker, IDnsResolver resolver, CheckSheet sheet)
{
    /// <summary>Most destinations that are looked at; reporters stop much earlier.</summary>
    private const int MostHosts = 10;
    private static readonly TimeSpan s_timeToLive = TimeSpan.FromHours(1);

    /// <summary>Looks at the destinations of the record at a domain.</summary>
    public static async Task ApplyAsync(DmarcLookup lookup, DmarcTreeWalker walker, IDnsResolver resolver, CheckSheet sheet, CancellationToken cancellationToken)
    {
        var rules = new DmarcReportRules(lookup.Domain, walker, resolver, sheet);
        DmarcRecord record = lookup.Record!;
        IGrouping<DomainName, DmarcReportUri>[] hosts = record.AggregateReportUri.Concat(record.FailureReportUri)
            .Where(uri => uri is { IsValid: true, HostName: not null })
            .GroupBy(uri => uri.HostName!)
            .ToArray();
        if (hosts.Length == 0)
        {
            sheet.CompleteNotApplicable(new[] { DmarcChecks.ReportHost, DmarcChecks.ReportExternal, DmarcChecks.ReportWildcard }, "The record names no usable report address.");
            return;
        }

        foreach (IGrouping<DomainName, DmarcReportUri> host in hosts.Take(MostHosts))
        {
            if (host.Any(uri => uri.IsMailTo))
                await rules.ApplyMailAsync(host.Key, cancellationToken).ConfigureAwait(false);

            await rules.ApplyConsentAsync(host.Key, host.ToArray(), cancellationToken).ConfigureAwait(false);
        }

        if (hosts.Length > MostHosts)
            sheet.Unknown(DmarcChecks.ReportExternal, "The record names " + hosts.Length + " destinations; only the first " + MostHosts + " were looked at.");
    }

    // RFC 5321 section 5.1: MX, else the address records of the name itself; RFC 7505: a null MX takes no mail.
    private async Task ApplyMailAsync(DomainName host, CancellationToken cancellationToken)
    {
        DnsResponse mx = await resolver.QueryAsync(host, DnsRecordType.Mx, cancellationToken).ConfigureAwait(false);
        if (mx.IsFailure)
        {
            sheet.Unknown(DmarcChecks.ReportHost, mx);
            return;
        }

        MxData[] exchangers = mx.Data<MxData>().ToArray();
        if (exchangers.Length > 0)
        {
            if (exchangers.All(exchanger => exchanger.Exchange.IsRoot))
                sheet.Report(DmarcChecks.ReportHost.With(host, "it says so with a null MX (RFC 7505)"));

            return;
        }

        if (mx.Status == DnsResponseStatus.NxDomain)
        {
            sheet.Report(DmarcChecks.ReportHost.With(host, "it does not exist"));
            return;
        }

        foreach (DnsRecordType type in new[] { DnsRecordType.A, DnsRecordType.Aaaa })
        {
            DnsResponse address = await resolver.QueryAsync(host, type, cancellationToken).ConfigureAwait(false);
            if (address.IsFailure)
            {
                sheet.Unknown(DmarcChecks.ReportHost, address);
                return;
            }

            if (address.Status == DnsResponseStatus.Success) return;
        }

        sheet.Report(DmarcChecks.ReportHost.With(host, "it has neither MX nor address records"));
    }

    private async Task ApplyConsentAsync(DomainName host, DmarcReportUri[] uris, CancellationToken cancellationToken)
    {
        bool? same = await IsSameOrganizationAsync(host, cancellationToken).ConfigureAwait(false);
        if (same == true) return;

        string addresses = string.Join(", ", uris.Take(3).Select(uri => uri.Uri));
        DomainName? name = DmarcReportAuthorization.NameFor(policyDomain, host);
        if (name is null)
        {
            Refuse(same, "The name at which " + host + " would consent to reports about " + policyDomain + " is longer than 253 octets: reporters must ignore " + addresses + ".", fix: null);
            return;
        }

        DnsResponse response = await resolver.QueryTxtAsync(name, cancellationToken).ConfigureAwait(false);
        if (response.IsFailure)
        {
            sheet.Unknown(DmarcChecks.ReportExternal, response);
            return;
        }

        string[] consents = response.Texts.Where(DmarcParser.IsDmarc).ToArray();
        if (consents.Length == 0)
        {
            TxtRecord fix = DmarcReportAuthorization.Create(policyDomain, host, host, s_timeToLive);
            string found = response.Texts.Count == 0 ? string.Empty : " The text there is not an authorization: " + PrintableText.Quote(response.Texts[0]) + ".";
            Refuse(same, name + " has no consent to reports about " + policyDomain + ": reporters must ignore " + addresses + "." + found, fix);
            return;
        }

        ApplyOverrides(host, name, consents, same);
        await ApplyWildcardAsync(host, cancellationToken).ConfigureAwait(false);
    }

    // RFC 9990 section 4, step 9: a consent may send reports elsewhere, but only within the same host.
    private void ApplyOverrides(DomainName host, DomainName name, string[] consents, bool? same)
    {
        foreach (DmarcRecord consent in consents.Take(MostHosts).Select(DmarcParser.Read))
        {
            DmarcReportUri? elsewhere = consent.AggregateReportUri.Concat(consent.FailureReportUri)
                .FirstOrDefault(uri => uri.IsValid && uri.HostName is not null && !uri.HostName.Equals(host));
            if (elsewhere is not null)
                Refuse(same, name + " redirects reports to " + elsewhere.Uri + ", which is not at " + host + ": reporters must send to neither.", fix: null);
        }
    }

    private async Task ApplyWildcardAsync(DomainName host, CancellationToken cancellationToken)
    {
        if (DmarcReportAuthorization.WildcardFor(host) is not { } name) return;

        DnsResponse response = await resolver.QueryTxtAsync(name, cancellationToken).ConfigureAwait(false);
        if (response.IsFailure)
            sheet.Unknown(DmarcChecks.ReportWildcard, response);
        else if (response.Texts.Any(DmarcParser.IsDmarc))
            sheet.Report(DmarcChecks.ReportWildcard.With(host, name));
    }

    private async Task<bool?> IsSameOrganizationAsync(DomainName host, CancellationToken cancellationToken)
    {
        if (host.Equals(policyDomain)) return true;

        DmarcTreeWalk own = await walker.WalkAsync(policyDomain, cancellationToken).ConfigureAwait(false);
        DmarcTreeWalk other = await walker.WalkAsync(host, cancellationToken).ConfigureAwait(false);
        return DmarcTreeWalk.HaveSameOrganizationalDomain(own, other);
    }

    // Where it is not known whether the destination is external at all, a missing consent proves nothing.
    private void Refuse(bool? same, string message, TxtRecord? fix)
    {
        if (same is null)
        {
            sheet.Unknown(DmarcChecks.ReportExternal, "Whether the destination is within the same organization is not known, because a lookup of the tree walk failed. If it is not: " + message);
            return;
        }

        sheet.Report(DmarcChecks.ReportExternal.Saying(message), fix?.Text, actual: null, recommendation: null, fix is null ? Array.Empty<ResourceRecord>() : new ResourceRecord[] { fix });
    }
}

/// <summary>
/// Consent of a report receiver to reports about another domain (RFC 9990 section 4): a TXT record at
/// <c>&lt;policy domain&gt;._report._dmarc.&lt;destination host&gt;</c>.
/// </summary>
internal static class DmarcReportAuthorization
{
    /// <summary>The text that consents and redirects nothing.</summary>
    public const string Text = "v=DMARC1;";
    private const string Labels = "._report._dmarc";

    /// <summary>The name that a reporter asks for; null where it would be too long, and no consent is possible (step 4).</summary>
    public static DomainName? NameFor(DomainName policyDomain, DomainName destination) =>
        destination.TryPrepend(policyDomain.Text + Labels, out DomainName? name) ? name : null;

    /// <summary>The name at which a receiver consents to reports about every domain.</summary>
    public static DomainName? WildcardFor(DomainName destination) =>
        destination.TryPrepend("*" + Labels, out DomainName? name) ? name : null;

    /// <summary>The record, to be published in the zone of the destination.</summary>
    /// <exception cref="ArgumentException">The name would be too long.</exception>
    public static TxtRecord Create(DomainName policyDomain, DomainName destination, DomainName zone, TimeSpan timeToLive)
    {
        DomainName? name = NameFor(policyDomain, destination);
        return name is null
            ? throw new ArgumentException(
                "The name " + PrintableText.Quote(policyDomain.Text + Labels + "." + destination.Text) + " is longer than 253 octets, so reports about the domain cannot go there (RFC 9990 section 4, step 4).",
                nameof(policyDomain))
            : new TxtRecord(name, zone, Text, timeToLive, RecordPurpose.DmarcReportAuthorization);
    }
}
