namespace MailDns.Sending;

/// <summary>The checks of names, answers and delegation: the one place that declares them.</summary>
internal static class DnsChecks
{
    private static readonly CheckRows s_rows = new(CheckArea.Dns);

    public static readonly CheckDefinition NxDomain = s_rows.Error("DNS-NXDOMAIN", CheckNeeds.Dns, "The domain exists", "{name} does not exist (NXDOMAIN).", "Register or create the name; check the spelling and the zone.", "RFC 8020; RFC 5321 section 2.3.5");
    public static readonly CheckDefinition LookupFailed = s_rows.Error("DNS-LOOKUP-FAILED", CheckNeeds.Dns, "Every lookup was answered", "The lookup of {question} failed: {fault}", "Run the check again; then check the delegation and the servers. A failed lookup shows nothing about the domain.", "RFC 7208 section 4.4; RFC 2308 section 7");
    public static readonly CheckDefinition TxtSplitAsRecords = s_rows.Error("DNS-TXT-SPLIT-AS-RECORDS", CheckNeeds.Dns, "Long values are strings of one TXT record", "{name} has the rest of an SPF record as a TXT record of its own: {text}", "Merge them into one record of several strings.", "RFC 7208 section 3.3; RFC 6376 section 3.6.2.2");
    public static readonly CheckDefinition TxtJoinSpace = s_rows.Warning("DNS-TXT-JOIN-SPACE", CheckNeeds.Dns, "Strings of a TXT record join correctly", "Joining the strings at {name} runs two terms together: {term}", "Put the space inside one of the strings; strings are joined without one.", "RFC 7208 section 3.3");
    public static readonly CheckDefinition TxtQuotes = s_rows.Error("DNS-TXT-QUOTES", CheckNeeds.Dns, "No stray quotes or backslashes in TXT values", "The value at {name} contains quotes or backslashes that a control panel left: {text}", "Remove the stray quotes and backslashes.", "RFC 1035 section 5.1");
    public static readonly CheckDefinition TxtNonAscii = s_rows.Error("DNS-TXT-NONASCII", CheckNeeds.Text, "TXT values are plain ASCII", "The value at {name} contains {character} at position {position}: {text}", "Retype it as plain ASCII (smart quotes, no-break spaces and byte-order marks come from copying).", "RFC 7208 section 3.1; RFC 9989 section 4.8; RFC 8461 section 3.1");
    public static readonly CheckDefinition NameDoubled = s_rows.Error("DNS-NAME-DOUBLED", CheckNeeds.Dns, "No record has a doubled name", "The record for {right} is at {name}: the zone's name was typed twice.", "Enter the host relative to the zone, or end the full name with a dot.", "RFC 1035 section 5.1");
    public static readonly CheckDefinition NameLength = s_rows.Error("DNS-NAME-LENGTH", CheckNeeds.Text, "Names in values fit into DNS", "{fault}: names in DNS have at most 253 characters, and labels 63.", "Correct or shorten the name.", "RFC 1035 section 2.3.4");
    public static readonly CheckDefinition NameSyntax = s_rows.Error("DNS-NAME-SYNTAX", CheckNeeds.Text, "Names that records point to are host names", "A name is not a valid host name: {fault}", "Use letters, digits and hyphens; underscores are for attribute names only, never for hosts that take mail.", "RFC 5321 section 2.3.5; RFC 1123 section 2.1; RFC 8552 section 1.1");
    public static readonly CheckDefinition IdnULabel = s_rows.Warning("DNS-IDN-ULABEL", CheckNeeds.Text, "Names in records are A-labels", "A name is written in Unicode; DNS and mail need the A-label: {fault}", "Write the A-label (xn--) in the record.", "RFC 5891 section 4; RFC 8616 section 4; RFC 7208 section 4.3");
    public static readonly CheckDefinition IdnInvalid = s_rows.Error("DNS-IDN-INVALID", CheckNeeds.Text, "Internationalized names in records are valid", "A name is not a valid internationalized name: {fault}", "Correct the spelling.", "RFC 5891 sections 4 and 5; RFC 5890 section 2.3.2.1");
    public static readonly CheckDefinition CnameCoexist = s_rows.Error("DNS-CNAME-COEXIST", CheckNeeds.Dns, "No other data beside a CNAME", "{name} has a CNAME and other data: {types}.", "Keep only the CNAME or only the other records.", "RFC 1034 section 3.6.2; RFC 2181 section 10.1");
    public static readonly CheckDefinition CnameApex = s_rows.Error("DNS-CNAME-APEX", CheckNeeds.Dns, "No CNAME at the zone apex", "{host} is a zone apex and an alias at once.", "Use a subdomain, or the ALIAS or flattening feature of the DNS host.", "RFC 1034 section 3.6.2");
    public static readonly CheckDefinition CnameChain = s_rows.Warning("DNS-CNAME-CHAIN", CheckNeeds.Dns, "Aliases point directly to their target", "A chain of {n} aliases begins at {host}: {chain}.", "Point directly to the final name.", "RFC 1034 section 3.6.2");
    public static readonly CheckDefinition CnameLoop = s_rows.Error("DNS-CNAME-LOOP", CheckNeeds.Dns, "Aliases do not form a loop", "The aliases form a loop or an endless chain: {fault}", "Break the loop.", "RFC 1034 section 3.6.2");
    public static readonly CheckDefinition CnameDangling = s_rows.Error("DNS-CNAME-DANGLING", CheckNeeds.Dns, "Alias targets exist", "The target of an alias does not exist: {fault}", "Remove it, or finish the platform's set-up: anybody who claims the target can take over the name.", "RFC 2181 section 10.1");
    public static readonly CheckDefinition CnameFlattened = s_rows.Warning("DNS-CNAME-FLATTENED", CheckNeeds.Dns, "Hosts that a platform wants as CNAME are CNAME", "A host should be a CNAME but has addresses: {fault}", "Switch off proxying or flattening for this host.", "The platform's documentation");
    public static readonly CheckDefinition Wildcard = s_rows.Warning("DNS-WILDCARD", CheckNeeds.Dns, "No wildcard answers for names that were not created", "A wildcard of {domain} answers TXT questions for any name, with {what}.", "Narrow the wildcard; publish explicit records.", "RFC 7208 section 3.5; RFC 6376 section 6.1.2");
    public static readonly CheckDefinition ResponseSize = s_rows.Warning("DNS-RESPONSE-SIZE", CheckNeeds.Dns, "TXT answers fit one UDP datagram", "The TXT answer of {name} is about {n} octets ({m} records), over the 1232 that are safe over UDP.", "Remove stale TXT values; keep SPF short.", "RFC 7208 section 3.4; RFC 9715; RFC 7766");
    public static readonly CheckDefinition TcpFail = s_rows.Error("DNS-TCP-FAIL", CheckNeeds.Dns, "Truncated answers can be fetched over TCP", "An answer was truncated over UDP, and TCP port 53 of the server asked does not answer: {questions}.", "Open TCP port 53 of the server, and of the firewalls on the way to it.", "RFC 7766 section 5");
    public static readonly CheckDefinition TtlHigh = s_rows.Information("DNS-TTL-HIGH", CheckNeeds.Dns, "Times to live are at most a day", "The time to live of {name} is {ttl} seconds: a change takes that long to be seen.", "Use 300 to 3600 seconds until the set-up is stable.", "RFC 1034 section 3.6");
    public static readonly CheckDefinition TtlLow = s_rows.Information("DNS-TTL-LOW", CheckNeeds.Dns, "Times to live are at least a minute", "The time to live of {name} is {ttl} seconds: every receiver asks again and again.", "Raise it to 3600 seconds or more once stable.", "RFC 1034 section 3.6");
    public static readonly CheckDefinition ReservedName = s_rows.Warning("DNS-RESERVED-NAME", CheckNeeds.Text, "No documentation names in values", "{name} in the value at {owner} is a reserved documentation name.", "Replace the sample value with your own.", "RFC 6761; RFC 2606");
    public static readonly CheckDefinition Placeholder = s_rows.Error("DNS-LOOKALIKE-PLACEHOLDER", CheckNeeds.Text, "No placeholders left in values", "The value at {name} still contains a placeholder: {text}", "Replace it with your own value.", "The platform's documentation");
    public static readonly CheckDefinition DnssecBogus = s_rows.Error("DNS-DNSSEC-BOGUS", CheckNeeds.Dns, "DNSSEC validation does not fail", "{resolver} answers SERVFAIL, but answers when DNSSEC is not checked: {questions}{more}.", "Correct the signatures or the DS record; resolvers that validate cannot see the domain.", "RFC 4035 sections 3.2.2 and 5.5");
    public static readonly CheckDefinition DnssecUnsigned = s_rows.Information("DNS-DNSSEC-UNSIGNED", CheckNeeds.Dns, "The zone is signed with DNSSEC", "{server} does not show {question} as validated by DNSSEC: {why}", "Optional: sign the zone. DANE needs it.", "RFC 9364; RFC 6840 section 5.8; RFC 9989 section 11");

