using System.Text.RegularExpressions;
using MailDns.Sending;
using MailDns.Spf;

namespace MailDns;

/// <summary>Compares one record of a profile with DNS.</summary>
internal sealed class ProviderRecordComparer(SendingProvider provider, SendingProviderValues values, IDnsResolver resolver)
{
    private readonly SendingProvider _provider = provider;
    private readonly SendingProviderValues _values = values;
    private readonly IDnsResolver _resolver = resolver;

    public Task<ProviderRecordComparison> CompareAsync(SendingProviderRecord record, CancellationToken cancellationToken)
    {
        DomainName? host = SendingProviderExpansion.FindOwner(_provider, record, _values);
        if (host is null)
        {
            string missing = record.HostTemplate.Placeholders
                .Concat(record.SelectorTemplate?.Placeholders ?? Array.Empty<string>())
                .First(name => name != SendingProviderValues.SelectorName && Value(record, name) is null);
            string detail = record.Host + " " + record.RecordType + " is not compared: no value was given for {" + missing + "}.";
            return Task.FromResult(new ProviderRecordComparison(record, host: null, ProviderRecordState.NeedsValue, record.Content, actual: null, detail));
        }

        return (record.DnsType, record.Role) switch
        {
            (DnsRecordType.Txt, RecordPurpose.Spf) => CompareSpfAsync(record, host, cancellationToken),
            (DnsRecordType.Txt, _) => CompareTextAsync(record, host, cancellationToken),
            (DnsRecordType.Cname, _) => CompareAliasAsync(record, host, cancellationToken),
            (DnsRecordType.A or DnsRecordType.Aaaa, _) => CompareAddressAsync(record, host, cancellationToken),
            _ => CompareNamesAsync(record, host, cancellationToken),
        };
    }

    private async Task<ProviderRecordComparison> CompareSpfAsync(SendingProviderRecord record, DomainName host, CancellationToken cancellationToken)
    {
        SpfIncludeWalk walk = await SpfIncludeWalk.ReadAsync(host, _resolver, cancellationToken).ConfigureAwait(false);
        ExpectedName[] wanted = record.IncludeTemplates.Select(include => ExpectedName.Of(include, _provider, record, _values)).ToArray();
        string[] missing = wanted.Where(name => !walk.Names.Any(name.Matches)).Select(name => name.Text).Concat(MissingTerms(record, walk)).ToArray();
        SendingProviderObsoleteValue? obsolete = FindObsolete(record.Role, walk.OwnNames);
        string? actual = walk.Records.Count == 0 ? null : string.Join("; ", walk.Records.Select(PrintableText.Escape));
        ProviderRecordState state =
            missing.Length == 0 ? ProviderRecordState.Present
            : obsolete is not null ? ProviderRecordState.Obsolete
            : walk.Failure is not null ? ProviderRecordState.Unknown
            : Absent(record);
        string detail = state switch
        {
            ProviderRecordState.Present when record.TermTemplates.Count == 0 => obsolete is null ? "The platform asks for no SPF record." : "The SPF record of " + host + " includes " + obsolete.Value + ", " + obsolete.Fate + ".",
            ProviderRecordState.Present => "The SPF record of " + host + " includes " + string.Join(" and ", record.TermTemplates.Select(term => term.After("include:")?.Text ?? term.Text)) + ".",
            ProviderRecordState.Obsolete => "The SPF record of " + host + " includes " + obsolete!.Value + ", " + obsolete.Fate + ".",
            ProviderRecordState.Unknown => walk.Failure!.FailureText,
            _ when walk.Records.Count == 0 => host + " has no SPF record, and " + _provider.Id + " needs one that includes " + missing[0] + ".",
            _ => "The SPF record of " + host + " does not include " + missing[0] + ".",
        };
        ProviderRecordComparison result = Result(record, host, state, actual, detail, obsolete, fix: state != ProviderRecordState.Present && walk.Failure is null && walk.Records.Count < 2);
        if (result.Fix is TxtRecord { Text: var alone })
        {
            // A text that was meant to be the record has senders too.
            DnsResponse texts = await _resolver.QueryTxtAsync(host, cancellationToken).ConfigureAwait(false);
            string? present = walk.Records.Concat(texts.Texts.Where(TxtKinds.LooksLikeSpf)).FirstOrDefault();
            if (present is not null) result.Fix = await AddToAsync(present, alone, host, cancellationToken).ConfigureAwait(false);
        }

        return result;
    }

