using System.IO;
using System.Runtime.Serialization.Json;
using System.Xml;

namespace MailDns.Report;

/// <summary>Reads the checks of a JSON report again, as <see cref="JsonReport"/> writes it; a later version may have more members.</summary>
internal static class JsonReportReader
{
    // A report of 10,000 domains has some 700 MB; names and texts in it are short.
    private const int MaxText = 1 << 20;
    private const int MaxDepth = 64;
    private const int MaxChecks = 20_000_000;

    private static readonly XmlDictionaryReaderQuotas s_quotas = new()
    {
        MaxStringContentLength = MaxText,
        MaxDepth = MaxDepth,
        MaxArrayLength = MaxText,
        MaxBytesPerRead = MaxText,
        MaxNameTableCharCount = MaxText,
    };

    /// <summary>The checks, one by one as they are read.</summary>
    /// <exception cref="FormatException">The text is not a JSON report of MailDns.</exception>
    public static IEnumerable<ReportCheck> Read(Stream stream)
    {
        using XmlDictionaryReader json = JsonReaderWriterFactory.CreateJsonReader(stream, s_quotas);
        bool isReport = false;
        string domain = string.Empty;
        int count = 0;
        while (Advance(json))
        {
            if (json.NodeType != XmlNodeType.Element) continue;

            switch (json.Depth)
            {
                case 1 when json.LocalName == "format":
                    isReport = ReadText(json) == "MailDns.SendingDomainReport";
                    break;
                case 3 when json.LocalName == "domain":
                    domain = ReadText(json) ?? string.Empty;
                    break;

                // root, domains, item, checks, item
                case 4 when json.LocalName == "item" && isReport && domain.Length > 0:
                    if (ReadCheck(json, domain) is { } check)
                    {
                        if (++count > MaxChecks)
                            throw new FormatException("The report has more than " + MaxChecks.ToString(CultureInfo.InvariantCulture) + " results.");

                        yield return check;
                    }

                    break;
            }
        }

        if (!isReport) throw new FormatException("The file is not a JSON report of Export-SendingDomainReport.");
    }

    // Records and trees have items at the same depth; only results have an id and a status.
    private static ReportCheck? ReadCheck(XmlDictionaryReader json, string domain)
    {
        int depth = json.Depth;
        var members = new Dictionary<string, string?>(StringComparer.Ordinal);
        if (json.IsEmptyElement) return null;

        while (Advance(json) && !(json.NodeType == XmlNodeType.EndElement && json.Depth == depth))
        {
            if (json.NodeType == XmlNodeType.Element && json.Depth == depth + 1 && json.GetAttribute("type") is not ("array" or "object"))
                members[json.LocalName] = ReadText(json);
        }

        string? Get(string name) => members.TryGetValue(name, out string? value) ? value : null;
        return Get("id") is not { } id || Get("status") is not { } status
            ? null
            : new ReportCheck
            {
                Domain = domain,
                Id = id,
                Title = Get("title") ?? string.Empty,
                Area = Get("area") ?? string.Empty,
                Status = Enum.TryParse(status, ignoreCase: true, out CheckStatus parsed) && Enum.IsDefined(typeof(CheckStatus), parsed) ? parsed : CheckStatus.Unknown,
                Severity = Get("severity") ?? string.Empty,
                Message = Get("message") ?? string.Empty,
                Expected = Get("expected"),
                Actual = Get("actual"),
                Recommendation = Get("recommendation") ?? string.Empty,
                Reference = Get("reference") ?? string.Empty,
                DaysLeft = int.TryParse(Get("daysLeft"), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int days) ? days : null,
            };
    }

    // Leaves the reader at the end of the member.
    private static string? ReadText(XmlDictionaryReader json)
    {
        bool isNull = json.GetAttribute("type") == "null";
        if (json.IsEmptyElement) return isNull ? null : string.Empty;

        int depth = json.Depth;
        string? text = null;
        while (Advance(json) && !(json.NodeType == XmlNodeType.EndElement && json.Depth == depth))
        {
            if (json.NodeType is XmlNodeType.Text or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace)
                text += json.Value;
        }

        return isNull ? null : text ?? string.Empty;
    }

    private static bool Advance(XmlDictionaryReader json)
    {
        try
        {
            return json.Read();
        }
        catch (XmlException exception)
        {
            throw new FormatException("The file is not readable as JSON: " + PrintableText.Escape(exception.Message), exception);
        }
    }
}
