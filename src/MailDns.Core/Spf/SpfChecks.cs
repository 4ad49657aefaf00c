namespace MailDns.Spf;

/// <summary>The checks of SPF (RFC 7208): the one place that declares them.</summary>
internal static class SpfChecks
{
    private static readonly CheckRows s_rows = new(CheckArea.Spf);
    private static readonly CheckRows s_sending = new(CheckArea.Spf);

    public static readonly CheckDefinition Missing = s_rows.Error("SPF-MISSING", CheckNeeds.Dns, "An SPF record exists", "No SPF record was found at {domain}{how}.{near}", "Publish one with New-SpfRecord; for a domain that sends no mail: \"v=spf1 -all\".", "RFC 7208 section 4.5");
    public static readonly CheckDefinition Multiple = s_rows.Error("SPF-MULTIPLE", CheckNeeds.Dns, "One SPF record only", "More than one SPF record was found, so every check ends in permerror: {fault}", "Merge them into one.", "RFC 7208 sections 3.2 and 4.5");
    public static readonly CheckDefinition Version = s_rows.Error("SPF-VERSION", CheckNeeds.Text, "The record begins with \"v=spf1\" and a space", "The record does not begin with exactly \"v=spf1\" and a space, so it is not an SPF record: {fault}", "Correct the version.", "RFC 7208 sections 4.5 and 12");
    public static readonly CheckDefinition Syntax = s_rows.Error("SPF-SYNTAX", CheckNeeds.Text, "Every term is valid", "A syntax error makes the whole record a permerror: {fault}", "Correct the term.", "RFC 7208 section 4.6");
    public static readonly CheckDefinition UnknownMechanism = s_rows.Error("SPF-UNKNOWN-MECH", CheckNeeds.Text, "Every mechanism is an SPF mechanism", "An unknown mechanism or a misspelt one makes the record a permerror or is ignored: {fault}", "Correct or remove it. Mechanisms are all, include, a, mx, ptr, ip4, ip6 and exists; modifiers are redirect= and exp=.", "RFC 7208 sections 4.6.1 and 12");
    public static readonly CheckDefinition UnknownModifier = s_rows.Information("SPF-UNKNOWN-MODIFIER", CheckNeeds.Text, "No unknown modifier", "An unknown modifier is ignored: {fault}", "Remove it unless it is intended.", "RFC 7208 section 6");
    public static readonly CheckDefinition AddressSyntax = s_rows.Error("SPF-IP-SYNTAX", CheckNeeds.Text, "Addresses and prefix lengths are valid", "An address or prefix length that is not valid makes the whole record a permerror: {fault}", "Correct it; prefix lengths are 0-32 for IPv4 and 0-128 for IPv6, without a leading zero.", "RFC 7208 sections 5.6 and 12");
    public static readonly CheckDefinition HostBits = s_rows.Warning("SPF-IP-HOSTBITS", CheckNeeds.Text, "Networks are written with their network address", "{term} has host bits set; the network is {network}/{prefixLength}.", "Write the network address, or the prefix length that was intended.", "RFC 7208 section 5.6; RFC 4632 section 3.1");
    public static readonly CheckDefinition PrivateAddress = s_rows.Warning("SPF-IP-PRIVATE", CheckNeeds.Text, "Only public addresses are authorised", "{term} is {special}: receivers never see such a client.", "Remove it.", "RFC 6890");
    public static readonly CheckDefinition BroadNetwork = s_rows.Warning("SPF-IP-BROAD", CheckNeeds.Text, "No network is broader than IPv4 /16 or IPv6 /32", "{term} authorises {n} addresses.", "Narrow it to the hosts that send.", "RFC 7208 section 11; RFC 9989 section 7.1");
    public static readonly CheckDefinition OverlappingNetwork = s_rows.Information("SPF-IP-OVERLAP", CheckNeeds.Text, "No network is covered by another", "{term}{what}{other} covers it.", "Remove the term that has no effect.", "RFC 7208 section 4.6.2");
    public static readonly CheckDefinition DuplicateTerm = s_rows.Warning("SPF-DUP-TERM", CheckNeeds.Text, "No mechanism occurs twice", "{term} occurs twice; only the first has an effect{cost}.", "Remove the second one.", "RFC 7208 sections 4.6.2 and 4.6.4");
    public static readonly CheckDefinition AllPass = s_rows.Error("SPF-ALL-PASS", CheckNeeds.Text, "The record does not authorise everybody", "The record authorises every host of the Internet: {fault}", "Name the hosts that send, and end the record with -all or ~all.", "RFC 7208 sections 5.1 and 11");
    public static readonly CheckDefinition AllNeutral = s_rows.Warning("SPF-ALL-NEUTRAL", CheckNeeds.Text, "The record does not end in ?all", "The record ends in ?all: it says nothing about hosts that are not listed.", "End it with ~all or -all.", "RFC 7208 section 8.2");
    public static readonly CheckDefinition AllMissing = s_rows.Warning("SPF-ALL-MISSING", CheckNeeds.Text, "The record ends in all or redirect", "The record has neither all nor redirect: hosts that are not listed are neutral.", "End the record with ~all or -all.", "RFC 7208 sections 4.7 and 5.1");
    public static readonly CheckDefinition HardFailEarly = s_rows.Information("SPF-ALL-HARDFAIL-EARLY", CheckNeeds.Text, "No -all that receivers may act on before DMARC", "With -all a receiver may refuse mail before it evaluates DKIM and DMARC, and without a report.", "With DMARC enforced and DKIM on all mail, ~all loses nothing; keep -all for domains that send no mail.", "RFC 9989 section 7.1");
    public static readonly CheckDefinition AfterAll = s_rows.Warning("SPF-AFTER-ALL", CheckNeeds.Text, "No mechanism comes after all", "Mechanisms after {all} are never evaluated: {terms}.", "Remove them, or move them before all (Add-SpfMechanism) if they should have an effect.", "RFC 7208 section 5.1");
    public static readonly CheckDefinition RedirectWithAll = s_rows.Warning("SPF-REDIRECT-WITH-ALL", CheckNeeds.Text, "redirect and all are not used together", "{redirect} is ignored because {all} is present.", "Keep one of the two.", "RFC 7208 section 6.1");
    public static readonly CheckDefinition DuplicateModifier = s_rows.Error("SPF-REDIRECT-DUP", CheckNeeds.Text, "redirect and exp occur at most once", "redirect= or exp= occurs twice, which makes the whole record a permerror: {fault}", "Keep one.", "RFC 7208 section 6");
    public static readonly CheckDefinition RedirectNone = s_rows.Error("SPF-REDIRECT-NONE", CheckNeeds.Dns, "The redirect points to an SPF record", "The target of redirect= has no SPF record, which is a permerror: {fault}", "Correct the target.", "RFC 7208 section 6.1");
    public static readonly CheckDefinition IncludeNone = s_rows.Error("SPF-INCLUDE-NONE", CheckNeeds.Dns, "Every include points to an SPF record", "The target of an include has no SPF record, which is a permerror: {fault}", "Remove or correct it.", "RFC 7208 section 5.2");
    public static readonly CheckDefinition IncludePermError = s_rows.Error("SPF-INCLUDE-PERMERROR", CheckNeeds.Dns, "Every included record is valid", "An included record is itself a permerror: {fault}", "Tell its owner, and remove it until it is corrected.", "RFC 7208 section 5.2");
    public static readonly CheckDefinition IncludeLoop = s_rows.Error("SPF-INCLUDE-LOOP", CheckNeeds.Dns, "Includes and redirects do not form a loop", "Includes or redirects form a loop: {path}.", "Break the loop.", "RFC 7208 section 4.6.4");
    public static readonly CheckDefinition IncludeSelf = s_rows.Error("SPF-INCLUDE-SELF", CheckNeeds.Dns, "No record includes itself", "{domain} includes itself through {term}.", "Remove the term.", "RFC 7208 section 4.6.4");
    public static readonly CheckDefinition IncludeAllPass = s_rows.Error("SPF-INCLUDE-ALLPASS", CheckNeeds.Dns, "No included record authorises everybody", "{term} points to a record with {how}, which authorises every {families} host of the Internet.", "Remove it.", "RFC 7208 section 5.2");
    public static readonly CheckDefinition Lookups = s_rows.Error("SPF-LOOKUPS", CheckNeeds.Dns, "At most ten terms need lookups", "{n} terms of the whole tree need lookups; more than 10 is a permerror.{costs}", "Remove includes that are not used, move platforms to a bounce subdomain, or flatten (Optimize-SpfRecord -Flatten) if you repeat the flattening.", "RFC 7208 section 4.6.4");
    public static readonly CheckDefinition LookupsNear = s_rows.Warning("SPF-LOOKUPS-NEAR", CheckNeeds.Dns, "The lookup limit is not close", "{n} of 10 lookups are used.{costs}", "Leave room: an included record may grow without notice.", "RFC 7208 section 4.6.4");
    public static readonly CheckDefinition VoidLookups = s_rows.Error("SPF-VOID", CheckNeeds.Dns, "At most two lookups are void", "{n} lookups{whose} give no answer; more than 2 is a permerror: {names}.", "Remove the names that do not exist.", "RFC 7208 sections 4.6.4 and 11.1");
    public static readonly CheckDefinition MxAddresses = s_rows.Error("SPF-MX-ADDRESSES", CheckNeeds.Dns, "No mx has more than ten exchangers", "{term}{where} has {n} exchangers; more than 10 is a permerror.", "List the networks with ip4 and ip6 instead.", "RFC 7208 section 4.6.4");
    public static readonly CheckDefinition MxCost = s_rows.Information("SPF-MX-COST", CheckNeeds.Text, "No mx mechanism", "{term} costs a lookup for the exchangers and one for each of their names, and exchangers often are not the hosts that send.", "Prefer ip4 and ip6.", "RFC 7208 section 10.1.1");
    public static readonly CheckDefinition Ptr = s_rows.Warning("SPF-PTR", CheckNeeds.Text, "No ptr mechanism", "{term} is slow and unreliable; ptr should not be used.", "Replace it with ip4 and ip6.", "RFC 7208 section 5.5");
    public static readonly CheckDefinition ExistsMacro = s_rows.Information("SPF-EXISTS-MACRO", CheckNeeds.Text, "No exists that depends on the message", "{term} depends on the message, so it cannot be judged without one.", "Evaluate it for a client and a sender with Test-SpfSender.", "RFC 7208 sections 5.7 and 7");
    public static readonly CheckDefinition MacroSyntax = s_rows.Error("SPF-MACRO-SYNTAX", CheckNeeds.Text, "Every macro is valid", "A macro that is not valid makes the whole record a permerror: {fault}", "Correct it; a percent sign is written %%, and c, r and t are only for explanation texts.", "RFC 7208 sections 7.1 and 7.2");
    public static readonly CheckDefinition MacroP = s_rows.Warning("SPF-MACRO-P", CheckNeeds.Text, "No %{p} macro", "%{p} in {term} needs reverse lookups; it should not be used.", "Use another macro.", "RFC 7208 section 7.2");
    public static readonly CheckDefinition ExplanationTarget = s_rows.Information("SPF-EXP-TARGET", CheckNeeds.Dns, "The explanation can be read", "The explanation cannot be read and is ignored: {fault}", "Correct the target, or remove exp=.", "RFC 7208 section 6.2");
    public static readonly CheckDefinition RecordType99 = s_rows.Warning("SPF-RRTYPE99", CheckNeeds.Dns, "No record of the old type SPF", "A record of type SPF (99) exists at {domain}; receivers read only TXT.", "Delete it.", "RFC 7208 sections 3.1 and 14.1");
    public static readonly CheckDefinition Length = s_rows.Warning("SPF-LENGTH", CheckNeeds.Text, "The answer fits 512 octets", "The name and the record take {n} octets; keep them below 450, so that the answer fits 512.", "Shorten it.", "RFC 7208 section 3.4");
    public static readonly CheckDefinition UpperCase = s_rows.Information("SPF-UPPERCASE", CheckNeeds.Text, "Names of terms are in lower case", "{term} uses upper case: valid, but some tools reject it.", "Write lower case.", "RFC 7208 section 12; RFC 5234 section 2.3");
    public static readonly CheckDefinition WrongPlace = s_rows.Warning("SPF-IN-WRONG-PLACE", CheckNeeds.Dns, "No SPF record is at a name where receivers do not look", "An SPF record is at a name where receivers do not look: {fault}", "Move it to the domain itself.", "RFC 7208 section 3");
    public static readonly CheckDefinition SubdomainGap = s_sending.Warning("SPF-SUBDOMAIN-GAP", CheckNeeds.Dns, "Hosts with addresses or exchangers have an SPF record", "Hosts with an address but without an SPF record: {hosts}.", "Publish \"v=spf1 -all\", or \"v=spf1 a -all\" if the host sends mail.", "RFC 7208 sections 3.5 and 10.1.2");
    public static readonly CheckDefinition HeloMissing = s_sending.Information("SPF-HELO-MISSING", CheckNeeds.Dns, "The HELO name has an SPF record", "The HELO name {host} has no SPF record.", "Publish \"v=spf1 a -all\".", "RFC 7208 sections 2.3 and 10.1.3");
    public static readonly CheckDefinition NotEvaluated = s_sending.Warning("SPF-NOT-EVALUATED", CheckNeeds.Dns, "Every include is used", "include:{platform} at {domain} is not evaluated for this platform's mail, because its Return-Path is {bounce}; it still costs lookups and lets all customers of the platform pass SPF as {domain}.", "Remove it; it costs lookups, and any customer of the platform that can set that MAIL FROM passes as {domain} (RFC 7208 section 11.4).", "RFC 7208 section 2.4; RFC 9989 section 4.4.2");
    public static readonly CheckDefinition SharedInclude = s_sending.Warning("SPF-SHARED-INCLUDE", CheckNeeds.Dns, "Shared senders are not authorised at the organizational domain", "include:{platform} authorises servers that all customers of the platform share, at the organization's main domain.", "Prefer a bounce subdomain.", "RFC 7208 section 11.4; RFC 9989 section 11");
    public static readonly CheckDefinition Parked = s_sending.Warning("SPF-PARKED", CheckNeeds.Dns, "A domain that sends no mail authorises no sender", "{domain} sends no mail, but {found}.", "Publish \"v=spf1 -all\".", "RFC 7208 section 10.1.2; M3AAWG Protecting Parked Domains Best Common Practices");

