namespace MailDns.Dkim;

/// <summary>Looks for leftovers of DomainKeys at _domainkey and of ADSP at _adsp._domainkey.</summary>
internal static class DomainKeysStatusReader
{
    /// <summary>Asks both names at once and judges what is there.</summary>
    public static async Task<DomainKeysStatus> ReadAsync(DomainName domain, IDnsResolver resolver, CancellationToken cancellationToken)
    {
        var sheet = new CheckSheet(domain.Text);
        if (!domain.TryPrepend("_adsp." + DkimSelector.Label, out DomainName? adspName))
        {
            sheet.CompleteNotApplicable(DomainKeysChecks.All, "The domain's name is too long for a name below it.");
            return Judged(new DomainKeysStatus(domain.Text, string.Empty), sheet);
        }

        DomainName name = domain.Prepend(DkimSelector.Label);
        Task<DnsResponse> policyTask = resolver.QueryTxtAsync(name, cancellationToken);
        Task<DnsResponse> adspTask = resolver.QueryTxtAsync(adspName!, cancellationToken);
        DnsResponse policy = await policyTask.ConfigureAwait(false);
        DnsResponse adsp = await adspTask.ConfigureAwait(false);

        DomainKeysPolicy? outbound = JudgePolicy(policy, sheet);
        string? adspRecord = JudgeAdsp(adsp, sheet);
        sheet.CompletePass(DomainKeysChecks.All);
        var status = new DomainKeysStatus(domain.Text, name.Text)
        {
            Record = PolicyOf(policy) is { } text ? PrintableText.Escape(text) : null,
            Records = policy.Texts.Select(PrintableText.Escape).ToArray(),
            Policy = outbound,
            AdspRecord = adspRecord is null ? null : PrintableText.Escape(adspRecord),
        };
        return Judged(status, sheet);
    }

    // Both are Historic: what is left of either is not as it should be.
    private static DomainKeysStatus Judged(DomainKeysStatus status, CheckSheet sheet)
    {
        status.Judge(sheet, isThere: true);
        status.IsValid = sheet.Results.Any(result => result.Status == CheckStatus.Unknown) ? null : sheet.Results.All(result => result.Passed);
        return status;
    }

    private static string? PolicyOf(DnsResponse response) => response.Texts.FirstOrDefault(DomainKeysPolicyParser.LooksLikePolicy);

    private static DomainKeysPolicy? JudgePolicy(DnsResponse response, CheckSheet sheet)
    {
        if (response.IsFailure)
        {
            sheet.Unknown(DomainKeysChecks.Policy, response);
            sheet.Unknown(DomainKeysChecks.PolicySyntax, response);
            return null;
        }

        if (PolicyOf(response) is { } text)
        {
            DomainKeysPolicyRecord record = DomainKeysPolicyParser.Read(text, out IReadOnlyList<TextFault> faults);
            sheet.Report(
                DomainKeysChecks.Policy.With(response.Question.Name, PrintableText.Quote(text)),
                expected: null,
                actual: PrintableText.Escape(text));
            if (faults.Count > 0)
                sheet.Report(DomainKeysChecks.PolicySyntax.Saying("The text at " + response.Question.Name + " is not a valid DomainKeys policy: " + faults[0].Message + "."));

            return record.Outbound ?? DomainKeysPolicy.SignsSome;
        }

        // A key at _domainkey itself is one whose selector was forgotten.
        string? key = response.Texts.FirstOrDefault(value => DkimKeyParser.Read(value).LooksLikeKey);
        if (key is not null)
        {
            sheet.Report(
                DomainKeysChecks.PolicySyntax.Saying("The text at " + response.Question.Name + " is a DKIM key without a selector in front, where no verifier looks."),
                recommendation: "Publish the key at <selector>._domainkey and remove it here.");
        }
        else if (response.Texts.Count == 0)
        {
            sheet.NotApplicable(DomainKeysChecks.PolicySyntax, "There is no text at " + response.Question.Name + ".");
        }

        return null;
    }

    // Other texts come from a wildcard and are no ADSP record: "dkim" has to stand first (RFC 5617 section 4.2.1).
    private static string? JudgeAdsp(DnsResponse response, CheckSheet sheet)
    {
        if (response.IsFailure)
        {
            sheet.Unknown(DomainKeysChecks.AdspHistoric, response);
            return null;
        }

        string? text = response.Texts.FirstOrDefault(StartsWithDkim);
        if (text is not null)
        {
            sheet.Report(
                DomainKeysChecks.AdspHistoric.With(response.Question.Name, PrintableText.Quote(text)),
                expected: null,
                actual: PrintableText.Escape(text));
        }

        return text;
    }