    // The terms beside those that are there, as Add-SpfMechanism adds them; null where that would break the record.
    private async Task<ResourceRecord?> AddToAsync(string present, string wanted, DomainName host, CancellationToken cancellationToken)
    {
        string text = SpfCorrector.TryCorrect(SpfParser.Read(present), strings: null, out _) ?? present;
        if (!SpfParser.TryParse(text, out SpfRecord? record, out _) || !SpfParser.TryParse(wanted, out SpfRecord? addition, out _) || record!.Redirect is not null)
            return null;

        try
        {
            SpfEdit edit = SpfEditor.Add(record, host, addition!.Directives.Where(term => term.Mechanism != SpfMechanism.All).ToArray());
            SpfBudget budget = await SpfBudget.CountAsync(host, edit.After, _resolver, cancellationToken).ConfigureAwait(false);
            return edit.IsChanged && !budget.IsBroken ? new TxtRecord(host, _values.Domain, edit.After.Source, TimeSpan.FromHours(1), RecordPurpose.Spf) : null;
        }
        catch (SpfRefusalException)
        {
            return null;
        }
    }

    // Terms other than includes are looked for in the domain's own record, a plus sign or not.
    private IEnumerable<string> MissingTerms(SendingProviderRecord record, SpfIncludeWalk walk)
    {
        string[] own = walk.Records.SelectMany(text => text.Split(' ')).Select(term => term.TrimStart('+')).ToArray();
        return record.TermTemplates
            .Where(term => term.After("include:") is not { } include || include.Text.IndexOf("%{", StringComparison.Ordinal) >= 0)
            .Where(term => !own.Any(text => term.Matches(text, name => Pattern(record, name), ignoreCase: true)))
            .Select(term => term.Expand(name => Value(record, name) ?? SendingProviderTemplate.Shown(name)).TrimStart('+'));
    }

    private async Task<ProviderRecordComparison> CompareAddressAsync(SendingProviderRecord record, DomainName host, CancellationToken cancellationToken)
    {
        DnsResponse response = await _resolver.QueryAsync(host, record.DnsType, cancellationToken).ConfigureAwait(false);
        if (response.IsFailure) return Failed(record, host, response);

        string[] found = response.Data<AddressData>().Select(data => data.Address.ToString()).ToArray();
        bool known = record.ValueTemplate!.Placeholders.All(name => Value(record, name) is not null);
        bool present = known ? found.Contains(Expected(record), StringComparer.OrdinalIgnoreCase) : found.Length > 0;
        ProviderRecordState state = present ? ProviderRecordState.Present : found.Length > 0 ? ProviderRecordState.Wrong : Absent(record);
        string names = string.Join(", ", found);
        string detail = state switch
        {
            ProviderRecordState.Present => host + " " + record.RecordType + " is " + names + ".",
            ProviderRecordState.Wrong => host + " " + record.RecordType + " is " + names + ", not " + Expected(record) + ".",
            _ => "There is no " + record.RecordType + " record at " + host + ".",
        };
        return Result(record, host, state, found.Length == 0 ? null : names, detail, obsolete: null, fix: !present);
    }

