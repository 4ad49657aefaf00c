using MailDns.Dkim;
using MailDns.Dmarc;
using MailDns.Sending;
using MailDns.Spf;

namespace MailDns.Publishing;

/// <summary>
/// Puts a wanted text together with the one of its kind that is there. SPF gets the wanted mechanisms and keeps its own; a
/// DMARC policy in force is kept or made stricter; every other kind is replaced. A wanted text that is the correction of what
/// is there, as the checks give it, takes its place as it is.
/// </summary>
internal sealed class RecordMerger(IDnsResolver resolver, RecordPlanOptions options, CancellationToken cancellationToken)
{
    private readonly IDnsResolver _resolver = resolver;
    private readonly RecordPlanOptions _options = options;
    private readonly CancellationToken _cancellationToken = cancellationToken;

    public async Task<MergedText> MergeAsync(TxtRecord wanted, TxtRecord present, TxtKind kind) => kind switch
    {
        TxtKind.Spf when !IsReplacing(wanted) => await MergeSpfAsync(wanted, present).ConfigureAwait(false),
        TxtKind.Dmarc when !IsReplacing(wanted) => MergeDmarc(wanted, present),
        TxtKind.Dkim => MergeKey(wanted, present.Text),
        _ => MergedText.Of(wanted.Text, "It takes the place of " + PrintableText.Quote(present.Text) + "."),
    };

    private bool IsReplacing(TxtRecord wanted) => _options.NoMerge || _options.Replacing.Contains(wanted);

    /// <summary>True where the wanted text is what the checks make of these texts: one record of several, one key of its pieces.</summary>
    public static bool IsJoined(TxtRecord wanted, IReadOnlyList<string> present, TxtKind kind) => kind switch
    {
        TxtKind.Spf => SpfMerger.TryMerge(present) is { } merged && string.Equals(merged, wanted.Text, StringComparison.Ordinal),
        TxtKind.Dkim => DkimSplitKey.TryJoin(present) is { } joined && IsSameKey(joined, wanted.Text),
        _ => false,
    };

    private static MergedText MergeKey(TxtRecord wanted, string present)
    {
        if (IsSameKey(present, wanted.Text))
            return MergedText.Of(wanted.Text, "The same key exists with other tags: " + PrintableText.Quote(present) + ".");

        bool isRevoked = PublishedKey.IsKey(present) && PublishedKey.Key(present).Length == 0;
        return MergedText.Of(
            wanted.Text,
            "The selector has another key.",
            isRevoked ? null : "Mail signed with the existing key fails DKIM once the key is replaced. If that key is in use, publish the new one under another selector.");
    }

    private static bool IsSameKey(string one, string other) =>
        PublishedKey.Key(one).TrimEnd('=') is { Length: > 0 } key && string.Equals(key, PublishedKey.Key(other).TrimEnd('='), StringComparison.Ordinal);

    private async Task<MergedText> MergeSpfAsync(TxtRecord wanted, TxtRecord present)
    {
        if (!SpfParser.TryParse(wanted.Text, out SpfRecord? addition, out RecordParseException? fault))
            return MergedText.Refuse("The wanted SPF record is broken: " + fault!.Message + " It is " + PrintableText.Quote(wanted.Text) + ".");

        if (IsClosed(addition!))
        {
            return SpfParser.TryParse(present.Text, out SpfRecord? closed, out _) && IsClosed(closed!) && closed!.All!.Qualifier == addition!.All!.Qualifier
                ? MergedText.Of(present.Text, "The existing SPF record already authorises no host.")
                : MergedText.Of(wanted.Text, "The wanted SPF record authorises no host, so it replaces " + PrintableText.Quote(present.Text) + ".", NobodyAny(wanted.Owner));
        }

        string? corrected = SpfCorrector.TryCorrect(SpfParser.Read(present.Text), present.Parts, out _);
        if (corrected is not null && RecordEquality.TextsMeanTheSame(TxtKind.Spf, corrected, wanted.Text))
            return MergedText.Of(wanted.Text, "Corrects the existing record: " + PrintableText.Quote(present.Text) + ".");

        if (SpfParser.TryParse(present.Text, out SpfRecord? record, out RecordParseException? error))
            return await AddAsync(wanted, addition!, record!).ConfigureAwait(false);

        string broken = wanted.Owner + " has a broken SPF record, which receivers do not use: " + PrintableText.Quote(present.Text) + ". " + error!.Message;
        if (corrected is null || !SpfParser.TryParse(corrected, out record, out _))
            return MergedText.Refuse(broken + " Correct or remove it first, so that the senders in it are not lost; compare with -NoMerge to replace it.");

        MergedText merged = await AddAsync(wanted, addition!, record!).ConfigureAwait(false);
        return merged.Refusal is null
            ? MergedText.Of(merged.Text, merged.Reason, broken + " Its corrected form, " + PrintableText.Quote(corrected) + ", is merged.")
            : merged;
    }