    private static bool StartsWithDkim(string text)
    {
        IReadOnlyList<TagSpec> tags = TagList.Split(text);
        return tags.Count > 0 && tags[0].HasEquals && string.Equals(tags[0].Name, "dkim", StringComparison.Ordinal);
    }
}

/// <summary>The checks of DomainKeys and ADSP leftovers (RFC 4870, 5617, Historic): the one place that declares them.</summary>
internal static class DomainKeysChecks
{
    private static readonly CheckRows s_rows = new(CheckArea.DomainKeys);

    public static readonly CheckDefinition Policy = s_rows.Warning("DOMAINKEYS-POLICY", CheckNeeds.Dns, "No DomainKeys policy is left", "{name} contains a DomainKeys policy ({text}), which receivers no longer read.", "Remove it; DMARC replaces it.", "RFC 4870 section 3.6 (Historic)");
    public static readonly CheckDefinition PolicySyntax = s_rows.Information("DOMAINKEYS-POLICY-SYNTAX", CheckNeeds.Text, "The text at _domainkey is a valid policy", "The text at {name} is not a valid DomainKeys policy: {fault}.", "Remove it.", "RFC 4870 section 3.6 (Historic)");
    public static readonly CheckDefinition AdspHistoric = s_rows.Warning("ADSP-HISTORIC", CheckNeeds.Dns, "No ADSP record is left", "{name} contains an ADSP record ({text}), which is Historic and no longer read.", "Remove it; DMARC replaces it.", "RFC 5617 section 4.2 (Historic since 2013)");

    /// <summary>All of them, in the order of the catalogue.</summary>
    public static IReadOnlyList<CheckDefinition> All => s_rows;
}

/// <summary>Reads a DomainKeys policy record: tags t, o, n, r, all optional (RFC 4870 section 3.6, Historic).</summary>
internal static class DomainKeysPolicyParser
{
    private const string Rule = "RFC 4870 section 3.6";

    /// <summary>The record, or the first fault of its text as an exception.</summary>
    /// <exception cref="RecordParseException">The text is no policy.</exception>
    public static DomainKeysPolicyRecord Parse(string text)
    {
        DomainKeysPolicyRecord record = Read(text, out IReadOnlyList<TextFault> faults);
        return faults.Count == 0
            ? record
            : throw new RecordParseException(faults[0].Message + ".", text, faults[0].Offset, faults[0].Length, faults[0].Rule);
    }

    /// <summary>Makes the best of any text, and lists its faults.</summary>
    public static DomainKeysPolicyRecord Read(string text, out IReadOnlyList<TextFault> faults)
    {
        var found = new List<TextFault>();
        var record = new DomainKeysPolicyRecord();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (TagSpec tag in TagList.Split(text))
        {
            string? problem = !tag.HasEquals
                ? PrintableText.Quote(tag.Name) + " is not a tag=value"
                : names.Add(tag.Name) ? Take(tag, ref record) : "The tag " + PrintableText.Escape(tag.Name) + "= is given more than once";
            if (problem is not null)
                found.Add(new TextFault(DomainKeysChecks.PolicySyntax, problem, tag.Offset, tag.Length, Rule));
        }

        if (names.Count == 0 && found.Count == 0)
            found.Add(new TextFault(DomainKeysChecks.PolicySyntax, "The text is empty", 0, 0, Rule));

        faults = found;
        return record;
    }

    /// <summary>True for a text with a tag of the policy and none of a key.</summary>
    public static bool LooksLikePolicy(string text)
    {
        IReadOnlyList<TagSpec> tags = TagList.Split(text);
        return tags.Any(tag => tag.HasEquals && tag.Name is "o" or "t" or "r") && !tags.Any(tag => tag.HasEquals && tag.Name is "p" or "v" or "k");
    }

    private static string? Take(TagSpec tag, ref DomainKeysPolicyRecord record)
    {
        switch (tag.Name)
        {
            case "o" when tag.Value is "-" or "~":
                record = record with { Outbound = tag.Value == "-" ? DomainKeysPolicy.SignsAll : DomainKeysPolicy.SignsSome };
                return null;
            case "t" when tag.Value == "y":
                record = record with { IsTesting = true };
                return null;
            case "n":
                record = record with { Note = tag.Value };
                return null;
            case "r" when tag.Value.Length > 0:
                record = record with { ReportAddress = tag.Value };
                return null;
            case "o":
                return "o=" + PrintableText.Escape(tag.Value) + " is not a policy; \"-\" and \"~\" are";
            case "t":
                return "t=" + PrintableText.Escape(tag.Value) + " is not a flag; y is";
            case "r":
                return "r= is empty";
            default:
                return "The tag " + PrintableText.Quote(tag.Name) + " is not known";
        }
    }
}
