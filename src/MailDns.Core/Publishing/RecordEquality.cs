namespace MailDns.Publishing;

/// <summary>
/// When two records say the same. Names compare as DNS compares them, texts without regard to how their strings are cut,
/// SPF by its terms in order, tag-lists by their tags where order does not matter. Times to live are not compared.
/// </summary>
internal static class RecordEquality
{
    /// <summary>True where publishing the one where the other stands would change nothing for a reader.</summary>
    public static bool MeansTheSame(ResourceRecord one, ResourceRecord other) =>
        one is TxtRecord left && other is TxtRecord right
            ? left.Owner.Equals(right.Owner) && TextsMeanTheSame(TxtKinds.Of(left.Owner, left.Text), left.Text, right.Text)
            : IsSameData(one, other);

    /// <summary>True for the same octets, save how the strings of a text are cut and how names are cased.</summary>
    public static bool IsSameData(ResourceRecord one, ResourceRecord other) =>
        one.DnsType == other.DnsType && one.Owner.Equals(other.Owner) && string.Equals(Canonical(one), Canonical(other), StringComparison.Ordinal);

    /// <summary>True where both sets hold the same data, in whatever order.</summary>
    public static bool IsSameSet(IReadOnlyCollection<ResourceRecord> one, IReadOnlyCollection<ResourceRecord> other) =>
        one.Count == other.Count && one.All(record => Contains(other, record)) && other.All(record => Contains(one, record));

    public static bool Contains(IEnumerable<ResourceRecord> set, ResourceRecord record) => set.Any(item => IsSameData(item, record));

    // CAA tags are compared without case (RFC 8659 section 4.1); all other texts here are in one form already.
    private static string Canonical(ResourceRecord record) => record is CaaRecord caa
        ? caa.CaaFlags + " " + caa.CaaTag.ToLowerInvariant() + " " + caa.CaaValue
        : record.ToString() ?? string.Empty;

    /// <summary>True where two texts of a kind say the same.</summary>
    public static bool TextsMeanTheSame(TxtKind kind, string one, string other)
    {
        if (string.Equals(one, other, StringComparison.Ordinal)) return true;

        return kind switch
        {
            TxtKind.Spf => SpfMeansTheSame(one, other),
            TxtKind.Dmarc or TxtKind.Dkim or TxtKind.Bimi or TxtKind.TlsRpt or TxtKind.MtaSts => TagsMeanTheSame(kind, one, other),
            _ => false,
        };
    }

    // The order of mechanisms decides (RFC 7208 section 4.6.2); that of modifiers does not (section 6).
    private static bool SpfMeansTheSame(string one, string other) =>
        SpfParser.TryParse(one, out SpfRecord? left, out _) && SpfParser.TryParse(other, out SpfRecord? right, out _)
        && Directives(left!).SequenceEqual(Directives(right!)) && Modifiers(left!).SequenceEqual(Modifiers(right!));

    private static IEnumerable<string> Directives(SpfRecord record) => record.Terms.OfType<SpfDirective>().Select(term => term.CanonicalText);

    private static IEnumerable<string> Modifiers(SpfRecord record) =>
        record.Terms.OfType<SpfModifier>().Select(term => term.CanonicalText).OrderBy(text => text, StringComparer.Ordinal);

    private static bool TagsMeanTheSame(TxtKind kind, string one, string other) =>
        Tags(kind, one) is { } left && Tags(kind, other) is { } right
        && left.Count == right.Count && left.All(tag => right.TryGetValue(tag.Key, out string? value) && string.Equals(tag.Value, value, StringComparison.Ordinal));

    /// <summary>The tags with their meaning written in one way; null for junk, doubles, or another first tag than v where that is the rule.</summary>
    private static Dictionary<string, string>? Tags(TxtKind kind, string text)
    {
        // A text that receivers do not take for a record says nothing, whatever its tags.
        if (!IsTaken(kind, text)) return null;

        var tags = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (TagSpec tag in TagList.Split(text))
        {
            if (!tag.HasEquals || tags.ContainsKey(tag.Name)) return null;

            tags.Add(tag.Name, Value(kind, tag));
        }

        if (kind == TxtKind.Dkim)
        {
            // RFC 6376 section 3.6.1: the defaults.
            tags.Remove("v");
            SetDefault(tags, "k", "rsa");
            SetDefault(tags, "s", "*");
        }

        return tags;
    }

    private static bool IsTaken(TxtKind kind, string text)
    {
        IReadOnlyList<TagSpec> tags = TagList.Split(text);
        TagSpec? first = tags.Count > 0 ? tags[0] : null;
        bool Begins(string version) => first is not null && string.Equals(first.Name, "v", StringComparison.Ordinal) && string.Equals(first.Value, version, StringComparison.Ordinal);
        return kind switch
        {
            // RFC 8461 section 3.1 and RFC 8460 section 3: exactly so, the semicolon too.
            TxtKind.MtaSts => text.StartsWith("v=STSv1;", StringComparison.Ordinal),
            TxtKind.TlsRpt => text.StartsWith("v=TLSRPTv1;", StringComparison.Ordinal),
            TxtKind.Dmarc => Dmarc.DmarcParser.IsDmarc(text),
            TxtKind.Bimi => Begins("BIMI1"),

            // RFC 6376 section 3.6.1: the version may be left out, and is the first tag where it is not.
            _ => Begins("DKIM1") || tags.All(tag => !string.Equals(tag.Name, "v", StringComparison.Ordinal)),
        };
    }

    private static string Value(TxtKind kind, TagSpec tag)
    {
        // Folding white space in a key says nothing (RFC 6376 section 3.6.1).
        if (kind == TxtKind.Dkim && string.Equals(tag.Name, "p", StringComparison.Ordinal))
            return new string(tag.Value.Where(c => !TagList.IsWhiteSpace(c)).ToArray());

        // RFC 9989 section 4.8: the keywords are compared without case; addresses keep theirs.
        return kind == TxtKind.Dmarc && tag.Name is not ("rua" or "ruf") ? tag.Value.ToLowerInvariant() : tag.Value;
    }

    private static void SetDefault(Dictionary<string, string> tags, string name, string value)
    {
        if (!tags.ContainsKey(name)) tags.Add(name, value);
    }
}

/// <summary>Makes public records of what a lookup gave.</summary>
internal static class RecordFactory
{
    /// <summary>The record; null for types that MailDns has no class for.</summary>
    public static ResourceRecord? Make(DnsRecord record, DomainName zone, RecordPurpose purpose)
    {
        bool isZonesOwn = record.Type == DnsRecordType.Ns && record.Owner.Equals(zone);
        return isZonesOwn ? null : RecordTypes.Make(record, zone, record.Data is TxtData txt ? PurposeOf(record.Owner, txt.Text, purpose) : purpose);
    }

    /// <summary>The same record with another time to live.</summary>
    public static ResourceRecord WithTtl(ResourceRecord record, uint ttl) =>
        record.Ttl == ttl ? record : Make(new DnsRecord(record.Owner, record.DnsType, ttl, record.ToDnsRecord().Data), record.Zone, record.Purpose) ?? record;

    private static RecordPurpose PurposeOf(DomainName owner, string text, RecordPurpose purpose)
    {
        RecordPurpose found = RecordPurposes.OfText(owner, text);
        return found switch
        {
            RecordPurpose.Dmarc or RecordPurpose.DmarcReportAuthorization => purpose == RecordPurpose.DmarcReportAuthorization ? purpose : RecordPurpose.Dmarc,
            RecordPurpose.Other => purpose is RecordPurpose.Verification ? purpose : RecordPurpose.Other,
            _ => found,
        };
    }
}
