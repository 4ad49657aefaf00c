namespace MailDns.Sending;

/// <summary>Whether the servers of a panel agree, and which of a zone's servers do not serve it or lag.</summary>
internal static class ServerRules
{
    /// <summary>Names of one result each; the count tells the rest.</summary>
    private const int NamedQuestions = 20;

    /// <summary>Characters of an answer in a message; Expected and Actual have all of it.</summary>
    private const int ShownCharacters = 120;

    /// <summary>Judges and completes its checks; null where nobody asked for a comparison.</summary>
    public static void Apply(ServerPanel? panel, CheckSheet sheet)
    {
        if (panel is null)
        {
            sheet.CompleteNotApplicable(ServerChecks.All, "Needs -Authoritative, or several servers in -Server.");
            return;
        }

        if (panel.Zone is { Failure: { } failure })
        {
            sheet.CompleteUnknown(ServerChecks.All, "The name servers of the zone are not known: " + failure);
            return;
        }

        if (panel.Zone is { } zone)
        {
            ApplyZone(zone, sheet);
            ApplyDelegation(zone.Zone, panel.Delegation, sheet);
        }

        ApplyAnswers(panel, sheet);
        sheet.CompleteNotApplicable(ServerChecks.All, "Needs -Authoritative.");
    }

    private static void ApplyZone(ZoneServers zone, CheckSheet sheet)
    {
        foreach (ServerFault fault in zone.Faults)
        {
            bool isLame = fault.Kind == ServerFaultKind.Lame;
            sheet.Report(
                (isLame ? ServerChecks.Lame : ServerChecks.Silent).Saying(fault.Server + " is named as a server of " + zone.Zone + (isLame ? ", but does not serve it: " : ", and gives no answer: ") + fault.Detail + "."));
        }

        foreach (DnsServer server in zone.Servers.Where(zone.IsLagging))
        {
            sheet.Report(
                ServerChecks.Serial.With(server, server.Serial, zone.Zone, zone.NewestSerial),
                expected: zone.NewestSerial.ToString(),
                actual: server.Serial.ToString());
        }

        CheckDefinition[] checks = { ServerChecks.Lame, ServerChecks.Silent, ServerChecks.Serial };
        if (zone.Servers.Count == 0)
            sheet.CompleteUnknown(checks, "No name server of " + zone.Zone + " answers for it.");
        else if (zone.LeftOut > 0)
            sheet.CompleteUnknown(checks, zone.LeftOut + " name servers or addresses of " + zone.Zone + " are more than are asked.");

        sheet.CompletePass(checks);
    }

    private static void ApplyDelegation(DomainName zone, ZoneDelegation? delegation, CheckSheet sheet)
    {
        if (delegation is null) return;

        if (delegation.Failure is { } failure)
        {
            if (delegation.IsHidden)
                sheet.NotApplicable(ServerChecks.Delegation, failure);
            else
                sheet.Unknown(ServerChecks.Delegation, failure);

            return;
        }

        string[] parentOnly = delegation.AtParent.Except(delegation.InZone, StringComparer.Ordinal).ToArray();
        string[] zoneOnly = delegation.InZone.Except(delegation.AtParent, StringComparer.Ordinal).ToArray();
        if (parentOnly.Length + zoneOnly.Length == 0)
        {
            sheet.Pass(ServerChecks.Delegation);
            return;
        }

        string[] parts =
        {
            parentOnly.Length > 0 ? delegation.Parent + " delegates " + zone + " to " + string.Join(", ", parentOnly) + ", which the zone does not name" : string.Empty,
            zoneOnly.Length > 0 ? zone + " names " + string.Join(", ", zoneOnly) + ", to which " + delegation.Parent + " does not delegate" : string.Empty,
        };
        sheet.Report(
            ServerChecks.Delegation.Saying(string.Join("; ", parts.Where(part => part.Length > 0)) + "."),
            expected: string.Join(", ", delegation.InZone),
            actual: string.Join(", ", delegation.AtParent));
    }

    private static void ApplyAnswers(ServerPanel panel, CheckSheet sheet)
    {
        SplitZone.Apply(panel, sheet);

        // The SOA record differs with its serial number, which has a check of its own.
        ServerAnswers[] split = panel.Resolver.Answers
            .Where(answers => answers.Question.Type != DnsRecordType.Soa && Groups(answers, panel.Resolver.Scope).Length > 1)
            .ToArray();
        foreach (ServerAnswers answers in split.Take(NamedQuestions))
            ReportDisagreement(answers, panel, sheet);

        if (split.Length > NamedQuestions)
            sheet.Report(ServerChecks.Disagree.Saying((split.Length - NamedQuestions) + " more questions get different answers."));

        // What a server that does not answer would say is not known, so nobody can say that all agree.
        string[] silent = Silent(panel);
        if (silent.Length > 0)
            sheet.Unknown(ServerChecks.Disagree, "Not compared with the others: " + string.Join("; ", silent) + ".");

        sheet.CompletePass(new[] { ServerChecks.Disagree });
    }

