namespace MailDns.Dkim;

/// <summary>
/// Reads the keys of a domain: those of the selectors that were given, or those of the common ones that exist. Every
/// question is asked at once.
/// </summary>
internal static class DkimStatusReader
{
    /// <summary>A selector that nobody publishes; an answer comes from a wildcard.</summary>
    public const string WildcardProbe = "maildns-no-such-selector";

    // A selector has one character at the least (RFC 6376 section 3.1).
    private const string ShortestSelector = "s";

    /// <summary>Reads the keys of these selectors; with none, of the common ones.</summary>
    public static Task<IReadOnlyList<DkimStatus>> ReadAsync(
        DomainName domain,
        IReadOnlyList<string> selectors,
        IDnsResolver resolver,
        CancellationToken cancellationToken) =>
        ReadAsync(domain, new DkimReadOptions { Selectors = selectors }, resolver, cancellationToken);

    /// <summary>
    /// One status for each selector that was asked for; for guesses, one for each that exists, or a single one that says
    /// that nothing is known.
    /// </summary>
    /// <exception cref="ArgumentException">A selector is none.</exception>
    public static async Task<IReadOnlyList<DkimStatus>> ReadAsync(
        DomainName domain,
        DkimReadOptions options,
        IDnsResolver resolver,
        CancellationToken cancellationToken)
    {
        string[] asked = options.Selectors.Concat(options.Expectations.Select(expected => expected.Selector)).ToArray();
        bool guessing = asked.Length == 0;
        IReadOnlyList<KeyValuePair<string, DomainName>> names = NamesOf(domain, guessing ? CommonSelectors.All : asked, out IReadOnlyList<string> noRoom);
        Task<DnsResponse?> parentTask = AskAsync(domain, DkimSelector.Label, resolver, cancellationToken);
        Task<DnsResponse?> probeTask = AskAsync(domain, WildcardProbe + "." + DkimSelector.Label, resolver, cancellationToken);
        DnsResponse[] responses = await Task.WhenAll(names.Select(name => resolver.QueryTxtAsync(name.Value, cancellationToken))).ConfigureAwait(false);
        DkimLookup? probe = await probeTask.ConfigureAwait(false) is { } answer ? new DkimLookup(WildcardProbe, await WithoutDnameAsync(domain, answer, resolver, cancellationToken).ConfigureAwait(false)) : null;
        DnsResponse? parent = await parentTask.ConfigureAwait(false);

        DkimLookup[] lookups = names.Select((name, index) => new DkimLookup(name.Key, responses[index])).ToArray();
        if (!guessing) return Judge(domain, options, lookups, noRoom, lookups, guessing, probe, parent);

        DkimLookup[] shown = lookups.Where(lookup => lookup.IsPresent && (probe is null || !lookup.AnswersLike(probe))).ToArray();
        return shown.Length == 0
            ? new[] { NothingKnown(domain, options, lookups, probe, parent) }
            : Judge(domain, options, shown, Array.Empty<string>(), lookups, guessing, probe, parent);
    }

    // The alias that a DNAME makes of any name is no wildcard: at the end of it nothing is there, or that zone's wildcard.
    private static async Task<DnsResponse> WithoutDnameAsync(DomainName domain, DnsResponse answer, IDnsResolver resolver, CancellationToken cancellationToken) =>
        answer.Status != DnsResponseStatus.Success && await AnswerSource.IsDnameAsync(resolver, answer, domain.LastLabels(2), cancellationToken).ConfigureAwait(false)
            ? DnsResponse.NxDomain(answer.Question)
            : answer;

    // Null where the name would be longer than DNS allows.
    private static async Task<DnsResponse?> AskAsync(DomainName domain, string labels, IDnsResolver resolver, CancellationToken cancellationToken) =>
        domain.TryPrepend(labels, out DomainName? name) ? await resolver.QueryTxtAsync(name!, cancellationToken).ConfigureAwait(false) : null;

    private static IReadOnlyList<KeyValuePair<string, DomainName>> NamesOf(DomainName domain, IReadOnlyList<string> selectors, out IReadOnlyList<string> noRoom)
    {
        var names = new List<KeyValuePair<string, DomainName>>();
        var tooLong = new List<string>();
        var seen = new HashSet<DomainName>();
        foreach (string selector in selectors)
        {
            if (!DomainName.TryParseRelative(selector, out DomainName? relative, out string reason))
                throw new ArgumentException("The selector " + PrintableText.Quote(selector) + " is not valid (RFC 6376 section 3.1): " + reason);

            if (!seen.Add(relative!)) continue;

            if (DkimSelector.TryGetName(selector, domain, out DomainName? name, out _))
                names.Add(new KeyValuePair<string, DomainName>(selector.Trim(), name!));
            else
                tooLong.Add(relative!.Text);
        }

        noRoom = tooLong;
        return names;
    }