    private async Task<ProviderRecordComparison> CompareTextAsync(SendingProviderRecord record, DomainName host, CancellationToken cancellationToken)
    {
        DnsResponse response = await _resolver.QueryTxtAsync(host, cancellationToken).ConfigureAwait(false);
        if (response.IsFailure) return Failed(record, host, response);

        string[] kin = response.Texts.Where(text => IsKin(record, text) || IsWanted(record, text)).ToArray();
        bool present = kin.Any(text => IsWanted(record, text));
        ProviderRecordState state = present ? ProviderRecordState.Present : kin.Length > 0 ? ProviderRecordState.Wrong : Absent(record);
        string? actual = kin.Length == 0 ? null : string.Join("; ", kin.Select(PrintableText.Escape));
        string detail = state switch
        {
            ProviderRecordState.Present => host + " TXT is as the provider asks.",
            ProviderRecordState.Wrong => host + " TXT is " + PrintableText.Quote(kin[0]) + ", not " + PrintableText.Quote(Expected(record)) + ".",
            _ => "There is no " + record.Role + " record at " + host + ".",
        };
        ProviderRecordComparison result = Result(record, host, state, actual, detail, obsolete: null, fix: !present);
        result.HoldsPlaceholder = kin.Any(text => HoldsPlaceholder(record, text));
        return result;
    }

    private async Task<ProviderRecordComparison> CompareAliasAsync(SendingProviderRecord record, DomainName host, CancellationToken cancellationToken)
    {
        AliasChain chain = await AliasChain.ReadAsync(host, _resolver, cancellationToken).ConfigureAwait(false);
        ExpectedName wanted = ExpectedName.Of(record.TargetTemplate!, _provider, record, _values);
        SendingProviderObsoleteValue? obsolete = FindObsolete(record.Role, chain.Targets);
        ProviderRecordState state =
            AliasRules.IndexOf(chain, wanted) >= 0 ? ProviderRecordState.Present
            : obsolete is not null ? ProviderRecordState.Obsolete
            : chain.Failure is not null ? ProviderRecordState.Unknown
            : chain.IsAlias ? ProviderRecordState.Wrong
            : Absent(record);
        string detail = state switch
        {
            ProviderRecordState.Present => host + " points to " + wanted + ".",
            ProviderRecordState.Obsolete => host + " points to " + obsolete!.Value + ", " + obsolete.Fate + ".",
            ProviderRecordState.Unknown => chain.Failure!.FailureText,
            ProviderRecordState.Wrong => host + " points to " + chain.Targets[0] + ", not to " + wanted + ".",
            _ => "There is no CNAME at " + host + ".",
        };
        return Result(record, host, state, chain.IsAlias ? chain.Targets[0].ToString() : null, detail, obsolete, fix: state is not (ProviderRecordState.Present or ProviderRecordState.Unknown));
    }

    // MX and NS: the wanted name is among those found, and alone where the profile says so.
    private async Task<ProviderRecordComparison> CompareNamesAsync(SendingProviderRecord record, DomainName host, CancellationToken cancellationToken)
    {
        DnsResponse response = await _resolver.QueryAsync(host, record.DnsType, cancellationToken).ConfigureAwait(false);
        if (response.IsFailure) return Failed(record, host, response);

        DomainName[] found = record.DnsType == DnsRecordType.Mx
            ? response.Data<MxData>().Select(data => data.Exchange).ToArray()
            : record.DnsType == DnsRecordType.Srv ? response.Data<SrvData>().Select(data => data.Target).ToArray()
            : response.Data<NameData>().Select(data => data.Target).ToArray();
        ExpectedName wanted = ExpectedName.Of(record.TargetTemplate!, _provider, record, _values);
        bool present = found.Any(wanted.Matches);
        bool crowded = present && record.Exclusive && found.Length > 1;
        SendingProviderObsoleteValue? obsolete = FindObsolete(record.Role, found);
        ProviderRecordState state =
            present && !crowded ? ProviderRecordState.Present
            : crowded ? ProviderRecordState.Wrong
            : obsolete is not null ? ProviderRecordState.Obsolete
            : found.Length > 0 && record.Required ? ProviderRecordState.Wrong
            : Absent(record);
        string names = string.Join(", ", found.Select(name => name.ToString()));
        string detail = state switch
        {
            ProviderRecordState.Present => host + " " + record.RecordType + " names " + wanted + ".",
            ProviderRecordState.Obsolete => host + " " + record.RecordType + " names " + obsolete!.Value + ", " + obsolete.Fate + ".",
            ProviderRecordState.Wrong when crowded => host + " " + record.RecordType + " names others beside " + wanted + ": " + names + ".",
            ProviderRecordState.Wrong => host + " " + record.RecordType + " names " + names + ", not " + wanted + ".",
            _ => "There is no " + record.RecordType + " " + wanted + " at " + host + ".",
        };
        return Result(record, host, state, found.Length == 0 ? null : names, detail, obsolete, fix: !present);
    }