    /// <summary>All of them, in the order of the catalogue.</summary>
    public static IReadOnlyList<CheckDefinition> All => s_rows;

    /// <summary>Those that need to know who sends for the domain.</summary>
    public static IReadOnlyList<CheckDefinition> Sending => s_sending;
}

/// <summary>Reports findings on one record: bounded in number, with the corrected record where there is one.</summary>
internal sealed class SpfReporter
{
    /// <summary>Most findings of one check; a hostile record could cause thousands.</summary>
    private const int MostOfOneCheck = 10;

    private readonly CheckSheet _sheet;
    private readonly string _text;
    private readonly Dictionary<CheckDefinition, int> _counts = new();

    // Most records need none.
    private readonly Lazy<Correction> _correction;

    public SpfReporter(SpfReading reading, CheckSheet sheet, Func<string, ResourceRecord>? toRecord, IReadOnlyList<string>? strings = null)
    {
        _sheet = sheet;
        _text = reading.Record.Source;
        _correction = new Lazy<Correction>(() => Correct(reading, toRecord, strings), isThreadSafe: false);
    }

    /// <summary>A finding that the corrected record, where there is one, puts right.</summary>
    public void Corrected(CheckFinding finding, string? recommendation = null)
    {
        if (!IsOneMore(finding.Check)) return;

        Correction correction = _correction.Value;
        _sheet.Report(finding, expected: Escaped(correction.Text), actual: PrintableText.Escape(_text), (recommendation ?? finding.Check.Recommendation) + correction.Doubt, correction.Fix);
    }

