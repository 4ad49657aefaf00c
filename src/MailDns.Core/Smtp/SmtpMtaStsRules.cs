namespace MailDns.Smtp;

/// <summary>Holds what a mail host shows against the domain's MTA-STS policy, as a sender does (RFC 8461 sections 4.1 and 4.2).</summary>
internal static class SmtpMtaStsRules
{
    /// <summary>Reports; gives whether senders that keep the policy deliver, null where there is none that counts.</summary>
    public static bool? Apply(DomainName name, string host, SmtpObservation seen, MtaStsStatus? status, DateTime now, CheckSheet sheet)
    {
        if (status?.Policy is not { IsUsable: true } policy)
        {
            NoPolicy(status, sheet);
            return null;
        }

        if (policy.Mode is null or MtaStsPolicyMode.None)
        {
            sheet.NotApplicable(SmtpChecks.MtaSts, "The policy's mode is none.");
            return null;
        }

        bool isNamed = policy.Mx.Any(pattern => NamePattern.Matches(pattern, name));
        string? fault = !isNamed ? "no mx of the policy names it"
            : SmtpTlsRules.FaultOf(seen) ?? (seen.Chain is { } chain ? SmtpTlsRules.FaultOf(name, chain, now) : "its certificate cannot be read");
        if (fault is null)
        {
            sheet.Pass(SmtpChecks.MtaSts);
            return true;
        }

        string effect = policy.Mode == MtaStsPolicyMode.Testing ? "senders report it, and under enforce would not deliver to it." : "senders do not deliver to it.";
        sheet.Report(
            SmtpChecks.MtaSts.With(host, status.Domain, fault, effect),
            expected: isNamed ? null : Lines(new MtaStsPolicy(policy.Domain, policy.Mode, policy.Mx.Concat(new[] { name.ToString() }).ToArray(), policy.MaxAge, policy.Faults)),
            actual: isNamed ? null : Lines(policy));
        return false;
    }

    private static void NoPolicy(MtaStsStatus? status, CheckSheet sheet)
    {
        CheckResult? open = status?.Results.FirstOrDefault(result => result.Definition.Needs == CheckNeeds.Https && result.Status is CheckStatus.Unknown or CheckStatus.NotApplicable);
        if (open?.Status == CheckStatus.Unknown)
            sheet.Unknown(SmtpChecks.MtaSts, open.Message, cause: open.Cause);
        else
            sheet.NotApplicable(SmtpChecks.MtaSts, open?.Message ?? "There is no MTA-STS policy.");
    }

    // One line, as all values of results are.
    private static string Lines(MtaStsPolicy policy) => string.Join("; ", policy.ToString().Split(new[] { "\r\n" }, StringSplitOptions.RemoveEmptyEntries));
}
