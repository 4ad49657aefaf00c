namespace MailDns.Caa;

/// <summary>What is wrong with the CAA records that apply to a name.</summary>
internal static class CaaRules
{
    private const int MostNamed = 3;

    /// <summary>Judges the records themselves.</summary>
    public static void Apply(CaaSet set, DomainName domain, CheckSheet sheet)
    {
        string[] malformed = Named(set, record => CaaProperty.Problem(record.Tag, record.Value) is { } problem ? Show(record) + " " + problem : null);
        if (malformed.Length > 0) sheet.Report(CaaChecks.Syntax.With(set.Owner, string.Join("; ", malformed)));

        string[] critical = Named(set, record => CaaSet.IsUnknownCritical(record) ? PrintableText.Quote(record.Tag) : null);
        if (critical.Length > 0) sheet.Report(CaaChecks.UnknownCritical.With(string.Join(", ", critical), set.Owner));

        string[] flags = Named(set, record => record.Flags is not (0 or CaaProperty.Critical) ? Show(record) : null);
        if (flags.Length > 0) sheet.Report(CaaChecks.Flags.With(set.Owner, string.Join("; ", flags)));

        if (set.Issuers(CaaProperty.IssueMail) is null)
        {
            string where = set.Owner is null ? "No CAA applies to " + domain : "CAA at " + set.Owner + " has no issuemail";
            sheet.Report(CaaChecks.IssueMail.With(where));
        }
    }

    /// <summary>Judges whether anybody may issue for a host or a purpose that the domain uses.</summary>
    public static void ApplyPermission(CheckDefinition check, CaaSet set, string tag, string purpose, CheckSheet sheet)
    {
        if (set.Failure is { } failure)
        {
            sheet.Unknown(check, failure);
        }
        else if (set.ForbidsAll(tag))
        {
            sheet.Report(check.Saying("CAA at " + set.Owner + " lets nobody issue " + purpose + "."), actual: string.Join(" | ", set.Records.Take(MostNamed).Select(Show)));
        }
        else
        {
            string who = set.Issuers(tag) is { } issuers ? "CAA at " + set.Owner + " lets " + string.Join(", ", issuers.Take(MostNamed)) : "CAA lets every authority";
            sheet.Pass(check, who + " issue " + purpose + ".");
        }
    }

    private static string[] Named(CaaSet set, System.Func<CaaData, string?> problem) => set.Records.Select(problem).OfType<string>().Take(MostNamed).ToArray();

    private static string Show(CaaData record) => record.Flags + " " + PrintableText.Escape(record.Tag) + " " + PrintableText.Quote(record.Value);
}