    /// <summary>A finding that a person has to decide on.</summary>
    public void Plain(CheckFinding finding)
    {
        if (IsOneMore(finding.Check)) _sheet.Report(finding, actual: PrintableText.Escape(_text));
    }

    private static string? Escaped(string? text) => text is null ? null : PrintableText.Escape(text);

    private bool IsOneMore(CheckDefinition definition)
    {
        _counts.TryGetValue(definition, out int count);
        _counts[definition] = count + 1;
        return count < MostOfOneCheck;
    }

    private static Correction Correct(SpfReading reading, Func<string, ResourceRecord>? toRecord, IReadOnlyList<string>? strings)
    {
        string? text = SpfCorrector.TryCorrect(reading, strings, out string? doubt);
        return new Correction(
            text,
            doubt is null ? null : " No corrected record is suggested: " + doubt + ".",
            text is null || toRecord is null ? Array.Empty<ResourceRecord>() : new[] { toRecord(text) });
    }

    private sealed record Correction(string? Text, string? Doubt, ResourceRecord[] Fix);
}

/// <summary>Looks for SPF records at names where people put them by mistake and no receiver looks.</summary>
internal sealed class SpfPlaceRules(DomainName domain, IDnsResolver resolver, CheckSheet sheet)
{
    private static readonly string[] s_labels = { "_spf", "_dmarc", "_domainkey" };

