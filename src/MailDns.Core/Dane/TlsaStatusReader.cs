using MailDns.Dnssec;

namespace MailDns.Dane;

/// <summary>
/// Reads the TLSA records of a domain's mail exchangers (RFC 7672 section 2.2), or of hosts that were named. DNSSEC is what the
/// asked resolver says of it (AD, RFC 6840 section 5.8), and the result says which resolver that is.
/// </summary>
internal sealed class TlsaStatusReader(DomainName domain, int port, IDnsResolver resolver)
{
    /// <summary>Reads one status a host: of the mail exchangers where no host is named.</summary>
    public static Task<IReadOnlyList<TlsaStatus>> ReadAsync(DomainName domain, IReadOnlyList<DomainName> hosts, int port, IDnsResolver resolver, CancellationToken cancellationToken) =>
        new TlsaStatusReader(domain, port, resolver).ReadAsync(hosts, cancellationToken);

    private async Task<IReadOnlyList<TlsaStatus>> ReadAsync(IReadOnlyList<DomainName> hosts, CancellationToken cancellationToken)
    {
        if (hosts.Count > 0)
            return await Task.WhenAll(hosts.Select(host => ReadHostAsync(host, mx: null, cancellationToken))).ConfigureAwait(false);

        DnsResponse mx = await resolver.QueryAsync(domain, DnsRecordType.Mx, cancellationToken).ConfigureAwait(false);
        DomainName[] exchangers = mx.IsFailure ? Array.Empty<DomainName>() : MailExchangers.Of(mx);
        if (exchangers.Length > 0)
            return await Task.WhenAll(exchangers.Select(host => ReadHostAsync(host, mx, cancellationToken))).ConfigureAwait(false);

        var sheet = new CheckSheet(domain.Text);
        if (mx.IsFailure)
            sheet.CompleteUnknown(DaneChecks.All, mx);
        else
            sheet.CompleteNotApplicable(DaneChecks.All, "The domain takes no mail.");

        return new[] { new TlsaStatus(domain.Text, string.Empty, string.Empty, port, Array.Empty<string>(), sheet) };
    }

    private async Task<TlsaStatus> ReadHostAsync(DomainName host, DnsResponse? mx, CancellationToken cancellationToken)
    {
        var sheet = new CheckSheet(domain.Text);
        if (!host.TryPrepend(TlsaRecordBuilder.Labels(port), out DomainName? owner))
        {
            sheet.CompleteNotApplicable(DaneChecks.All, "The host's name is too long for a TLSA record.");
            return new TlsaStatus(domain.Text, host.ToString(), string.Empty, port, Array.Empty<string>(), sheet);
        }

        DnsResponse answer = await resolver.QueryAsync(owner!, DnsRecordType.Tlsa, cancellationToken).ConfigureAwait(false);
        TlsaData[] records = answer.Data<TlsaData>().ToArray();
        if (answer.Status == DnsResponseStatus.OutOfZone && !host.IsSameOrBelow(domain))
        {
            // The host of another domain, whose zone file nobody gave: its records are not the domain's to publish.
            sheet.CompleteNotApplicable(DaneChecks.All, answer.FailureText);
        }
        else if (answer.IsFailure)
        {
            sheet.CompleteUnknown(DaneChecks.All, answer);
        }
        else if (records.Length > 0)
        {
            // in an order of its own: a server may turn a set
            sheet.Found(DaneChecks.Syntax, owner + ": " + string.Join(" | ", records.Select(record => record.ToString()).OrderBy(text => text, StringComparer.Ordinal)));
            TlsaRules.Apply(owner!, records, domain, port == TlsaRecordBuilder.SmtpPort, sheet);
            await JudgeSecurityAsync(host, answer, mx, sheet, cancellationToken).ConfigureAwait(false);
            sheet.CompletePass(DaneChecks.All);
        }

        sheet.CompleteNotApplicable(DaneChecks.All, "No TLSA record at " + owner + ".");
        return new TlsaStatus(domain.Text, host.ToString(), owner!.ToString(), port, records.Select(record => record.ToString()).ToArray(), sheet)
        {
            Data = records,
            Failure = sheet.Results.Any(result => result.Status == CheckStatus.Unknown && result.Cause == answer) ? answer : null,
            Resolver = answer.Resolver,
            IsAuthenticated = answer.IsAuthenticated,
        };
    }

    private async Task JudgeSecurityAsync(DomainName host, DnsResponse tlsa, DnsResponse? mx, CheckSheet sheet, CancellationToken cancellationToken)
    {
        // Planned records are signed with the zone that will hold them, so the zone is asked about.
        DnsResponse witness = tlsa.Resolver is not null ? tlsa : await resolver.QueryAsync(host, DnsRecordType.Soa, cancellationToken).ConfigureAwait(false);
        foreach (DnsResponse answer in mx is null ? new[] { witness } : new[] { mx, witness })
        {
            if (answer.IsAuthenticated) continue;

            if (answer.IsFailure || answer.Resolver is null)
            {
                sheet.Unknown(DaneChecks.Insecure, answer.IsFailure ? answer.FailureText : "Zone files and planned records do not show whether DNSSEC secures " + answer.Question.Name + ".", cause: answer.IsFailure ? answer : null);
                return;
            }

            bool validates = await DnssecWitness.ValidatesAsync(resolver, cancellationToken).ConfigureAwait(false);
            string evidence = await EvidenceAsync(answer, cancellationToken).ConfigureAwait(false);
            string shown = answer.Resolver + " does not show " + answer.Question + " as validated by DNSSEC";
            if (validates)
                sheet.Report(DaneChecks.Insecure.With(host, shown + " (" + evidence.TrimEnd('.') + ")"));
            else
                sheet.Unknown(DaneChecks.Insecure, shown + ", nor the root, so it validates nothing: ask a validating resolver with -Server. " + evidence);

            return;
        }

        sheet.Pass(DaneChecks.Insecure, witness.Resolver + " says that it validated " + witness.Question + " by DNSSEC. " + await EvidenceAsync(witness, cancellationToken).ConfigureAwait(false));
    }

    // What the chain of trust to the zone of the name looks like, whoever validates it.
    private async Task<string> EvidenceAsync(DnsResponse answer, CancellationToken cancellationToken) =>
        (await DnssecStatusReader.ReadAsync(answer.CanonicalName, resolver, now: null, cancellationToken).ConfigureAwait(false)).Evidence;

}