    /// <summary>True for the record of a domain that sends no mail (RFC 7208 section 10.1.2).</summary>
    public static bool IsClosed(string text) => SpfParser.TryParse(text, out SpfRecord? record, out _) && IsClosed(record!);

    /// <summary>What follows from a record that authorises nobody.</summary>
    public static string NobodyAny(DomainName owner) => "No host is authorised to send mail for " + owner + " any more.";

    private static bool IsClosed(SpfRecord record) =>
        record.Redirect is null && record.All is { Qualifier: SpfQualifier.Fail or SpfQualifier.SoftFail } && record.Directives.All(term => term.Mechanism == SpfMechanism.All);

    private async Task<MergedText> AddAsync(TxtRecord wanted, SpfRecord addition, SpfRecord record)
    {
        SpfDirective[] additions = addition.Directives.Where(IsAdded).ToArray();
        if (addition.Redirect is not null && !string.Equals(addition.Redirect.CanonicalText, record.Redirect?.CanonicalText, StringComparison.Ordinal))
        {
            return MergedText.Refuse("The wanted SPF record redirects and the one at " + wanted.Owner + " does not: they cannot be merged. Compare with -NoMerge to replace it.");
        }

        if (additions.Any(term => term.Qualifier != SpfQualifier.Pass))
        {
            return MergedText.Refuse("The wanted SPF record has mechanisms that do not pass, whose place among those at " + wanted.Owner + " is not known. Compare with -NoMerge to replace the record.");
        }

        try
        {
            return await JudgeSpfAsync(wanted, addition, SpfEditor.Add(record, wanted.Owner, additions)).ConfigureAwait(false);
        }
        catch (SpfRefusalException refusal)
        {
            return MergedText.Refuse(refusal.Message);
        }
    }

    private static bool IsAdded(SpfDirective term) => term.Mechanism != SpfMechanism.All;

    // RFC 7208 section 4.6.4: over ten lookups the record would be a permerror, for all mail of the domain.
    private async Task<MergedText> JudgeSpfAsync(TxtRecord wanted, SpfRecord addition, SpfEdit edit)
    {
        string kept = edit.Before.All is { } all && addition.All is { } asked && all.Qualifier != asked.Qualifier
            ? " Its " + PrintableText.Quote(all.Text) + " is kept; the wanted record has " + PrintableText.Quote(asked.Text) + "."
            : string.Empty;
        if (!edit.IsChanged)
            return MergedText.Of(edit.Before.Source, "The existing SPF record already has what is wanted." + kept);

        SpfBudget before = await SpfBudget.CountAsync(wanted.Owner, edit.Before, _resolver, _cancellationToken).ConfigureAwait(false);
        SpfBudget budget = await SpfBudget.CountAsync(wanted.Owner, edit.After, _resolver, _cancellationToken).ConfigureAwait(false);
        return budget.IsBroken
            ? MergedText.Refuse("With the addition the SPF record of " + wanted.Owner + " would be a permerror, since " + budget.Problem + " (RFC 7208 section 4.6.4). Remove senders that are not used any more, or see Optimize-SpfRecord.")
            : MergedText.Of(edit.After.Source, "Added to the existing SPF record: " + string.Join(" ", edit.Done) + ". SPF budget before: " + before + "; after: " + budget + "." + kept);
    }