    private readonly DomainName _domain = domain;
    private readonly IDnsResolver _resolver = resolver;
    private readonly CheckSheet _sheet = sheet;

    /// <summary>The texts at those names.</summary>
    public Task<DnsResponse[]> AskAsync(CancellationToken cancellationToken)
    {
        var questions = new List<Task<DnsResponse>>();
        foreach (string label in s_labels)
        {
            if (_domain.TryPrepend(label, out DomainName? name))
                questions.Add(_resolver.QueryTxtAsync(name!, cancellationToken));
        }

        return Task.WhenAll(questions);
    }

    /// <summary>Judges the answers of <see cref="AskAsync"/>.</summary>
    public async Task ApplyAsync(SpfNode root, DnsResponse[] answers, CancellationToken cancellationToken)
    {
        foreach (DnsResponse answer in answers)
        {
            if (answer.IsFailure)
                _sheet.Unknown(SpfChecks.WrongPlace, answer);
            else if (answer.Texts.FirstOrDefault(SpfParser.IsSpfRecord) is { } text && !IsInTree(root, answer.Question.Name)
                && await AnswerSource.OfAsync(_resolver, answer, _domain, cancellationToken).ConfigureAwait(false) is { Kind: AnswerSourceKind.Own })
            {
                Report(answer.Question.Name, text, root.Status == SpfNodeStatus.None);
            }
        }
    }