    // Which texts at a name serve the same purpose, so that one of them with another value is wrong and not merely beside it.
    private static bool IsKin(SendingProviderRecord record, string text) => record.Role switch
    {
        RecordPurpose.SenderId => text.StartsWith("spf2.0", StringComparison.OrdinalIgnoreCase),
        RecordPurpose.Dkim => PublishedKey.IsKey(text),
        RecordPurpose.Dmarc => Begins(text, "DMARC1"),
        RecordPurpose.Bimi => Begins(text, "BIMI1"),
        RecordPurpose.MtaSts => Begins(text, "STSv1"),
        RecordPurpose.TlsRpt => Begins(text, "TLSRPTv1"),
        RecordPurpose.DomainKeysPolicy => true,
        _ => Shares(record.ValueTemplate!.Text, text),
    };

    // A DMARC policy and a logo are the domain's own choice; a key is compared by its value; any other text whole.
    private bool IsWanted(SendingProviderRecord record, string text) => record.Role switch
    {
        RecordPurpose.Dmarc or RecordPurpose.Bimi or RecordPurpose.MtaSts or RecordPurpose.TlsRpt => IsKin(record, text) && !HoldsPlaceholder(record, text),
        RecordPurpose.Dkim => IsWantedKey(record, text),
        _ => record.ValueTemplate!.Matches(text, name => Pattern(record, name), ignoreCase: false),
    };

    private bool IsWantedKey(SendingProviderRecord record, string text)
    {
        string key = PublishedKey.Key(text);
        if (key.Length == 0 || HoldsPlaceholder(record, text)) return false;

        bool known = record.ValueTemplate!.Placeholders.All(name => Value(record, name) is not null);
        return !known || string.Equals(key, PublishedKey.Key(Expected(record)), StringComparison.Ordinal);
    }

    private bool HoldsPlaceholder(SendingProviderRecord record, string text) =>
        (SendingProviderTemplate.TryParse(text, out SendingProviderTemplate? template, out _) && template!.Placeholders.Count > 0)
        || record.Parameters.Select(_provider.FindParameter).Where(parameter => parameter is not null).Any(parameter => parameter!.Samples.Any(sample => text.IndexOf(sample, StringComparison.Ordinal) >= 0));

    private static bool Begins(string text, string version)
    {
        IReadOnlyList<TagSpec> tags = TagList.Split(text);
        return tags.Count > 0 && tags[0].Name == "v" && tags[0].Value == version;
    }

    // "sample-code=abc" and "sample-code=xyz" are of one kind: the literal before the first placeholder tells.
    private static bool Shares(string template, string text)
    {
        int brace = template.IndexOf('{');
        string prefix = brace < 0 ? template : template.Substring(0, brace);
        return prefix.Length > 0 && text.StartsWith(prefix, StringComparison.Ordinal);
    }

    private static ProviderRecordState Absent(SendingProviderRecord record) => record.Required ? ProviderRecordState.Missing : ProviderRecordState.NotNeeded;

    private SendingProviderObsoleteValue? FindObsolete(RecordPurpose role, IReadOnlyList<DomainName> found) =>
        _provider.Obsolete.FirstOrDefault(old => old.Role == role && found.Any(name => string.Equals(name.Text, old.Value, StringComparison.OrdinalIgnoreCase)));

    private ProviderRecordComparison Failed(SendingProviderRecord record, DomainName host, DnsResponse response) =>
        new(record, host, ProviderRecordState.Unknown, Expected(record), actual: null, response.FailureText);

    private ProviderRecordComparison Result(
        SendingProviderRecord record,
        DomainName host,
        ProviderRecordState state,
        string? actual,
        string detail,
        SendingProviderObsoleteValue? obsolete,
        bool fix) => new(record, host, state, Expected(record), actual, detail)
        {
            Obsolete = obsolete,
            Fix = fix && !(record.DnsType == DnsRecordType.Cname && host.Equals(_values.Domain)) && record.Parameters.All(name => Value(record, name) is not null)
                ? SendingProviderExpansion.Expand(_provider, record, _values).ToRecord(_values.Domain, TimeSpan.FromHours(1))
                : null,
        };

