using MailDns.Https;

namespace MailDns.MtaSts;

/// <summary>Reads what a domain announces by MTA-STS: the record, and over HTTPS the policy (RFC 8461 sections 3.1 to 3.3).</summary>
internal sealed class MtaStsStatusReader(DomainName domain, IDnsResolver resolver, HttpsAccess? https)
{
    /// <summary>Largest policy that is read (RFC 8461 section 3.3 suggests 64 KB).</summary>
    public const int MaxPolicyBytes = 64 * 1024;
    private readonly DomainName _domain = domain;
    private readonly CheckSheet _sheet = new(domain.Text);

    /// <summary>Reads the record; and the policy where told how to fetch it.</summary>
    public static Task<MtaStsStatus> ReadAsync(DomainName domain, IDnsResolver resolver, HttpsAccess? https, CancellationToken cancellationToken) =>
        new MtaStsStatusReader(domain, resolver, https).ReadAsync(cancellationToken);

    private async Task<MtaStsStatus> ReadAsync(CancellationToken cancellationToken)
    {
        if (!_domain.TryPrepend(MtaStsRecordBuilder.Label, out DomainName? owner))
        {
            _sheet.CompleteNotApplicable(MtaStsChecks.All, "The domain's name is too long for a name below it.");
            return new MtaStsStatus(_domain.Text, Array.Empty<string>(), record: null, policy: null, Array.Empty<string>(), _sheet);
        }

        var found = new SingleText(await resolver.QueryTxtAsync(owner!, cancellationToken).ConfigureAwait(false), MtaStsParser.IsMtaSts, MtaStsParser.LooksLikeMtaSts);
        MtaStsRecord? record = Judge(found);
        MtaStsPolicy? policy = null;
        string[] exchangers = Array.Empty<string>();
        if (record is not null)
        {
            DnsResponse mx = await resolver.QueryAsync(_domain, DnsRecordType.Mx, cancellationToken).ConfigureAwait(false);
            exchangers = mx.IsFailure ? exchangers : MailExchangers.Of(mx).Select(host => host.ToString()).ToArray();
            await JudgeReportsAsync(cancellationToken).ConfigureAwait(false);
            policy = await JudgeHostAsync(mx, cancellationToken).ConfigureAwait(false);
            _sheet.CompletePass(MtaStsChecks.All);
        }

        return new MtaStsStatus(_domain.Text, found.Texts, record, policy, exchangers, _sheet);
    }

    private MtaStsRecord? Judge(SingleText found)
    {
        if (found.Judge(MtaStsChecks.Missing, MtaStsChecks.Multiple, _sheet, found.Answer.Question.Name) is not { } text)
        {
            found.CompleteWithout(MtaStsChecks.All, "There is no MTA-STS record to judge.", _sheet);
            return null;
        }

        MtaStsRecord record = MtaStsParser.Read(text);
        MtaStsTextRules.Apply(record, _domain, _sheet);
        return record;
    }

    private async Task JudgeReportsAsync(CancellationToken cancellationToken)
    {
        if (!_domain.TryPrepend("_smtp._tls", out DomainName? owner)) return;

        DnsResponse answer = await resolver.QueryTxtAsync(owner!, cancellationToken).ConfigureAwait(false);
        if (answer.IsFailure)
            _sheet.Unknown(MtaStsChecks.NoTlsRpt, answer);
        else if (!answer.Texts.Any(text => TxtKinds.Of(owner!, text) == TxtKind.TlsRpt))
            _sheet.Report(MtaStsChecks.NoTlsRpt.With(_domain));
    }

    private async Task<MtaStsPolicy?> JudgeHostAsync(DnsResponse mx, CancellationToken cancellationToken)
    {
        DomainName host = _domain.Prepend(MtaStsRecordBuilder.HostLabel);
        DnsResponse[] answers = await Task.WhenAll(
            resolver.QueryAsync(host, DnsRecordType.A, cancellationToken),
            resolver.QueryAsync(host, DnsRecordType.Aaaa, cancellationToken)).ConfigureAwait(false);
        if (!answers.Any(answer => answer.Data<AddressData>().Any()))
        {
            if (Array.Find(answers, answer => answer.IsFailure) is { } failure)
            {
                _sheet.CompleteUnknown(MtaStsChecks.Policy.Concat(new[] { MtaStsChecks.HostMissing }), failure);
                return null;
            }

            _sheet.Report(MtaStsChecks.HostMissing.With(host, answers[0].Describe()));
            _sheet.CompleteNotApplicable(MtaStsChecks.Policy, "The policy's host has no address.");
            return null;
        }

        if (https is null)
        {
            _sheet.CompleteNotApplicable(MtaStsChecks.Policy, "Needs -IncludeHttps.");
            return null;
        }

        HttpsResponse response = await https.FetchAsync(MtaStsRecordBuilder.PolicyUri(_domain), MaxPolicyBytes, cancellationToken).ConfigureAwait(false);
        return JudgePolicy(response, mx);
    }

    private MtaStsPolicy? JudgePolicy(HttpsResponse response, DnsResponse mx)
    {
        if (response.Status != HttpsStatus.Ok)
        {
            string message = MtaStsRecordBuilder.PolicyUri(_domain) + " was not fetched: " + response.Detail + ".";
            if (response.IsUnknown)
            {
                _sheet.CompleteUnknown(MtaStsChecks.Policy, message);
                return null;
            }

            _sheet.Report(MtaStsChecks.Fetch.Saying(message));
            _sheet.CompleteNotApplicable(MtaStsChecks.Policy, "There is no policy to judge.");
            return null;
        }

        if (response.MediaType != "text/plain")
        {
            string type = response.MediaType is { } given ? PrintableText.Quote(given) : "no media type";
            _sheet.Report(MtaStsChecks.ContentType.With(type), expected: "text/plain", actual: PrintableText.Escape(response.MediaType));
        }

        // One octet is one character here, as in all text from outside.
        string text = CharacterStrings.FromOctets(response.Content, 0, response.Content.Length);
        MtaStsPolicy policy = MtaStsPolicyParser.Read(text, _domain.Text);
        _sheet.Found(MtaStsChecks.PolicySyntax, string.Join("; ", text.Split(new[] { '\r', '\n' }, StringSplitOptions.RemoveEmptyEntries)));
        _sheet.Found(MtaStsChecks.Fetch, actual: null, response.CertificateDaysLeft);
        MtaStsPolicyRules.Apply(policy, _sheet);
        MtaStsPolicyRules.ApplyExchangers(policy, mx, _sheet);
        return policy;
    }

}
