namespace MailDns.MtaSts;

/// <summary>What is wrong with a policy that was fetched, and whether it fits the domain's mail exchangers.</summary>
internal static class MtaStsPolicyRules
{
    private const int MostNamed = 5;
    private const long ShortestAge = 86400;

    /// <summary>Judges the text and the mode.</summary>
    public static void Apply(MtaStsPolicy policy, CheckSheet sheet)
    {
        TextFault[] faults = policy.Faults.Where(fault => fault.Check == MtaStsChecks.PolicySyntax).ToArray();
        if (faults.Length > 0)
            sheet.Report(MtaStsChecks.PolicySyntax.With(string.Join(" ", faults.Take(3).Select(fault => fault.Message))));

        ApplyDuplicates(policy.Faults, sheet);
        if (policy.MaxAge is < ShortestAge or > MtaStsPolicyParser.LongestAge)
        {
            sheet.Report(
                MtaStsChecks.MaxAge.With(policy.MaxAge, policy.MaxAge < ShortestAge ? "senders forget the policy within a day." : "the most is 31557600."),
                expected: "604800 to 31557600",
                actual: policy.MaxAge.ToString());
        }

        if (policy.Mode is { } mode && mode != MtaStsPolicyMode.Enforce)
            sheet.Report(MtaStsChecks.Mode.With(MtaStsPolicyParser.Write(mode)), expected: "enforce", actual: MtaStsPolicyParser.Write(mode));
    }

    /// <summary>Tells of fields that occur twice, in a record or a policy.</summary>
    public static void ApplyDuplicates(IReadOnlyList<TextFault> faults, CheckSheet sheet)
    {
        TextFault[] duplicates = faults.Where(fault => fault.Check == MtaStsChecks.Duplicate).ToArray();
        if (duplicates.Length > 0)
            sheet.Report(MtaStsChecks.Duplicate.Saying(string.Join(" ", duplicates.Take(3).Select(fault => fault.Message))));
    }

    /// <summary>Compares the policy with the domain's mail exchangers.</summary>
    public static void ApplyExchangers(MtaStsPolicy policy, DnsResponse answer, CheckSheet sheet)
    {
        CheckDefinition[] checks = { MtaStsChecks.MxMismatch, MtaStsChecks.MxStale };
        if (answer.IsFailure)
        {
            sheet.CompleteUnknown(checks, answer);
            return;
        }

        if (!policy.IsUsable)
        {
            sheet.CompleteNotApplicable(checks, "The policy cannot be read: senders that know no older one go on as if there were none (RFC 8461 section 3.3).");
            return;
        }

        DomainName[] hosts = MailExchangers.Of(answer);
        if (hosts.Length == 0 || policy.Mode == MtaStsPolicyMode.None)
        {
            sheet.CompleteNotApplicable(checks, hosts.Length == 0 ? "The domain takes no mail (null MX, RFC 7505)." : "The policy's mode is none.");
            return;
        }

        string[] strange = Named(hosts.Where(host => !policy.Mx.Any(pattern => NamePattern.Matches(pattern, host))).Select(host => host.ToString()));
        if (strange.Length > 0)
        {
            string effect = policy.Mode == MtaStsPolicyMode.Testing ? "senders report it, and under enforce would not deliver to it." : "senders deliver nothing to it.";
            sheet.Report(
                MtaStsChecks.MxMismatch.With(string.Join(", ", strange), effect),
                expected: string.Join("; ", hosts.Take(MostNamed).Select(host => "mx: " + host)),
                actual: string.Join("; ", policy.Mx.Take(MostNamed).Select(mx => "mx: " + mx)));
        }

        string[] stale = Named(policy.Mx.Where(pattern => !hosts.Any(host => NamePattern.Matches(pattern, host))));
        if (stale.Length > 0) sheet.Report(MtaStsChecks.MxStale.With(string.Join(", ", stale)));
    }

    private static string[] Named(IEnumerable<string> names)
    {
        string[] all = names.ToArray();
        return all.Length <= MostNamed ? all : all.Take(MostNamed).Concat(new[] { "and " + (all.Length - MostNamed) + " more" }).ToArray();
    }
}