    private string Expected(SendingProviderRecord record)
    {
        string Shown(string name) => Value(record, name) ?? SendingProviderTemplate.Shown(name);
        return record.DnsType switch
        {
            DnsRecordType.Txt or DnsRecordType.A or DnsRecordType.Aaaa => record.ValueTemplate!.Expand(Shown),
            DnsRecordType.Mx => record.Preference + " " + record.TargetTemplate!.Expand(Shown),
            DnsRecordType.Srv => record.Preference + " " + record.Weight + " " + record.Port + " " + record.TargetTemplate!.Expand(Shown),
            _ => record.TargetTemplate!.Expand(Shown),
        };
    }

    private string? Value(SendingProviderRecord record, string name) => SendingProviderExpansion.FindKnown(_provider, record, _values, name);

    private string Pattern(SendingProviderRecord record, string name) => Value(record, name) is { } value
        ? Regex.Escape(value)
        : _provider.FindParameter(name)?.MatchPattern ?? SendingProviderPattern.AnyText;
}

/// <summary>One record of a profile against DNS.</summary>
internal sealed class ProviderRecordComparison(SendingProviderRecord template, DomainName? host, ProviderRecordState state, string expected, string? actual, string detail)
{
    public SendingProviderRecord Template { get; } = template;

    /// <summary>The record's owner; null where a value for it was not given.</summary>
    public DomainName? Host { get; } = host;

    public ProviderRecordState State { get; } = state;

    /// <summary>What the profile asks for; unknown values stand in braces.</summary>
    public string Expected { get; } = expected;

    /// <summary>What DNS holds, escaped; null for nothing.</summary>
    public string? Actual { get; } = actual;

    /// <summary>The facts in one line, escaped.</summary>
    public string Detail { get; } = detail;

    /// <summary>The old value that was found; null unless the state is Obsolete or an old value stands beside the new one.</summary>
    public SendingProviderObsoleteValue? Obsolete { get; set; }

    /// <summary>True where the record that was found still holds a placeholder or a sample of the documentation.</summary>
    public bool HoldsPlaceholder { get; set; }

    /// <summary>The record that would put it right; null where values are missing, or where it has to be merged into one that is there (SPF).</summary>
    public ResourceRecord? Fix { get; set; }

    public override string ToString() => State + " " + Detail;
}

/// <summary>How a record that a provider asks for compares with DNS.</summary>
internal enum ProviderRecordState
{
    /// <summary>It is there.</summary>
    Present,

    /// <summary>It is required, and nothing of its kind is there.</summary>
    Missing,

    /// <summary>Something of its kind is there with another value.</summary>
    Wrong,

    /// <summary>A value of the provider's past is there in its place.</summary>
    Obsolete,

    /// <summary>It is not there and need not be: optional or legacy.</summary>
    NotNeeded,

    /// <summary>A lookup failed: nothing is known.</summary>
    Unknown,

    /// <summary>Its host is not known, because a value of the profile was not given.</summary>
    NeedsValue,
}

/// <summary>A whole profile against what DNS holds for a domain, record by record.</summary>
internal sealed class ProviderComparison
{
    private ProviderComparison(SendingProvider provider, DomainName domain, IReadOnlyList<ProviderRecordComparison> records)
    {
        Provider = provider;
        Domain = domain;
        Records = records;
    }

    public SendingProvider Provider { get; }

    public DomainName Domain { get; }

    /// <summary>The records in the order of the profile.</summary>
    public IReadOnlyList<ProviderRecordComparison> Records { get; }