    private static string[] Silent(ServerPanel panel)
    {
        IEnumerable<string> failed = panel.Resolver.Answers
            .SelectMany(answers => answers.Servers.Zip(answers.Responses, (server, response) => (Server: server, Response: response)))
            .Where(pair => pair.Response.IsFailure)
            .GroupBy(pair => pair.Server.Name, StringComparer.Ordinal)
            .Select(server => server.Key + ": " + server.First().Response.Describe());
        IEnumerable<string> faulty = panel.Zone?.Faults.Select(fault => fault.ToString()) ?? Array.Empty<string>();
        return faulty.Concat(failed).ToArray();
    }

    private static void ReportDisagreement(ServerAnswers answers, ServerPanel panel, CheckSheet sheet)
    {
        IGrouping<string, DnsServer>[] groups = Groups(answers, panel.Resolver.Scope);
        string said = string.Join("; ", groups.Select(group => string.Join(", ", group) + ": " + Shorten(group.Key)));
        sheet.Report(
            ServerChecks.Disagree.Saying(answers.Question + " differs. " + said + "." + Lagging(groups, panel.Zone)),
            expected: groups[0].Key,
            actual: groups[1].Key);
    }

    // The answer that is believed comes first: of the newest version of the zone, else of the first server. Where servers inside are compared with
    // servers outside, the difference between the two is one finding of its own, and here those outside are compared with each other.
    private static IGrouping<string, DnsServer>[] Groups(ServerAnswers answers, DomainName scope) =>
        answers.Servers.Zip(answers.Responses, (server, response) => (Server: server, Response: response))
            .Where(pair => !pair.Response.IsFailure && !(SplitZone.IsSplit(answers.Servers) && !pair.Server.IsOutside))
            .GroupBy(pair => AnswerText.Of(pair.Response, scope), pair => pair.Server, StringComparer.Ordinal)
            .ToArray();

    private static string Lagging(IGrouping<string, DnsServer>[] groups, ZoneServers? zone)
    {
        if (zone is null)
        {
            int most = groups.Max(group => group.Count());
            return groups.Length == 2 && groups.Count(group => group.Count() == most) == 1
                ? " Different from the others: " + string.Join(", ", groups.First(group => group.Count() < most)) + "."
                : string.Empty;
        }

        string[] lagging = groups.SelectMany(group => group).Where(zone.IsLagging).Select(server => server.Name).ToArray();
        return lagging.Length > 0 ? " Lagging by serial number: " + string.Join(", ", lagging) + "." : " The serial numbers are the same.";
    }

    private static string Shorten(string text) => text.Length <= ShownCharacters ? text : text.Substring(0, ShownCharacters) + "...";
}

/// <summary>
/// A zone that servers inside a network hold and answer otherwise than the Internet (split DNS): a check inside is then green, and receivers see
/// something else. One finding names all that differs.
/// </summary>
internal static class SplitZone
{
    /// <summary>Differences that the message names; the records are all there.</summary>
    private const int NamedDifferences = 8;

    /// <summary>True where a server with a private address is compared with one that answers as the Internet does.</summary>
    public static bool IsSplit(IReadOnlyList<DnsServer> servers) => servers.Any(server => server.IsOutside) && servers.Any(server => !server.IsOutside);

    /// <summary>Judges and completes its check; servers of one side only have nothing to compare.</summary>
    public static void Apply(ServerPanel panel, CheckSheet sheet)
    {
        ServerAnswers[] answers = panel.Resolver.Answers.Where(answer => IsSplit(answer.Servers) && IsOfMail(answer.Question.Type)).ToArray();
        if (panel.Zone is not null || answers.Length == 0)
        {
            sheet.NotApplicable(ServerChecks.Split, "Needs -Server with a server inside (a private address) and one outside.");
            return;
        }

        Difference[] differences = answers.Select(answer => Compare(answer, panel.Resolver.Scope)).OfType<Difference>().ToArray();
        string inside = Names(answers[0], isOutside: false);
        string outside = Names(answers[0], isOutside: true);
        if (differences.Length > 0)
        {
            string told = string.Join("; ", differences.Take(NamedDifferences).Select(difference => difference.Text))
                + (differences.Length > NamedDifferences ? "; and " + (differences.Length - NamedDifferences).ToString(CultureInfo.InvariantCulture) + " more" : string.Empty);
            sheet.Report(
                ServerChecks.Split.With(inside, panel.Resolver.Scope, outside, told),
                expected: string.Join("; ", differences.Select(difference => difference.Inside)),
                actual: string.Join("; ", differences.Select(difference => difference.Outside)),
                fix: differences.SelectMany(difference => difference.Lacking).ToArray());
        }
        else if (answers.Any(answer => Side(answer, isOutside: true) is null || Side(answer, isOutside: false) is null))
        {
            sheet.Unknown(ServerChecks.Split, "Not all lookups were answered by both " + inside + " and " + outside + ".");
        }
        else
        {
            sheet.Pass(ServerChecks.Split);
        }
    }

