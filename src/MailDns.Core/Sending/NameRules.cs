using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using MailDns.Bimi;
using MailDns.Diagnostics;
using MailDns.Dkim;
using MailDns.Dmarc;
using MailDns.Dns;
using MailDns.Text;

namespace MailDns.Sending;

/// <summary>What the names themselves show: whether the domain exists, failed lookups, wildcards, names doubled with the zone.</summary>
internal sealed class NameRules
{
    /// <summary>A label that nobody publishes, so that only a wildcard can answer for it.</summary>
    private const string ProbeLabel = "maildns-wildcard-probe";

    /// <summary>Failed lookups that one result names; the count tells the rest.</summary>
    private const int NamedFailures = 5;

    private readonly DomainName _domain;
    private readonly RecordingResolver _resolver;
    private readonly CheckSheet _sheet;

    public NameRules(DomainName domain, RecordingResolver resolver, CheckSheet sheet)
    {
        _domain = domain;
        _resolver = resolver;
        _sheet = sheet;
    }

    /// <summary>
    /// Asks what <see cref="ApplyAsync"/> will ask, all at the same time; it is judged when everything else has been seen.
    /// The check's resolver keeps the answers.
    /// </summary>
    public Task AskAheadAsync(IReadOnlyList<string> selectors, CancellationToken cancellationToken)
    {
        IEnumerable<Task> asked = Names(selectors).Select(name => AskDoubledAsync(name, cancellationToken));
        return Task.WhenAll(_domain.TryPrepend(ProbeLabel, out DomainName? probe)
            ? asked.Append(_resolver.QueryTxtAsync(probe!, cancellationToken))
            : asked);
    }

    /// <summary>Asks what is still to be asked and judges.</summary>
    /// <param name="selectors">The DKIM selectors that are known to be in use.</param>
    /// <param name="cancellationToken">Cancels the lookups.</param>
    public async Task ApplyAsync(IReadOnlyList<string> selectors, CancellationToken cancellationToken)
    {
        await ApplyWildcardAsync(cancellationToken).ConfigureAwait(false);
        await ApplyDoubledAsync(selectors, cancellationToken).ConfigureAwait(false);
        DnsTextRules.Apply(_domain, OwnTexts(), _sheet);
        ApplyExistence();
        ApplyFailures();
    }

    // Texts of other people's names, such as included SPF records, are theirs to mend.
    private DnsResponse[] OwnTexts() => _resolver.Answers
        .Where(answer => answer.Question.Type == DnsRecordType.Txt && answer.Question.Name.IsSameOrBelow(_domain) && !answer.IsAliased)
        .ToArray();

    private async Task ApplyWildcardAsync(CancellationToken cancellationToken)
    {
        if (!_domain.TryPrepend(ProbeLabel, out DomainName? probe))
        {
            _sheet.NotApplicable(DnsChecks.Wildcard, "The domain's name is too long for a name below it.");
            return;
        }

        DnsResponse answer = await _resolver.QueryTxtAsync(probe!, cancellationToken).ConfigureAwait(false);
        if (answer.IsFailure)
        {
            _sheet.Unknown(DnsChecks.Wildcard, "The lookup of " + answer.Question + " failed: " + answer.Describe() + ".");
        }
        else if (answer.Status == DnsResponseStatus.Success || answer.IsAliased)
        {
            string what = answer.Texts.Count > 0 ? PrintableText.Quote(answer.Texts[0]) : "an alias of " + answer.CanonicalName;
            _sheet.Fire(DnsChecks.Wildcard, "A wildcard of " + _domain + " answers TXT questions for any name, with " + what + ".");
        }
    }