    private MergedText MergeDmarc(TxtRecord wanted, TxtRecord present)
    {
        DmarcRecord there = DmarcParser.Read(present.Text);
        string? corrected = DmarcRepair.Correct(there, keepsPublicSuffix: true);
        if (IsCorrection(corrected, wanted.Text) || IsCorrection(DmarcRepair.Correct(there, keepsPublicSuffix: false), wanted.Text))
            return MergedText.Of(wanted.Text, "Corrects the existing record: " + PrintableText.Quote(present.Text) + ".");

        bool isTaken = DmarcParser.IsDmarc(present.Text);
        if (isTaken && (corrected is null || SaysTheSame(there, DmarcParser.Read(corrected))))
            return MergeDmarc(DmarcParser.Read(wanted.Text), there, warning: null);

        // What its owner meant, and receivers do not read, is told by its correction alone.
        string broken = isTaken
            ? "The DMARC record " + PrintableText.Quote(present.Text) + " at " + wanted.Owner + " has faults, and receivers do not read all of it."
            : "The text " + PrintableText.Quote(present.Text) + " at " + wanted.Owner + " is not a DMARC record, and receivers do not use it.";
        return corrected is null
            ? MergedText.Of(wanted.Text, "It takes the place of a text that tries to be a DMARC record.", broken + " What it asks for is not in the new record.")
            : MergeDmarc(DmarcParser.Read(wanted.Text), DmarcParser.Read(corrected), broken + " Its corrected form, " + PrintableText.Quote(corrected) + ", is merged.");
    }

    // Policies and addresses; other tags of a record that is read are kept as they are.
    private static bool SaysTheSame(DmarcRecord one, DmarcRecord other) =>
        one.Policy == other.Policy && one.SubdomainPolicy == other.SubdomainPolicy && one.NonexistentSubdomainPolicy == other.NonexistentSubdomainPolicy
        && Addresses(one).SequenceEqual(Addresses(other)) && one.DkimAlignment == other.DkimAlignment && one.SpfAlignment == other.SpfAlignment;

    private static IEnumerable<string> Addresses(DmarcRecord record) => record.AggregateReportUri.Concat(record.FailureReportUri).Where(uri => uri.IsValid).Select(uri => uri.RawUri);

    private static bool IsCorrection(string? corrected, string wanted) => corrected is not null && RecordEquality.TextsMeanTheSame(TxtKind.Dmarc, corrected, wanted);

    private MergedText MergeDmarc(DmarcRecord asked, DmarcRecord there, string? warning)
    {
        DmarcPolicy inForce = there.Policy ?? DmarcPolicy.None;
        DmarcPolicy policy = _options.Policy ?? (asked.Policy > inForce ? asked.Policy.Value : inForce);
        string text = DmarcMerge.Write(there, asked, policy, isPolicyAsked: _options.Policy is not null);
        if (policy < inForce)
            warning = (warning + " The DMARC policy is weakened from " + DmarcTags.Write(inForce) + " to " + DmarcTags.Write(policy) + ", as asked.").TrimStart();

        if (RecordEquality.TextsMeanTheSame(TxtKind.Dmarc, text, there.RawText))
            return MergedText.Of(text, string.Equals(text, there.RawText, StringComparison.Ordinal) ? "The DMARC record has what is wanted already." : "The DMARC record means what is wanted, and is written as receivers read it.", warning);

        string reason = policy == inForce
            ? "The policy in force, " + DmarcTags.Write(inForce) + ", is kept; report addresses and tags that were missing are added."
            : "The policy becomes " + DmarcTags.Write(policy) + " instead of " + DmarcTags.Write(inForce) + "; tags and report addresses are kept.";
        return MergedText.Of(text, reason, warning);
    }
}

/// <summary>A wanted text put together with the one that is there, or why that cannot be.</summary>
internal sealed class MergedText
{
    private MergedText(string text, string reason, string? warning, string? refusal)
    {
        Text = text;
        Reason = reason;
        Warning = warning;
        Refusal = refusal;
    }

    public string Text { get; }

    public string Reason { get; }

    public string? Warning { get; }

    /// <summary>Not null: nothing is to be written, for this reason.</summary>
    public string? Refusal { get; }

    public static MergedText Of(string text, string reason, string? warning = null) => new(text, reason, warning, refusal: null);

    public static MergedText Refuse(string reason) => new(string.Empty, string.Empty, warning: null, reason);
}
