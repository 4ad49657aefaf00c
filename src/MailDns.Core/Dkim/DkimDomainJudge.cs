namespace MailDns.Dkim;

/// <summary>Judges the selectors of a domain together.</summary>
internal static class DkimDomainJudge
{
    private const string NoRoom = "The domain's name is too long for a name below it.";

    /// <summary>
    /// Completes the checks of <see cref="DkimChecks.OfDomain"/> but that of the unknown selector. The answers of the wildcard
    /// and of _domainkey are null where the domain's name leaves no room for theirs.
    /// </summary>
    public static void Judge(
        DomainName domain,
        DkimReadOptions options,
        IReadOnlyList<DkimLookup> lookups,
        IReadOnlyList<DkimStatus> statuses,
        DkimLookup? wildcard,
        DnsResponse? parent,
        CheckSheet sheet)
    {
        JudgeParent(domain, options, lookups, parent, sheet);
        JudgeWildcard(domain, wildcard, sheet);
        JudgeSharedKeys(lookups, statuses, sheet);
        JudgeTypes(statuses, sheet);
        JudgePair(options, lookups, sheet);
    }

    private static void JudgeParent(DomainName domain, DkimReadOptions options, IReadOnlyList<DkimLookup> lookups, DnsResponse? parent, CheckSheet sheet)
    {
        if (options.IsParked)
            sheet.NotApplicable(DkimChecks.NoDomainKey, "A domain that sends nothing needs no key.");
        else if (parent is null)
            sheet.NotApplicable(DkimChecks.NoDomainKey, NoRoom);
        else if (parent.IsFailure)
            sheet.Unknown(DkimChecks.NoDomainKey, parent);
        else if (parent.Status == DnsResponseStatus.NxDomain && !lookups.Any(lookup => lookup.IsPresent))
            sheet.Report(DkimChecks.NoDomainKey.With(DkimSelector.Label, domain));
        else
            sheet.Pass(DkimChecks.NoDomainKey);
    }

    // "v=DKIM1; p=" at a wildcard is how a parked domain revokes every selector, and no fault.
    private static void JudgeWildcard(DomainName domain, DkimLookup? wildcard, CheckSheet sheet)
    {
        if (wildcard is null)
        {
            sheet.NotApplicable(DkimChecks.Wildcard, NoRoom);
        }
        else if (wildcard.Response.IsFailure)
        {
            sheet.Unknown(DkimChecks.Wildcard, wildcard.Response);
        }
        else if (wildcard.IsPresent && !(wildcard.Texts.Count > 0 && wildcard.Texts.All(text => DkimKeyParser.Read(text).Record.IsRevoked)))
        {
            string what = wildcard.Texts.Count > 0 ? "with " + PrintableText.Quote(wildcard.Texts[0]) : "with an alias of " + wildcard.Alias;
            sheet.Report(DkimChecks.Wildcard.With(domain, IsSecret(wildcard) ? "with a private key" : what));
        }
        else
        {
            sheet.Pass(DkimChecks.Wildcard);
        }
    }

    private static bool IsSecret(DkimLookup lookup) => lookup.Texts.Any(text => DkimTextRules.HoldsPrivateKey(DkimKeyParser.Read(text)));

    // Two aliases of one record of the platform are one key by design.
    private static void JudgeSharedKeys(IReadOnlyList<DkimLookup> lookups, IReadOnlyList<DkimStatus> statuses, CheckSheet sheet)
    {
        var keys = statuses
            .Where(status => status.Fingerprint is not null)
            .Select(status => (status.Selector, Key: status.Fingerprint!, Place: lookups.First(lookup => lookup.Name.Text == status.Name).Response.CanonicalName))
            .ToArray();
        if (keys.Length < 2)
        {
            sheet.NotApplicable(DkimChecks.KeyShared, "There are no two keys to compare.");
            return;
        }

        string[]? shared = keys
            .GroupBy(key => key.Key, StringComparer.Ordinal)
            .Where(group => group.Select(key => key.Place).Distinct().Count() > 1)
            .Select(group => group.Select(key => key.Selector).ToArray())
            .FirstOrDefault();
        if (shared is null)
        {
            sheet.Pass(DkimChecks.KeyShared);
        }
        else
        {
            sheet.Report(
                DkimChecks.KeyShared.With(string.Join(", ", shared.Select(PrintableText.Escape))));
        }
    }

    private static void JudgeTypes(IReadOnlyList<DkimStatus> statuses, CheckSheet sheet)
    {
        DkimStatus[] usable = statuses.Where(status => status.IsValid == true).ToArray();
        if (usable.Length == 0)
        {
            sheet.NotApplicable(DkimChecks.Ed25519Only, "There is no key that verifiers accept.");
        }
        else if (usable.All(status => status.KeyType == DkimKeyRecord.Ed25519))
        {
            sheet.Report(
                DkimChecks.Ed25519Only.With(string.Join(", ", usable.Select(status => PrintableText.Escape(status.Selector)))));
        }
        else
        {
            sheet.Pass(DkimChecks.Ed25519Only);
        }
    }

    private static void JudgePair(DkimReadOptions options, IReadOnlyList<DkimLookup> lookups, CheckSheet sheet)
    {
        DkimLookup[] expected = lookups
            .Where(lookup => options.Expectations.Any(expectation => string.Equals(expectation.Selector, lookup.Selector, StringComparison.OrdinalIgnoreCase)))
            .ToArray();
        DkimLookup? failed = Array.Find(expected, lookup => lookup.Response.IsFailure);
        int present = expected.Count(lookup => lookup.IsPresent);
        if (expected.Length < 2)
        {
            sheet.NotApplicable(DkimChecks.SelectorPair, "No platform with several selectors is looked at.");
        }
        else if (failed is not null)
        {
            sheet.Unknown(DkimChecks.SelectorPair, failed.Response);
        }
        else if (present > 0 && present < expected.Length)
        {
            sheet.Report(
                DkimChecks.SelectorPair.With(present, expected.Length, PrintableText.Escape(options.ProviderName ?? "the platform")),
                expected: string.Join(", ", expected.Select(lookup => lookup.Selector)),
                actual: string.Join(", ", expected.Where(lookup => lookup.IsPresent).Select(lookup => lookup.Selector)));
        }
        else if (present == 0)
        {
            sheet.NotApplicable(DkimChecks.SelectorPair, "No selector of the platform is published.");
        }
        else
        {
            sheet.Pass(DkimChecks.SelectorPair);
        }
    }
}