    private static DkimStatus[] Judge(
        DomainName domain,
        DkimReadOptions options,
        DkimLookup[] shown,
        IReadOnlyList<string> noRoom,
        DkimLookup[] lookups,
        bool guessing,
        DkimLookup? probe,
        DnsResponse? parent)
    {
        var sheets = new List<CheckSheet>();
        var statuses = new List<DkimStatus>();
        foreach (DkimLookup lookup in shown)
        {
            var sheet = new CheckSheet(domain.Text);
            DkimKeyReading? reading = DkimSelectorJudge.Judge(domain, options, lookup, sheet);
            sheets.Add(sheet);
            statuses.Add(Describe(domain, lookup, reading, sheet));
        }

        foreach (string selector in noRoom)
        {
            var sheet = new CheckSheet(domain.Text);
            JudgeNoRoom(selector + "." + DkimSelector.Label + "." + domain.Text, options, sheet);
            sheets.Add(sheet);
            statuses.Add(new DkimStatus(domain.Text, selector, selector + "." + DkimSelector.Label + "." + domain.Text, sheet.Results) { IsValid = false });
        }

        // The first object carries what is said of the domain.
        CheckSheet first = sheets[0];
        if (guessing)
            first.Pass(DkimChecks.SelectorUnknown, shown.Length + " of " + lookups.Length + " common selectors have a key.");
        else
            first.NotApplicable(DkimChecks.SelectorUnknown, "Selectors were given.");

        DkimDomainJudge.Judge(domain, options, lookups, statuses, probe, parent, first);
        for (int i = 0; i < sheets.Count; i++)
            statuses[i].Findings = sheets[i].Findings;

        return statuses.ToArray();
    }

    // No key can stand at a name that DNS does not carry (RFC 1035 section 2.3.4).
    private static void JudgeNoRoom(string name, DkimReadOptions options, CheckSheet sheet)
    {
        if (options.IsParked)
        {
            sheet.NotApplicable(DkimChecks.Missing, "A domain that sends nothing needs no key.");
        }
        else
        {
            sheet.Report(
                DkimChecks.Missing.With(PrintableText.Escape(name), "the name has " + name.Length + " characters, and DNS allows " + DomainName.MaxLength + ", RFC 1035 section 2.3.4"),
                expected: null,
                actual: null,
                "Use a shorter selector, or sign with a domain above this one.");
        }

        sheet.CompleteNotApplicable(DkimSelectorJudge.OfSelector, "No key can be there.");
    }

    private static DkimStatus NothingKnown(DomainName domain, DkimReadOptions options, DkimLookup[] lookups, DkimLookup? probe, DnsResponse? parent)
    {
        var sheet = new CheckSheet(domain.Text);
        if (!domain.TryPrepend(ShortestSelector + "." + DkimSelector.Label, out _))
        {
            JudgeNoRoom(ShortestSelector + "." + DkimSelector.Label + "." + domain.Text, options, sheet);
            sheet.NotApplicable(DkimChecks.SelectorUnknown, "The domain's name is too long for a selector below it.");
        }

        DkimLookup[] failed = lookups.Where(lookup => lookup.Response.IsFailure).ToArray();
        string message = failed.Length == 0
            ? "No selector was given, and none of " + lookups.Length + " common selectors has a key, which does not show that DKIM is unused."
            : "No selector was given, and the lookups of " + failed.Length + " of " + lookups.Length + " common selectors failed (" + failed[0].Response.Describe() + ").";
        if (sheet.Has(DkimChecks.SelectorUnknown))
        {
            // Said already.
        }
        else if (options.IsParked)
        {
            JudgeParked(failed, sheet);
        }
        else
        {
            ReportSelectorUnknown(failed, message, sheet);
            sheet.Unknown(DkimChecks.Missing, message, cause: failed.FirstOrDefault()?.Response);
        }

        sheet.CompleteNotApplicable(DkimSelectorJudge.OfSelector, "No selector is known.");
        DkimDomainJudge.Judge(domain, options, lookups, Array.Empty<DkimStatus>(), probe, parent, sheet);
        return new DkimStatus(domain.Text, string.Empty, DkimSelector.Label + "." + domain.Text, sheet.Results) { Findings = sheet.Findings };
    }

    // One of those that were not answered may be the selector.
    private static void ReportSelectorUnknown(DkimLookup[] failed, string message, CheckSheet sheet)
    {
        if (failed.Length == 0)
            sheet.Report(DkimChecks.SelectorUnknown.Saying(message));
        else
            sheet.Unknown(DkimChecks.SelectorUnknown, message, cause: failed[0].Response);
    }

    // A domain that sends nothing has no selector to know; whether a live key is left somewhere, a failed lookup hides.
    private static void JudgeParked(DkimLookup[] failed, CheckSheet sheet)
    {
        sheet.NotApplicable(DkimChecks.SelectorUnknown, "A domain that sends nothing needs no key.");
        sheet.NotApplicable(DkimChecks.Missing, "A domain that sends nothing needs no key.");
        if (failed.Length > 0)
            sheet.Unknown(DkimChecks.Parked, failed.Length + " of the lookups failed (" + failed[0].Response.Describe() + ").", cause: failed[0].Response);
        else
            sheet.Pass(DkimChecks.Parked, "None of the common selectors has a key.");
    }