    /// <summary>Compares. Values that are not given are matched by their pattern.</summary>
    /// <param name="provider">The profile.</param>
    /// <param name="values">The domain, and what was given for the profile's placeholders.</param>
    /// <param name="resolver">Answers the questions.</param>
    /// <param name="cancellationToken">Cancels the lookups.</param>
    /// <exception cref="SendingProviderValueException">A value does not fit its parameter.</exception>
    public static async Task<ProviderComparison> CompareAsync(
        SendingProvider provider,
        SendingProviderValues values,
        IDnsResolver resolver,
        CancellationToken cancellationToken)
    {
        SendingProviderExpansion.CheckValues(provider, values);
        var comparer = new ProviderRecordComparer(provider, values, resolver);
        ProviderRecordComparison[] records = await Task.WhenAll(
            RecordsOf(provider).Select(record => comparer.CompareAsync(record, cancellationToken))).ConfigureAwait(false);
        return new ProviderComparison(provider, values.Domain, records);
    }

    // A platform that asks for no SPF record any more may still be included.
    private static IEnumerable<SendingProviderRecord> RecordsOf(SendingProvider provider)
    {
        bool hasOldSpf = provider.RecordsOf(RecordPurpose.Spf).Length == 0 && provider.Obsolete.Any(old => old.Role == RecordPurpose.Spf);
        if (!hasOldSpf) return provider.Records;

        var none = new SendingProviderRecord(RecordPurpose.Spf, DnsRecordType.Txt, SendingProviderTemplate.Placeholder(SendingProviderValues.DomainName), provider.Obsolete.First(old => old.Role == RecordPurpose.Spf).Source) { Required = false };
        none.SetTerms(Array.Empty<SendingProviderTemplate>(), all: null);
        return provider.Records.Concat(new[] { none });
    }

    /// <summary>The records in one of the states.</summary>
    public ProviderRecordComparison[] In(params ProviderRecordState[] states) =>
        Records.Where(record => Array.IndexOf(states, record.State) >= 0).ToArray();
}

/// <summary>Where in DNS a trait of a provider shows.</summary>
internal enum ProviderTraitKind
{
    SpfInclude,
    SpfTerm,
    DkimTarget,
    DkimSelector,
    BounceTarget,
    BounceHost,
    TrackingTarget,
    DmarcTarget,
    Mx,
    Delegation,
    Txt,
    Ptr,

    /// <summary>A domain that the platform signs with or returns mail to where its customer has set up none; not seen in the customer's DNS.</summary>
    MailDomain,
}

/// <summary>
/// Something that tells a provider: a name, a name with <c>*</c> for any characters, or the end of a name that begins with a
/// dot; a selector as a regular expression; the beginning of a text.
/// </summary>
internal sealed record ProviderTrait(ProviderTraitKind Kind, string Value, SendingProviderConfidence Confidence, string? Note)
{
    /// <summary>True where a name, selector or text has the trait.</summary>
    public bool Fits(string text) => Kind switch
    {
        ProviderTraitKind.DkimSelector => SendingProviderPattern.Matches(SendingProviderPattern.Whole(Value, ignoreCase: true), text),
        ProviderTraitKind.Txt => text.StartsWith(Value, StringComparison.OrdinalIgnoreCase),
        _ when Value[0] == '.' && Value.IndexOf('*') < 0 => text.EndsWith(Value, StringComparison.OrdinalIgnoreCase) || text.Equals(Value.Substring(1), StringComparison.OrdinalIgnoreCase),
        _ => FitsStars(text),
    };

    // Each star takes the fewest characters that let the rest fit.
    private bool FitsStars(string text)
    {
        string[] pieces = Value.TrimStart('.').Split('*');
        if (pieces.Length == 1) return string.Equals(Value, text, StringComparison.OrdinalIgnoreCase);

        int next = 0;
        for (int i = 0; i < pieces.Length; i++)
        {
            bool isLast = i == pieces.Length - 1;
            int found = isLast ? text.Length - pieces[i].Length : text.IndexOf(pieces[i], next, StringComparison.OrdinalIgnoreCase);
            bool isWrong = found < next || (isLast && !text.EndsWith(pieces[i], StringComparison.OrdinalIgnoreCase)) || (i == 0 && Value[0] != '.' && found != 0);
            if (isWrong) return false;

            next = found + pieces[i].Length;
        }

        return true;
    }
}
