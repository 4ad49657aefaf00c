using System.Security;
using System.Text;

namespace MailDns.Core.Tests.MailReports;

/// <summary>What a made report says, and how it is written in either schema.</summary>
public sealed record ReportModel
{
    public string Organization { get; init; } = "receiver.example";

    public string Email { get; init; } = "noreply@receiver.example";

    public string ReportId { get; init; } = "1";

    public long Begin { get; init; } = 1_780_272_000;

    public long End { get; init; } = 1_780_358_399;

    public string Domain { get; init; } = "example.com";

    public string Policy { get; init; } = "none";

    public string? SubdomainPolicy { get; init; }

    public string? NonexistentSubdomainPolicy { get; init; }

    public string? DkimAlignment { get; init; }

    public bool IsRfc9990 { get; init; }

    public bool HasNamespace { get; init; }

    public IReadOnlyList<RowModel> Rows { get; init; } = [new RowModel()];

    public string Write()
    {
        string space = IsRfc9990 ? "urn:ietf:params:xml:ns:dmarc-2.0" : "http://dmarc.org/dmarc-xml/0.1";
        var text = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        text.Append("<feedback").Append(HasNamespace || IsRfc9990 ? $" xmlns=\"{space}\"" : string.Empty).Append(">\n");
        text.Append($"<version>1.0</version><report_metadata><org_name>{E(Organization)}</org_name><email>{E(Email)}</email><report_id>{E(ReportId)}</report_id>");
        text.Append(CultureInfo.InvariantCulture, $"<date_range><begin>{Begin}</begin><end>{End}</end></date_range></report_metadata>\n");
        text.Append($"<policy_published><domain>{Domain}</domain>{Tag("adkim", DkimAlignment)}<p>{Policy}</p>{Tag("sp", SubdomainPolicy)}{Tag("np", NonexistentSubdomainPolicy)}");
        text.Append(IsRfc9990 ? "<testing>n</testing><discovery_method>treewalk</discovery_method>" : "<pct>100</pct><fo>0</fo>").Append("</policy_published>\n");
        foreach (RowModel row in Rows)
            text.Append(row.Write(IsRfc9990));

        return text.Append("</feedback>\n").ToString();
    }

    public Stream Open() => new MemoryStream(Encoding.UTF8.GetBytes(Write()));

    private static string Tag(string name, string? value) => value is null ? string.Empty : $"<{name}>{value}</{name}>";

    private static string E(string text) => SecurityElement.Escape(text);
}

/// <summary>A row of a made report.</summary>
public sealed record RowModel
{
    public string Source { get; init; } = "192.0.2.1";

    public long Count { get; init; } = 1;

    public string Disposition { get; init; } = "none";

    public bool Dkim { get; init; } = true;

    public bool Spf { get; init; } = true;

    public string HeaderFrom { get; init; } = "example.com";

    public string? EnvelopeFrom { get; init; }

    public string? Reason { get; init; }

    public string? Comment { get; init; }

    public IReadOnlyList<(string Domain, string? Selector, string Result)> Signatures { get; init; } = [("example.com", "s1", "pass")];

    public (string Domain, string Result)? SpfResult { get; init; } = ("example.com", "pass");

    public string Write(bool isRfc9990)
    {
        string reason = Reason is null ? string.Empty : $"<reason><type>{Reason}</type>{(Comment is null ? string.Empty : $"<comment>{SecurityElement.Escape(Comment)}</comment>")}</reason>";
        string envelope = EnvelopeFrom is null ? string.Empty : $"<envelope_from>{EnvelopeFrom}</envelope_from>";
        string signatures = string.Concat(Signatures.Select(signature => $"<dkim><domain>{signature.Domain}</domain>{(signature.Selector is null ? string.Empty : $"<selector>{signature.Selector}</selector>")}<result>{signature.Result}</result></dkim>"));
        string spf = SpfResult is { } result ? $"<spf><domain>{result.Domain}</domain>{(isRfc9990 ? "<scope>mfrom</scope>" : string.Empty)}<result>{result.Result}</result></spf>" : string.Empty;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"<record><row><source_ip>{Source}</source_ip><count>{Count}</count><policy_evaluated><disposition>{Disposition}</disposition><dkim>{Word(Dkim)}</dkim><spf>{Word(Spf)}</spf>{reason}</policy_evaluated></row><identifiers>{envelope}<header_from>{HeaderFrom}</header_from></identifiers><auth_results>{signatures}{spf}</auth_results></record>\n");
    }

    private static string Word(bool passed) => passed ? "pass" : "fail";
}