    /// <summary>All of them, in the order of the catalogue.</summary>
    public static IReadOnlyList<CheckDefinition> All => s_rows;

    /// <summary>Those that judge what TXT records hold.</summary>
    public static IReadOnlyList<CheckDefinition> OfTexts { get; } = new[]
    {
        TxtSplitAsRecords, TxtJoinSpace, TxtQuotes, TxtNonAscii, ResponseSize, TtlHigh, TtlLow, Placeholder,
    };

    /// <summary>Those that judge the names that records point to.</summary>
    public static IReadOnlyList<CheckDefinition> OfNames { get; } = new[] { NameLength, NameSyntax, IdnULabel, IdnInvalid };

    /// <summary>Both, and what judges either.</summary>
    public static IReadOnlyList<CheckDefinition> OfRecords { get; } = OfTexts.Concat(OfNames).Append(ReservedName).ToArray();

    /// <summary>Those of the domain's own name and of the servers: what they look at is always there.</summary>
    public static IReadOnlyList<CheckDefinition> OfDomain { get; } = new[] { NxDomain, LookupFailed, NameDoubled, Wildcard, TcpFail };

    /// <summary>Those of the servers that answered.</summary>
    public static IReadOnlyList<CheckDefinition> OfServers { get; } = new[] { LookupFailed, TcpFail };
}

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