    private void Report(DomainName name, string text, bool isMissing)
    {
        // _spf is where many keep what their own record includes; unused it does no harm while there is a record.
        if (!isMissing && name.Labels[0] == s_labels[0]) return;

        string message = "An SPF record is at " + name + ", where receivers do not look: " + PrintableText.Quote(text);
        // What is at _dmarc and _domainkey is in the way there too, and stays until a person removes it.
        if (isMissing && name.Labels[0] == s_labels[0] && SpfParser.TryParse(text, out _, out _))
            _sheet.Report(SpfChecks.WrongPlace.Saying(message), fix: new TxtRecord(_domain, _domain, text, System.TimeSpan.FromHours(1), RecordPurpose.Spf));
        else
            _sheet.Report(SpfChecks.WrongPlace.Saying(message));
    }

    private static bool IsInTree(SpfNode root, DomainName name) => root.SelfAndDescendants.Any(node => name.Equals(node.Domain));
}

/// <summary>Judges the text of one SPF record (RFC 7208). Reports only what is wrong.</summary>
internal static class SpfTextRules
{
    /// <summary>Octets of name and text that RFC 7208 section 3.4 aims for.</summary>
    private const int LongestRecord = 450;

    /// <summary>
    /// Applies every rule. <paramref name="toRecord"/> makes the record to publish from a corrected text; null where the
    /// record is not this domain's to correct. <paramref name="strings"/> are those of the TXT record, where they are known.
    /// </summary>
    public static void Apply(DomainName domain, SpfReading reading, CheckSheet sheet, Func<string, ResourceRecord>? toRecord, IReadOnlyList<string>? strings = null)
    {
        var report = new SpfReporter(reading, sheet, toRecord, strings);
        foreach (TextFault fault in reading.Faults)
            ApplyFault(fault, report);

        ApplyModifiers(reading.Record, report);
        ApplyAll(reading.Record, report);
        ApplyMechanisms(reading.Record, report);
        SpfNetworkRules.Apply(reading.Record, report);
        ApplyMacros(reading.Record, report);
        ApplyForm(domain, reading.Record, report);
    }

    private static void ApplyFault(TextFault fault, SpfReporter report)
    {
        string? repaired = fault.Check == SpfChecks.Version || fault.Check == SpfChecks.DuplicateModifier ? null : SpfTermRepair.TryRepair(fault.Part);
        string where = fault.Check == SpfChecks.Version ? string.Empty : "In " + PrintableText.Quote(fault.Part) + ": ";
        report.Corrected(fault.Check.Saying(where + fault.Message), repaired is null ? null : "Write " + PrintableText.Quote(repaired) + ".");
    }

    private static void ApplyModifiers(SpfRecord record, SpfReporter report)
    {
        foreach (SpfModifier modifier in record.Terms.OfType<SpfModifier>().Where(modifier => modifier.Kind == SpfModifierKind.Unknown))
        {
            string quoted = PrintableText.Quote(modifier.Text);
            if (SpfTermRepair.IsDisguisedMechanism(modifier))
            {
                string? repaired = SpfTermRepair.TryRepair(modifier.Text);
                report.Corrected(
                    SpfChecks.UnknownMechanism.With(quoted),
                    repaired is null ? null : "Write " + PrintableText.Quote(repaired) + ".");
            }
            else if (SpfParser.IsSpfRecord(modifier.Text))
            {
                report.Corrected(SpfChecks.UnknownModifier.Saying("A second \"v=spf1\" within the record is an unknown modifier and is ignored."));
            }
            else
            {
                report.Plain(SpfChecks.UnknownModifier.Saying("The unknown modifier " + quoted + " is ignored."));
            }
        }
    }

