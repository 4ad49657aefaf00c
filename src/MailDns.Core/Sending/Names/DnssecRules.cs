namespace MailDns.Sending;

/// <summary>
/// What the asked resolver says of the domain's DNSSEC (RFC 4035 section 3.2.3). Its word is passed on under its name: MailDns
/// validates nothing itself.
/// </summary>
internal static class DnssecRules
{
    private const int MostNamed = 5;

    /// <summary>Judges; the answers are all those of the domain's check.</summary>
    public static async Task ApplyAsync(DomainName domain, RecordingResolver resolver, CheckSheet sheet, CancellationToken cancellationToken)
    {
        CheckDefinition[] checks = { DnsChecks.DnssecBogus, DnsChecks.DnssecUnsigned };
        DnsResponse answer = await resolver.QueryAsync(domain, DnsRecordType.Soa, cancellationToken).ConfigureAwait(false);
        ApplyBogus(domain, resolver, sheet);
        if (answer.IsFailure)
        {
            sheet.CompleteUnknown(checks, answer);
        }
        else if (answer.Resolver is not { } server)
        {
            sheet.CompleteNotApplicable(checks, "Zone files and planned records do not show DNSSEC.");
        }
        else if (answer.IsAuthenticated)
        {
            sheet.CompletePass(new[] { DnsChecks.DnssecBogus });
            sheet.Pass(DnsChecks.DnssecUnsigned, server + " says that it validated " + answer.Question + " by DNSSEC.");
        }
        else
        {
            bool validates = await DnssecWitness.ValidatesAsync(resolver, cancellationToken).ConfigureAwait(false);
            string why = validates ? "it validates others, so the zone is not signed." : "nor the root, so it validates nothing; a validating resolver may say otherwise.";
            sheet.Report(DnsChecks.DnssecUnsigned.With(server, answer.Question, why), actual: server);
            sheet.CompleteNotApplicable(checks, server + (validates ? " does not show the zone as signed." : " validates nothing."));
        }
    }

    // The domain's own names, and the hosts that its mail goes to: senders that validate cannot reach either.
    private static void ApplyBogus(DomainName domain, RecordingResolver resolver, CheckSheet sheet)
    {
        DnsResponse[] bogus = resolver.Answers
            .Where(answer => answer.Status == DnsResponseStatus.Bogus && (answer.Question.Name.IsSameOrBelow(domain) || answer.Question.Type == DnsRecordType.Tlsa))
            .ToArray();
        if (bogus.Length > 0)
        {
            string more = bogus.Length > MostNamed ? " and " + (bogus.Length - MostNamed) + " more" : string.Empty;
            sheet.Report(
                DnsChecks.DnssecBogus.With(bogus[0].Resolver, string.Join(", ", bogus.Take(MostNamed).Select(answer => answer.Question.ToString())), more),
                actual: bogus[0].Resolver);
        }
    }
}