    // Addresses of hosts inside a network, and its name servers, are rightly others.
    private static bool IsOfMail(DnsRecordType type) => type is DnsRecordType.Txt or DnsRecordType.Mx or DnsRecordType.Cname or DnsRecordType.Tlsa or DnsRecordType.Caa;

    private static string Names(ServerAnswers answers, bool isOutside) =>
        string.Join(", ", answers.Servers.Where(server => server.IsOutside == isOutside).Select(server => server.Name));

    // The first answer of that side; null where all lookups failed.
    private static DnsResponse? Side(ServerAnswers answers, bool isOutside) =>
        answers.Servers.Zip(answers.Responses, (server, response) => (Server: server, Response: response))
            .Where(pair => pair.Server.IsOutside == isOutside && !pair.Response.IsFailure)
            .Select(pair => pair.Response)
            .FirstOrDefault();

    private static Difference? Compare(ServerAnswers answers, DomainName scope)
    {
        if (Side(answers, isOutside: false) is not { } inside || Side(answers, isOutside: true) is not { } outside || AnswerText.Of(inside, scope) == AnswerText.Of(outside, scope))
            return null;

        bool isInside = inside.Records.Count > 0;
        bool isOutside = outside.Records.Count > 0;

        // NXDOMAIN on one side and NODATA on the other: neither has the record.
        if (!isInside && !isOutside) return null;

        string what = answers.Question.Name + " " + DnsRecordTypes.Mnemonic(answers.Question.Type);
        return new Difference(
            what + (isInside && isOutside ? " differs" : isInside ? " is only inside" : " is only outside"),
            what + ": " + AnswerText.Of(inside, scope),
            what + ": " + AnswerText.Of(outside, scope),
            isInside && !isOutside ? inside.Records.Select(record => TryMake(record, scope)).OfType<ResourceRecord>().ToArray() : Array.Empty<ResourceRecord>());
    }

    private static ResourceRecord? TryMake(DnsRecord record, DomainName scope)
    {
        try
        {
            return record.Owner.IsSameOrBelow(scope) ? RecordTypes.Make(record, scope, RecordPurposes.Of(record)) : null;
        }
        catch (Exception exception) when (exception is DomainNameException or ArgumentException)
        {
            return null;
        }
    }

    private sealed record Difference(string Text, string Inside, string Outside, ResourceRecord[] Lacking);
}

/// <summary>The checks of a zone's name servers and of servers that are compared: the one place that declares them.</summary>
internal static class ServerChecks
{
    private static readonly CheckRows s_rows = new(CheckArea.Dns);
    public static readonly CheckDefinition Disagree = s_rows.Warning("DNS-AUTH-DISAGREE", CheckNeeds.Dns, "All servers give the same answers", "The servers give different answers: {fault}", "Wait for the zone transfer, or repair the server that lags: which answer a receiver gets is chance.", "RFC 1034 section 4.3.5; RFC 1996");
    public static readonly CheckDefinition Lame = s_rows.Warning("DNS-NS-LAME", CheckNeeds.Dns, "Every name server answers for the zone", "A name server does not serve the zone: {fault}", "Load the zone on that server, or remove its NS record from the zone and from the delegation.", "RFC 1034 section 4.2.2; RFC 9499 section 7");
    public static readonly CheckDefinition Silent = s_rows.Warning("DNS-NS-SILENT", CheckNeeds.Dns, "Every name server can be reached", "A name server does not answer: {fault}", "Bring the server back, open UDP and TCP port 53, or remove its NS record. A firewall on the way from here has the same effect.", "RFC 2182 section 3; RFC 1912 section 2.8");
    public static readonly CheckDefinition Serial = s_rows.Warning("DNS-SOA-SERIAL", CheckNeeds.Dns, "Every name server has the same version of the zone", "{server} has serial {serial} of {zone}; the newest is {newest}: it lags.", "Wait for the zone transfer; then check NOTIFY and the transfer on the servers that lag.", "RFC 1034 section 4.3.5; RFC 1982; RFC 1996");
    public static readonly CheckDefinition Delegation = s_rows.Warning("DNS-NS-DELEGATION", CheckNeeds.Dns, "The parent zone names the same name servers as the zone", "The parent zone and the zone itself name different name servers: {fault}", "Make the two the same: change the name servers at the registrar, or the NS records in the zone. Resolvers ask either set.", "RFC 1034 section 4.2.2; RFC 1912 section 2.8");
    public static readonly CheckDefinition Split = s_rows.Warning("DNS-SPLIT-ZONE", CheckNeeds.Dns, "Servers inside and outside have the same records of the domain", "{inside} has another version of {zone} than {outside}: {differences}. Receivers see what {outside} has.", "Publish what receivers are to see on the outside name servers; Record has what they lack. Then give the inside zone the same records.", "RFC 1034 section 4.2.1; RFC 8499 section 6, split DNS");

    /// <summary>All of them, in the order of the catalogue.</summary>
    public static IReadOnlyList<CheckDefinition> All => s_rows;
}
