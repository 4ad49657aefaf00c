namespace MailDns.Report;

/// <summary>A record to publish, with buttons that copy its parts.</summary>
internal static class HtmlRecord
{
    private const int TallText = 2000;

    public static void Write(HtmlWriter html, ReportRecord record, string id)
    {
        using (html.Open("li", ("class", "card record"), ("id", id)))
        {
            using (html.Open("p", ("class", "record-head")))
            {
                html.Element("span", record.Type, ("class", "type"));
                html.Element("strong", record.Fqdn);
                html.Element("span", PurposeLabel(record.Purpose), ("class", "muted"));
                html.Element("span", "TTL " + record.Ttl.ToString(CultureInfo.InvariantCulture) + " s", ("class", "muted ttl"));
            }

            using (html.Open("dl"))
            {
                WriteRow(html, "Name", record.Name, id + "-n", "Copy the name of " + record.Fqdn);
                WriteRow(html, "Value", record.Value, id + "-v", "Copy the value of " + record.Fqdn);
            }

            foreach (string note in Notes(record))
                html.Element("p", note, ("class", "note"));

            if (record.IsSplit) WriteStrings(html, record, id);
        }

        html.NewLine();
    }

    private static void WriteRow(HtmlWriter html, string label, string value, string id, string copyLabel)
    {
        html.Element("dt", label);
        using (html.Open("dd", ("class", "copyable")))
        {
            WriteCode(html, value, id, label);
            WriteButton(html, id, copyLabel);
        }
    }

    // A text of many screens gets a window of its own, which the keyboard can scroll.
    private static void WriteCode(HtmlWriter html, string value, string id, string label)
    {
        bool isTall = value.Length > TallText;
        html.Element("code", value, ("id", id), ("class", isTall ? "tall" : null), ("tabindex", isTall ? "0" : null), ("role", isTall ? "group" : null), ("aria-label", isTall ? label : null));
    }

    private static void WriteButton(HtmlWriter html, string target, string label)
    {
        using (html.Open("button", ("type", "button"), ("class", "copy"), ("data-copy", target), ("aria-label", label), ("hidden", string.Empty)))
        {
            HtmlIcon.Copy(html);
            html.Element("span", "Copy");
        }
    }

    private static void WriteStrings(HtmlWriter html, ReportRecord record, string id)
    {
        string[] strings = record.Strings;
        using (html.Open("details", ("class", "split")))
        {
            html.Element("summary", "Longer than 255 octets: " + strings.Length.ToString(CultureInfo.InvariantCulture) + " strings of one record");
            html.Element("p", "DNS carries a long text as several strings of one record (RFC 1035 section 3.3). Azure DNS and most web consoles split it themselves; BIND files, Route 53 and dnscmd take it so:");
            using (html.Open("div", ("class", "copyable")))
            {
                WriteCode(html, string.Join(" ", strings.Select(Quote)), id + "-s", "Value as strings");
                WriteButton(html, id + "-s", "Copy the value of " + record.Fqdn + " as strings");
            }
        }
    }

    private static IEnumerable<string> Notes(ReportRecord record)
    {
        if (record.IsChoice)
            yield return "Choose one: several findings ask for different values at this name, and only one may be there.";

        if (record.IsSingle)
        {
            yield return record.Type == "CNAME"
                ? "A CNAME is the only record of its name."
                : "Replace the existing record of this kind; two would be an error.";
        }
    }

    private static string PurposeLabel(string purpose) => purpose switch
    {
        "Spf" => "SPF",
        "SenderId" => "Sender ID",
        "Dkim" => "DKIM key",
        "DomainKeysPolicy" => "DomainKeys policy",
        "Dmarc" => "DMARC policy",
        "DmarcReportAuthorization" => "Consent to DMARC reports",
        "Bimi" => "BIMI",
        "Tracking" => "Tracking host",
        "Bounce" => "Bounce host",
        "MtaSts" => "MTA-STS",
        "TlsRpt" => "TLS reporting",
        "Tlsa" => "DANE",
        "Caa" => "CAA",
        "Mx" => "Mail exchanger",
        "Verification" => "Proof of ownership",
        "Delegation" => "Delegation",
        "Address" => "Address",
        _ => string.Empty,
    };

    // RFC 1035 section 5.1.
    private static string Quote(string text) => "\"" + text.Replace("\\", "\\\\").Replace("\"", "\\\"") + "\"";
}
