using MailDns.Dmarc;
using MailDns.Sending;
using MailDns.Spf;

namespace MailDns.Publishing;

/// <summary>
/// Puts a wanted text together with the one of its kind that is there. SPF gets the wanted mechanisms and keeps its own;
/// a DMARC policy in force is kept or made stricter; every other kind is replaced.
/// </summary>
internal sealed class RecordMerger(IDnsResolver resolver, RecordPlanOptions options, CancellationToken cancellationToken)
{
    private readonly IDnsResolver _resolver = resolver;
    private readonly RecordPlanOptions _options = options;
    private readonly CancellationToken _cancellationToken = cancellationToken;

    public async Task<MergedText> MergeAsync(TxtRecord wanted, TxtRecord present, TxtKind kind) => kind switch
    {
        TxtKind.Spf when !_options.NoMerge => await MergeSpfAsync(wanted, present).ConfigureAwait(false),
        TxtKind.Dmarc when !_options.NoMerge => MergeDmarc(wanted, present),
        TxtKind.Dkim => MergedText.Of(wanted.Value, "Another key stands at the selector.", DkimWarning(present)),
        _ => MergedText.Of(wanted.Value, "It takes the place of " + PrintableText.Quote(present.Value) + "."),
    };

    private static string? DkimWarning(TxtRecord present) =>
        present.Value.Replace(" ", string.Empty).TrimEnd(';').EndsWith("p=", StringComparison.Ordinal)
            ? null
            : "Mail signed with the key that is there now fails DKIM once it is replaced. Where that key is in use, publish the new one under another selector.";

    private async Task<MergedText> MergeSpfAsync(TxtRecord wanted, TxtRecord present)
    {
        if (!SpfParser.TryParse(wanted.Value, out SpfRecord? addition, out _))
        {
            return MergedText.Refuse("The wanted SPF record is broken: " + PrintableText.Quote(wanted.Value));
        }

        if (!SpfParser.TryParse(present.Value, out SpfRecord? record, out RecordParseException? error))
        {
            return MergedText.Refuse("The SPF record of " + wanted.Owner + " is broken and cannot be merged into: " + error!.Message);
        }

        SpfDirective[] additions = addition!.Directives.Where(IsAdded).ToArray();
        if (!_options.IncludesOnly && addition.Redirect is not null && !string.Equals(addition.Redirect.CanonicalText, record!.Redirect?.CanonicalText, StringComparison.Ordinal))
        {
            return MergedText.Refuse("The wanted SPF record redirects and the one at " + wanted.Owner + " does not: they cannot be merged. Compare with -NoMerge to replace it.");
        }

        if (!_options.IncludesOnly && additions.Any(term => term.Qualifier != SpfQualifier.Pass))
        {
            return MergedText.Refuse("The wanted SPF record has mechanisms that do not pass, whose place among those at " + wanted.Owner + " is not known. Compare with -NoMerge to replace the record.");
        }

        try
        {
            SpfEdit edit = SpfEditor.Add(record!, wanted.Owner, additions);
            return await JudgeSpfAsync(wanted, addition, edit).ConfigureAwait(false);
        }
        catch (SpfRefusalException refusal)
        {
            return MergedText.Refuse(refusal.Message);
        }
    }

    private bool IsAdded(SpfDirective term) => _options.IncludesOnly ? term.Mechanism == SpfMechanism.Include : term.Mechanism != SpfMechanism.All;

    // RFC 7208 section 4.6.4: over ten lookups the record would be a permerror, for all mail of the domain.
    private async Task<MergedText> JudgeSpfAsync(TxtRecord wanted, SpfRecord addition, SpfEdit edit)
    {
        string kept = edit.Before.All is { } all && addition.All is { } asked && all.Qualifier != asked.Qualifier && !_options.IncludesOnly
            ? " Its " + PrintableText.Quote(all.Text) + " is kept; the wanted record has " + PrintableText.Quote(asked.Text) + "."
            : string.Empty;
        if (!edit.IsChanged)
        {
            return MergedText.Of(edit.Before.Text, "The SPF record has what is wanted already." + kept);
        }

        SpfBudget budget = await SpfBudget.CountAsync(wanted.Owner, edit.After, _resolver, _cancellationToken).ConfigureAwait(false);
        return budget.IsBroken
            ? MergedText.Refuse("With the addition the SPF record of " + wanted.Owner + " would be a permerror, since " + budget.Problem + " (RFC 7208 section 4.6.4). Remove senders that are not used any more, or see Optimize-SpfRecord.")
            : MergedText.Of(edit.After.Text, "Added to the SPF record that is there: " + PrintableText.Escape(string.Join(" ", edit.Done)) + ". Budget: " + budget + "." + kept);
    }

    private MergedText MergeDmarc(TxtRecord wanted, TxtRecord present)
    {
        DmarcRecord asked = DmarcParser.Read(wanted.Value);
        DmarcRecord there = DmarcParser.Read(present.Value);
        DmarcPolicy inForce = there.Policy ?? DmarcPolicy.None;
        DmarcPolicy policy = _options.Policy ?? (asked.Policy > inForce ? asked.Policy.Value : inForce);
        string[] uris = asked.AggregateReportUri.Where(uri => uri.IsValid).Select(uri => uri.RawUri).ToArray();
        IEnumerable<string> all = DmarcMerge.ReportUris(there, Array.Empty<string>())
            .Concat(uris.Where(uri => !there.AggregateReportUri.Any(other => string.Equals(other.RawUri, uri, StringComparison.OrdinalIgnoreCase))));
        string text = DmarcMerge.Write(there, policy, all, asked.Tags.Where(tag => tag.Value.Length > 0 && !DmarcTags.IsPolicy(tag.Name)));
        string? warning = policy < inForce ? "The DMARC policy is weakened from " + DmarcTags.Write(inForce) + " to " + DmarcTags.Write(policy) + ", as asked." : null;
        string reason = policy == inForce
            ? "The policy in force, " + DmarcTags.Write(inForce) + ", is kept; report addresses and tags that were missing are added."
            : "The policy becomes " + DmarcTags.Write(policy) + " instead of " + DmarcTags.Write(inForce) + "; tags and report addresses are kept.";
        return MergedText.Of(text, reason, warning);
    }
}