    private static void ApplyAll(SpfRecord record, SpfReporter report)
    {
        SpfDirective? all = record.All;
        if (all is not { Qualifier: SpfQualifier.Pass } && SpfEverybody.Describe(record) is { } families)
        {
            report.Plain(SpfChecks.AllPass.Saying("The record authorises every " + families + " host of the Internet by " + SpfEverybody.Terms(record, SpfEverybody.IsEverybody) + "."));
        }

        if (all is null)
        {
            if (record.Redirect is null) report.Plain(SpfChecks.AllMissing);

            return;
        }

        if (all.Qualifier == SpfQualifier.Pass)
            report.Plain(SpfChecks.AllPass.Saying("The record ends in " + PrintableText.Quote(all.Text) + ": every host of the Internet passes."));
        else if (all.Qualifier == SpfQualifier.Neutral)
            report.Plain(SpfChecks.AllNeutral);
        else if (all.Qualifier == SpfQualifier.Fail && record.Directives.First() != all)
            report.Plain(SpfChecks.HardFailEarly);

        SpfDirective[] dead = record.Directives.Where(directive => directive.Offset > all.Offset).ToArray();
        if (dead.Length > 0) report.Corrected(SpfChecks.AfterAll.With(PrintableText.Quote(all.Text), List(dead)));

        if (record.Redirect is not null)
            report.Corrected(SpfChecks.RedirectWithAll.With(PrintableText.Quote(record.Redirect.Text), PrintableText.Quote(all.Text)));
    }

    private static void ApplyMechanisms(SpfRecord record, SpfReporter report)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (SpfDirective directive in record.Directives)
        {
            if (!seen.Add(directive.MechanismText) && directive.Mechanism != SpfMechanism.All)
            {
                string cost = directive.IsLookup ? ", and each copy costs one of the ten lookups" : string.Empty;
                report.Corrected(SpfChecks.DuplicateTerm.With(PrintableText.Quote(directive.Text), cost));
            }

            if (directive.Mechanism == SpfMechanism.Mx)
                report.Plain(SpfChecks.MxCost.With(PrintableText.Quote(directive.Text)));

            if (directive.Mechanism == SpfMechanism.Ptr)
                report.Plain(SpfChecks.Ptr.With(PrintableText.Quote(directive.Text)));
        }
    }

    private static void ApplyMacros(SpfRecord record, SpfReporter report)
    {
        foreach (SpfTerm term in record.Terms)
        {
            MacroString? spec = term is SpfModifier modifier ? modifier.Value : ((SpfDirective)term).DomainSpec;
            if (spec is null || !spec.HasMacros) continue;

            if (term is SpfDirective { Mechanism: SpfMechanism.Exists })
                report.Plain(SpfChecks.ExistsMacro.With(PrintableText.Quote(term.Text)));

            if (spec.Uses('p')) report.Plain(SpfChecks.MacroP.With(PrintableText.Quote(term.Text)));
        }
    }

    private static void ApplyForm(DomainName domain, SpfRecord record, SpfReporter report)
    {
        int octets = domain.Text.Length + record.Source.Length;
        if (octets > LongestRecord) report.Plain(SpfChecks.Length.With(octets.ToString(CultureInfo.InvariantCulture)));

        string? upper = SpfParser.IsSpfRecord(record.Source) && !record.Source.StartsWith(SpfRecord.Version, StringComparison.Ordinal)
            ? record.Source.Substring(0, SpfRecord.Version.Length)
            : record.Terms.Select(term => term.Text).FirstOrDefault(HasUpperName);
        if (upper is not null) report.Plain(SpfChecks.UpperCase.With(PrintableText.Quote(upper)));
    }

    private static bool HasUpperName(string term)
    {
        int end = term.IndexOfAny(new[] { ':', '=', '/' });
        return term.Substring(0, end < 0 ? term.Length : end).Any(c => c >= 'A' && c <= 'Z');
    }

    private static string List(SpfDirective[] directives) =>
        string.Join(", ", directives.Take(10).Select(directive => PrintableText.Quote(directive.Text)))
        + (directives.Length > 10 ? " and " + (directives.Length - 10) + " more" : string.Empty);
}