    // The zone's name typed as part of the host: _dmarc.example.com.example.com. Asked only where the right name has nothing.
    private async Task ApplyDoubledAsync(IReadOnlyList<string> selectors, CancellationToken cancellationToken)
    {
        foreach (string name in Names(selectors))
        {
            if (!_domain.TryPrepend(name, out DomainName? right) || !await IsEmptyAsync(right!, cancellationToken).ConfigureAwait(false))
            {
                continue;
            }

            if (!DomainName.TryParseDns(right!.Text + "." + _domain.Text, out DomainName? doubled))
            {
                continue;
            }

            DnsResponse answer = await _resolver.QueryTxtAsync(doubled!, cancellationToken).ConfigureAwait(false);
            string? text = answer.Texts.FirstOrDefault(DnsTextRules.LooksLikeMail);
            if (text is not null)
            {
                var fix = new TxtRecord(right, _domain, text, System.TimeSpan.FromHours(1), PurposeOf(name));
                _sheet.Fire(
                    DnsChecks.NameDoubled,
                    "The record for " + right + " stands at " + doubled + ": the zone's name was typed twice.",
                    expected: right.ToString(),
                    actual: doubled!.ToString(),
                    recommendation: null,
                    IsPlain(text) ? new ResourceRecord[] { fix } : System.Array.Empty<ResourceRecord>());
            }
        }
    }

    private static IEnumerable<string> Names(IReadOnlyList<string> selectors) =>
        new[] { DmarcRecordBuilder.Label, BimiSelector.Default + "." + BimiSelector.Label }.Concat(selectors.Select(selector => selector + "." + DkimSelector.Label));

    private async Task AskDoubledAsync(string name, CancellationToken cancellationToken)
    {
        if (_domain.TryPrepend(name, out DomainName? right)
            && await IsEmptyAsync(right!, cancellationToken).ConfigureAwait(false)
            && DomainName.TryParseDns(right!.Text + "." + _domain.Text, out DomainName? doubled))
        {
            await _resolver.QueryTxtAsync(doubled!, cancellationToken).ConfigureAwait(false);
        }
    }

    private static RecordPurpose PurposeOf(string name) =>
        name == DmarcRecordBuilder.Label ? RecordPurpose.Dmarc
        : name.EndsWith(BimiSelector.Label, System.StringComparison.Ordinal) ? RecordPurpose.Bimi
        : RecordPurpose.Dkim;

    private static bool IsPlain(string text) => text.All(c => c >= 0x20 && c <= 0x7E);

    private async Task<bool> IsEmptyAsync(DomainName name, CancellationToken cancellationToken)
    {
        DnsResponse answer = await _resolver.QueryTxtAsync(name, cancellationToken).ConfigureAwait(false);
        return answer.IsVoid;
    }

    private void ApplyExistence()
    {
        DnsResponse? apex = _resolver.Answers.FirstOrDefault(answer => answer.Question.Name.Equals(_domain) && answer.Question.Type == DnsRecordType.Txt);
        if (apex is null || apex.IsFailure)
        {
            _sheet.Unknown(DnsChecks.NxDomain, "The lookup of " + _domain + " failed" + (apex is null ? "." : ": " + apex.Describe() + "."));
        }
        else if (apex.Status == DnsResponseStatus.NxDomain && !apex.IsAliased)
        {
            _sheet.Fire(DnsChecks.NxDomain, _domain + " does not exist (NXDOMAIN).");
        }
    }

    private void ApplyFailures()
    {
        // A name outside the zone files is no failure of DNS; the checks that need it say that they do not know.
        DnsResponse[] failures = _resolver.Answers.Where(answer => answer.IsFailure && answer.Status != DnsResponseStatus.OutOfZone).ToArray();
        if (failures.Length == 0)
        {
            return;
        }

        string named = string.Join("; ", failures.Take(NamedFailures).Select(answer => answer.Question + ": " + answer.Describe()));
        string more = failures.Length > NamedFailures ? "; and " + (failures.Length - NamedFailures) + " more" : string.Empty;
        _sheet.Unknown(DnsChecks.LookupFailed, failures.Length + (failures.Length == 1 ? " lookup failed: " : " lookups failed: ") + named + more + ".");
    }
}