    private static DkimStatus Describe(DomainName domain, DkimLookup lookup, DkimKeyReading? reading, CheckSheet sheet)
    {
        DkimPublicKey? key = reading?.Record.Key is { Problem.Length: 0 } readable ? readable : null;
        return new DkimStatus(domain.Text, lookup.Selector, lookup.Name.Text, sheet.Results)
        {
            Record = reading is null ? null : Show(reading.Text),
            Records = lookup.Texts.Select(Show).ToArray(),
            KeyType = reading is null ? null : PrintableText.Escape(reading.Record.KeyType),
            KeySize = key?.Bits,
            Fingerprint = key?.Fingerprint,
            IsRevoked = reading?.Record.IsRevoked ?? false,
            IsTesting = reading?.Record.IsTesting ?? false,
            CnameTarget = lookup.Alias?.ToString(),
            IsValid = key is not null && sheet.IsClean ? true : sheet.HasFailure || !sheet.Results.Any(result => result.Status == CheckStatus.Unknown) ? false : null,
        };
    }

    // A private key is public once it is in DNS, but reports and logs need not spread it.
    private static string Show(string text) =>
        PrintableText.Escape(DkimTextRules.HoldsPrivateKey(DkimKeyParser.Read(text)) ? DkimKeyText.Mask(text) : text);
}

/// <summary>
/// Selectors that are tried where none is given, since DNS cannot list them (RFC 6376 section 3.1). Fixed names out of the
/// platforms' own set-up pages, and a few that signing software suggests.
/// </summary>
internal static class CommonSelectors
{
    public static IReadOnlyList<string> All { get; } = new[]
    {
        "ak", // Altcraft
        "selector1", "selector2", // Microsoft 365: learn.microsoft.com, "Set up DKIM to sign mail"
        "google", // Google Workspace: support.google.com/a/answer/174124
        "s1", "s2", // Twilio SendGrid, automated security
        "k1", "k2", "k3", // Mailchimp
        "mte1", "mte2", "mandrill", // Mailchimp Transactional (Mandrill)
        "pdk1", "pdk2", // Mailgun, automatic sender security
        "brevo1", "brevo2", // Brevo
        "mailjet", // Mailjet
        "resend", // Resend
        "zoho", // Zoho Mail's own example
        "kl", "kl2", // Klaviyo
        "pm", // Postmark's older domains
        "fm1", "fm2", "fm3", // Fastmail
        "protonmail", "protonmail2", "protonmail3", // Proton Mail
        "sig1", // iCloud Mail, custom domains
        "mailru", // Mail.ru for business
        "us", // UniSender
        "default", // opendkim-genkey, cPanel
        "dkim", "mail", "email", "smtp", "mx", "key1", "key2", "dkim1", // examples of manuals
    };
}

/// <summary>The answer at one selector.</summary>
internal sealed class DkimLookup(string selector, DnsResponse response)
{
    public string Selector { get; } = selector;
    public DnsResponse Response { get; } = response;
    public DomainName Name => Response.Question.Name;

    /// <summary>The target of the CNAME at the name itself, which is what a platform prescribes; null where there is none.</summary>
    public DomainName? Alias { get; } = FirstAlias(response);

    public IReadOnlyList<string> Texts => Response.Texts;

    /// <summary>True where something stands at the name: a text, or an alias that leads nowhere.</summary>
    public bool IsPresent => Response.Status == DnsResponseStatus.Success || Alias is not null;

    /// <summary>True where both names have the same answer, as under a wildcard.</summary>
    public bool AnswersLike(DkimLookup other) =>
        IsPresent
        && Equals(Alias, other.Alias)
        && Texts.OrderBy(text => text, StringComparer.Ordinal).SequenceEqual(other.Texts.OrderBy(text => text, StringComparer.Ordinal), StringComparer.Ordinal);

    private static DomainName? FirstAlias(DnsResponse response) =>
        response.Records
            .Where(record => record.Type == DnsRecordType.Cname && record.Owner.Equals(response.Question.Name))
            .Select(record => ((NameData)record.Data).Target)
            .FirstOrDefault();
}

/// <summary>What a reading of a domain's keys may be told.</summary>
internal sealed record DkimReadOptions
{
    /// <summary>Selectors asked for by a person; with none here and no expectation, the common ones are tried.</summary>
    public IReadOnlyList<string> Selectors { get; init; } = Array.Empty<string>();

    /// <summary>What the platform's profile asks for.</summary>
    public IReadOnlyList<DkimExpectation> Expectations { get; init; } = Array.Empty<DkimExpectation>();

    /// <summary>The platform's name, for messages.</summary>
    public string? ProviderName { get; init; }

    /// <summary>The date of today, for the age that a selector's name tells; null judges no age.</summary>
    public DateTime? Today { get; init; }

    /// <summary>True for a domain that sends no mail.</summary>
    public bool IsParked { get; init; }
}

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
            sheet.Report(DkimChecks.KeyShared.With(string.Join(", ", shared.Select(PrintableText.Escape))));
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
